//! Where a medium comes from.

use std::borrow::Cow;

use super::{Content, Message, each_kind};
use crate::error::Error;
use crate::json::Writer;
use crate::media::{Bytes, Upload};
use crate::message::kind::Kind;

/// The one of the two that is there.
pub(super) fn write_source(out: &mut Writer, id: &Option<String>, link: &Option<String>) {
    match id {
        Some(id) => out.optional_text(r#""id":"#, Some(id)),
        None => out.optional_text(r#""link":"#, link.as_deref()),
    }
}

/// An empty text is none.
pub(super) fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// The fields of a content that say where its medium comes from.
#[derive(Debug)]
pub(crate) struct Medium<'a> {
    /// The kind of message that Meta takes such a file for.
    pub(crate) kind: &'static str,
    /// What stands before the fields' names in an error.
    pub(crate) below: Cow<'static, str>,
    pub(crate) id: &'a mut Option<String>,
    pub(crate) file: &'a mut Option<String>,
    pub(crate) data: &'a mut Option<Bytes>,
    pub(crate) mime_type: &'a mut Option<String>,
    pub(crate) filename: Option<&'a str>,
}

/// The methods of a kind that has these fields itself, and, where it says so, a field with the name that the reader sees.
macro_rules! medium {
    ($kind:literal $(, $filename:ident)?) => {
        fn medium(&mut self) -> Option<$crate::message::source::Medium<'_>> {
            Some($crate::message::source::Medium {
                kind: $kind,
                below: std::borrow::Cow::Borrowed(""),
                id: &mut self.id,
                file: &mut self.file,
                data: &mut self.data,
                mime_type: &mut self.mime_type,
                filename: None$(.or(self.$filename.as_deref()))?,
            })
        }

        fn is_local(&self) -> bool {
            self.file.is_some() || self.data.is_some()
        }
    };
}
pub(super) use medium;

/// What a file is known by within one bulk: the same is uploaded once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FileKey {
    kind: &'static str,
    path: String,
    mime_type: Option<String>,
    filename: Option<String>,
}

impl Medium<'_> {
    /// Whether something has to be uploaded first.
    pub(crate) fn is_here(&self) -> bool {
        self.file.is_some() || self.data.is_some()
    }

    /// What the file is known by; none of content in memory.
    pub(crate) fn key(&self) -> Option<FileKey> {
        Some(FileKey {
            kind: self.kind,
            path: self.file.clone()?,
            mime_type: self.mime_type.clone(),
            filename: self.filename.map(str::to_owned),
        })
    }

    /// What is uploaded, once it has been looked at.
    pub(crate) async fn upload(&mut self) -> Result<Upload, Error> {
        let upload = match (&*self.file, self.data.take()) {
            (Some(file), _) => {
                Upload::of_file(file, self.mime_type.as_deref(), self.filename, Some(self.kind)).await
            }
            (None, data) => {
                let data = data.unwrap_or_default().0;
                Upload::of_data(data, self.mime_type.as_deref(), self.filename, Some(self.kind))
            }
        };
        upload.map_err(|error| error.below(&self.below))
    }

    /// Puts the id there in place of what was uploaded.
    pub(crate) fn uploaded(self, id: String) {
        *self.id = Some(id);
        *self.file = None;
        *self.data = None;
        *self.mime_type = None;
    }
}

impl Message {
    /// Where its medium comes from, if it has one; of several one that has to be uploaded.
    pub(crate) fn medium(&mut self) -> Option<Medium<'_>> {
        each_kind!(&mut self.content, kind => kind.medium())
    }
}

impl Content {
    /// Whether something of this machine's has to be uploaded first.
    pub(crate) fn is_local(&self) -> bool {
        each_kind!(self, kind => kind.is_local())
    }

    /// The field that holds a file or bytes of this machine's, which must be uploaded before the content can go anywhere.
    #[doc(hidden)]
    #[must_use]
    pub fn local_field(&self) -> Option<String> {
        if !self.is_local() {
            return None;
        }
        let mut content = self.clone();
        let medium = each_kind!(&mut content, kind => kind.medium())?;
        let field = match (medium.file.is_some(), medium.data.is_some()) {
            (true, _) => "file",
            (false, true) => "data",
            (false, false) => return None,
        };
        Some(format!("{}{field}", medium.below))
    }
}
