//! `cargo xtask test`

use crate::report::{self, Row, Times};
use crate::{check, conformance, faults, fuzz, languages, site};

pub(crate) fn run(asked: &[String], require_all: bool) -> Result<bool, String> {
    let chosen = languages::chosen(asked)?;
    let mut rows = Vec::new();
    let mut times = Times::begin();
    if require_all {
        rows.extend(check::run()?);
        times.end("checks");
        rows.extend(site::test(require_all)?);
        times.end("site");
    }
    for language in &chosen {
        rows.extend(language.test(require_all)?);
        times.end(language.name);
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
    times.end("conformance");
    if require_all {
        rows.extend(faults::rows(asked)?);
        times.end("faults");
        rows.extend(fuzz::rows()?);
        times.end("fuzz");
    }
    times.print();
    Ok(report::print(&rows))
}
