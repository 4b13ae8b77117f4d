//! The programs that the project's commands start: whether each is on this machine, and what installs it.

use crate::{package, postgres, shell};

/// A program, or a few that come together.
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    /// The languages whose tests need it, `check`, and `package`.
    pub(crate) used_by: &'static [&'static str],
    is_there: fn() -> bool,
    /// What installs it on Debian, and on macOS.
    pub(crate) debian: &'static str,
    pub(crate) macos: &'static str,
}

pub(crate) const NODE: Tool = Tool {
    name: "Node 20 or later, with npm",
    used_by: &["rust", "python", "node"],
    is_there: || {
        let recent = "node --eval process.exit(+(parseInt(process.versions.node)<20))";
        shell::exists(recent) && shell::exists("npm --version")
    },
    debian: "apt-get install nodejs npm && npm install --global node@22",
    macos: "brew install node",
};

pub(crate) const MAVEN: Tool = Tool {
    name: "a JDK (17 or later) and Maven",
    used_by: &["kotlin"],
    is_there: || java().is_some_and(|version| version >= 17) && shell::exists("mvn -version"),
    debian: "apt-get install openjdk-17-jdk-headless maven",
    macos: "brew install openjdk@17 maven",
};

pub(crate) const CHROMIUM: Tool = Tool {
    name: "Chromium, or its path in WAMID_CHROMIUM",
    used_by: &["rust", "python", "node"],
    is_there: || shell::exists(&format!("{} --version", chromium())),
    debian: "apt-get install chromium fonts-noto-color-emoji",
    macos: "brew install --cask chromium && export WAMID_CHROMIUM=/Applications/Chromium.app/Contents/MacOS/Chromium",
};

pub(crate) const VALGRIND: Tool = Tool {
    name: "valgrind",
    used_by: &["check"],
    is_there: || shell::exists("valgrind --version"),
    debian: "apt-get install valgrind",
    macos: "none: it does not run there, and the instructions are not counted",
};

pub(crate) const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    used_by: &["check"],
    is_there: || shell::exists("cargo deny --version"),
    debian: "cargo install --locked cargo-deny@0.20.2",
    macos: "cargo install --locked cargo-deny@0.20.2",
};

/// All of them, in the order in which a new machine gets them.
pub(crate) const ALL: [Tool; 13] = [
    Tool {
        name: "a C compiler",
        used_by: &["rust", "python", "node", "kotlin", "swift"],
        is_there: || shell::exists("cc --version"),
        debian: "apt-get install gcc libc6-dev",
        macos: "xcode-select --install",
    },
    Tool {
        name: "rustfmt and clippy",
        used_by: &["check"],
        is_there: || shell::exists("cargo fmt --version") && shell::exists("cargo clippy --version"),
        debian: "rustup component add rustfmt clippy",
        macos: "rustup component add rustfmt clippy",
    },
    CARGO_DENY,
    VALGRIND,
    Tool {
        name: "PostgreSQL, or a server's URL in WAMID_TEST_POSTGRES",
        used_by: &["rust"],
        is_there: || std::env::var_os(postgres::VARIABLE).is_some() || postgres::installed().is_some(),
        debian: "apt-get install postgresql",
        macos: "brew install postgresql@17, start it, and export WAMID_TEST_POSTGRES=postgres://…",
    },
    CHROMIUM,
    Tool {
        name: "Python 3.11 or later, with venv",
        used_by: &["rust", "python"],
        is_there: || {
            shell::exists("python3 -c exit(__import__('sys').version_info<(3,11))")
                && shell::exists("python3 -m ensurepip --version")
        },
        debian: "apt-get install python3 python3-venv",
        macos: "brew install python",
    },
    NODE,
    MAVEN,
    Tool {
        name: "Swift, in a chroot (needs Linux and root)",
        used_by: &["swift"],
        is_there: || shell::exists("bash bindings-uniffi/swift/toolchain.sh ready"),
        debian: "bash bindings-uniffi/swift/toolchain.sh install",
        macos: "none: its tests run in CI, or in a container with Debian",
    },
    Tool {
        name: "readelf, and Python with venv for Zig",
        used_by: &["package"],
        is_there: || shell::exists("readelf --version") && shell::exists("python3 -m ensurepip --version"),
        debian: "apt-get install binutils python3 python3-venv",
        macos: "none: packages for Linux are made on Linux",
    },
    Tool {
        name: "Rust for other targets, in a chroot (`package --all`)",
        used_by: &["package"],
        is_there: || package::other_targets_missing().is_none(),
        debian: "bash xtask/foreign.sh install",
        macos: "none: .github/workflows/release.yml makes the packages for other targets",
    },
    Tool {
        name: "debootstrap, for trials on a bare Debian",
        used_by: &["package"],
        is_there: || shell::exists("debootstrap --version"),
        debian: "apt-get install debootstrap",
        macos: "none: bash xtask/roots.sh runs on Linux",
    },
];

impl Tool {
    pub(crate) fn is_there(&self) -> bool {
        (self.is_there)()
    }

    /// Why what needs it cannot run here.
    pub(crate) fn missing(&self) -> Option<String> {
        (!self.is_there()).then(|| format!("needs {} (Debian: {})", self.name, self.debian))
    }
}

/// Where the browser is.
fn chromium() -> String {
    std::env::var("WAMID_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
}

/// The JDK's version: 17 of `javac 17.0.15`.
fn java() -> Option<u32> {
    let output = shell::command("javac -version").output().ok()?;
    let told = String::from_utf8_lossy(&output.stdout);
    told.trim().strip_prefix("javac ")?.split('.').next()?.parse().ok()
}
