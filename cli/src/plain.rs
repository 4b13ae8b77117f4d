//! Texts of others, such as references, names and what hosts answer, as a terminal may show them.
//!
//! A control character in one could move the cursor, change what was printed before, or make a second row of a table; one
//! that turns the direction of writing, or has no width, could make it read as another text.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` with every character that acts on a terminal, or cannot be seen, written as its escape: `\n`, `\u{1b}`.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if acts(c) => _ = write!(shown, "{}", c.escape_unicode()),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal does anything else with it than show it, or shows nothing.
///
/// The joiners U+200C and U+200D are no such characters: scripts of India and family emoji are written with them.
pub(super) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // The direction of writing, and the ends of lines and paragraphs.
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            // Without width.
            | '\u{00ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_acts_on_a_terminal_is_written_as_its_escape() {
        for (text, expected) in [
            ("order-7 für Åsa, 注文 👩‍👩‍👧 நன்றி C:\\new", "order-7 für Åsa, 注文 👩‍👩‍👧 நன்றி C:\\new"),
            ("a\nb\r\n\tc", "a\\nb\\r\\n\\tc"),
            ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
            ("\u{9b}31m\u{7f}\u{85}", "\\u{9b}31m\\u{7f}\\u{85}"),
            (
                "\u{202e}evil\u{2066}\u{200b}\u{feff}\u{2028}",
                "\\u{202e}evil\\u{2066}\\u{200b}\\u{feff}\\u{2028}",
            ),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
