//! Builds what ships for this machine's processor and an old glibc. A library that is linked on a new system asks for that system's glibc, and
//! does not load on an older one. Zig brings the symbols of every version; PyPI brings Zig.

use std::path::PathBuf;

use super::artefact::here;
use crate::shell::{self, Environment};

/// The oldest that Rust's own standard library runs with.
const LINKED_FOR: &str = "2.17";

/// Builds one part of a package of the workspace, such as `--lib` or `--bin wamid`, as it ships, with these words for rustc. Gives the folder
/// in which it is.
pub(crate) fn build(package: &str, part: &str, rustc: &str) -> Result<PathBuf, String> {
    let arguments = format!("--release --locked --package {package} {part}");
    let target = here();
    let environment = Environment::new("zig", "xtask/zig.txt");
    let is_linux = cfg!(target_os = "linux");
    if is_linux && let Err(why) = environment.make() {
        shell::say(&format!(
            "{package} is linked for this machine's own glibc, and not for {LINKED_FOR}: {why}"
        ));
    } else if is_linux {
        let zigbuild = environment.program("cargo-zigbuild");
        let line = format!("{zigbuild} rustc {arguments} --target {target}.{LINKED_FOR} -- {rustc}");
        // Maturin brings a linker of its own. In one folder with it, each would compile again what the other has compiled.
        let (path, folder) = (environment.path(), shell::target().join("zig"));
        let env = [("PATH", &*path), ("CARGO_TARGET_DIR", &*folder.to_string_lossy())];
        return match shell::run(&line, &env)? {
            true => Ok(folder.join(target).join("release")),
            false => Err(format!("{package} does not build")),
        };
    }
    match shell::run(&format!("cargo rustc {arguments} -- {rustc}"), &[])? {
        true => Ok(shell::target().join("release")),
        false => Err(format!("{package} does not build")),
    }
}
