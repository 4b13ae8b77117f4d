//! A JSON text whose values were all found in one pass. Nothing of it is copied or converted before it is asked for.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::value::RawValue;

use super::scalar;
use super::scan::{Place, places};

/// A JSON text, and where its values stand.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    text: &'a str,
    places: Vec<Place>,
}

static EMPTY: Document<'static> = Document { text: "", places: Vec::new() };

impl<'a> Document<'a> {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong, where the text is no JSON.
    pub(crate) fn of(text: &'a str) -> Result<Self, String> {
        match places(text) {
            Some(places) => Ok(Self { text, places }),
            None => Err(match serde_json::from_str::<&RawValue>(text) {
                Err(error) => error.to_string(),
                Ok(_) => "it is too long".to_owned(),
            }),
        }
    }

    /// The whole value.
    pub(crate) fn root(&self) -> Node<'_> {
        Node { document: self, index: 0 }
    }
}

/// A value of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'a> {
    document: &'a Document<'a>,
    index: usize,
}

/// What has no members and no elements, and is no value either.
impl Default for Node<'_> {
    fn default() -> Self {
        EMPTY.root()
    }
}

impl<'a> Node<'a> {
    /// Its text in JSON.
    pub(crate) fn json(self) -> &'a str {
        self.place().and_then(|place| self.document.text.get(place.range())).unwrap_or_default()
    }

    /// Itself, where it is an object.
    pub(crate) fn as_object(self) -> Option<Self> {
        self.begins_with(b'{').then_some(self)
    }

    /// Its elements, where it is a list.
    pub(crate) fn elements(self) -> Option<impl Iterator<Item = Self> + Clone> {
        self.begins_with(b'[').then(|| self.inner())
    }

    /// A member that is not null; of two of one name the last. What is no object has none.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.as_object()?;
        let found = self.inner().filter(|member| member.has_name(key)).last();
        found.filter(|member| !member.begins_with(b'n'))
    }

    pub(crate) fn object(self, key: &str) -> Option<Self> {
        self.get(key)?.as_object()
    }

    pub(crate) fn list(self, key: &str) -> Option<impl Iterator<Item = Self>> {
        self.get(key)?.elements()
    }

    /// Those elements of a list that are objects.
    pub(crate) fn objects(self, key: &str) -> impl Iterator<Item = Self> {
        self.list(key).into_iter().flatten().filter_map(Self::as_object)
    }

    /// A text. Halves of a character cut in two, which JSON can write, are U+FFFD.
    pub(crate) fn text(self, key: &str) -> Option<String> {
        self.read_text(key).map(Cow::into_owned)
    }

    /// The same, in place where it has no escapes.
    pub(crate) fn read_text(self, key: &str) -> Option<Cow<'a, str>> {
        let member = self.get(key)?;
        member.plain_text().map(Cow::Borrowed).or_else(|| scalar::text(member.json()))
    }

    /// An id: a text that is not empty, or an integer as Meta sometimes writes one.
    pub(crate) fn id(self, key: &str) -> Option<String> {
        self.read_id(key).map(Cow::into_owned)
    }

    /// The same, in place where it has no escapes.
    pub(crate) fn read_id(self, key: &str) -> Option<Cow<'a, str>> {
        let member = self.get(key)?;
        let plain = member.plain_text().filter(|text| !text.is_empty());
        plain.map(Cow::Borrowed).or_else(|| scalar::id(member.json()))
    }

    pub(crate) fn boolean(self, key: &str) -> Option<bool> {
        scalar::boolean(self.get(key)?.json())
    }

    pub(crate) fn integer(self, key: &str) -> Option<i64> {
        scalar::integer(self.get(key)?.json())
    }

    /// A number that a float can hold, also where it is written as a text.
    pub(crate) fn number(self, key: &str) -> Option<f64> {
        scalar::number(self.get(key)?.json())
    }

    /// Seconds since the epoch, as text or number.
    pub(crate) fn timestamp(self, key: &str) -> Option<Timestamp> {
        scalar::timestamp(self.get(key)?.json())
    }

    /// Itself, where it is a text without escapes.
    fn plain_text(self) -> Option<&'a str> {
        let place = self.place().filter(|place| !place.is_escaped())?;
        let text = self.document.text.get(place.range())?;
        text.strip_prefix('"')?.strip_suffix('"')
    }

    fn place(self) -> Option<&'a Place> {
        self.document.places.get(self.index)
    }

    fn begins_with(self, byte: u8) -> bool {
        let first = self.place().and_then(|place| self.document.text.as_bytes().get(place.from()));
        first == Some(&byte)
    }

    fn has_name(self, key: &str) -> bool {
        let Some(name) = self.place().and_then(|place| self.document.text.as_bytes().get(place.name()..))
        else {
            return false;
        };
        // Only a name that is as long has its quote there, and few of these begin alike.
        let may_be = name.get(key.len()) == Some(&b'"') && name.first() == key.as_bytes().first();
        if may_be && name.starts_with(key.as_bytes()) {
            return true;
        }
        self.place().is_some_and(|place| place.is_name_escaped()) && self.has_escaped_name(key)
    }

    /// Whether its name, which is written with escapes, is that one.
    #[cold]
    fn has_escaped_name(self, key: &str) -> bool {
        let Some(json) = self.place().and_then(|place| self.document.text.get(place.name() - 1..)) else {
            return false;
        };
        let mut names = serde_json::Deserializer::from_str(json).into_iter::<String>();
        names.next().is_some_and(|name| name.is_ok_and(|name| name == key))
    }

    /// The members or elements.
    fn inner(self) -> impl Iterator<Item = Self> + Clone {
        let Self { document, index } = self;
        let end = index + self.place().map_or(1, |place| place.size());
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let index = next;
            if index >= end {
                return None;
            }
            next += document.places.get(index)?.size();
            Some(Self { document, index })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_by_their_names() {
        let text =
            r#" {"a":{"b":"no"}, "b" : "first", "b":"last", "n":null, "\u0062c":7, "list":[1,[2],{"b":3}]} "#;
        let document = Document::of(text).unwrap();
        let root = document.root();
        assert_eq!(root.json(), text.trim());
        assert_eq!(root.text("b").as_deref(), Some("last"));
        assert_eq!(root.object("a").unwrap().text("b").as_deref(), Some("no"));
        assert!(root.get("n").is_none() && root.get("none").is_none());
        assert_eq!(root.id("bc").as_deref(), Some("7"));
        let elements: Vec<_> = root.list("list").unwrap().map(Node::json).collect();
        assert_eq!(elements, ["1", "[2]", r#"{"b":3}"#]);
        assert!(root.list("a").is_none() && root.object("list").is_none());
    }

    #[test]
    fn texts_are_read_with_their_escapes_and_only_texts() {
        let document = Document::of(
            r#"{"plain":"é","escaped":"a\n\u00e9\ud83d\ude00","half":"\ud83dx","number":1.5,"empty":""}"#,
        )
        .unwrap();
        let root = document.root();
        assert_eq!(root.text("plain").as_deref(), Some("é"));
        assert_eq!(root.text("escaped").as_deref(), Some("a\né😀"));
        assert!(root.text("half").unwrap().starts_with('\u{fffd}'));
        assert_eq!((root.text("number"), root.number("number")), (None, Some(1.5)));
        assert_eq!((root.text("empty").as_deref(), root.id("empty")), (Some(""), None));
    }

    #[test]
    fn what_is_empty_or_no_json_has_nothing() {
        assert!(Node::default().get("a").is_none() && Node::default().as_object().is_none());
        assert_eq!(Document::of("[1,").unwrap_err(), "EOF while parsing a value at line 1 column 3");
    }
}
