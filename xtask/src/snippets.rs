//! `cargo xtask snippets`: every block of code in the documentation is one that CI runs, and how many there are.

mod markdown;
mod sources;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::markdown::Block;
use self::sources::{Language, NOT_RUN, TAKEN};
use crate::report::Row;
use crate::shell;

const SUITE: &str = "snippets";
/// What a reader types or sees, and settings: they are not programs.
const NO_PROGRAMS: [&str; 9] = ["sh", "console", "text", "ini", "yaml", "toml", "http", "xml", "gradle"];

/// Looks at all pages, and says how many blocks run in which language, and which do not.
pub(crate) fn check() -> Result<Row, String> {
    let languages = sources::languages()?;
    let (mut counts, mut others, mut failed) = (BTreeMap::<&str, usize>::new(), 0, 0);
    for page in pages()? {
        let text = read(&shell::root().join(&page))?;
        for block in markdown::blocks(&text) {
            if NO_PROGRAMS.contains(&block.fence) || is_left_out(&page, &block) {
                others += 1;
            } else if let Some(language) = runs(&languages, &page, &block)? {
                *counts.entry(language).or_default() += 1;
            } else {
                shell::say(&format!(
                    "{}:{}: no test runs this block of {}",
                    page.display(),
                    block.line,
                    block.fence
                ));
                failed += 1;
            }
        }
    }
    let each: Vec<_> = counts.iter().map(|(language, count)| format!("{language} {count}")).collect();
    let examples = sources::examples()?;
    let note = format!(
        "{}; {examples} programs under examples/; {others} blocks are commands, output or settings",
        each.join(", ")
    );
    Ok(Row { suite: SUITE.to_owned(), passed: counts.values().sum(), failed, note })
}

/// The language of a block that CI runs.
fn runs(languages: &[Language], page: &Path, block: &Block<'_>) -> Result<Option<&'static str>, String> {
    let Some(language) = languages.iter().find(|language| language.fences.contains(&block.fence)) else {
        return Ok(None);
    };
    if language.holds(&block.lines) {
        return Ok(Some(language.name));
    }
    let page = page.to_string_lossy();
    let covers = |of: &str| of == page || (of.ends_with('/') && page.starts_with(of));
    for taken in TAKEN.iter().filter(|taken| covers(taken.page) && taken.fence == block.fence) {
        // The test that is named here may be gone, or read another page by now.
        if read(&shell::root().join(taken.by))?.contains(taken.reads) {
            return Ok(Some(language.name));
        }
        shell::say(&format!("{} does not read {page} any more", taken.by));
    }
    Ok(None)
}

/// Whether this block is known to be one that nothing runs.
fn is_left_out(page: &Path, block: &Block<'_>) -> bool {
    let holds = |text: &str| block.lines.iter().any(|line| line.contains(text));
    NOT_RUN.iter().any(|(of, text, _)| page == Path::new(of) && holds(text))
}

/// The pages that users read.
fn pages() -> Result<Vec<PathBuf>, String> {
    let mut pages = vec![PathBuf::from("README.md"), PathBuf::from("CONTRIBUTING.md")];
    for folder in ["docs", "bindings-python", "bindings-node", "bindings-uniffi"] {
        sources::files(Path::new(folder), &["md"], &mut pages)?;
    }
    pages.sort();
    Ok(pages)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
