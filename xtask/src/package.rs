//! `cargo xtask package`

use std::fs;
use std::path::PathBuf;

use crate::{languages, shell};

/// What rustc is told for a library that ships: it is optimised as one piece, which makes it an eighth smaller. A process holds less of it in
/// memory.
pub(crate) const ONE_PIECE: &str = "-C lto=fat -C codegen-units=1";

/// Makes every artefact that this machine can make, in a folder (`target/dist`), and says how large each is in a line
/// `PATH: 4.4 MB`, which the bench reads.
pub(crate) fn run(into: Option<PathBuf>, asked: &[String]) -> Result<bool, String> {
    let into = into.unwrap_or_else(|| shell::target().join("dist"));
    let mut made = Vec::new();
    for language in languages::chosen(asked)? {
        made.extend(language.package(into.clone())?);
    }
    for path in &made {
        let size = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?.len();
        shell::say(&format!("{}: {:.1} MB", path.display(), size as f64 / 1e6));
    }
    Ok(!made.is_empty())
}
