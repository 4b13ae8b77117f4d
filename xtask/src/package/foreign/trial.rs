//! Installs what was made for another target by itself, and sends a message with it in the chroot.

use std::path::Path;

use super::target::{self, Target};
use super::{outside, run};
use crate::package::with_sandbox;
use crate::{shell, uniffi};

/// What stands in the table of what no program here can load.
fn untried(what: &str, target: &Target) -> String {
    format!("not run: no {what} for {} here", target.name)
}

/// Runs a command in the chroot, which sends.
fn sends(line: &str) -> Result<(), String> {
    if run(line)? { Ok(()) } else { Err(format!("it is made, but does not send: {line}")) }
}

/// From a folder with nothing else in it, to its own sandbox.
pub(super) fn binary(target: &Target, binary: &Path) -> Result<String, String> {
    let Some(run) = target.run else { return Ok(untried("emulator", target)) };
    uniffi::emptied(&outside().join("tried"))?;
    uniffi::copy(binary, &outside().join("tried").join(target.program))?;
    sends(&format!("{run} /target/tried/{} demo", target.program))?;
    Ok(target.under.to_owned())
}

/// In an npm project with the two packages alone, by import and by require.
pub(super) fn npm(target: &Target, face: &Path, addon: &Path) -> Result<String, String> {
    let Some(node) = target.node else { return Ok(untried("Node", target)) };
    let folder = outside().join("tried");
    let install = format!(
        "node bindings-node/scripts/try.mjs --platform {} --folder {} {} {}",
        target.npm,
        folder.display(),
        face.display(),
        addon.display()
    );
    if !shell::run(&install, &[])? {
        return Err("npm does not install it".to_owned());
    }
    for program in ["import.mjs", "require.cjs"] {
        sends(&format!("{node} /target/tried/{program}"))?;
    }
    Ok(format!("{} ({node})", target.under))
}

/// With no other package. Pip for this machine installs it for the other.
pub(super) fn wheel(target: &Target, wheel: &Path) -> Result<String, String> {
    let Some(python) = target.python else { return Ok(untried("Python", target)) };
    uniffi::emptied(&outside().join("tried"))?;
    let platform = wheel.file_stem().unwrap_or_default().to_string_lossy();
    let platform = platform.rsplit('-').next().unwrap_or_default().split('.').next().unwrap_or_default();
    let install = format!(
        "python3 -m pip install --quiet --disable-pip-version-check --no-index --no-deps --only-binary :all: --platform {platform} --target {} {}",
        outside().join("tried/wheel").display(),
        wheel.display()
    );
    if !shell::run(&install, &[])? {
        return Err("pip does not install it".to_owned());
    }
    sends(&format!("{python} -W error bindings-python/tests/alone.py"))?;
    Ok(target.under.to_owned())
}

/// The program that was tried with this machine's jar, with the other jar in its place.
pub(super) fn jar(jar: &Path) -> Result<String, String> {
    let tried = outside().join("tried");
    uniffi::emptied(&tried)?;
    uniffi::copy_all(&shell::target().join("kotlin/alone/lib"), &tried.join("lib"))?;
    uniffi::copy(&shell::target().join("kotlin/alone/try.jar"), &tried.join("try.jar"))?;
    uniffi::copy(jar, &tried.join("lib").join(crate::package::artefact::name(jar)))?;
    let send = |java: &str| {
        let program = |folder: &Path| format!("{java} -cp {} Try", folder.join("try.jar").display());
        with_sandbox(|variables| match java {
            "java" => shell::run(&program(&tried), variables),
            _ => {
                let set: Vec<_> = variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
                run(&format!("env {} {}", set.join(" "), program(Path::new("/target/tried"))))
            }
        })
    };
    let mut under = Vec::new();
    for (java, name) in [("java", "this machine")]
        .into_iter()
        .chain(target::ALL.iter().filter_map(|target| Some((target.java?, target.under))))
    {
        if !send(java)? {
            return Err(format!("it is made, but does not send: {name}"));
        }
        under.push(name);
    }
    let others = target::ALL.iter().filter(|target| target.jna.is_some() && target.java.is_none());
    under.extend(others.map(|target| target.name));
    let untried = target::ALL.iter().any(|target| target.jna.is_some() && target.java.is_none());
    let mut said = under.join("; ");
    if untried {
        said.push_str(": not run");
    }
    Ok(said)
}
