//! The table of what was made.

use std::path::Path;

use super::artefact::Artefact;
use super::glibc;
use crate::shell;

const HEADINGS: [&str; 5] = ["artefact", "size", "target", "glibc", "sent a message under"];

/// Prints it, with what was not made and why. Fails where one asks for a newer glibc than is promised.
pub(super) fn print(made: &[Artefact], not_made: &[(String, String)], apart: &Path) -> Result<bool, String> {
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    let mut too_new = Vec::new();
    for artefact in made {
        let asked = glibc::asked_by(&artefact.path, apart)?;
        if let Some(version) = asked.filter(|version| *version > glibc::PROMISED) {
            too_new.push(format!("{} asks for glibc {version}", artefact.name()));
        }
        rows.push([
            artefact.name(),
            format!("{:.1} MB", artefact.size()? as f64 / 1e6),
            artefact.target.clone().unwrap_or_else(|| "all".to_owned()),
            asked.map_or_else(|| "–".to_owned(), |version| version.to_string()),
            artefact.tried.clone(),
        ]);
    }
    shell::say("");
    aligned(&rows).iter().for_each(|line| shell::say(line));
    if !not_made.is_empty() {
        shell::say("\nNot made:");
    }
    for (what, why) in not_made {
        shell::say(&format!("  {what}: {why}"));
    }
    for line in &too_new {
        shell::say(&format!("\n{line}; the packages are promised for {}", glibc::PROMISED));
    }
    Ok(too_new.is_empty())
}

/// Lines with each column as wide as its widest cell.
fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> Vec<String> {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let line = |row: &[String; COLUMNS]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a", "–", "c"], ["longer", "2.17", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), ["a       –     c", "longer  2.17"]);
    }
}
