//! `cargo xtask test`

use crate::report::{self, Row};
use crate::{check, conformance, faults, fuzz, languages, site};

pub(crate) fn run(asked: &[String], require_all: bool) -> Result<bool, String> {
    let chosen = languages::chosen(asked)?;
    let mut rows = Vec::new();
    if require_all {
        rows.extend(check::run()?);
        rows.extend(site::test(require_all)?);
    }
    for language in &chosen {
        rows.extend(language.test(require_all)?);
    }
    let cases = std::path::Path::new("tests/conformance/cases");
    let summary = conformance::run(cases, None, None, require_all, asked)?;
    for language in &summary.languages {
        rows.push(Row {
            suite: format!("{} conformance", language.language),
            passed: language.passed,
            failed: language.failed + usize::from(require_all && language.skipped.is_some()),
            note: language.skipped.clone().unwrap_or_default(),
        });
    }
    if require_all {
        rows.extend(faults::rows(asked)?);
        rows.extend(fuzz::rows()?);
    }
    Ok(report::print(&rows))
}
