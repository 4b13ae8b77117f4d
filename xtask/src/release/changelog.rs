//! What CHANGELOG.md says of a version: the text of its release.

use std::fs;

use crate::shell;

pub(super) fn of(version: &str) -> Result<String, String> {
    let path = shell::root().join("CHANGELOG.md");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    section(&text, version).ok_or_else(|| {
        format!(
            "CHANGELOG.md says nothing of {version}: name its section `## [{version}] - YYYY-MM-DD`, and write it"
        )
    })
}

/// Below its heading and above the next.
fn section(text: &str, version: &str) -> Option<String> {
    let heading = format!("\n## [{version}] - ");
    let (_, rest) = text.split_once(&heading)?;
    let (_, rest) = rest.split_once('\n')?;
    let rest = rest.split("\n## ").next().unwrap_or_default();
    // The addresses of the headings stand at the end of the page.
    let lines = rest.lines().filter(|line| !(line.starts_with('[') && line.contains("]: ")));
    let notes = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
    (!notes.is_empty()).then_some(notes)
}

#[cfg(test)]
mod tests {
    use super::section;

    const PAGE: &str = "# Changes\n\n## [Unreleased]\n\n- new\n\n## [1.1.0] - 2026-02-01\n\n### Added\n\n- more\n\n\
        ## [1.0.0] - 2026-01-01\n\n- first\n\n## [0.9.0] - 2025-01-01\n\n[1.1.0]: https://example.com\n";

    #[test]
    fn a_version_has_what_stands_below_its_heading() {
        assert_eq!(section(PAGE, "1.1.0").as_deref(), Some("### Added\n\n- more"));
        assert_eq!(section(PAGE, "1.0.0").as_deref(), Some("- first"));
    }

    #[test]
    fn a_version_without_a_text_has_no_notes() {
        assert_eq!(section(PAGE, "0.9.0"), None);
        assert_eq!(section(PAGE, "1.2.0"), None);
        assert_eq!(section(PAGE, "Unreleased"), None);
    }
}
