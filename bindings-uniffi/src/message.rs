//! Messages, as they cross.

use wamid::{Content, Error, Json, Location, Message, Template};

use crate::template::{TemplateButton, TemplateParameter, components};
use crate::text::Text;

/// A message as it crosses.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Send {
    /// Who gets it: a phone number with its country code, or a business-scoped user id.
    pub phone: Text,
    /// What they get.
    pub content: SendContent,
    /// What every message may carry.
    pub options: SendOptions,
}

/// What every message may carry besides its content.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SendOptions {
    /// The account to send from, by its id on the gateway. Only on a gateway client.
    pub account_id: Option<i64>,
    /// The id of the message that this one answers; not empty.
    pub reply_to: Option<Text>,
    /// A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
    pub reference: Option<Text>,
    /// Two sends with the same key are one send, to a gateway that knows keys. Only on a gateway client.
    pub idempotency_key: Option<Text>,
    /// JSON text of an object whose members stand beside the content in Meta's body.
    pub extra: Option<Text>,
}

/// A content as it crosses. The kinds that are sent most have a variant of their own, which costs less than JSON.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum SendContent {
    /// A text message.
    Message {
        /// The text, 1 to 4096 characters, not only white space.
        message: Text,
        /// Whether the first link in the text is shown with a preview; false where absent.
        preview_url: Option<bool>,
    },
    /// A location pin.
    Location {
        /// Degrees north, −90 to 90.
        latitude: f64,
        /// Degrees east, −180 to 180.
        longitude: f64,
        /// The title of the pin, at most 1000 characters; empty is none.
        name: Option<Text>,
        /// The line below the title, at most 1000 characters; empty is none.
        address: Option<Text>,
    },
    /// A template message: a text that Meta has approved, with its variables filled in.
    Template {
        /// The template's name, 1 to 512 of `a-z0-9_`.
        template_name: Text,
        /// The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent.
        language: Option<Text>,
        /// Fills the header's variables, in their order or by name.
        header_params: Option<Vec<TemplateParameter>>,
        /// Fills the body's variables, in their order or by name.
        body_params: Option<Vec<TemplateParameter>>,
        /// Fills the buttons' variables; at most 10.
        buttons: Option<Vec<TemplateButton>>,
        /// Meta's own components as JSON text, sent as given; not together with the three above.
        components: Option<Text>,
    },
    /// A content of any kind.
    Json {
        /// An object with the `type` of its kind and the kind's fields, as JSON text.
        content: Text,
    },
    /// A content that could not be written, since a part of it that its caller gives as JSON text is none.
    Broken {
        /// The path of that part.
        field: Text,
        /// What was given.
        json: Text,
    },
}

impl TryFrom<SendOptions> for wamid::SendOptions {
    type Error = Error;

    fn try_from(given: SendOptions) -> Result<Self, Error> {
        let mut options = Self::default();
        options.account_id = given.account_id;
        options.reply_to = Text::optional(given.reply_to, "reply_to")?;
        options.reference = Text::optional(given.reference, "reference")?;
        options.idempotency_key = Text::optional(given.idempotency_key, "idempotency_key")?;
        let extra = Text::optional(given.extra, "extra")?;
        options.extra = extra.map(|extra| Json::parse("extra", &extra)).transpose()?;
        Ok(options)
    }
}

impl TryFrom<SendContent> for Content {
    type Error = Error;

    fn try_from(given: SendContent) -> Result<Self, Error> {
        Ok(match given {
            SendContent::Message { message, preview_url } => {
                let mut text = wamid::Text::new(message.read("message")?);
                text.preview_url = preview_url;
                text.into()
            }
            SendContent::Location { latitude, longitude, name, address } => {
                let mut location = Location::new(latitude, longitude);
                location.name = Text::optional(name, "name")?;
                location.address = Text::optional(address, "address")?;
                location.into()
            }
            SendContent::Template {
                template_name,
                language,
                header_params,
                body_params,
                buttons,
                components: own,
            } => {
                let mut template = Template::new(template_name.read("template_name")?);
                template.language = Text::optional(language, "language")?;
                template.header_params = TemplateParameter::list(header_params, "header_params")?;
                template.body_params = TemplateParameter::list(body_params, "body_params")?;
                template.buttons = TemplateButton::list(buttons)?;
                template.components = components(own)?;
                template.into()
            }
            SendContent::Json { content } => Self::from_json(&content.read("content")?)?,
            SendContent::Broken { field, json } => {
                let field = field.read("field")?;
                // It was none where it was written; and if it were one, it would be no content.
                let json = Json::parse(&field, &json.read(&field)?)?;
                Self::from_json(json.as_str())?
            }
        })
    }
}

impl TryFrom<Send> for Message {
    type Error = Error;

    fn try_from(send: Send) -> Result<Self, Error> {
        let phone = send.phone.read("phone")?;
        let content = Content::try_from(send.content)?;
        Ok(Self::new(phone, content).options(send.options.try_into()?))
    }
}
