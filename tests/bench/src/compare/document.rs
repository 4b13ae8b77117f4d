//! docs/benchmarks.md: what is between two marks is written anew, the rest stays.

/// The document with `text` between the marks of a part (`""`, `" --files"`); they come to its end where it has none.
pub(crate) fn with(document: &str, part: &str, text: &str) -> String {
    let [begin, end] = ["from", "to"].map(|word| format!("<!-- cargo xtask bench{part}: {word} here -->"));
    let text = text.trim();
    let between = document.split_once(&begin).and_then(|(before, rest)| {
        rest.split_once(&end).map(|(_, after)| format!("{before}{begin}\n\n{text}\n\n{end}{after}"))
    });
    between.unwrap_or_else(|| format!("{}\n\n{begin}\n\n{text}\n\n{end}\n", document.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn what_others_wrote_stays_and_writing_twice_is_writing_once() {
        let first = with("# Benchmarks\n\n---\n\n## Notes\n", "", "a table");
        assert!(first.starts_with("# Benchmarks\n\n---\n\n## Notes\n\n<!--"), "{first}");
        let again = with(&format!("{first}\nA remark.\n"), "", "another");
        assert!(again.contains("\n\nanother\n\n") && !again.contains("a table"), "{again}");
        assert!(again.ends_with("\nA remark.\n"));
        assert_eq!(with(&again, "", "another"), again);
        let both = with(&again, " --files", "of files");
        assert!(both.contains("another") && both.contains("\n\nof files\n\n"), "{both}");
    }
}
