//! Files: uploaded, described, fetched for five minutes by an address of their own.
//! (Meta: "media" reference.)

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::{Fields, multipart};
use crate::errors::GraphError;
use crate::random::Random;
use crate::state::Shared;

/// How long an address of a file can be used.
const LIVES: Duration = Duration::from_secs(300);

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

/// The files of one sandbox.
#[derive(Debug, Default)]
pub(crate) struct Media {
    files: HashMap<String, File>,
    /// The addresses that were given out.
    addresses: HashMap<String, (String, Instant)>,
}

#[derive(Debug)]
struct File {
    mime_type: String,
    sha256: String,
    bytes: Bytes,
}

impl Media {
    pub(crate) fn keep(&mut self, random: &Random, mime_type: String, bytes: Bytes) -> String {
        let mut sha256 = String::with_capacity(64);
        for byte in digest(&SHA256, &bytes).as_ref() {
            // Writing to a text cannot fail.
            let _ = write!(sha256, "{byte:02x}");
        }
        let id = random.digits(16);
        self.files.insert(id.clone(), File { mime_type, sha256, bytes });
        id
    }

    /// What Meta says of a file, with a new address for its content.
    pub(super) fn describe(&mut self, random: &Random, id: &str, host: &str) -> Option<Value> {
        let File { mime_type, sha256, bytes } = self.files.get(id)?;
        let key = random.text(24);
        let described = json!({
            "messaging_product": "whatsapp",
            "url": format!("http://{host}/_media/{key}"),
            "mime_type": mime_type,
            "sha256": sha256,
            "file_size": bytes.len().to_string(),
            "id": id,
        });
        self.addresses.retain(|_, (_, made)| made.elapsed() < LIVES);
        self.addresses.insert(key, (id.to_owned(), Instant::now()));
        Some(described)
    }

    /// What a webhook says of a file: its type, and its SHA-256 in base64.
    pub(crate) fn in_webhook(&self, id: &str) -> Option<Value> {
        let File { mime_type, bytes, .. } = self.files.get(id)?;
        let sha256 = BASE64_STANDARD.encode(digest(&SHA256, bytes));
        Some(json!({ "id": id, "mime_type": mime_type, "sha256": sha256 }))
    }

    /// The type and the content behind an address that is not too old.
    pub(super) fn fetch(&self, key: &str) -> Option<(String, Bytes)> {
        let (id, made) = self.addresses.get(key)?;
        let file = self.files.get(id).filter(|_| made.elapsed() < LIVES)?;
        Some((file.mime_type.clone(), file.bytes.clone()))
    }

    /// The type and the content of a file.
    pub(crate) fn content(&self, id: &str) -> Option<(String, Bytes)> {
        self.files.get(id).map(|file| (file.mime_type.clone(), file.bytes.clone()))
    }

    pub(super) fn remove(&mut self, id: &str) -> bool {
        self.files.remove(id).is_some()
    }
}

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
    let id =
        shared.account().media.keep(&shared.random, given.to_owned(), Bytes::copy_from_slice(file.content));
    Ok(json!({ "id": id }))
}
