//! What Meta checks of a medium, in a message of its own, in a header, in a template: its keys, and that it is named once.

use serde_json::{Map, Value};

use super::errors::GraphError;
use super::fields;

const MOST_CAPTION: usize = 1024;

/// The keys that a medium may have where it stands. Meta refuses any other with code 100.
fn keys(place: &str) -> &'static [&'static str] {
    match place {
        "image" | "video" => &["id", "link", "caption"],
        "document" => &["id", "link", "caption", "filename"],
        "audio" => &["id", "link", "voice"],
        "header document" => &["id", "link", "filename"],
        _ => &["id", "link"],
    }
}

/// Checks a medium: `path` is what Meta calls it, `place` the kind of message, or `header` and the kind.
pub(super) fn check_media(media: &Map<String, Value>, path: &str, place: &str) -> Result<(), GraphError> {
    check_keys(media, path, place)?;
    if !is_named_once(media) {
        return Err(GraphError::parameter(format_args!("Param {path} must have one of 'id' and 'link'.")));
    }
    if let Some(link) = media.get("link").and_then(Value::as_str).filter(|link| !link.is_empty()) {
        fields::check_url(link, path, "link")?;
    }
    fields::text(media, path, "caption", MOST_CAPTION)?;
    fields::text(media, path, "filename", usize::MAX)?;
    match media.get("voice") {
        None | Some(Value::Bool(_)) => Ok(()),
        Some(_) => Err(GraphError::parameter(format_args!("Param {path}['voice'] must be a boolean."))),
    }
}

/// Refuses a key that does not belong to a medium there.
pub(super) fn check_keys(media: &Map<String, Value>, path: &str, place: &str) -> Result<(), GraphError> {
    fields::check_keys(media, path, keys(place))
}

/// Whether it says by an id or by a link which medium it is.
pub(super) fn is_named_once(media: &Map<String, Value>) -> bool {
    let has = |key: &str| media.get(key).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    has("id") != has("link")
}
