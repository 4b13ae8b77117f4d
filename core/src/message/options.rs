//! `SendOptions`: options common to all kinds (`reply_to`, `reference`, …).

use super::envelope;
use super::members::Members;
use crate::argument::Path;
use crate::argument::rules::{at_most, not_empty};
use crate::error::Error;
use crate::json::{Json, Writer, check_whole_numbers};

use serde_json::Value;

const MAX_REFERENCE: usize = 512;

/// What every message may carry besides its content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendOptions {
    /// The account to send from, by its id on the gateway. Only on a gateway client.
    pub account_id: Option<i64>,
    /// The id of the message that this one answers; not empty.
    pub reply_to: Option<String>,
    /// A text of yours, 1 to 512 characters, that comes back in every status webhook of the message (Meta's
    /// `biz_opaque_callback_data`).
    pub reference: Option<String>,
    /// Two sends with the same key are one send, to a gateway that knows keys. Not empty; without one each call makes
    /// its own. Only on a gateway client.
    pub idempotency_key: Option<String>,
    /// An object whose members stand beside the content in Meta's body: `category`, `ttl_seconds`, `recipient_identity_key_hash` …
    /// A member that is the SDK's to write (`to`, `type`, `context` …) is refused.
    pub extra: Option<Json>,
}

impl SendOptions {
    pub(super) fn read(members: &Members<'_>) -> Result<Self, Error> {
        Ok(Self {
            account_id: members.optional("account_id")?,
            reply_to: members.optional("reply_to")?,
            reference: members.optional("reference")?,
            idempotency_key: members.optional("idempotency_key")?,
            extra: members.optional("extra")?,
        })
    }

    /// Holds them to their rules, beside a content of that type of Meta's. The header that carries an idempotency key has its own.
    pub(crate) fn check(&self, meta_type: &str) -> Result<(), Error> {
        if let Some(id) = &self.reply_to {
            not_empty("reply_to", id)?;
        }
        if let Some(reference) = &self.reference {
            not_empty("reference", reference)?;
            at_most("reference", reference, MAX_REFERENCE)?;
        }
        self.extra.as_ref().map_or(Ok(()), |extra| check_extra(extra, meta_type))
    }

    /// What stands beside the content, where there is something.
    pub(crate) fn beside(&self) -> Option<&Json> {
        self.extra.as_ref().filter(|extra| !extra.is_empty_object())
    }

    /// Writes what travels in a body, each with a comma before it. An idempotency key travels in a header.
    pub(super) fn write(&self, out: &mut Writer) {
        if let Some(id) = &self.account_id {
            out.json(r#","account_id":"#);
            out.value(id);
        }
        out.optional_text(r#","reply_to":"#, self.reply_to.as_deref());
        out.optional_text(r#","reference":"#, self.reference.as_deref());
        if let Some(extra) = self.beside() {
            out.json(r#","extra":"#);
            extra.write_value(out);
        }
    }
}

/// Refuses what is no object, and a member that is the SDK's to write.
fn check_extra(extra: &Json, meta_type: &str) -> Result<(), Error> {
    let path = Path::key("extra");
    check_whole_numbers(extra.as_str(), "extra")?;
    let Ok(Value::Object(members)) = extra.to_value() else {
        return Err(Error::invalid(path, "must be an object"));
    };
    match members.keys().find(|name| envelope::has(name) || *name == meta_type) {
        None => Ok(()),
        Some(name) => Err(Error::invalid(
            Path::below(Some(&path), name),
            "is written by the SDK; give it as an argument, or leave it out",
        )),
    }
}

/// The setters of a type that has a field `options`.
macro_rules! setters {
    () => {
        /// Sends from this account of the gateway. Only on a gateway client.
        #[must_use]
        pub fn account_id(mut self, id: i64) -> Self {
            self.options.account_id = Some(id);
            self
        }

        /// Makes it the answer to the message of that id.
        #[must_use]
        pub fn reply_to(mut self, message_id: impl Into<String>) -> Self {
            self.options.reply_to = Some(message_id.into());
            self
        }

        /// Gives it a text of yours, 1 to 512 characters, that comes back in its status webhooks.
        #[must_use]
        pub fn reference(mut self, reference: impl Into<String>) -> Self {
            self.options.reference = Some(reference.into());
            self
        }

        /// Makes it one send with every other of the same key, on a gateway that knows keys.
        #[must_use]
        pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
            self.options.idempotency_key = Some(key.into());
            self
        }

        /// Puts the members of this object beside the content in Meta's body: `category`, `ttl_seconds` …
        #[must_use]
        pub fn extra(mut self, extra: impl Into<$crate::json::Json>) -> Self {
            self.options.extra = Some(extra.into());
            self
        }
    };
}
pub(crate) use setters;
