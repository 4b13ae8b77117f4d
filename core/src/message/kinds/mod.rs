//! The kinds of messages, a file each. This file is written by `cargo xtask generate`: a kind is a file of this folder, named as its
//! `type` is.

mod address_message;
mod audio;
mod catalog;
mod contact_request;
mod contacts;
mod cta_url;
mod document;
mod flow;
mod image;
mod list;
mod location;
mod location_request;
mod product;
mod product_list;
mod raw;
mod reaction;
mod reply_buttons;
mod sticker;
mod template;
mod text;
mod video;

pub use self::address_message::*;
pub use self::audio::*;
pub use self::catalog::*;
pub use self::contact_request::*;
pub use self::contacts::*;
pub use self::cta_url::*;
pub use self::document::*;
pub use self::flow::*;
pub use self::image::*;
pub use self::list::*;
pub use self::location::*;
pub use self::location_request::*;
pub use self::product::*;
pub use self::product_list::*;
pub use self::raw::*;
pub use self::reaction::*;
pub use self::reply_buttons::*;
pub use self::sticker::*;
pub use self::template::*;
pub use self::text::*;
pub use self::video::*;
use super::KindInfo;
use super::kind::Declared;
use super::members::Members;
use crate::error::Error;

/// What a message holds: one of the kinds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Content {
    /// See [`AddressMessage`].
    AddressMessage(AddressMessage),
    /// See [`Audio`].
    Audio(Audio),
    /// See [`Catalog`].
    Catalog(Catalog),
    /// See [`ContactRequest`].
    ContactRequest(ContactRequest),
    /// See [`Contacts`].
    Contacts(Contacts),
    /// See [`CtaUrl`].
    CtaUrl(CtaUrl),
    /// See [`Document`].
    Document(Document),
    /// See [`Flow`].
    Flow(Flow),
    /// See [`Image`].
    Image(Image),
    /// See [`List`].
    List(List),
    /// See [`Location`].
    Location(Location),
    /// See [`LocationRequest`].
    LocationRequest(LocationRequest),
    /// See [`Product`].
    Product(Product),
    /// See [`ProductList`].
    ProductList(ProductList),
    /// See [`Raw`].
    Raw(Raw),
    /// See [`Reaction`].
    Reaction(Reaction),
    /// See [`ReplyButtons`].
    ReplyButtons(ReplyButtons),
    /// See [`Sticker`].
    Sticker(Sticker),
    /// See [`Template`].
    Template(Template),
    /// See [`Text`].
    Text(Text),
    /// See [`Video`].
    Video(Video),
}

impl Content {
    /// The `type` of each kind.
    pub const TYPES: &'static [&'static str] = &[
        AddressMessage::NAME,
        Audio::NAME,
        Catalog::NAME,
        ContactRequest::NAME,
        Contacts::NAME,
        CtaUrl::NAME,
        Document::NAME,
        Flow::NAME,
        Image::NAME,
        List::NAME,
        Location::NAME,
        LocationRequest::NAME,
        Product::NAME,
        ProductList::NAME,
        Raw::NAME,
        Reaction::NAME,
        ReplyButtons::NAME,
        Sticker::NAME,
        Template::NAME,
        Text::NAME,
        Video::NAME,
    ];

    /// What each kind declares.
    #[doc(hidden)]
    #[must_use]
    pub fn kinds() -> Vec<KindInfo> {
        vec![
            AddressMessage::info(),
            Audio::info(),
            Catalog::info(),
            ContactRequest::info(),
            Contacts::info(),
            CtaUrl::info(),
            Document::info(),
            Flow::info(),
            Image::info(),
            List::info(),
            Location::info(),
            LocationRequest::info(),
            Product::info(),
            ProductList::info(),
            Raw::info(),
            Reaction::info(),
            ReplyButtons::info(),
            Sticker::info(),
            Template::info(),
            Text::info(),
            Video::info(),
        ]
    }

    /// The content of the kind of that `type`; none where there is no such kind.
    pub(super) fn read_kind(kind: &str, members: &Members<'_>) -> Option<Result<Self, Error>> {
        Some(match kind {
            AddressMessage::NAME => AddressMessage::read(members).map(Self::AddressMessage),
            Audio::NAME => Audio::read(members).map(Self::Audio),
            Catalog::NAME => Catalog::read(members).map(Self::Catalog),
            ContactRequest::NAME => ContactRequest::read(members).map(Self::ContactRequest),
            Contacts::NAME => Contacts::read(members).map(Self::Contacts),
            CtaUrl::NAME => CtaUrl::read(members).map(Self::CtaUrl),
            Document::NAME => Document::read(members).map(Self::Document),
            Flow::NAME => Flow::read(members).map(Self::Flow),
            Image::NAME => Image::read(members).map(Self::Image),
            List::NAME => List::read(members).map(Self::List),
            Location::NAME => Location::read(members).map(Self::Location),
            LocationRequest::NAME => LocationRequest::read(members).map(Self::LocationRequest),
            Product::NAME => Product::read(members).map(Self::Product),
            ProductList::NAME => ProductList::read(members).map(Self::ProductList),
            Raw::NAME => Raw::read(members).map(Self::Raw),
            Reaction::NAME => Reaction::read(members).map(Self::Reaction),
            ReplyButtons::NAME => ReplyButtons::read(members).map(Self::ReplyButtons),
            Sticker::NAME => Sticker::read(members).map(Self::Sticker),
            Template::NAME => Template::read(members).map(Self::Template),
            Text::NAME => Text::read(members).map(Self::Text),
            Video::NAME => Video::read(members).map(Self::Video),
            _ => return None,
        })
    }
}

