//! A file in a template's header.

use super::strict::StrictObject;
use crate::error::Error;

/// A file for a header: uploaded to Meta before (by id), or fetched by Meta (by link).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Media {
    /// Meta's id of an uploaded file.
    pub id: Option<String>,
    /// Where Meta finds the file; not together with `id`.
    pub link: Option<String>,
    /// The name a document is shown under; documents alone have one.
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

    pub(super) fn read(object: &StrictObject<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: object.optional_text("id")?,
            link: object.optional_text("link")?,
            filename: object.optional_text("filename")?,
        })
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let entries = [("id", &self.id), ("link", &self.link), ("filename", &self.filename)];
        entries.into_iter().filter_map(|(key, text)| text.as_deref().map(|text| (key, text)))
    }
}
