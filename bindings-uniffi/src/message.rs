//! Sends, for many at once.

use wamid::{Content, Error, Json, Location, Message, SendOptions, Template};

use crate::template::{TemplateButton, TemplateParameter, components};
use crate::text::Text;

/// What every send may carry besides its content.
pub(crate) struct Common {
    pub(crate) account_id: Option<i64>,
    pub(crate) reply_to: Option<Text>,
    pub(crate) reference: Option<Text>,
    pub(crate) idempotency_key: Option<Text>,
}

impl TryFrom<Common> for SendOptions {
    type Error = Error;

    fn try_from(common: Common) -> Result<Self, Error> {
        let mut options = Self::default();
        options.account_id = common.account_id;
        options.reply_to = Text::optional(common.reply_to, "reply_to")?;
        options.reference = Text::optional(common.reference, "reference")?;
        options.idempotency_key = Text::optional(common.idempotency_key, "idempotency_key")?;
        Ok(options)
    }
}

/// A message as it crosses. The kinds that are sent most have a variant of their own, which costs less than JSON.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum Send {
    /// A text message.
    Message {
        /// Who gets it: a phone number with its country code, or a business-scoped user id.
        phone: Text,
        /// The text, 1 to 4096 characters, not only white space.
        message: Text,
        /// Whether the first link in the text is shown with a preview; false where absent.
        #[uniffi(default = None)]
        preview_url: Option<bool>,
        /// The account to send from, by its id on the gateway. Only on a gateway client.
        #[uniffi(default = None)]
        account_id: Option<i64>,
        /// The id of the message that this one answers; not empty.
        #[uniffi(default = None)]
        reply_to: Option<Text>,
        /// A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
        #[uniffi(default = None)]
        reference: Option<Text>,
        /// Two sends with the same key are one send, to a gateway that knows keys. Only on a gateway client.
        #[uniffi(default = None)]
        idempotency_key: Option<Text>,
    },
    /// A location pin.
    Location {
        /// Who gets it: a phone number with its country code, or a business-scoped user id.
        phone: Text,
        /// Degrees north, −90 to 90.
        latitude: f64,
        /// Degrees east, −180 to 180.
        longitude: f64,
        /// The title of the pin, at most 1000 characters; empty is none.
        #[uniffi(default = None)]
        name: Option<Text>,
        /// The line below the title, at most 1000 characters; empty is none.
        #[uniffi(default = None)]
        address: Option<Text>,
        /// The account to send from, by its id on the gateway. Only on a gateway client.
        #[uniffi(default = None)]
        account_id: Option<i64>,
        /// The id of the message that this one answers; not empty.
        #[uniffi(default = None)]
        reply_to: Option<Text>,
        /// A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
        #[uniffi(default = None)]
        reference: Option<Text>,
        /// Two sends with the same key are one send, to a gateway that knows keys. Only on a gateway client.
        #[uniffi(default = None)]
        idempotency_key: Option<Text>,
    },
    /// A template message: a text that Meta has approved, with its variables filled in.
    Template {
        /// Who gets it: a phone number with its country code, or a business-scoped user id.
        phone: Text,
        /// The template's name, 1 to 512 of `a-z0-9_`.
        template_name: Text,
        /// The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent.
        #[uniffi(default = None)]
        language: Option<Text>,
        /// Fills the header's variables, in their order or by name.
        #[uniffi(default = None)]
        header_params: Option<Vec<TemplateParameter>>,
        /// Fills the body's variables, in their order or by name.
        #[uniffi(default = None)]
        body_params: Option<Vec<TemplateParameter>>,
        /// Fills the buttons' variables; at most 10.
        #[uniffi(default = None)]
        buttons: Option<Vec<TemplateButton>>,
        /// Meta's own components as JSON text, sent as given; not together with the three above.
        #[uniffi(default = None)]
        components: Option<Text>,
        /// The account to send from, by its id on the gateway. Only on a gateway client.
        #[uniffi(default = None)]
        account_id: Option<i64>,
        /// The id of the message that this one answers; not empty.
        #[uniffi(default = None)]
        reply_to: Option<Text>,
        /// A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
        #[uniffi(default = None)]
        reference: Option<Text>,
        /// Two sends with the same key are one send, to a gateway that knows keys. Only on a gateway client.
        #[uniffi(default = None)]
        idempotency_key: Option<Text>,
    },
    /// A message of any kind.
    Content {
        /// Who gets it: a phone number with its country code, or a business-scoped user id.
        phone: Text,
        /// What to send, as JSON text: an object with the `type` of its kind and the kind's fields.
        content: Text,
        /// The account to send from, by its id on the gateway. Only on a gateway client.
        #[uniffi(default = None)]
        account_id: Option<i64>,
        /// The id of the message that this one answers; not empty.
        #[uniffi(default = None)]
        reply_to: Option<Text>,
        /// A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
        #[uniffi(default = None)]
        reference: Option<Text>,
        /// Two sends with the same key are one send, to a gateway that knows keys. Only on a gateway client.
        #[uniffi(default = None)]
        idempotency_key: Option<Text>,
    },
    /// A message that could not be written, since a part of it that its caller gives as JSON text is none.
    Broken {
        /// The path of that part.
        field: Text,
        /// What was given.
        json: Text,
    },
}

impl TryFrom<Send> for Message {
    type Error = Error;

    fn try_from(send: Send) -> Result<Self, Error> {
        Ok(match send {
            Send::Message {
                phone,
                message,
                preview_url,
                account_id,
                reply_to,
                reference,
                idempotency_key,
            } => {
                let common = Common { account_id, reply_to, reference, idempotency_key };
                let phone = phone.read("phone")?;
                let mut text = wamid::Text::new(message.read("message")?);
                text.preview_url = preview_url;
                Message::new(phone, text).options(common.try_into()?)
            }
            Send::Location {
                phone,
                latitude,
                longitude,
                name,
                address,
                account_id,
                reply_to,
                reference,
                idempotency_key,
            } => {
                let common = Common { account_id, reply_to, reference, idempotency_key };
                let phone = phone.read("phone")?;
                let mut location = Location::new(latitude, longitude);
                location.name = Text::optional(name, "name")?;
                location.address = Text::optional(address, "address")?;
                Message::new(phone, location).options(common.try_into()?)
            }
            Send::Template {
                phone,
                template_name,
                language,
                header_params,
                body_params,
                buttons,
                components: own,
                account_id,
                reply_to,
                reference,
                idempotency_key,
            } => {
                let common = Common { account_id, reply_to, reference, idempotency_key };
                let phone = phone.read("phone")?;
                let mut template = Template::new(template_name.read("template_name")?);
                template.language = Text::optional(language, "language")?;
                template.header_params = TemplateParameter::list(header_params, "header_params")?;
                template.body_params = TemplateParameter::list(body_params, "body_params")?;
                template.buttons = TemplateButton::list(buttons)?;
                template.components = components(own)?;
                Message::new(phone, template).options(common.try_into()?)
            }
            Send::Content { phone, content, account_id, reply_to, reference, idempotency_key } => {
                let common = Common { account_id, reply_to, reference, idempotency_key };
                let phone = phone.read("phone")?;
                let content = Content::from_json(&content.read("content")?)?;
                Message::new(phone, content).options(common.try_into()?)
            }
            Send::Broken { field, json } => {
                let field = field.read("field")?;
                let json = Json::parse(&field, &json.read(&field)?)?;
                // It was none where it was written. To nobody, it is refused whatever it says.
                Message::new("", Content::from_json(json.as_str())?)
            }
        })
    }
}
