//! What a package says of the code of others in it: their licences, for people, and the list, for machines.

use std::fs;
use std::path::Path;

use super::{crates, licences, sbom};
use crate::shell;

/// Writes `THIRD-PARTY-LICENSES.txt` and `PACKAGE.cdx.json` into a folder.
pub(crate) fn write(package: &str, folder: &Path) -> Result<(), String> {
    let folder = shell::root().join(folder);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let crates = crates::of(package)?;
    let sbom = sbom::document(package, env!("CARGO_PKG_VERSION"), &crates);
    let sbom = serde_json::to_string_pretty(&sbom).map_err(|error| error.to_string())?;
    fs::create_dir_all(&folder).map_err(failed)?;
    fs::write(folder.join("THIRD-PARTY-LICENSES.txt"), licences::page(package, &crates)?).map_err(failed)?;
    fs::write(folder.join(format!("{package}.cdx.json")), format!("{sbom}\n")).map_err(failed)
}
