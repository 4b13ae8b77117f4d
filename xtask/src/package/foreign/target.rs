//! The targets whose packages can be made and run on a machine with Debian, besides its own.

/// How one is built and run.
pub(super) struct Target {
    /// As rustc names it.
    pub(super) name: &'static str,
    /// Zig links: for this glibc where one is named, else for musl. MinGW links where there is none.
    pub(super) zig: Option<&'static str>,
    /// Debian has Rust's library for it; else cargo builds the library from its sources.
    pub(super) has_library: bool,
    /// What maturin is told of it.
    pub(super) wheel: &'static str,
    /// As the npm package is named.
    pub(super) npm: &'static str,
    /// As JNA names it, where the jar has a library for it.
    pub(super) jna: Option<&'static str>,
    /// What cargo calls a program, and libraries: before the name and after it.
    pub(super) program: &'static str,
    pub(super) library: (&'static str, &'static str),
    /// Start programs of it in the chroot; nothing where it has none that do.
    pub(super) run: Option<&'static str>,
    pub(super) node: Option<&'static str>,
    pub(super) python: Option<&'static str>,
    pub(super) java: Option<&'static str>,
    /// Under what they run, for people.
    pub(super) under: &'static str,
}

pub(super) const ALL: [Target; 3] = [
    Target {
        name: "aarch64-unknown-linux-gnu",
        zig: Some(".2.17"),
        has_library: true,
        wheel: "--zig --compatibility manylinux2014",
        npm: "linux-arm64-gnu",
        jna: Some("linux-aarch64"),
        program: "wamid",
        library: ("lib", ".so"),
        run: Some("arm64"),
        node: Some("node-arm64"),
        python: Some("python-arm64"),
        java: Some("java-arm64"),
        under: "QEMU, Debian 13",
    },
    Target {
        name: "x86_64-pc-windows-gnu",
        zig: None,
        has_library: false,
        wheel: "",
        npm: "win32-x64-msvc",
        jna: Some("win32-x86-64"),
        program: "wamid.exe",
        library: ("", ".dll"),
        run: Some("wine"),
        node: Some("node-windows"),
        python: Some("python-windows"),
        java: Some("java-windows"),
        under: "Wine",
    },
    Target {
        name: "x86_64-unknown-linux-musl",
        zig: Some(""),
        has_library: false,
        wheel: "--zig --compatibility musllinux_1_2",
        npm: "linux-x64-musl",
        jna: None,
        program: "wamid",
        library: ("lib", ".so"),
        run: Some("env"),
        node: Some("bun-musl"),
        python: Some("python-musl"),
        java: None,
        under: "Debian's musl",
    },
];

/// What is made elsewhere alone.
pub(super) const ELSEWHERE: [(&str, &str); 6] = [
    ("aarch64-unknown-linux-musl", "no program for it runs here; .github/workflows/release.yml makes it"),
    ("x86_64-pc-windows-msvc", "needs Windows; .github/workflows/release.yml makes it"),
    ("x86_64-apple-darwin", "needs macOS; .github/workflows/release.yml makes it"),
    ("aarch64-apple-darwin", "needs macOS; .github/workflows/release.yml makes it"),
    ("Android's AAR", "needs the Android NDK; .github/workflows/release.yml makes it"),
    ("Swift's XCFramework", "needs Xcode; .github/workflows/release.yml makes it"),
];
