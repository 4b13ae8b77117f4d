//! What a gateway knows beyond the original messaging API.
//!
//! The original host drops what it does not know in silence, so the client asks before it uses any of it.

use serde::Deserialize;

use crate::error::Error;
use crate::judge::{Answer, HostKind, Judged, refusal, unreadable};
use crate::message::{Message, SendOptions};
use crate::phone::Recipient;
use crate::template::Parameter;
use crate::wire::Content;

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

/// What this send needs beyond the original API. A default is no need.
pub(crate) fn needs(
    message: &Message,
    recipient: &Recipient,
    content: &Content<'_>,
    options: &SendOptions,
) -> Vec<Need> {
    let mut needs = Vec::new();
    let mut need = |wanted: bool, extension, argument, remedy| {
        if wanted {
            needs.push(Need { extension, argument, remedy });
        }
    };
    match recipient {
        Recipient::Phone(digits) => need(digits.len() == 10, "ten_digits", "phone", TEN_DIGITS),
        Recipient::UserId(_) => need(true, "user_id", "phone", REMEDY),
    }
    match content {
        Content::Text { preview_url, .. } => need(*preview_url, "preview_url", "preview_url", REMEDY),
        Content::Location { .. } => {}
        Content::Template { arguments, .. } => {
            let typed = |params: &[Parameter]| params.iter().any(|param| !param.is_text());
            need(typed(&arguments.header_params), "typed_params", "header_params", REMEDY);
            need(typed(&arguments.body_params), "typed_params", "body_params", REMEDY);
            need(!arguments.buttons.is_empty(), "buttons", "buttons", REMEDY);
            need(arguments.components.is_some(), "components", "components", REMEDY);
        }
    }
    let beyond_text = !matches!(message, Message::Text(_));
    need(options.account_id.is_some() && beyond_text, "account_id", "account_id", REMEDY);
    need(options.reply_to.is_some(), "reply_to", "reply_to", REMEDY);
    need(options.reference.is_some(), "reference", "reference", REMEDY);
    need(options.idempotency_key.is_some(), IDEMPOTENCY, "idempotency_key", REMEDY);
    needs
}
