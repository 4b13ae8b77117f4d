//! Detects texts that show nothing: only white space or invisible characters.

/// Characters that are drawn as nothing, beside white space and control characters: Unicode 17's
/// `Default_Ignorable_Code_Point`, its format characters (`Cf`), and what a script has for nothing: Braille's blank pattern,
/// Egyptian blanks, the Khitan filler, the null notehead. Each pair is the first and the last of a range, in ascending order.
///
/// The signs that begin an Arabic, Syriac or Kaithi number are format characters too, but are seen: they are not here.
const INVISIBLE: [(char, char); 22] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{13430}', '\u{13442}'),
    ('\u{16fe4}', '\u{16fe4}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether a text has nothing to see: only white space, control characters and what is drawn as nothing. An empty text is
/// one. What stands beside a visible character does not matter: emoji are joined by U+200D.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

fn is_invisible(c: char) -> bool {
    let after = INVISIBLE.partition_point(|(_, last)| *last < c);
    INVISIBLE.get(after).is_some_and(|(first, _)| *first <= c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ascends() {
        assert!(INVISIBLE.iter().all(|(first, last)| first <= last));
        assert!(INVISIBLE.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn what_nobody_sees_is_blank() {
        for c in "\0\u{7}\u{85}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180e}\u{200b}\u{200d}\u{200e}\u{202e}\
                  \u{2060}\u{2066}\u{2069}\u{206f}\u{2800}\u{3000}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{1bca0}\
                  \u{1d173}\u{e0001}\u{e0020}\u{e007f}\u{e0100}\u{e01ef}\u{e0fff}\u{13441}\u{16fe4}\u{1d159}"
            .chars()
        {
            assert!(is_blank(&c.to_string()), "{c:?}");
            assert!(is_blank(&format!(" {c}\n{c}")), "{c:?}");
            assert!(!is_blank(&format!("{c}a{c}")), "{c:?}");
        }
    }

    #[test]
    fn what_is_seen_is_not_blank() {
        for text in [
            "a",
            ".",
            "0",
            "\u{600}",
            "\u{6dd}",
            "\u{301}",
            "\u{1f468}\u{200d}\u{1f469}",
            "\u{2764}\u{fe0f}",
            "\u{fffd}",
        ] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
