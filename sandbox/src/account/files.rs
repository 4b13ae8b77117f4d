//! The files of one sandbox: described, and fetched for five minutes by an address of their own. (Meta: "media" reference.)

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::chats::Side;
use crate::random::Random;
use crate::state::Shared;

/// How long an address of a file can be used.
const LIVES: Duration = Duration::from_secs(300);
/// The most bytes of files kept; the oldest go first. The newest stays, however big.
const MOST_BYTES: usize = 256 << 20;

/// The files of one sandbox.
#[derive(Debug, Default)]
pub(crate) struct Files {
    files: HashMap<String, File>,
    /// Their ids, the oldest first.
    ids: VecDeque<String>,
    bytes: usize,
    /// The addresses that were given out.
    addresses: HashMap<String, (String, Instant)>,
}

/// One file. A copy shares its content.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Who uploaded it.
    side: Side,
    pub(crate) mime_type: String,
    /// What it was called, as far as that is known.
    pub(crate) name: Option<String>,
    pub(crate) bytes: Bytes,
    sha256: [u8; 32],
}

impl File {
    pub(crate) fn new(side: Side, mime_type: String, bytes: Bytes) -> Self {
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(digest(&SHA256, &bytes).as_ref());
        Self { side, mime_type, name: None, bytes, sha256 }
    }

    /// The SHA-256 of its content in hexadecimal digits.
    pub(crate) fn digits(&self) -> String {
        self.sha256.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Keeps a file, and gives its id.
pub(crate) fn keep(shared: &Shared, file: File) -> String {
    shared.account().files.keep(&shared.random, file)
}

impl Files {
    fn keep(&mut self, random: &Random, file: File) -> String {
        let id = random.digits(16);
        self.bytes += file.bytes.len();
        self.files.insert(id.clone(), file);
        self.ids.push_back(id.clone());
        while self.bytes > MOST_BYTES
            && self.ids.len() > 1
            && let Some(oldest) = self.ids.front().cloned()
        {
            self.remove(&oldest);
        }
        id
    }

    /// What Meta says of a file, with a new address for its content.
    pub(super) fn describe(&mut self, random: &Random, id: &str, host: &str) -> Option<Value> {
        let file = self.files.get(id)?;
        let key = random.text(24);
        let described = json!({
            "messaging_product": "whatsapp",
            "url": format!("http://{host}/_media/{key}"),
            "mime_type": file.mime_type,
            "sha256": file.digits(),
            "file_size": file.bytes.len().to_string(),
            "id": id,
        });
        self.addresses.retain(|_, (_, made)| made.elapsed() < LIVES);
        self.addresses.insert(key, (id.to_owned(), Instant::now()));
        Some(described)
    }

    /// What a webhook says of a file: its type, and its SHA-256 in base64.
    pub(crate) fn in_webhook(&self, id: &str) -> Option<Value> {
        let File { mime_type, sha256, .. } = self.files.get(id)?;
        Some(json!({ "id": id, "mime_type": mime_type, "sha256": BASE64_STANDARD.encode(sha256) }))
    }

    /// The file behind an address that is not too old.
    pub(super) fn fetch(&self, key: &str) -> Option<File> {
        let (id, made) = self.addresses.get(key)?;
        self.files.get(id).filter(|_| made.elapsed() < LIVES).cloned()
    }

    /// The file of that id.
    pub(crate) fn get(&self, id: &str) -> Option<File> {
        self.files.get(id).cloned()
    }

    /// Gives a file the name that a message has for it.
    pub(crate) fn name(&mut self, id: &str, name: &str) {
        if let Some(file) = self.files.get_mut(id) {
            file.name = Some(name.to_owned());
        }
    }

    pub(super) fn remove(&mut self, id: &str) -> bool {
        let Some(file) = self.files.remove(id) else { return false };
        self.bytes -= file.bytes.len();
        self.ids.retain(|known| known != id);
        true
    }

    /// Forgets what customers uploaded.
    pub(crate) fn forget_of_customers(&mut self) {
        self.files.retain(|_, file| file.side == Side::Business);
        self.ids.retain(|id| self.files.contains_key(id));
        self.bytes = self.files.values().map(|file| file.bytes.len()).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_files_make_room() {
        let (mut files, random) = (Files::default(), Random::new(Some(1)));
        let of_business = File::new(Side::Business, "image/png".to_owned(), Bytes::from_static(b"tiny"));
        let big = File::new(Side::Customer, "application/pdf".to_owned(), vec![0; MOST_BYTES / 4].into());
        let mut ids = vec![files.keep(&random, of_business)];
        ids.extend((0..4).map(|_| files.keep(&random, big.clone())));
        let there = |files: &Files| ids.iter().map(|id| files.get(id).is_some()).collect::<Vec<_>>();
        assert_eq!(there(&files), [false, true, true, true, true]);
        files.remove(&ids[2]);
        let picture = files.keep(&random, File::new(Side::Business, "image/png".to_owned(), vec![1].into()));
        assert_eq!(
            (there(&files), files.bytes),
            (vec![false, true, false, true, true], MOST_BYTES / 4 * 3 + 1)
        );
        files.forget_of_customers();
        assert_eq!((there(&files), files.bytes, files.ids.len()), (vec![false; 5], 1, 1));
        assert!(files.get(&picture).is_some());
    }
}
