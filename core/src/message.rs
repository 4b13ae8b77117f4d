//! The three kinds of sends, as their callers write them down.

use crate::template::{Button, Components, Parameter};

/// What every send may carry besides its content.
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

macro_rules! common_options {
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

/// A text message.
///
/// ```
/// use wamid::Text;
/// let text = Text::new("+91 98765-43210", "Your table is ready: https://example.com/t/7")
///     .preview_url(true)
///     .reply_to("wamid.HBgL");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Text {
    /// Who gets it: a phone number with its country code, or a business-scoped user id.
    pub phone: String,
    /// The text, 1 to 4096 characters, not only white space or invisible characters.
    pub message: String,
    /// Whether the first link in the text is shown with a preview; false where absent.
    pub preview_url: Option<bool>,
    /// What every send may carry.
    pub options: SendOptions,
}

impl Text {
    /// A text message to `phone`.
    pub fn new(phone: impl Into<String>, message: impl Into<String>) -> Self {
        Self { phone: phone.into(), message: message.into(), ..Self::default() }
    }

    /// Shows the first link in the text with a preview.
    #[must_use]
    pub fn preview_url(mut self, preview: bool) -> Self {
        self.preview_url = Some(preview);
        self
    }

    common_options!();
}

/// A location pin.
///
/// ```
/// use wamid::Location;
/// let pin = Location::new("919876543210", 28.6139, 77.2090).name("Our Office").address("Connaught Place, New Delhi");
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Location {
    /// Who gets it: a phone number with its country code, or a business-scoped user id.
    pub phone: String,
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
    /// The title of the pin, at most 1000 characters; empty is none.
    pub name: Option<String>,
    /// The line below the title, at most 1000 characters; empty is none.
    pub address: Option<String>,
    /// What every send may carry.
    pub options: SendOptions,
}

impl Location {
    /// A pin for `phone` at `latitude` and `longitude`, in degrees.
    pub fn new(phone: impl Into<String>, latitude: f64, longitude: f64) -> Self {
        Self { phone: phone.into(), latitude, longitude, ..Self::default() }
    }

    /// Gives the pin a title.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Gives the pin an address.
    #[must_use]
    pub fn address(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    common_options!();
}

/// A template message: a text that Meta has approved, with its variables filled in.
///
/// ```
/// use wamid::{Button, Template};
/// let template = Template::new("919876543210", "order_update")
///     .language("en_US")
///     .body_params(["Asha", "A-1042"])
///     .buttons([Button::url("A-1042")]);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Template {
    /// Who gets it: a phone number with its country code, or a business-scoped user id.
    pub phone: String,
    /// The template's name, 1 to 512 of `a-z0-9_`.
    pub template_name: String,
    /// The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent.
    pub language: Option<String>,
    /// Fills the header's variables, in their order or by name.
    pub header_params: Vec<Parameter>,
    /// Fills the body's variables, in their order or by name.
    pub body_params: Vec<Parameter>,
    /// Fills the buttons' variables; at most 10.
    pub buttons: Vec<Button>,
    /// Meta's own components, sent as given; not together with the three above.
    pub components: Option<Components>,
    /// What every send may carry.
    pub options: SendOptions,
}

impl Template {
    /// The template of that name, for `phone`.
    pub fn new(phone: impl Into<String>, template_name: impl Into<String>) -> Self {
        Self { phone: phone.into(), template_name: template_name.into(), ..Self::default() }
    }

    /// Chooses the language, a BCP-47 tag such as `en_US`.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Fills the header's variables.
    #[must_use]
    pub fn header_params<P: Into<Parameter>>(mut self, params: impl IntoIterator<Item = P>) -> Self {
        self.header_params = params.into_iter().map(Into::into).collect();
        self
    }

    /// Fills the body's variables.
    #[must_use]
    pub fn body_params<P: Into<Parameter>>(mut self, params: impl IntoIterator<Item = P>) -> Self {
        self.body_params = params.into_iter().map(Into::into).collect();
        self
    }

    /// Fills the buttons' variables.
    #[must_use]
    pub fn buttons(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        self.buttons = buttons.into_iter().collect();
        self
    }

    /// Sends these components as they are, in place of parameters and buttons.
    #[must_use]
    pub fn components(mut self, components: Components) -> Self {
        self.components = Some(components);
        self
    }

    common_options!();
}

/// A send of any kind, as [`Client::send_many`](crate::Client::send_many) takes them.
///
/// ```
/// use wamid::{Location, Message, Text};
/// let sends: Vec<Message> = vec![
///     Text::new("919876543210", "On our way").into(),
///     Location::new("919876543210", 28.6139, 77.2090).into(),
/// ];
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Message {
    /// `send_message`.
    Text(Text),
    /// `send_location`.
    Location(Location),
    /// `send_template`.
    Template(Template),
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<Location> for Message {
    fn from(location: Location) -> Self {
        Self::Location(location)
    }
}

impl From<Template> for Message {
    fn from(template: Template) -> Self {
        Self::Template(template)
    }
}
