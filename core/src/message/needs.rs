//! Which gateway extensions a message needs.

use super::kind::Checked;
use super::{OriginalEndpoint, Recipient, SendOptions, original_endpoint};

/// The extension that makes a repeated send harmless.
pub(crate) const IDEMPOTENCY: &str = "idempotency";

/// An argument that the original host would drop, and the extension that takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) extension: &'static str,
    pub(crate) argument: &'static str,
    pub(crate) remedy: &'static str,
}

const REMEDY: &str = "the original django-meta-whatsapp drops it in silence. Leave it out, use a wamid gateway that has \
                      this extension, or check that base_url leads to one.";
const TEN_DIGITS: &str = "it puts a country code (the original 91) before a phone of exactly 10 digits, and the message \
                          would reach a stranger. Use a wamid gateway without a default country code, or a cloud client.";

/// What a send needs beyond the original API.
#[derive(Debug, Default)]
pub(crate) struct Needs(Vec<Need>);

impl Needs {
    /// An argument that an extension of the same name takes.
    pub(crate) fn argument(&mut self, argument: &'static str) {
        self.extension(argument, argument);
    }

    /// An argument that `extension` takes.
    pub(crate) fn extension(&mut self, extension: &'static str, argument: &'static str) {
        self.0.push(Need { extension, argument, remedy: REMEDY });
    }
}

/// What this send needs beyond the original API. A default is no need.
pub(crate) fn needs<C: Checked>(recipient: &Recipient, content: &C, options: &SendOptions) -> Vec<Need> {
    let mut needs = Needs::default();
    let original = original_endpoint(content, options);
    match recipient {
        // What is newer than the original takes a number with its country code.
        Recipient::Phone(digits) if digits.len() == 10 && original.is_some() => {
            needs.0.push(Need { extension: "ten_digits", argument: "phone", remedy: TEN_DIGITS });
        }
        Recipient::Phone(_) => {}
        Recipient::UserId(_) => needs.extension("user_id", "phone"),
    }
    if C::ORIGINAL.is_some() && original.is_none() {
        // Where any content is taken, everything in it is.
        needs.extension("send", content.beyond_original().unwrap_or("extra"));
    } else {
        content.needs(&mut needs);
    }
    if options.account_id.is_some() && original != Some(OriginalEndpoint::Message) {
        needs.argument("account_id");
    }
    for (given, argument) in
        [(options.reply_to.is_some(), "reply_to"), (options.reference.is_some(), "reference")]
    {
        if given {
            needs.argument(argument);
        }
    }
    if options.idempotency_key.is_some() {
        needs.extension(IDEMPOTENCY, "idempotency_key");
    }
    needs.0
}
