//! What a message holds, by its type.

use super::event::{Edit, EventMedia, Revoke};
use crate::json::Object;

/// What the sender wrote, or the label of what the sender pressed.
pub(super) fn written(message: &Object<'_>, kind: &str) -> Option<String> {
    match kind {
        "text" => message.object("text")?.text("body"),
        "image" | "video" | "document" => message.object(kind)?.text("caption"),
        "button" => message.object("button")?.text("text"),
        "interactive" => {
            let interactive = message.object("interactive")?;
            ["button_reply", "list_reply"]
                .into_iter()
                .find_map(|reply| interactive.object(reply)?.text("title"))
        }
        _ => None,
    }
}

/// A message in place of an earlier one.
pub(super) fn edit(message: &Object<'_>) -> Option<Box<Edit>> {
    let edit = message.object("edit")?;
    let now = edit.object("message").unwrap_or_default();
    let kind = now.text("type").unwrap_or_default();
    Some(Box::new(Edit {
        message_id: edit.id("original_message_id")?,
        text: written(&now, &kind),
        media: media(&now, &kind),
    }))
}

pub(super) fn revoke(message: &Object<'_>) -> Option<Revoke> {
    Some(Revoke { message_id: message.object("revoke")?.id("original_message_id")? })
}

fn media(message: &Object<'_>, kind: &str) -> Option<EventMedia> {
    if !["image", "video", "audio", "document", "sticker"].contains(&kind) {
        return None;
    }
    let media = message.object(kind)?;
    Some(EventMedia {
        id: media.id("id"),
        mime_type: media.text("mime_type"),
        sha256: media.text("sha256"),
        caption: media.text("caption"),
        filename: media.text("filename"),
        voice: media.boolean("voice"),
        animated: media.boolean("animated"),
        url: media.text("url"),
    })
}
