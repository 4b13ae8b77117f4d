//! The traits `Kind` and `SimpleKind`, which every kind implements.

use serde_json::value::RawValue;

use super::describe::{KindInfo, Shape};
use super::field::Field;
use super::limits::Limits;
use super::members::Members;
use super::options::SendOptions;
use super::original::{OriginalEndpoint, operation};
use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;
use crate::message::Needs;
use crate::message::source::Medium;

/// A kind, as its declaration makes it.
pub(crate) trait Declared: Sized {
    /// Its `type` in JSON.
    const NAME: &'static str;
    fn read(members: &Members<'_>) -> Result<Self, Error>;
    /// Holds each field to its limits.
    fn check(&self) -> Result<(), Error>;
    /// Its members in JSON, each with a comma before it.
    fn write_members(&self, out: &mut Writer);
    fn info() -> KindInfo;
}

/// A kind that can be sent.
pub(crate) trait Kind: Declared {
    /// The content once it has passed all rules.
    type Checked<'a>: Checked
    where
        Self: 'a;

    fn checked(&self) -> Result<Self::Checked<'_>, Error>;

    /// Where its medium comes from, if it has one; of several one that has to be uploaded.
    fn medium(&mut self) -> Option<Medium<'_>> {
        None
    }

    /// Whether it has to be uploaded first.
    fn is_local(&self) -> bool {
        false
    }
}

/// A content that has passed all rules, as the hosts take it.
pub(crate) trait Checked {
    /// The endpoint of the original messaging API that takes this kind; without one it goes to `api/send/`.
    const ORIGINAL: Option<OriginalEndpoint> = None;

    /// About as many bytes as it takes, so that the buffer of a body need not grow.
    fn size(&self) -> usize;
    /// Its `type` at Meta.
    fn meta_type(&self) -> &str;
    /// `"type":T,T:{…}`, as Meta takes it.
    fn write_meta(&self, out: &mut Writer);
    /// The members of a gateway's body that hold it, each with a comma before it.
    fn write_gateway(&self, out: &mut Writer);
    /// The field that the original's endpoint of this kind does not know, where one is used: then it goes to `api/send/`.
    fn beyond_original(&self) -> Option<&'static str> {
        None
    }

    /// What a gateway has to know to take it.
    fn needs(&self, needs: &mut Needs);
}

/// A kind whose fields are all that is to be checked, beside what `rules` checks, and that every gateway takes in one way.
pub(crate) trait SimpleKind: Declared {
    /// What the limits of single fields do not say.
    fn rules(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Where its medium comes from, if it has one.
    fn medium(&mut self) -> Option<Medium<'_>> {
        None
    }

    /// Whether it has to be uploaded first.
    fn is_local(&self) -> bool {
        false
    }

    /// Its `type` at Meta, which is the name of the member that holds it too.
    fn meta_type(&self) -> &str {
        Self::NAME
    }

    /// What that member holds.
    fn write_object(&self, out: &mut Writer);
}

impl<T: SimpleKind> Kind for T {
    type Checked<'a>
        = SimpleChecked<'a, T>
    where
        T: 'a;

    fn checked(&self) -> Result<SimpleChecked<'_, T>, Error> {
        self.check()?;
        self.rules()?;
        Ok(SimpleChecked(self))
    }

    fn medium(&mut self) -> Option<Medium<'_>> {
        SimpleKind::medium(self)
    }

    fn is_local(&self) -> bool {
        SimpleKind::is_local(self)
    }
}

pub(crate) struct SimpleChecked<'a, T>(&'a T);

impl<T: SimpleKind> Checked for SimpleChecked<'_, T> {
    fn size(&self) -> usize {
        512
    }

    fn meta_type(&self) -> &str {
        self.0.meta_type()
    }

    fn write_meta(&self, out: &mut Writer) {
        out.json(r#""type":"#);
        out.text(self.0.meta_type());
        out.json(",");
        out.text(self.0.meta_type());
        out.json(":");
        self.0.write_object(out);
    }

    fn write_gateway(&self, out: &mut Writer) {
        write_content(self.0, out);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.extension("send", "content");
    }
}

/// A content of one kind, as an argument. An error names what is wrong as it does where the content is sent.
impl<K: Kind> Field for K {
    fn read(raw: &RawValue, path: Path<'_>) -> Result<Self, Error> {
        let members =
            Members::of(raw, None).ok_or_else(|| Error::invalid(path, "must be an object with a type"))?;
        let kind: String = members.required("type")?;
        if kind != K::NAME {
            return Err(Error::invalid("type", format!("must be {}; it is {kind:?}", K::NAME)));
        }
        let read = <K as Declared>::read(&members)?;
        members.done()?;
        Ok(read)
    }

    fn check(&self, _: Path<'_>, _: Limits) -> Result<(), Error> {
        self.checked().map(drop)
    }

    fn write(&self, out: &mut Writer) {
        out.json(r#"{"type":"#);
        out.text(K::NAME);
        self.write_members(out);
        out.json("}");
    }

    fn shape() -> Shape {
        Shape::Content(K::NAME)
    }
}

/// The member of a gateway's body that holds a content of any kind, with a comma before it.
pub(super) fn write_content<K: Declared>(kind: &K, out: &mut Writer) {
    out.json(r#","content":{"type":"#);
    out.text(K::NAME);
    kind.write_members(out);
    out.json("}");
}

/// The `type` of a kind.
pub(crate) fn name_of<K: Declared>(_: &K) -> &'static str {
    K::NAME
}

/// The endpoint of the original messaging API that takes this message. The original would drop what stands beside a content.
pub(crate) fn original_endpoint<C: Checked>(content: &C, options: &SendOptions) -> Option<OriginalEndpoint> {
    C::ORIGINAL.filter(|_| options.beside().is_none() && content.beyond_original().is_none())
}

/// The operation that sends a content of this kind.
pub(crate) const fn operation_of<C: Checked>(_: &C) -> &'static str {
    operation(C::ORIGINAL)
}
