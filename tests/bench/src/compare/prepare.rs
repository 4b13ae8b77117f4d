//! Makes each language's client ready: the peers from their registries at pinned versions, and wamid as it is packaged.

use std::fs;
use std::path::{Path, PathBuf};

use xtask_shell::Environment;

use super::program::Program;
use crate::shell;

/// A language's client; where something is missing, what and why.
pub(crate) struct Ready {
    pub(crate) program: Program,
    /// Subjects that have a program of their own.
    pub(crate) special: Vec<(&'static str, Program)>,
    /// What cannot be measured here: one peer, or all that is ours.
    pub(crate) missing: Vec<(Missing, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Ours,
    Peer(&'static str),
}

/// The languages that have a client.
pub(crate) const LANGUAGES: [&str; 5] = ["rust", "python", "node", "kotlin", "swift"];

const CLIENTS: &str = "tests/bench/clients";

/// All that the bench makes.
pub(crate) fn folder() -> PathBuf {
    // Programs are started in other folders than this process.
    let folder = shell::target().join("bench");
    std::path::absolute(&folder).unwrap_or(folder)
}

/// The error is why nothing of the language can be measured here.
pub(crate) fn ready(language: &str) -> Result<Ready, String> {
    match language {
        "rust" => rust(),
        "python" => python(),
        "node" => node(),
        "kotlin" => super::typed::kotlin(),
        "swift" => super::typed::swift(),
        _ => Err("no such language".to_owned()),
    }
}

/// The server and the floor, and what else is in that program.
pub(crate) fn binary() -> Result<PathBuf, String> {
    build("cargo build --release --quiet -p wamid-bench --bin wamid-bench")?;
    std::path::absolute(shell::target().join("release/wamid-bench")).map_err(|error| error.to_string())
}

/// The floors alone, for a run without Rust's own rows.
pub(crate) fn floors() -> Result<Ready, String> {
    Ok(Ready { program: started(&[path(&binary()?)]), special: Vec::new(), missing: Vec::new() })
}

fn rust() -> Result<Ready, String> {
    let mut ready = floors()?;
    let into = folder().join("rust");
    let line = format!(
        "cargo build --release --quiet --locked --manifest-path {CLIENTS}/rust/Cargo.toml --target-dir {}",
        into.display()
    );
    match build(&line) {
        Ok(()) => {
            ready
                .special
                .push(("whatsapp-business-rs", started(&[path(&into.join("release/wamid-bench-peer"))])));
        }
        Err(why) => {
            ready.missing.push((Missing::Peer("whatsapp-business-rs"), format!("{why} (it needs OpenSSL)")))
        }
    }
    Ok(ready)
}

fn python() -> Result<Ready, String> {
    let environment = Environment::new("bench/python", &format!("{CLIENTS}/requirements.txt"));
    environment.make()?;
    let python = environment.python();
    let mut missing = Vec::new();
    let install = |wheel: &Path| {
        let pip = format!(
            "{python} -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps"
        );
        build(&format!("{pip} {}", wheel.display()))
    };
    if let Err(why) =
        packaged("python", "whl").and_then(|wheels| wheels.iter().try_for_each(|wheel| install(wheel)))
    {
        missing.push((Missing::Ours, why));
    }
    let python = std::path::absolute(&python).map_err(|error| error.to_string())?;
    let mut program = started(&[path(&python), client("python.py")]);
    // As in a shell in which the environment is active.
    program.env.push(("PATH", environment.path()));
    program.env.push(("PYTHONWARNINGS", "ignore".to_owned()));
    Ok(Ready { program, special: Vec::new(), missing })
}

fn node() -> Result<Ready, String> {
    if !shell::exists("npm --version") {
        return Err("needs Node with npm".to_owned());
    }
    let folder = folder().join("node");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let lock = fs::read(shell::root().join(CLIENTS).join("package-lock.json")).map_err(failed)?;
    let installed = folder.join("installed.json");
    if !fs::read(&installed).is_ok_and(|text| text == lock) {
        fs::create_dir_all(&folder).map_err(failed)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(shell::root().join(CLIENTS).join(name), folder.join(name)).map_err(failed)?;
        }
        build(&format!("npm --prefix {} ci --no-audit --no-fund --loglevel=error", folder.display()))?;
        fs::write(&installed, lock).map_err(failed)?;
    }
    let mut missing = Vec::new();
    let unpacked = packaged("node", "tgz").and_then(|archives| {
        archives.iter().try_for_each(|archive| unpack(archive, &folder.join("node_modules")))
    });
    if let Err(why) = unpacked {
        missing.push((Missing::Ours, why));
    }
    let program = Program::new(&["node".to_owned(), client("node.mjs")], folder);
    Ok(Ready { program, special: Vec::new(), missing })
}

/// `wamid-linux-x64-gnu-0.1.0.tgz`, as npm would install it.
fn unpack(archive: &Path, modules: &Path) -> Result<(), String> {
    let name = archive.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name =
        name.strip_suffix(concat!("-", env!("CARGO_PKG_VERSION"))).ok_or("an archive of another version")?;
    let into = modules.join(name);
    fs::create_dir_all(&into).map_err(|error| format!("{}: {error}", into.display()))?;
    build(&format!("tar -xzf {} -C {} --strip-components=1", archive.display(), into.display()))
}

/// What `cargo xtask package` makes of a language, of this kind.
pub(crate) fn packaged(language: &str, kind: &str) -> Result<Vec<PathBuf>, String> {
    let line = format!("cargo xtask package --into {} {language}", folder().join("dist").display());
    let mut made = Vec::new();
    if !shell::watch(&line, &[], |line| made.extend(artefact(line)))? {
        return Err(format!("failed: {line}"));
    }
    made.retain(|path| path.extension().is_some_and(|extension| extension == kind));
    Ok(made)
}

/// From `target/bench/dist/python/wamid.whl: 4.4 MB`.
fn artefact(line: &str) -> Option<PathBuf> {
    let (path, size) = line.rsplit_once(": ")?;
    size.strip_suffix(" MB")?.parse::<f64>().ok()?;
    Some(PathBuf::from(path))
}

pub(crate) fn build(line: &str) -> Result<(), String> {
    if shell::run(line, &[])? { Ok(()) } else { Err(format!("failed: {line}")) }
}

/// A client's source, wherever it is started.
pub(crate) fn client(name: &str) -> String {
    let path = shell::root().join(CLIENTS).join(name);
    path.canonicalize().unwrap_or(path).display().to_string()
}

pub(crate) fn started(line: &[String]) -> Program {
    Program::new(line, folder())
}

pub(crate) fn path(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::artefact;

    #[test]
    fn what_was_packaged_is_read_from_the_lines_that_tell_its_size() {
        let path = std::path::Path::new("/t/bench/dist/wamid-0.1.0.jar");
        assert_eq!(artefact("/t/bench/dist/wamid-0.1.0.jar: 4.4 MB").as_deref(), Some(path));
        for other in ["the stripped library is 4.4 MB", "$ cargo build", "note: 4 warnings", ": MB"] {
            assert_eq!(artefact(other), None, "{other}");
        }
    }
}
