//! Builds what ships for this machine's processor and an old glibc. A library that is linked on a new system asks for that system's glibc, and
//! does not load on an older one. Zig brings the symbols of every version; PyPI brings Zig.

use std::path::PathBuf;

use super::artefact::here;
use crate::shell::{self, Environment};

/// The oldest that Rust's own standard library runs with.
const LINKED_FOR: &str = "2.17";

/// Builds one part of a package of the workspace, such as `--lib` or `--bin wamid`, by a profile of `Cargo.toml`, with these words for rustc.
/// Gives the folder in which it is.
pub(crate) fn build(profile: &str, package: &str, part: &str, rustc: &str) -> Result<PathBuf, String> {
    let arguments = format!("--profile {profile} --locked --package {package} {part}");
    let Some(zig) = zig(Environment::new("zig", "xtask/zig.txt"))? else {
        if cfg!(target_os = "linux") {
            shell::say(&format!(
                "{package} is linked for this machine's own glibc, and not for {LINKED_FOR}: Zig needs python3 with venv"
            ));
        }
        return match shell::run(&format!("cargo rustc {arguments} -- {rustc}"), &[])? {
            true => Ok(shell::target().join(profile)),
            false => Err(format!("{package} does not build")),
        };
    };
    let target = here();
    let zigbuild = zig.program("cargo-zigbuild");
    let line = format!("{zigbuild} rustc {arguments} --target {target}.{LINKED_FOR} -- {rustc}");
    // Maturin brings a linker of its own. In one folder with it, each would compile again what the other has compiled.
    let (path, folder) = (zig.path(), shell::target().join("zig"));
    let env = [("PATH", &*path), ("CARGO_TARGET_DIR", &*folder.to_string_lossy())];
    match shell::run(&line, &env)? {
        true => Ok(folder.join(target).join(profile)),
        false => Err(format!("{package} does not build")),
    }
}

/// The environment that has Zig. None where there is no glibc, or no Python to install it with: a package for this machine alone can be
/// made without it. Where it cannot be installed all the same, the package would be made for the wrong glibc, and the build ends here.
fn zig(environment: Environment) -> Result<Option<Environment>, String> {
    if !cfg!(target_os = "linux") || !Environment::can_be_made() {
        return Ok(None);
    }
    environment.make()?;
    Ok(Some(environment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zig_that_cannot_be_installed_ends_the_build() {
        if !cfg!(target_os = "linux") || !Environment::can_be_made() {
            shell::say(
                "skipped: no Python with venv here, so packages are linked for this machine's own glibc",
            );
            return;
        }
        let folder = shell::target().join("tmp/no-zig");
        std::fs::create_dir_all(&folder).unwrap();
        let requirements = folder.join("zig.txt");
        std::fs::write(&requirements, "./no-such-package\n").unwrap();
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        let error = zig(Environment::new(&text(folder.join("zig")), &text(requirements))).unwrap_err();
        assert!(error.contains("could not install"), "{error}");
    }
}
