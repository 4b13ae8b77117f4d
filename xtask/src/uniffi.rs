//! What Kotlin and Swift share: one library, and the sources that are generated for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::package::{self, ONE_PIECE};
use crate::shell;

/// The library as the tests use it, and the binary `wamid` that they send to. It is built by itself: together with the
/// gateway it would be given the gateway's store.
pub(crate) fn build() -> Result<(), String> {
    for line in [
        "cargo build --quiet -p wamid-uniffi",
        "cargo build --quiet -p wamid-uniffi --features bindgen --bin uniffi-bindgen",
        "cargo build --quiet -p wamid-cli --bin wamid",
    ] {
        if !shell::run(line, &[])? {
            return Err(format!("{line} failed"));
        }
    }
    Ok(())
}

/// Does a language's preparation once in a run: the tests and the conformance runner are built together.
pub(crate) fn once(done: &OnceLock<()>, prepare: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    if done.get().is_none() {
        prepare()?;
        let _ = done.set(());
    }
    Ok(())
}

/// A file that cargo has made for the tests.
pub(crate) fn built(name: &str) -> PathBuf {
    shell::target().join("debug").join(name)
}

/// How the library is built for one sort of machine.
struct Build {
    profile: &'static str,
    rustc: &'static str,
    /// In bytes, stripped. A change that makes it larger is seen.
    largest: u64,
}

/// For servers and desktops: for speed, and linked as one piece, which saves 0.4 MB. To merge functions with the same code (`icf`) would save
/// another 0.07 MB, but Zig, which links for an old glibc, cannot do it.
const DESKTOP: Build = Build { profile: "release", rustc: ONE_PIECE, largest: 6_200_000 };
/// For apps.
const MOBILE: Build = Build { profile: "mobile", rustc: "", largest: 5_000_000 };

impl Build {
    /// Builds the library as a crate of this type. Gives the folder in which it is.
    fn make(&self, crate_type: &str) -> Result<PathBuf, String> {
        let part = format!("--lib --crate-type {crate_type}");
        package::build(self.profile, "wamid-uniffi", &part, self.rustc)
    }

    /// The library to load, stripped.
    fn library(&self) -> Result<PathBuf, String> {
        let library = self.make("cdylib")?.join("libwamid_ffi.so");
        let size = fs::metadata(&library).map_err(|error| format!("{}: {error}", library.display()))?.len();
        let said = format!("the library of the profile {} is {:.2} MB", self.profile, size as f64 / 1e6);
        shell::say(&said);
        if size > self.largest {
            return Err(format!("{said}: larger than {:.1} MB", self.largest as f64 / 1e6));
        }
        Ok(library)
    }
}

/// The library as the jar has it.
pub(crate) fn build_release() -> Result<PathBuf, String> {
    DESKTOP.library()
}

/// The library as it is built for an app, but for this machine.
pub(crate) fn build_mobile() -> Result<PathBuf, String> {
    MOBILE.library()
}

/// The same as Swift links it: into the program, which then needs no library beside it.
pub(crate) fn build_static() -> Result<PathBuf, String> {
    Ok(DESKTOP.make("staticlib")?.join("libwamid_ffi.a"))
}

/// Writes one language's sources into an emptied folder.
pub(crate) fn generate(language: &str, folder: &Path) -> Result<(), String> {
    emptied(folder)?;
    let line = format!(
        "{} generate --no-format --language {language} --out-dir {} {}",
        built("uniffi-bindgen").display(),
        folder.display(),
        built("libwamid_ffi.so").display(),
    );
    if shell::run(&line, &[])? { Ok(()) } else { Err(format!("the {language} sources were not generated")) }
}

/// A folder with nothing in it.
pub(crate) fn emptied(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)
}

/// Copies a file, and makes the folder that it goes to.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{} to {}: {error}", from.display(), to.display());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::copy(from, to).map(|_| ()).map_err(failed)
}

/// Copies a file, or a folder with all that is in it.
pub(crate) fn copy_all(from: &Path, to: &Path) -> Result<(), String> {
    if !from.is_dir() {
        return copy(from, to);
    }
    let failed = |error: std::io::Error| format!("{}: {error}", from.display());
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// The number after `what` in "Tests run: 12, Failures: 1, …" or "Executed 12 tests, with 1 failure …".
pub(crate) fn number_after(line: &str, what: &str) -> Option<usize> {
    let rest = line.split_once(what)?.1.trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number_after;

    #[test]
    fn closing_lines_are_read() {
        let maven = "[ERROR] Tests run: 12, Failures: 1, Errors: 2, Skipped: 0";
        assert_eq!(number_after(maven, "Tests run:"), Some(12));
        assert_eq!(number_after(maven, "Errors:"), Some(2));
        let swift = "\t Executed 7 tests, with 2 failures (0 unexpected) in 0.1 (0.1) seconds";
        assert_eq!((number_after(swift, "Executed"), number_after(swift, "with")), (Some(7), Some(2)));
        assert_eq!(number_after(swift, "Errors:"), None);
    }
}
