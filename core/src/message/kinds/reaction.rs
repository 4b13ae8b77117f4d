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

/// Unicode's emojis without their variation selectors, a line each. Written by `cargo xtask generate`.
const EMOJIS: &str = include_str!("../../../data/emojis.txt");

/// Whether it is one emoji of Unicode's list, with its variation selectors or without.
fn is_emoji(text: &str) -> bool {
    let plain = text.replace('\u{fe0f}', "");
    EMOJIS.lines().any(|emoji| emoji == plain)
}
