//! Packages for other targets, built and run in a chroot with Debian's tools for them (`xtask/foreign.sh`).

mod target;
mod trial;

use std::fs;
use std::path::{Path, PathBuf};

use super::ONE_PIECE;
use super::artefact::Artefact;
use crate::{shell, uniffi};
use target::Target;

const TOOLCHAIN: &str = "bash xtask/foreign.sh";

/// Why it cannot be used here; nothing where it can.
pub(crate) fn missing() -> Option<String> {
    match shell::command(&format!("{TOOLCHAIN} ready")).output() {
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

/// Runs a command in the chroot.
fn run(line: &str) -> Result<bool, String> {
    shell::run(&format!("{TOOLCHAIN} run {line}"), &[])
}

/// What the chroot has as /target.
fn outside() -> PathBuf {
    shell::target().join("foreign")
}

/// Makes what can be made for each of them, below a folder with the target's name. What is not made has a line that says why.
pub(super) fn package(
    into: &Path,
    made: &mut Vec<Artefact>,
    not_made: &mut Vec<(String, String)>,
) -> Result<(), String> {
    let missing = missing();
    for target in &target::ALL {
        let folder = into.join(target.name);
        let parts: [(&str, Part); 3] = [("binary", binary), ("npm package", npm), ("wheel", wheel)];
        uniffi::emptied(&folder)?;
        for (what, part) in parts {
            let done = missing.clone().map_or_else(|| part(target, &folder, made), Err);
            match done {
                Ok(artefact) => made.push(artefact),
                Err(why) => not_made.push((format!("{what} for {}", target.name), why)),
            }
        }
    }
    let jar = missing.map_or_else(|| jar(into, made), Err);
    match jar {
        Ok(artefact) => made.push(artefact),
        Err(why) => not_made.push(("jar for several targets".to_owned(), why)),
    }
    not_made.extend(target::ELSEWHERE.map(|(what, why)| (what.to_owned(), why.to_owned())));
    Ok(())
}

type Part = fn(&Target, &Path, &[Artefact]) -> Result<Artefact, String>;

/// Builds a part of a package of the workspace. Gives the folder in which it is.
fn build(target: &Target, package: &str, part: &str) -> Result<PathBuf, String> {
    let name = target.name;
    let cargo = match target.zig {
        Some(glibc) => format!("cargo-zigbuild rustc --target {name}{glibc}"),
        None => format!("cargo rustc --target {name}"),
    };
    let (flags, rustc) = match (target.name.ends_with("musl"), part.starts_with("--lib")) {
        // A library that a musl program loads must not bring a second libc.
        (true, true) => ("RUSTFLAGS=-Ctarget-feature=-crt-static ", ""),
        // Zig brings the objects that a program starts with; Rust's own are not there where its library is built from its sources.
        (true, false) => ("", " -C link-self-contained=no"),
        (false, _) => ("", ""),
    };
    let line = format!(
        "env {flags}{} --release --locked --package {package} {part} -- {ONE_PIECE}{rustc}",
        with_library(target, &cargo)
    );
    match run(&line)? {
        true => Ok(outside().join(name).join("release")),
        false => Err(format!("{package} does not build")),
    }
}

/// A command of cargo's or maturin's, which builds Rust's library as well where Debian has none. Stable Rust does so only where it is told that
/// it may: the sources are those of the very compiler.
fn with_library(target: &Target, command: &str) -> String {
    match target.has_library {
        true => command.to_owned(),
        false => format!("RUSTC_BOOTSTRAP=1 {command} -Zbuild-std=std,panic_unwind"),
    }
}

fn binary(target: &Target, folder: &Path, _: &[Artefact]) -> Result<Artefact, String> {
    let path = folder.join(target.program);
    uniffi::copy(&build(target, "wamid-cli", "--bin wamid")?.join(target.program), &path)?;
    let tried = trial::binary(target, &path)?;
    Ok(Artefact { path, target: Some(target.name.to_owned()), tried })
}

/// The addon's. It is tried with the face that was made for this machine, which is the same for all.
fn npm(target: &Target, folder: &Path, made: &[Artefact]) -> Result<Artefact, String> {
    let is_face = |it: &&Artefact| it.target.is_none() && it.path.extension().is_some_and(|is| is == "tgz");
    let face = made.iter().find(is_face).ok_or("it is made together with node's package for this machine")?;
    let (before, after) = target.library;
    let addon = build(target, "wamid-node", "--lib")?.join(format!("{before}wamid_node{after}"));
    let notices = shell::target().join("notices/node");
    let mut packed = None;
    let pack = format!(
        "node bindings-node/scripts/pack.mjs --platform {} --notices {} {} {}",
        target.npm,
        notices.display(),
        addon.display(),
        folder.display()
    );
    let succeeded = shell::watch(&pack, &[], |line| packed = Some(PathBuf::from(line)))?;
    let path = packed.filter(|_| succeeded).ok_or("the npm package was not packed")?;
    let tried = trial::npm(target, &face.path, &path)?;
    Ok(Artefact { path, target: Some(target.name.to_owned()), tried })
}

fn wheel(target: &Target, folder: &Path, _: &[Artefact]) -> Result<Artefact, String> {
    uniffi::emptied(&outside().join("wheel"))?;
    // The chroot does not see where it was written.
    let sbom = "wamid-python.cdx.json";
    uniffi::copy(&shell::target().join("notices/python").join(sbom), &outside().join(sbom))?;
    let maturin = format!("maturin build --target {} {}", target.name, target.wheel);
    let line = format!(
        "env {} --quiet --release --locked --manifest-path bindings-python/Cargo.toml --sbom-include /target/{sbom} -o /target/wheel -- {ONE_PIECE}",
        with_library(target, maturin.trim())
    );
    if !run(&line)? {
        return Err("the wheel does not build".to_owned());
    }
    let failed = |error: std::io::Error| format!("/target/wheel: {error}");
    let built = fs::read_dir(outside().join("wheel")).map_err(failed)?.find_map(Result::ok);
    let built = built.ok_or("maturin made no wheel")?;
    let path = folder.join(built.file_name());
    uniffi::copy(&built.path(), &path)?;
    let tried = trial::wheel(target, &path)?;
    Ok(Artefact { path, target: Some(target.name.to_owned()), tried })
}

/// One jar with the libraries of this machine and of the others.
fn jar(into: &Path, made: &[Artefact]) -> Result<Artefact, String> {
    let is_jar = |it: &&Artefact| it.target.is_some() && it.path.extension().is_some_and(|is| is == "jar");
    let here =
        made.iter().find(is_jar).ok_or("it is made together with kotlin's package for this machine")?;
    let natives = outside().join("natives");
    uniffi::emptied(&natives)?;
    let mut targets = vec![super::artefact::here()];
    for target in &target::ALL {
        let Some(jna) = target.jna else { continue };
        let (before, after) = target.library;
        let name = format!("{before}wamid_ffi{after}");
        let library = build(target, "wamid-uniffi", "--lib --crate-type cdylib")?.join(&name);
        uniffi::copy(&library, &natives.join(jna).join(name))?;
        targets.push(target.name.to_owned());
    }
    let path = into.join("all").join(super::artefact::name(&here.path));
    uniffi::copy(&here.path, &path)?;
    // Only the libraries are added: the classes are the same for all.
    let add = format!("jar --update --file {} -C {} .", path.display(), natives.display());
    if !shell::run(&add, &[])? {
        return Err("the libraries were not added to the jar".to_owned());
    }
    let tried = trial::jar(&path)?;
    Ok(Artefact { path, target: Some(targets.join(", ")), tried })
}
