//! Uploads of files, and what Meta takes of them. (Meta: "media" reference.)

use bytes::Bytes;
use serde_json::{Value, json};

use super::files::{File, keep};
use super::{Fields, multipart};
use crate::chats::Side;
use crate::errors::GraphError;
use crate::state::Shared;

/// Which types Meta takes, and how many bytes of them.
const TYPES: [(&[&str], usize); 6] = [
    (&["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], 16 << 20),
    (&["image/jpeg", "image/png"], 5 << 20),
    (&["image/webp"], 500 << 10),
    (&["video/mp4", "video/3gpp"], 16 << 20),
    (
        &[
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
        ],
        100 << 20,
    ),
    (
        &[
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ],
        100 << 20,
    ),
];

/// Checks the type, in lower case and without parameters, and the length of a file.
pub(crate) fn check_file(mime_type: &str, length: usize) -> Result<(), GraphError> {
    let Some((_, most)) = TYPES.iter().find(|(types, _)| types.contains(&mime_type)) else {
        let all: Vec<&str> = TYPES.iter().flat_map(|(types, _)| *types).copied().collect();
        return Err(GraphError::parameter(format_args!(
            "Param file must be a file with one of the following types: {}. Received file of type '{mime_type}'.",
            all.join(", ")
        )));
    };
    if length == 0 || length > *most {
        return Err(GraphError::detailed(
            131_053,
            format!("The file has {length} bytes; {mime_type} may have 1 to {most}."),
        ));
    }
    Ok(())
}

pub(super) fn upload(
    shared: &Shared,
    query: &Fields,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<Value, GraphError> {
    let parts = content_type
        .and_then(|kind| multipart::read(kind, body))
        .ok_or_else(|| GraphError::parameter("The parameter file is required."))?;
    let text = |name: &str| {
        parts
            .iter()
            .find(|part| part.name == name && part.filename.is_none())
            .map(|part| String::from_utf8_lossy(part.content))
    };
    // A parameter may stand in the query, as any of the Graph API's.
    let product = text("messaging_product").or_else(|| query.get("messaging_product").map(Into::into));
    if product.as_deref() != Some("whatsapp") {
        return Err(GraphError::parameter("The parameter messaging_product is required."));
    }
    let file = parts
        .iter()
        .find(|part| part.name == "file" && part.filename.is_some())
        .ok_or_else(|| GraphError::parameter("The parameter file is required."))?;
    let given = file.content_type.as_deref().unwrap_or("application/octet-stream");
    let mime_type = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    check_file(&mime_type, file.content.len())?;
    let content = Bytes::copy_from_slice(file.content);
    let mut kept = File::new(Side::Business, given.to_owned(), content);
    kept.name = file.filename.clone().filter(|name| !name.is_empty());
    let id = keep(shared, kept);
    Ok(json!({ "id": id }))
}
