//! The jar with the libraries of several systems.

use std::path::Path;

use crate::{languages, shell};

/// Lays it out as a Maven repository in a folder, with sources and documentation, as Maven Central wants it.
pub(super) fn make(natives: &Path, into: &Path) -> Result<(), String> {
    let (natives, into) = (shell::root().join(natives), shell::root().join(into));
    languages::prepare_jar(&natives)?;
    let deploy = format!("deploy -q -Prelease -DaltDeploymentRepository=folder::file://{}", into.display());
    match shell::run(&languages::maven(&deploy), &[])? {
        true => Ok(()),
        false => Err("the jar does not build".to_owned()),
    }
}