impl From<AddressMessage> for Content {
    fn from(kind: AddressMessage) -> Self {
        Self::AddressMessage(kind)
    }
}

impl From<Audio> for Content {
    fn from(kind: Audio) -> Self {
        Self::Audio(kind)
    }
}

impl From<Catalog> for Content {
    fn from(kind: Catalog) -> Self {
        Self::Catalog(kind)
    }
}

impl From<ContactRequest> for Content {
    fn from(kind: ContactRequest) -> Self {
        Self::ContactRequest(kind)
    }
}

impl From<Contacts> for Content {
    fn from(kind: Contacts) -> Self {
        Self::Contacts(kind)
    }
}

impl From<CtaUrl> for Content {
    fn from(kind: CtaUrl) -> Self {
        Self::CtaUrl(kind)
    }
}

impl From<Document> for Content {
    fn from(kind: Document) -> Self {
        Self::Document(kind)
    }
}

impl From<Flow> for Content {
    fn from(kind: Flow) -> Self {
        Self::Flow(kind)
    }
}

impl From<Image> for Content {
    fn from(kind: Image) -> Self {
        Self::Image(kind)
    }
}

impl From<List> for Content {
    fn from(kind: List) -> Self {
        Self::List(kind)
    }
}

impl From<Location> for Content {
    fn from(kind: Location) -> Self {
        Self::Location(kind)
    }
}

impl From<LocationRequest> for Content {
    fn from(kind: LocationRequest) -> Self {
        Self::LocationRequest(kind)
    }
}

impl From<Product> for Content {
    fn from(kind: Product) -> Self {
        Self::Product(kind)
    }
}

impl From<ProductList> for Content {
    fn from(kind: ProductList) -> Self {
        Self::ProductList(kind)
    }
}

impl From<Raw> for Content {
    fn from(kind: Raw) -> Self {
        Self::Raw(kind)
    }
}

impl From<Reaction> for Content {
    fn from(kind: Reaction) -> Self {
        Self::Reaction(kind)
    }
}

impl From<ReplyButtons> for Content {
    fn from(kind: ReplyButtons) -> Self {
        Self::ReplyButtons(kind)
    }
}

impl From<Sticker> for Content {
    fn from(kind: Sticker) -> Self {
        Self::Sticker(kind)
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

impl From<Video> for Content {
    fn from(kind: Video) -> Self {
        Self::Video(kind)
    }
}

/// Does the same with a content of whatever kind.
macro_rules! each_kind {
    ($content:expr, $kind:ident => $do:expr) => {
        match $content {
            $crate::message::Content::AddressMessage($kind) => $do,
            $crate::message::Content::Audio($kind) => $do,
            $crate::message::Content::Catalog($kind) => $do,
            $crate::message::Content::ContactRequest($kind) => $do,
            $crate::message::Content::Contacts($kind) => $do,
            $crate::message::Content::CtaUrl($kind) => $do,
            $crate::message::Content::Document($kind) => $do,
            $crate::message::Content::Flow($kind) => $do,
            $crate::message::Content::Image($kind) => $do,
            $crate::message::Content::List($kind) => $do,
            $crate::message::Content::Location($kind) => $do,
            $crate::message::Content::LocationRequest($kind) => $do,
            $crate::message::Content::Product($kind) => $do,
            $crate::message::Content::ProductList($kind) => $do,
            $crate::message::Content::Raw($kind) => $do,
            $crate::message::Content::Reaction($kind) => $do,
            $crate::message::Content::ReplyButtons($kind) => $do,
            $crate::message::Content::Sticker($kind) => $do,
            $crate::message::Content::Template($kind) => $do,
            $crate::message::Content::Text($kind) => $do,
            $crate::message::Content::Video($kind) => $do,
        }
    };
}
pub(crate) use each_kind;
