//! Swift: a SwiftPM package over the generated sources, built and run in a chroot with Debian's Swift.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use wamid_conformance::{Runner, RunnerCommand};

use super::{Language, Runners};
use crate::report::Row;
use crate::{shell, uniffi};

pub(super) const LANGUAGE: Language = Language { name: "swift", test, runners, package };

const SOURCES: &str = "bindings-uniffi/swift";
const TOOLCHAIN: &str = "bash bindings-uniffi/swift/toolchain.sh";
/// Inside, cargo's target folder is /target.
const BUILT: &str = "/target/swift/build";

/// Whether this run has made ready what SwiftPM builds.
static PREPARED: OnceLock<()> = OnceLock::new();

fn built() -> PathBuf {
    shell::target().join("swift")
}

fn missing() -> Option<String> {
    let ready = shell::command(&format!("{TOOLCHAIN} ready")).output();
    match ready {
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

/// A command of SwiftPM's, inside. Its warnings are errors.
fn swift(command: &str) -> String {
    format!(
        "{TOOLCHAIN} run env WAMID_BINARY=/target/debug/wamid WAMID_PROJECT=/project swift {command} --package-path \
         /target/swift/package --scratch-path {BUILT} -Xswiftc -warnings-as-errors -Xlinker -L/target/swift/lib \
         -Xlinker -rpath -Xlinker /target/swift/lib"
    )
}

/// The package: what is written by hand, what is generated, and the library.
fn prepare() -> Result<(), String> {
    uniffi::build()?;
    let (package, generated) = (built().join("package"), built().join("generated"));
    uniffi::generate("swift", &generated)?;
    uniffi::emptied(&package)?;
    for name in ["Package.swift", "Package@swift-6.0.swift", "Sources", "Tests"] {
        copy_all(&shell::root().join(SOURCES).join(name), &package.join(name))?;
    }
    let example = "Sources/WamidExample";
    copy_all(&shell::root().join("examples/swift").join(example), &package.join(example))?;
    uniffi::copy(&generated.join("Wamid.swift"), &package.join("Sources/Wamid/Wamid.swift"))?;
    uniffi::copy(&generated.join("WamidFFI.h"), &package.join("Sources/WamidFFI/WamidFFI.h"))?;
    uniffi::copy(&uniffi::built("libwamid_ffi.so"), &built().join("lib/libwamid_ffi.so"))
}

/// Copies a file, or a folder with all that is in it.
fn copy_all(from: &Path, to: &Path) -> Result<(), String> {
    if !from.is_dir() {
        return uniffi::copy(from, to);
    }
    let failed = |error: std::io::Error| format!("{}: {error}", from.display());
    for entry in std::fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn test(require_all: bool) -> Result<Vec<Row>, String> {
    if let Some(why) = missing() {
        let note = format!("skipped: {why}");
        return Ok(vec![Row { suite: "swift".to_owned(), passed: 0, failed: require_all.into(), note }]);
    }
    uniffi::once(&PREPARED, prepare)?;
    let (mut run, mut failed) = (0, 0);
    let succeeded = shell::watch(&swift("test"), &[], |line| {
        // One for each class, one for each bundle, and at the end one for all of them.
        if let Some(all) = uniffi::number_after(line, "Executed") {
            (run, failed) = (all, uniffi::number_after(line, "with").unwrap_or(0));
        }
    })?;
    let failed = failed + usize::from(!succeeded && failed == 0);
    // A test may fail in more than one place.
    Ok(vec![Row { suite: "swift".to_owned(), passed: run - failed.min(run), failed, note: String::new() }])
}

fn runners() -> Result<Runners, String> {
    if let Some(why) = missing() {
        return Ok(vec![("swift", Runner::Missing(why))]);
    }
    uniffi::once(&PREPARED, prepare)?;
    if !shell::run(&swift("build --product WamidConformance"), &[])? {
        return Err("the Swift runner does not build".to_owned());
    }
    let runner = RunnerCommand::new("bash")
        .arg(shell::root().join(SOURCES).join("toolchain.sh"))
        .arg("run")
        .arg(format!("{BUILT}/debug/WamidConformance"));
    Ok(vec![("swift", Runner::Command(runner))])
}

/// The package's sources; the XCFramework beside them is made on a Mac, by build-xcframework.sh.
fn package(under: PathBuf) -> Result<Vec<PathBuf>, String> {
    uniffi::once(&PREPARED, prepare)?;
    let archive = under.join(format!("wamid-swift-sources-{}.tar.gz", env!("CARGO_PKG_VERSION")));
    std::fs::create_dir_all(&under).map_err(|error| format!("{}: {error}", under.display()))?;
    let line = format!("tar -czf {} -C {} package", archive.display(), built().display());
    if shell::run(&line, &[])? { Ok(vec![archive]) } else { Err("the archive was not made".to_owned()) }
}
