//! Swift: a SwiftPM package over the generated sources, built and run in a chroot with Debian's Swift.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use wamid_conformance::{Runner, RunnerCommand};

use super::{Language, Reference, Runners, docc};
use crate::package::{Artefact, with_sandbox};
use crate::report::Row;
use crate::{release, shell, uniffi};

pub(super) const LANGUAGE: Language =
    Language { name: "swift", test, runners, package, reference: Reference::Tool(reference) };

const SOURCES: &str = "bindings-uniffi/swift";
const TOOLCHAIN: &str = "bash bindings-uniffi/swift/toolchain.sh";
/// Inside, cargo's target folder is /target.
const BUILT: &str = "/target/swift/build";

const DOCC: &str = "/usr/libexec/swift/bin/docc";

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
        uniffi::copy_all(&shell::root().join(SOURCES).join(name), &package.join(name))?;
    }
    let example = "Sources/WamidExample";
    uniffi::copy_all(&shell::root().join("examples/swift").join(example), &package.join(example))?;
    uniffi::copy(&generated.join("Wamid.swift"), &package.join("Sources/Wamid/Wamid.swift"))?;
    uniffi::copy(&generated.join("WamidFFI.h"), &package.join("Sources/WamidFFI/WamidFFI.h"))?;
    uniffi::copy(&uniffi::built("libwamid_ffi.so"), &built().join("lib/libwamid_ffi.so"))
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

/// The package for this machine's Linux: its sources, the library that it links, and how to use it. For Apple's systems there is
/// build-xcframework.sh, on a Mac.
fn package(under: PathBuf) -> Result<Vec<Artefact>, String> {
    uniffi::build()?;
    let generated = built().join("generated");
    uniffi::generate("swift", &generated)?;
    assemble(&generated, &uniffi::build_static()?)?;
    let name = format!("wamid-swift-{}-linux-{}.tar.gz", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    let archive = under.join(name);
    std::fs::create_dir_all(&under).map_err(|error| format!("{}: {error}", under.display()))?;
    let line = format!("tar -czf {} -C {} wamid-swift", archive.display(), released().display());
    if !shell::run(&line, &[])? {
        return Err("the archive was not made".to_owned());
    }
    let mut artefact = Artefact::tried_here(archive);
    match missing() {
        Some(why) => artefact.tried = format!("not tried: {why}"),
        None => {
            try_alone(&artefact.path)?;
            artefact.tried = "this machine, in a chroot with Debian 13".to_owned();
        }
    }
    Ok(vec![artefact])
}

fn released() -> PathBuf {
    built().join("released")
}

/// Puts together what is released.
fn assemble(generated: &Path, library: &Path) -> Result<(), String> {
    let (sources, package) = (shell::root().join(SOURCES), released().join("wamid-swift"));
    uniffi::emptied(&released())?;
    for (from, to) in [
        (sources.join("release/Package.swift"), "Package.swift"),
        (sources.join("README.md"), "README.md"),
        (sources.join("Sources/Wamid"), "Sources/Wamid"),
        (sources.join("Sources/WamidFFI"), "Sources/WamidFFI"),
        (generated.join("Wamid.swift"), "Sources/Wamid/Wamid.swift"),
        (generated.join("WamidFFI.h"), "Sources/WamidFFI/WamidFFI.h"),
        (library.to_owned(), "lib/libwamid_ffi.a"),
    ] {
        uniffi::copy_all(&from, &package.join(to))?;
    }
    release::write_notices("wamid-uniffi", &package)?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        uniffi::copy(&shell::root().join(licence), &package.join(licence))?;
    }
    Ok(())
}

/// Unpacks the archive beside a program that depends on it, as its README says, builds the program and sends from it.
fn try_alone(archive: &Path) -> Result<(), String> {
    let alone = built().join("alone");
    uniffi::emptied(&alone)?;
    uniffi::copy_all(&shell::root().join(SOURCES).join("release/try"), &alone.join("try"))?;
    let unpack = format!("tar -xzf {} -C {}", archive.display(), alone.display());
    let place = "--package-path /target/swift/alone/try --scratch-path /target/swift/tried";
    // Built first: the trial is of what it sends.
    if !shell::run(&unpack, &[])? || !shell::run(&format!("{TOOLCHAIN} run swift build {place}"), &[])? {
        return Err("no program can be built with the Swift package".to_owned());
    }
    let run = format!("{TOOLCHAIN} run swift run --skip-build {place}");
    match with_sandbox(|variables| shell::run(&run, variables))? {
        true => Ok(()),
        false => Err("a program with the Swift package does not send".to_owned()),
    }
}

/// What DocC makes of the library. Its pages are a program that loads its texts: from a disk they show nothing.
fn reference(into: &Path) -> Result<(), String> {
    if let Some(why) = missing() {
        return Err(why);
    }
    uniffi::once(&PREPARED, prepare)?;
    let (symbols, made) = (built().join("symbols"), built().join("docc"));
    uniffi::emptied(&symbols)?;
    uniffi::emptied(&made)?;
    let extract =
        "-Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc /target/swift/symbols";
    // In a folder of its own: what is compiled already would not be looked at again.
    let build = swift(&format!("build --target Wamid {extract}")).replace(BUILT, "/target/swift/documented");
    let convert = format!(
        "{TOOLCHAIN} run {DOCC} convert --additional-symbol-graph-dir /target/swift/symbols --output-path \
         /target/swift/docc --fallback-display-name Wamid --fallback-bundle-identifier dev.wamid \
         --transform-for-static-hosting"
    );
    if !shell::run(&build, &[])? || !shell::run(&convert, &[])? {
        return Err("DocC failed".to_owned());
    }
    uniffi::copy_all(&made, into)?;
    docc::make_relative(into)
}
