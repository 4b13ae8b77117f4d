//! What every message may carry besides its content.

use super::members::Members;
use crate::argument::rules::{at_most, not_empty};
use crate::error::Error;
use crate::json::Writer;

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
}

impl SendOptions {
    pub(super) fn read(members: &Members<'_>) -> Result<Self, Error> {
        Ok(Self {
            account_id: members.optional("account_id")?,
            reply_to: members.optional("reply_to")?,
            reference: members.optional("reference")?,
            idempotency_key: members.optional("idempotency_key")?,
        })
    }

    /// Holds them to their rules. The header that carries an idempotency key has its own.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(id) = &self.reply_to {
            not_empty("reply_to", id)?;
        }
        if let Some(reference) = &self.reference {
            not_empty("reference", reference)?;
            at_most("reference", reference, MAX_REFERENCE)?;
        }
        Ok(())
    }

    /// Writes what travels in a body, each with a comma before it. An idempotency key travels in a header.
    pub(super) fn write(&self, out: &mut Writer) {
        if let Some(id) = &self.account_id {
            out.json(r#","account_id":"#);
            out.value(id);
        }
        out.optional_text(r#","reply_to":"#, self.reply_to.as_deref());
        out.optional_text(r#","reference":"#, self.reference.as_deref());
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
    };
}
pub(crate) use setters;
