//! `Sending`: the builder that `send` and `send_message` return; awaiting it sends the message.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::Client;
use crate::delivery::Receipt;
use crate::error::Error;
use crate::message::{Content, Location, Message, SendOptions, Template, Text, setters};
use crate::template::{Button, Components, Parameter};
use crate::webhook::MessageEvent;

/// A send that goes out when it is awaited; dropped before, it is none.
#[must_use = "it goes out when it is awaited"]
pub struct Sending<'a, C = Content> {
    client: &'a Client,
    to: String,
    content: C,
    options: SendOptions,
}

impl Client {
    /// Sends a message of any kind.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// use wamid::Text;
    /// let greeting = Text::new("Hello: https://example.com").preview_url(true);
    /// let receipt = client.send("919876543210", greeting).reference("greeting-1").await?;
    /// println!("{}", receipt.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Every kind; see [`Error`] for the three questions to ask of one.
    pub fn send<C: Into<Content>>(&self, to: impl Into<String>, content: C) -> Sending<'_, C> {
        Sending { client: self, to: to.into(), content, options: SendOptions::default() }
    }

    /// Sends a text message.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// use wamid::ErrorKind;
    /// match client.send_message("919876543210", "Your table is ready").reply_to("wamid.HBgL").await {
    ///     Ok(receipt) => println!("on its way: {}", receipt.id),
    ///     Err(error) if error.maybe_sent() => println!("look before you send again: {error}"),
    ///     Err(error) if error.kind() == ErrorKind::InvalidInput => println!("correct {:?}", error.field()),
    ///     Err(error) => println!("not sent: {error}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Every kind; see [`Error`] for the three questions to ask of one.
    pub fn send_message(&self, phone: impl Into<String>, message: impl Into<String>) -> Sending<'_, Text> {
        self.send(phone, Text::new(message))
    }

    /// Sends a location pin.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let pin = client.send_location("919876543210", 28.6139, 77.2090).name("Our Office");
    /// println!("{}", pin.await?.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Every kind; see [`Error`] for the three questions to ask of one.
    pub fn send_location(
        &self,
        phone: impl Into<String>,
        latitude: f64,
        longitude: f64,
    ) -> Sending<'_, Location> {
        self.send(phone, Location::new(latitude, longitude))
    }

    /// Sends a template message.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let update = client.send_template("919876543210", "order_update").body_params(["Asha", "A-1042"]);
    /// println!("{}", update.await?.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Every kind; see [`Error`] for the three questions to ask of one.
    pub fn send_template(
        &self,
        phone: impl Into<String>,
        template_name: impl Into<String>,
    ) -> Sending<'_, Template> {
        self.send(phone, Template::new(template_name))
    }
}

impl MessageEvent {
    /// Answers it: a send to its [`address`](Self::address), whether that is a number or a user id, that quotes it.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client, body: &[u8], signature: &str) -> Result<(), wamid::Error> {
    /// use wamid::{Event, Text};
    /// for event in client.receive_webhook(body, signature).await? {
    ///     if let Event::Message(message) = event {
    ///         message.mark_read(&client).typing(true).await?;
    ///         message.reply(&client, Text::new("Thank you")).await?;
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Client::send`]. A group's message has no address: that is an [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `phone`.
    pub fn reply<'a, C: Into<Content>>(&self, client: &'a Client, content: C) -> Sending<'a, C> {
        client.send(self.address.as_deref().unwrap_or_default(), content).reply_to(&self.id)
    }
}

#[expect(clippy::double_must_use, reason = "the setters are those of a message, which need it")]
impl<C> Sending<'_, C> {
    setters!();
}

impl Sending<'_, Text> {
    /// Shows the first link in the text with a preview.
    pub fn preview_url(mut self, preview: bool) -> Self {
        self.content.preview_url = Some(preview);
        self
    }
}

impl Sending<'_, Location> {
    /// Gives the pin a title, at most 1000 characters.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.content.name = Some(name.into());
        self
    }

    /// Gives the pin a line below the title, at most 1000 characters.
    pub fn address(mut self, address: impl Into<String>) -> Self {
        self.content.address = Some(address.into());
        self
    }
}

impl Sending<'_, Template> {
    /// Chooses the language, a BCP-47 tag such as `en_US`; `en` where it is not called.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.content.language = Some(language.into());
        self
    }

    /// Fills the header's variables.
    pub fn header_params<P: Into<Parameter>>(mut self, params: impl IntoIterator<Item = P>) -> Self {
        self.content = self.content.header_params(params);
        self
    }

    /// Fills the body's variables.
    pub fn body_params<P: Into<Parameter>>(mut self, params: impl IntoIterator<Item = P>) -> Self {
        self.content = self.content.body_params(params);
        self
    }

    /// Fills the buttons' variables; at most 10.
    pub fn buttons(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        self.content = self.content.buttons(buttons);
        self
    }

    /// Sends these components as they are, in place of parameters and buttons.
    pub fn components(mut self, components: Components) -> Self {
        self.content.components = Some(components);
        self
    }
}

impl<'a, C: Into<Content>> IntoFuture for Sending<'a, C> {
    type Output = Result<Receipt, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { client, to, content, options } = self;
        Box::pin(client.send_built(Message { to, content: content.into(), options }))
    }
}

impl<C: fmt::Debug> fmt::Debug for Sending<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").field("content", &self.content).finish_non_exhaustive()
    }
}
