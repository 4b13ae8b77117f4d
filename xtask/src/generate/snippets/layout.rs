//! Where the lines of a snippet end.

/// What a line may have.
const WIDTH: usize = 96;

/// `start`, the items between commas, `end`: in one line where that is short, else an item a line.
pub(super) fn group(start: &str, items: &[String], end: &str) -> String {
    spaced(start, items, end, "")
}

/// The same with a space, say, on the inner side of the brackets where all stands in one line.
pub(super) fn spaced(start: &str, items: &[String], end: &str, space: &str) -> String {
    let line = format!("{start}{space}{}{space}{end}", items.join(", "));
    if line.len() <= WIDTH && !line.contains('\n') || items.is_empty() {
        return line;
    }
    // One list in a call may stay with the call's bracket.
    if let [only] = items
        && only.contains('\n')
        && space.is_empty()
    {
        return format!("{start}{only}{end}");
    }
    let items: Vec<_> = items.iter().map(|item| indented(item)).collect();
    format!("{start}\n{}\n{end}", items.join(",\n"))
}

/// Each line four spaces further.
pub(super) fn indented(text: &str) -> String {
    text.lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("    {line}") })
        .collect::<Vec<_>>()
        .join("\n")
}

/// So many steps further.
pub(super) fn indented_by(text: &str, steps: usize) -> String {
    (0..steps).fold(text.to_owned(), |text, _| indented(&text))
}
