use std::cmp::Ordering;

use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::kind::SimpleKind;

declare! {
    /// A reaction to a message: one emoji beside it.
    ///
    /// A message of more than 30 days ago, one that was deleted, and a reaction take none: Meta says so in a status webhook.
    /// (Meta: "messages" reference, reaction object.)
    ///
    /// ```
    /// use wamid::Reaction;
    /// let thanks = Reaction::new("wamid.HBgL", "👍");
    /// let taken_back = Reaction::new("wamid.HBgL", "");
    /// ```
    kind Reaction = "reaction" {
        example r#"{"type":"reaction","message_id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","emoji":"\ud83d\udc4d"}"#;
        required {
            /// The id of the message that it reacts to.
            message_id: String,
            /// One emoji; an empty text takes the reaction back.
            emoji: String [unchecked],
        }
    }
}

impl SimpleKind for Reaction {
    fn rules(&self) -> Result<(), Error> {
        if self.emoji.is_empty() || is_emoji(&self.emoji) {
            return Ok(());
        }
        Err(Error::invalid(Path::key("emoji"), "must be one emoji, or empty to take the reaction back"))
    }

    fn write_object(&self, out: &mut Writer) {
        out.json(r#"{"message_id":"#);
        out.text(&self.message_id);
        out.json(r#","emoji":"#);
        out.text(&self.emoji);
        out.json("}");
    }
}

/// Unicode's emojis without their variation selectors, a line each, sorted by their bytes. Written by `cargo xtask generate`.
const EMOJIS: &str = include_str!("../../../data/emojis.txt");

/// Whether it is one emoji of Unicode's list, with its variation selectors or without.
fn is_emoji(text: &str) -> bool {
    is_listed(text.replace('\u{fe0f}', "").as_bytes(), EMOJIS.as_bytes())
}

/// Looks for a line in sorted lines, each time in the half that it can be in: one after another they take as long as a third of a send.
fn is_listed(line: &[u8], mut lines: &[u8]) -> bool {
    while !lines.is_empty() {
        let (before, after) = lines.split_at(lines.len() / 2);
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = before.len() + after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
        match line.cmp(&lines[start..end]) {
            Ordering::Equal => return true,
            Ordering::Less => lines = &lines[..start],
            Ordering::Greater => lines = lines.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{EMOJIS, is_emoji};

    #[test]
    fn each_emoji_of_the_list_is_found_and_what_is_beside_one_is_not() {
        for emoji in EMOJIS.lines() {
            assert!(is_emoji(emoji), "{emoji}");
            assert!(!is_emoji(&format!("{emoji}a")) && !is_emoji(&format!("a{emoji}")), "{emoji}");
        }
        for text in ["", "\n", "a", "~", "\u{10ffff}"] {
            assert!(!is_emoji(text), "{text:?}");
        }
    }
}
