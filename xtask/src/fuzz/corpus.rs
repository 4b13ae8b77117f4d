//! The inputs of targets: those of the project, and those of a run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::build;
use crate::shell;

/// So many bytes of a target's inputs are kept in the project, and so many of them.
const KEPT_BYTES: u64 = 12 << 10;
const KEPT_INPUTS: usize = 60;

/// The targets, by their files.
pub(super) fn targets() -> Result<Vec<String>, String> {
    let folder = shell::root().join("tests/fuzz/src/targets");
    let mut names: Vec<String> = files(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    Ok(names)
}

/// Where the project keeps a target's inputs.
pub(super) fn of_project(target: &str) -> PathBuf {
    shell::root().join("tests/fuzz/corpus").join(target)
}

/// Where a run keeps what it finds.
pub(super) fn of_run(target: &str) -> PathBuf {
    build::folder().join("corpus").join(target)
}

/// The smallest inputs of a folder, as many as the project keeps, into the project's.
pub(super) fn keep(target: &str, from: &Path) -> io::Result<()> {
    let mut inputs: Vec<(u64, PathBuf)> = Vec::new();
    for path in files(from)? {
        inputs.push((fs::metadata(&path)?.len(), path));
    }
    inputs.sort();
    let into = of_project(target);
    fs::create_dir_all(&into)?;
    let mut left = KEPT_BYTES;
    for (length, path) in inputs.into_iter().take(KEPT_INPUTS) {
        let Some(rest) = left.checked_sub(length) else { break };
        left = rest;
        if let Some(name) = path.file_name() {
            fs::copy(&path, into.join(name))?;
        }
    }
    Ok(())
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect()
}
