//! The header, body and footer of an interactive message.

use std::borrow::Cow;

use super::declare::declare;
use super::describe::{Shape, TextOrInfo};
use super::field::Field;
use super::limits::Limits;
use super::source::{Medium, given, write_source};
use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;
use crate::media::Bytes;
use serde_json::value::RawValue;

/// The header above the body: a text, or an image, a video or a document.
///
/// ```
/// use wamid::{Header, HeaderMedia};
/// let text = Header::from("Our menu");
/// let picture = Header::from(HeaderMedia::image().link("https://example.com/menu.jpg"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Header {
    /// A text, at most 60 characters.
    Text(String),
    /// An image, a video or a document.
    Media(HeaderMedia),
}

declare! {
    /// An image, a video or a document in a header.
    record HeaderMedia {
        required {
            /// What it is: `image`, `video` or `document`.
            kind: String [one of "image" "video" "document"],
        }
        one of {
            /// The id that Meta gave it when it was uploaded.
            id: String,
            /// Where Meta fetches it, an http or https address.
            link: String [url],
            /// The path of a file, which is uploaded first.
            file: String,
            /// The content itself, which is uploaded first.
            data: Bytes,
        }
        optional {
            /// The file name that the reader sees. Only a document has one.
            filename: String,
            /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
            mime_type: String,
        }
    }
}

impl HeaderMedia {
    /// An image. It needs an `id` or a `link`.
    #[must_use]
    pub fn image() -> Self {
        Self::new("image")
    }

    /// A video. It needs an `id` or a `link`.
    #[must_use]
    pub fn video() -> Self {
        Self::new("video")
    }

    /// A document. It needs an `id` or a `link`.
    #[must_use]
    pub fn document() -> Self {
        Self::new("document")
    }
}

impl Header {
    /// Whether its medium has to be uploaded first.
    pub(super) fn is_local(&self) -> bool {
        matches!(self, Self::Media(media) if media.file.is_some() || media.data.is_some())
    }

    /// Where a medium comes from.
    pub(super) fn medium(&mut self) -> Option<Medium<'_>> {
        let Self::Media(media) = self else { return None };
        let kind = ["image", "video", "document"].into_iter().find(|kind| *kind == media.kind)?;
        Some(Medium {
            kind,
            below: Cow::Borrowed("header."),
            id: &mut media.id,
            file: &mut media.file,
            data: &mut media.data,
            mime_type: &mut media.mime_type,
            filename: media.filename.as_deref(),
        })
    }
}

impl From<&str> for Header {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Header {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<HeaderMedia> for Header {
    fn from(media: HeaderMedia) -> Self {
        Self::Media(media)
    }
}

/// How long a header's text may be.
const TEXT: Limits = Limits::length(0, 60);

impl Field for Header {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        match raw.get().as_bytes().first() {
            Some(b'{') => HeaderMedia::read(raw, path).map(Self::Media),
            Some(b'"') => String::read(raw, path).map(Self::Text),
            _ => Err(Error::invalid(path, "must be a text or an object")),
        }
    }

    fn check(&self, path: Path<'_>, limits: Limits) -> Result<(), Error> {
        match self {
            Self::Text(text) => text.check(path, TEXT),
            Self::Media(media) => {
                media.check(path, limits)?;
                if media.kind != "document" && given(&media.filename).is_some() {
                    return Err(Error::invalid(
                        Path::below(Some(&path), "filename"),
                        "is only for a document",
                    ));
                }
                Ok(())
            }
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Text(text) => text.write(out),
            Self::Media(media) => media.write(out),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    fn shape() -> Shape {
        match HeaderMedia::shape() {
            Shape::Record(object) => Shape::TextOr(TextOrInfo {
                class: "Header",
                docs: &[" The header above the body: a text, or an image, a video or a document."],
                text: TEXT,
                object,
            }),
            other => other,
        }
    }
}

/// Meta's `interactive` object.
pub(crate) struct Interactive<'a> {
    /// Its `type`.
    pub(crate) kind: &'static str,
    pub(crate) header: Above<'a>,
    pub(crate) body: Option<&'a str>,
    pub(crate) footer: Option<&'a str>,
}

/// The header, as Meta takes it.
pub(crate) enum Above<'a> {
    Nothing,
    Text(&'a str),
    Media(&'a HeaderMedia),
}

impl<'a> From<&'a Option<Header>> for Above<'a> {
    fn from(header: &'a Option<Header>) -> Self {
        match header {
            Some(Header::Text(text)) if !text.is_empty() => Self::Text(text),
            Some(Header::Media(media)) => Self::Media(media),
            _ => Self::Nothing,
        }
    }
}

impl<'a> From<&'a Option<String>> for Above<'a> {
    fn from(header: &'a Option<String>) -> Self {
        given(header).map_or(Self::Nothing, Self::Text)
    }
}

impl Interactive<'_> {
    /// Writes it, with what `action` writes as its action's members.
    pub(crate) fn write(&self, out: &mut Writer, action: impl FnOnce(&mut Writer)) {
        out.json(r#"{"type":"#);
        out.text(self.kind);
        match self.header {
            Above::Nothing => {}
            Above::Text(text) => {
                out.json(r#","header":{"type":"text","text":"#);
                out.text(text);
                out.json("}");
            }
            Above::Media(media) => {
                out.json(r#","header":{"type":"#);
                out.text(&media.kind);
                out.json(",");
                out.text(&media.kind);
                out.json(":{");
                write_source(out, &media.id, &media.link);
                out.optional_text(r#","filename":"#, given(&media.filename));
                out.json("}}");
            }
        }
        for (before, text) in [(r#","body":{"text":"#, self.body), (r#","footer":{"text":"#, self.footer)] {
            if let Some(text) = text {
                out.json(before);
                out.text(text);
                out.json("}");
            }
        }
        out.json(r#","action":{"#);
        action(out);
        out.json("}}");
    }
}
