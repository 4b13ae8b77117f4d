//! `cargo xtask package`

use std::fs;

use crate::{languages, shell};

/// Makes every artefact that this machine can make, under `target/dist`, and says how large each is.
pub(crate) fn run(asked: &[String]) -> Result<bool, String> {
    let mut made = Vec::new();
    for language in languages::chosen(asked)? {
        made.extend(language.package(shell::target().join("dist"))?);
    }
    for path in &made {
        let size = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?.len();
        shell::say(&format!("{}: {:.1} MB", path.display(), size as f64 / 1e6));
    }
    Ok(!made.is_empty())
}
