//! What users install.

use std::fs;
use std::path::{Path, PathBuf};

/// A package, for one target or for all.
pub(crate) struct Artefact {
    pub(crate) path: PathBuf,
    /// As rustc names it. Nothing where no part of it is compiled for a machine.
    pub(crate) target: Option<String>,
    /// Where it was installed by itself and has sent a message to the sandbox; else why not.
    pub(crate) tried: String,
}

impl Artefact {
    /// One for this machine, which was tried on it.
    pub(crate) fn tried_here(path: PathBuf) -> Self {
        Self { path, target: Some(here()), tried: "this machine".to_owned() }
    }

    /// One without compiled code.
    pub(crate) fn for_all(path: PathBuf, tried: &str) -> Self {
        Self { path, target: None, tried: tried.to_owned() }
    }

    pub(super) fn size(&self) -> Result<u64, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", self.path.display());
        fs::metadata(&self.path).map(|about| about.len()).map_err(failed)
    }

    pub(super) fn name(&self) -> String {
        name(&self.path)
    }
}

pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The target of this machine, as the packages are made for it.
pub(crate) fn here() -> String {
    let system = match std::env::consts::OS {
        "macos" => "apple-darwin",
        "windows" => "pc-windows-msvc",
        _ => "unknown-linux-gnu",
    };
    format!("{}-{system}", std::env::consts::ARCH)
}
