//! The documentation as a site: MkDocs makes it of docs/*.md, as site/mkdocs.yml says.

use std::path::PathBuf;

use crate::report::Row;
use crate::shell::{self, Environment};
use crate::{languages, npm, phone, uniffi};

const SUITE: &str = "site";
const FOLDER: &str = "site";
const SETTINGS: &str = "site/mkdocs.yml";
/// MkDocs has a successor that takes no plugins; docs/decisions/site.md says why it is kept. Its warning says nothing of this site.
const ENV: [(&str, &str); 2] = [("NO_MKDOCS_2_WARNING", "true"), ("PYTHONDONTWRITEBYTECODE", "1")];

/// Where it stands when it is built.
pub(crate) fn built() -> PathBuf {
    shell::target().join("site")
}

fn environment() -> Environment {
    Environment::new("site-tools", "site/requirements.txt")
}

/// Builds the site. A link that leads nowhere is a failure.
pub(crate) fn build() -> Result<bool, String> {
    Ok(pages(&[])? && links()? && is_told())
}

/// The same with the API references: Python's as pages of the site, the others beside them as the languages' tools make them.
pub(crate) fn build_with_references(require_all: bool) -> Result<bool, String> {
    let folder = shell::target().join("references");
    let made = languages::references(&folder, require_all)?;
    if !pages(&made)? {
        return Ok(false);
    }
    for name in made.iter().filter(|name| folder.join(name).is_dir()) {
        uniffi::copy_all(&folder.join(name), &built().join("reference").join(name))?;
    }
    Ok(links()? && is_told())
}

/// The pages, with the references of these languages.
fn pages(references: &[&str]) -> Result<bool, String> {
    environment().make()?;
    let mkdocs = environment().program("mkdocs");
    let (with, names) = (if references.is_empty() { "false" } else { "true" }, references.join(","));
    let env = [ENV[0], ENV[1], ("WAMID_WITH_REFERENCES", with), ("WAMID_REFERENCES", &names)];
    shell::run(&format!("{mkdocs} build --quiet -f {SETTINGS} -d {}", built().display()), &env)
}

fn is_told() -> bool {
    shell::say(&format!("open {}", built().join("index.html").display()));
    true
}

/// Serves the site on loopback, and builds it again when a page changes.
pub(crate) fn serve() -> Result<bool, String> {
    environment().make()?;
    let mkdocs = environment().program("mkdocs");
    shell::run(&format!("{mkdocs} serve -f {SETTINGS} --dev-addr 127.0.0.1:8000 --watch README.md"), &ENV)
}

fn links() -> Result<bool, String> {
    let python = environment().python();
    shell::run(&format!("{python} site/links.py {}", built().display()), &ENV)
}

/// Builds it, and reads it in a browser. What is missing here makes a row that says so, a failure where all is required.
pub(crate) fn test(require_all: bool) -> Result<Vec<Row>, String> {
    let skipped = |suite: &str, why: &str| Row {
        suite: suite.to_owned(),
        passed: 0,
        failed: require_all.into(),
        note: format!("skipped: {why}"),
    };
    if let Err(why) = environment().make() {
        return Ok(vec![skipped(SUITE, &why)]);
    }
    let mut rows = vec![Row::one("site (links)", build()?)];
    rows.push(match phone::missing(FOLDER)? {
        Some(why) => skipped("site (browser)", &why),
        None => {
            let built = built().display().to_string();
            npm::test("site (browser)", FOLDER, "test", &[("WAMID_SITE", &built)])?
        }
    });
    Ok(rows)
}
