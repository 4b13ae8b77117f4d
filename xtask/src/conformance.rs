//! `cargo xtask conformance`

use std::path::{Path, PathBuf};

use wamid_conformance::{Options, Summary};

use crate::{languages, shell};

pub(crate) fn run(
    cases: &Path,
    filter: Option<String>,
    json: Option<PathBuf>,
    require_all: bool,
    asked: &[String],
) -> Result<Summary, String> {
    let (registry, names) = languages::runners(&languages::chosen(asked)?)?;
    let selected = registry.select(&names).map_err(|error| error.to_string())?;
    // A folder that a person names is where that person stands; the project's own is in the project.
    let cases = if cases.exists() { cases.to_owned() } else { shell::root().join(cases) };
    let mut options = Options::new(cases, selected);
    (options.filter, options.json, options.require_all) = (filter, json, require_all);
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime
        .block_on(wamid_conformance::run(&options, &mut std::io::stdout()))
        .map_err(|error| error.to_string())
}
