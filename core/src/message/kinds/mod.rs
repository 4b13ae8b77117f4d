//! The kinds of messages, a file each. This file is written by `cargo xtask generate`: a kind is a file of this folder, named as its
//! `type` is.

mod image;
mod location;
mod reaction;
mod template;
mod text;

pub use self::image::*;
pub use self::location::*;
pub use self::reaction::*;
pub use self::template::*;
pub use self::text::*;
use super::KindInfo;
use super::kind::Declared;
use super::members::Members;
use crate::error::Error;

/// What a message holds: one of the kinds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Content {
    /// See [`Image`].
    Image(Image),
    /// See [`Location`].
    Location(Location),
    /// See [`Reaction`].
    Reaction(Reaction),
    /// See [`Template`].
    Template(Template),
    /// See [`Text`].
    Text(Text),
}

impl Content {
    /// The `type` of each kind.
    pub const TYPES: &'static [&'static str] =
        &[Image::NAME, Location::NAME, Reaction::NAME, Template::NAME, Text::NAME];

    /// What each kind declares.
    #[doc(hidden)]
    #[must_use]
    pub fn kinds() -> Vec<KindInfo> {
        vec![Image::info(), Location::info(), Reaction::info(), Template::info(), Text::info()]
    }

    /// The content of the kind of that `type`; none where there is no such kind.
    pub(super) fn read_kind(kind: &str, members: &Members<'_>) -> Option<Result<Self, Error>> {
        Some(match kind {
            Image::NAME => Image::read(members).map(Self::Image),
            Location::NAME => Location::read(members).map(Self::Location),
            Reaction::NAME => Reaction::read(members).map(Self::Reaction),
            Template::NAME => Template::read(members).map(Self::Template),
            Text::NAME => Text::read(members).map(Self::Text),
            _ => return None,
        })
    }
}

impl From<Image> for Content {
    fn from(kind: Image) -> Self {
        Self::Image(kind)
    }
}

impl From<Location> for Content {
    fn from(kind: Location) -> Self {
        Self::Location(kind)
    }
}

impl From<Reaction> for Content {
    fn from(kind: Reaction) -> Self {
        Self::Reaction(kind)
    }
}

impl From<Template> for Content {
    fn from(kind: Template) -> Self {
        Self::Template(kind)
    }
}

impl From<Text> for Content {
    fn from(kind: Text) -> Self {
        Self::Text(kind)
    }
}

/// Does the same with a content of whatever kind.
macro_rules! each_kind {
    ($content:expr, $kind:ident => $do:expr) => {
        match $content {
            $crate::message::Content::Image($kind) => $do,
            $crate::message::Content::Location($kind) => $do,
            $crate::message::Content::Reaction($kind) => $do,
            $crate::message::Content::Template($kind) => $do,
            $crate::message::Content::Text($kind) => $do,
        }
    };
}
pub(crate) use each_kind;
