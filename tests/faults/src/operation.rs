//! The operations of the matrix: how each is called, and what a host answers that is well.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

/// The file that is fetched.
pub(crate) const CONTENT: &[u8] = b"The menu of today: soup, bread, tea.";

/// Long enough that half of it is a part worth the name.
const MESSAGE_LENGTH: usize = 4000;

/// A call of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    /// A send to Meta.
    Send,
    /// A read from a gateway.
    Chats,
    /// A read from Meta.
    Profile,
    /// An upload to Meta.
    Upload,
    /// A download from Meta, into memory.
    Download,
    /// The same, onto the disk.
    DownloadTo,
}

/// What an operation does at the host, which is what decides how a fault ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Send,
    Read,
    Upload,
    Download,
}

impl Operation {
    pub(crate) const ALL: [Self; 6] =
        [Self::Send, Self::Chats, Self::Profile, Self::Upload, Self::Download, Self::DownloadTo];

    /// Its name in the runner protocol.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Send => "send_message",
            Self::Chats => "chats",
            Self::Profile => "profile",
            Self::Upload => "upload_media",
            Self::Download => "download_media",
            Self::DownloadTo => "download_media_to",
        }
    }

    pub(crate) fn class(self) -> Class {
        match self {
            Self::Send => Class::Send,
            Self::Chats | Self::Profile => Class::Read,
            Self::Upload => Class::Upload,
            Self::Download | Self::DownloadTo => Class::Download,
        }
    }

    /// The constructor arguments of its client.
    pub(crate) fn host(self, base: &str) -> Value {
        match self {
            Self::Chats => json!({"host": "gateway", "base_url": base, "api_key": "KEY"}),
            _ => {
                json!({"host": "cloud", "graph_url": base, "access_token": "TOKEN", "phone_number_id": "1066"})
            }
        }
    }

    /// Its arguments. `upload` is a file to be sent, `path` where a fetched one is to be put.
    pub(crate) fn args(self, upload: &Path, path: &Path) -> Value {
        match self {
            Self::Send => json!({"phone": "+919876543210", "message": "a".repeat(MESSAGE_LENGTH)}),
            Self::Chats | Self::Profile => json!({}),
            Self::Upload => json!({"file": upload}),
            Self::Download => json!({"media_id": "123"}),
            Self::DownloadTo => json!({"media_id": "123", "path": path}),
        }
    }

    /// Whether a request is the one that the fault is for. A download asks first where the file is.
    pub(crate) fn is_meant(self, path: &str) -> bool {
        self.class() != Class::Download || path.starts_with("/content")
    }

    /// What a host answers that is well: the body, and its type.
    pub(crate) fn answer(self) -> (Vec<u8>, &'static str) {
        let json = match self {
            Self::Send => {
                json!({"messaging_product": "whatsapp", "contacts": [{"input": "1", "wa_id": "919876543210"}],
                                 "messages": [{"id": "wamid.A"}]})
            }
            Self::Chats => json!({"conversations": []}),
            Self::Profile => {
                json!({"data": [{"about": "Open until eight", "messaging_product": "whatsapp"}]})
            }
            Self::Upload => json!({"id": "123"}),
            Self::Download | Self::DownloadTo => return (CONTENT.to_vec(), "text/plain"),
        };
        (json.to_string().into_bytes(), "application/json")
    }
}

/// What Meta says of the file before it is fetched.
pub(crate) fn description(base: &str) -> Value {
    let digest = ring::digest::digest(&ring::digest::SHA256, CONTENT);
    let mut sha256 = String::new();
    for byte in digest.as_ref() {
        // Writing to a text cannot fail.
        let _ = write!(sha256, "{byte:02x}");
    }
    json!({"messaging_product": "whatsapp", "id": "123", "url": format!("{base}/content"), "mime_type": "text/plain",
           "sha256": sha256, "file_size": CONTENT.len()})
}
