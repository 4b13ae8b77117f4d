//! What a gateway knows beyond the original messaging API.
//!
//! The original host drops what it does not know in silence, so the client asks before it uses any of it.

use serde::Deserialize;

use crate::error::Error;
use crate::judge::{Answer, HostKind, Judged, refusal, unreadable};
use crate::message::{Checked, OriginalEndpoint, SendOptions};
use crate::phone::Recipient;

/// The extension that makes a repeated send harmless.
pub(crate) const IDEMPOTENCY: &str = "idempotency";

/// The extensions of one gateway.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Extensions(Vec<String>);

#[derive(Deserialize)]
struct Root {
    gateway: String,
    #[serde(default)]
    extensions: Vec<String>,
}

impl Extensions {
    pub(crate) fn names(&self) -> &[String] {
        &self.0
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }

    /// What the answer to `GET {base_url}/api/` says. An answer that names no gateway says that there are none.
    pub(crate) fn of(answer: &Answer) -> Result<Self, Judged> {
        match answer.status {
            200 => Ok(serde_json::from_slice::<Root>(&answer.body)
                .ok()
                .filter(|root| root.gateway == "wamid")
                .map_or_else(Self::default, |root| Self(root.extensions))),
            201..=399 | 404 => Ok(Self::default()),
            _ => Err(refusal(HostKind::Gateway, answer)
                .unwrap_or_else(|| unreadable(answer, "it is no answer of a gateway"))
                .of_read()),
        }
    }

    /// Refuses a send that needs what is not there.
    pub(crate) fn require(&self, needs: &[Need]) -> Result<(), Error> {
        match needs.iter().find(|need| !self.has(need.extension)) {
            None => Ok(()),
            Some(need) => Err(Error::unsupported(
                Some(need.argument),
                format!("This host does not say that it can take {}: {}", need.argument, need.remedy),
            )),
        }
    }
}

/// An argument that the original host would drop, and the extension that takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) extension: &'static str,
    pub(crate) argument: &'static str,
    remedy: &'static str,
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
    match recipient {
        // What is newer than the original takes a number with its country code.
        Recipient::Phone(digits) if digits.len() == 10 && C::ORIGINAL.is_some() => {
            needs.0.push(Need { extension: "ten_digits", argument: "phone", remedy: TEN_DIGITS });
        }
        Recipient::Phone(_) => {}
        Recipient::UserId(_) => needs.extension("user_id", "phone"),
    }
    content.needs(&mut needs);
    if options.account_id.is_some() && C::ORIGINAL != Some(OriginalEndpoint::Message) {
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
