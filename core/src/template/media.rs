//! A file in a template's header.

use super::strict::StrictObject;
use crate::error::Error;
use crate::media::Bytes;

/// A file for a header: uploaded to Meta before (by id), fetched by Meta (by link), or uploaded before the message goes out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Media {
    /// Meta's id of an uploaded file.
    pub id: Option<String>,
    /// Where Meta finds the file; not together with `id`.
    pub link: Option<String>,
    /// The name a document is shown under; documents alone have one.
    pub filename: Option<String>,
    /// The path of a file, which is uploaded first; not together with the others.
    pub file: Option<String>,
    /// The content itself, which is uploaded first; not together with the others.
    pub data: Option<Bytes>,
    /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
    pub mime_type: Option<String>,
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

    /// A file of this path, which is uploaded first.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..Self::default() }
    }

    /// Content, which is uploaded first.
    pub fn data(data: impl Into<Bytes>) -> Self {
        Self { data: Some(data.into()), ..Self::default() }
    }

    /// Says of which MIME type a file or content is.
    #[must_use]
    pub fn mime_type(mut self, mime_type: impl Into<String>) -> Self {
        self.mime_type = Some(mime_type.into());
        self
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
            file: object.optional_text("file")?,
            data: object.optional_bytes("data")?,
            mime_type: object.optional_text("mime_type")?,
        })
    }

    /// The field that has to be uploaded before the medium can go out.
    pub(super) fn local_field(&self) -> Option<&'static str> {
        match (&self.file, &self.data) {
            (Some(_), _) => Some("file"),
            (None, Some(_)) => Some("data"),
            (None, None) => None,
        }
    }

    /// How many say where it is.
    pub(super) fn sources(&self) -> usize {
        [self.id.is_some(), self.link.is_some(), self.file.is_some(), self.data.is_some()]
            .into_iter()
            .filter(|given| *given)
            .count()
    }

    /// What Meta gets of it.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let entries = [("id", &self.id), ("link", &self.link), ("filename", &self.filename)];
        entries.into_iter().filter_map(|(key, text)| text.as_deref().map(|text| (key, text)))
    }
}
