//! A file in a template's header.

use serde_json::{Value, json};

use super::json::Object;
use crate::error::Error;
use crate::input;

/// A file for a header: uploaded to Meta before (by id), or fetched by Meta (by link).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    /// Meta's id of an uploaded file.
    pub id: Option<String>,
    /// Where Meta finds the file; not together with `id`.
    pub link: Option<String>,
    /// The name a document is shown under.
    pub filename: Option<String>,
}

impl Media {
    /// A file uploaded to Meta before.
    pub fn id(id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..Self::default() }
    }

    /// A file that Meta fetches.
    pub fn link(link: impl Into<String>) -> Self {
        Self { link: Some(link.into()), ..Self::default() }
    }

    /// Shows a document under this name.
    #[must_use]
    pub fn filename(mut self, filename: impl Into<String>) -> Self {
        self.filename = Some(filename.into());
        self
    }
}

impl Media {
    pub(super) fn read(object: &Object<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: object.optional_text("id")?,
            link: object.optional_text("link")?,
            filename: object.optional_text("filename")?,
        })
    }

    fn entries(&self) -> impl Iterator<Item = (&'static str, &String)> {
        [("id", &self.id), ("link", &self.link), ("filename", &self.filename)]
            .into_iter()
            .filter_map(|(key, text)| text.as_ref().map(|text| (key, text)))
    }

    pub(super) fn to_meta(&self, kind: &str, path: &str) -> Result<Value, Error> {
        match (&self.id, &self.link) {
            (None, None) => return Err(Error::invalid(path, "must have an id or a link")),
            (Some(_), Some(_)) => return Err(Error::invalid(path, "must have an id or a link, not both")),
            _ => {}
        }
        let mut media = serde_json::Map::new();
        for (key, text) in self.entries() {
            input::not_empty(&format!("{path}.{key}"), text)?;
            media.insert(key.to_owned(), text.clone().into());
        }
        Ok(json!({"type": kind, kind: media}))
    }

    pub(super) fn to_argument(&self, kind: &str) -> Value {
        let mut value = json!({"type": kind});
        for (key, text) in self.entries() {
            value[key] = json!(text);
        }
        value
    }
}
