use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::Error;

/// How many differences of a case its line shows; the JSON report has them all.
const SHOWN: usize = 4;
/// How long a value in a line may be; the JSON report has it whole.
const LONGEST: usize = 400;

/// One difference between what was expected and what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The path to the place, such as `results[0].ok.id` or `requests[1].headers.authorization`.
    pub place: String,
    /// What was expected there.
    pub expected: String,
    /// What came.
    pub came: String,
}

impl Difference {
    /// The place of the time that a case took.
    pub(crate) const ELAPSED: &str = "elapsed_ms";
    /// What is expected of that time begins so, where it was too long.
    pub(crate) const AT_MOST: &str = "at most ";
}

/// How one case went in one language.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct CaseReport {
    /// The case's name.
    pub name: String,
    /// The file it stands in.
    pub file: PathBuf,
    /// Whether it passed.
    pub passed: bool,
    /// From the first call's writing to the last answer.
    pub elapsed_ms: u64,
    /// Why it did not pass.
    pub differences: Vec<Difference>,
}

impl CaseReport {
    /// Whether it came too late, and nothing else was wrong.
    pub(crate) fn is_late(&self) -> bool {
        matches!(&self.differences[..], [only] if only.place == Difference::ELAPSED && only.expected.starts_with(Difference::AT_MOST))
    }
}

/// How a language went.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct LanguageReport {
    /// Its name.
    pub language: String,
    /// How many cases passed.
    pub passed: usize,
    /// How many failed; a runner that does not end by itself counts as one.
    pub failed: usize,
    /// Why nothing was run.
    pub skipped: Option<String>,
    /// How many of the cases are marked for other languages.
    pub for_other_languages: usize,
    /// The cases, in their files' order.
    pub cases: Vec<CaseReport>,
}

impl LanguageReport {
    pub(crate) fn skipped(language: &str, reason: &str) -> Self {
        Self {
            language: language.to_owned(),
            passed: 0,
            failed: 0,
            skipped: Some(reason.to_owned()),
            for_other_languages: 0,
            cases: Vec::new(),
        }
    }

    pub(crate) fn ran(language: &str, cases: Vec<CaseReport>, for_other_languages: usize) -> Self {
        let passed = cases.iter().filter(|case| case.passed).count();
        Self {
            language: language.to_owned(),
            passed,
            failed: cases.len() - passed,
            skipped: None,
            for_other_languages,
            cases,
        }
    }

    /// Writes a line for each case that failed, and the closing line.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let language = &self.language;
        if let Some(reason) = &self.skipped {
            return writeln!(out, "{language}: skipped: {}", one_line(reason));
        }
        for case in self.cases.iter().filter(|case| !case.passed) {
            writeln!(out, "{language}: {}: {}", one_line(&case.name), why(&case.differences))?;
        }
        writeln!(out, "{language}: {} passed, {} failed", self.passed, self.failed)
    }
}

fn why(differences: &[Difference]) -> String {
    let mut shown: Vec<String> = differences
        .iter()
        .take(SHOWN)
        .map(|difference| {
            let Difference { place, expected, came } = difference;
            format!("{place}: expected {}, came {}", one_line(expected), one_line(came))
        })
        .collect();
    if differences.len() > SHOWN {
        shown.push(format!("and {} more differences", differences.len() - SHOWN));
    }
    shown.join("; ")
}

fn one_line(text: &str) -> String {
    let mut line: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

/// How a run went.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// How many cases passed, over all languages.
    pub passed: usize,
    /// How many failed.
    pub failed: usize,
    /// Whether all passed, and no language was skipped that had to be run.
    pub exit_ok: bool,
    /// Language by language.
    pub languages: Vec<LanguageReport>,
}

impl Summary {
    pub(crate) fn of(languages: Vec<LanguageReport>, require_all: bool) -> Self {
        let passed = languages.iter().map(|language| language.passed).sum();
        let failed = languages.iter().map(|language| language.failed).sum();
        let skipped = languages.iter().any(|language| language.skipped.is_some());
        let exit_ok = failed == 0 && passed > 0 && !(require_all && skipped);
        Self { passed, failed, exit_ok, languages }
    }

    /// Writes the machine-readable report.
    pub(crate) fn write_json(&self, file: &Path) -> Result<(), Error> {
        let failed = |why| Error::File(file.to_owned(), why);
        let mut text = serde_json::to_string_pretty(self).map_err(|why| failed(why.into()))?;
        text.push('\n');
        fs::write(file, text).map_err(failed)
    }
}
