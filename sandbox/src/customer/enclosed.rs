//! What a customer sends that is no text: files, places, contact cards.

use serde_json::{Value, json};

use super::act::{File, Place};
use crate::checks::phone_digits;
use crate::options::SandboxError;
use crate::state::Shared;

/// The type of the message that a file comes in, and what it says of the file.
pub(super) fn media(shared: &Shared, file: &File) -> Result<(&'static str, Value), SandboxError> {
    let id = &file.id;
    let Some(mut media) = shared.account().files.in_webhook(id) else {
        return Err(SandboxError::new(format!("there is no file {id:?}: upload it first")));
    };
    let mime_type = media["mime_type"].as_str().unwrap_or_default();
    let kind = match mime_type.split('/').next() {
        Some("image") if mime_type.starts_with("image/webp") => "sticker",
        Some("image") => "image",
        Some("video") => "video",
        Some("audio") => "audio",
        _ => "document",
    };
    match (kind, &file.caption) {
        (_, None) => {}
        ("sticker" | "audio", Some(_)) => {
            return Err(SandboxError::new(format!("{kind} has no caption")));
        }
        (_, Some(caption)) => media["caption"] = json!(caption),
    }
    match kind {
        "sticker" => media["animated"] = json!(false),
        "audio" => media["voice"] = json!(file.voice),
        "document" => {
            if let Some(filename) = &file.filename {
                shared.account().files.name(id, filename);
                media["filename"] = json!(filename);
            }
        }
        _ => {}
    }
    Ok((kind, media))
}

/// The `location` of a place on earth.
pub(super) fn location(place: Place) -> Result<Value, SandboxError> {
    let Place { latitude, longitude, name, address, .. } = place;
    if !(latitude.abs() <= 90.0 && longitude.abs() <= 180.0) {
        return Err(SandboxError::new("a latitude is from -90 to 90, a longitude from -180 to 180"));
    }
    let mut location = json!({ "latitude": latitude, "longitude": longitude });
    for (key, text) in [("name", name), ("address", address)] {
        if let Some(text) = text {
            location[key] = json!(text);
        }
    }
    Ok(location)
}

/// The `contacts` of one card.
pub(super) fn contacts(name: &str, phone: &str) -> Result<Value, SandboxError> {
    let first = name.split_whitespace().next();
    let Some(first) = first else { return Err(SandboxError::new("a contact has a name")) };
    let digits = phone_digits(phone)
        .ok_or_else(|| SandboxError::new(format!("{phone:?} is no phone number with its country code")))?;
    Ok(json!([{
        "name": { "formatted_name": name, "first_name": first },
        "phones": [{ "phone": format!("+{digits}"), "wa_id": digits, "type": "CELL" }],
    }]))
}
