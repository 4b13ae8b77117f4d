//! A customer's phone in a test's hands.

mod message;
mod settings;
mod waiting;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::account::{File as StoredFile, keep_file};
use super::chats::Side;
use super::customer::{Act, File, Item, Place, customer_of, perform};
use super::options::SandboxError;
use super::state::Shared;

pub use self::message::PhoneMessage;

/// The phone of one customer of a [`Sandbox`](super::Sandbox): what it does reaches the business as a signed webhook.
///
/// Each act returns the id of the message that it sends. It fails where no webhook is set, since nobody would learn of it.
///
/// ```
/// use wamid_sandbox::{MessageStatus, Sandbox, SandboxOptions};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // A bot would listen there; it answers by the Graph API.
/// let webhook_url = Some("http://127.0.0.1:9/webhook".to_owned());
/// let sandbox = Sandbox::start(SandboxOptions { webhook_url, ..SandboxOptions::default() }).await?;
/// let ada = sandbox.phone("+1 555 123 4567").named("Ada");
/// let question = ada.text("Is it open?")?;
/// ada.edit(&question, "Is it open today?")?;
/// let written = &ada.messages()[0];
/// assert_eq!((written.text.as_str(), written.status), ("Is it open today?", MessageStatus::Waiting));
/// // let answer = ada.next_message().await?;
/// # sandbox.shutdown().await;
/// # Ok(())
/// # }
/// ```
pub struct Phone {
    shared: Arc<Shared>,
    number: String,
    name: Option<String>,
    /// The number in the log from which on messages were not given yet.
    next: AtomicU64,
}

impl Phone {
    pub(super) fn new(shared: Arc<Shared>, number: String) -> Self {
        let next = AtomicU64::new(shared.log().next_number());
        Self { shared, number, name: None, next }
    }

    /// Gives the customer that profile name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Writes a text.
    ///
    /// # Errors
    /// The number is none, no webhook is set, or the text is empty.
    pub fn text(&self, text: impl Into<String>) -> Result<String, SandboxError> {
        self.say(Act::Text { text: text.into(), reply_to: None })
    }

    /// Writes a text that quotes a message of the chat.
    ///
    /// # Errors
    /// As of [`text`](Self::text), and where the chat has no such message.
    pub fn reply(
        &self,
        message_id: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<String, SandboxError> {
        self.say(Act::Text { text: text.into(), reply_to: Some(message_id.into()) })
    }

    /// Presses the reply button, quick-reply button of a template, or row of a list with this title, of the newest message that has one.
    ///
    /// # Errors
    /// The customer was sent no such message, it has several such buttons with different ids, or no webhook is set.
    pub fn press(&self, title: impl Into<String>) -> Result<String, SandboxError> {
        self.say(Act::Press { title: title.into(), id: None, message: None })
    }

    /// Reacts to the newest message of the business; an empty emoji takes the reaction back.
    ///
    /// # Errors
    /// The customer was sent no message, or no webhook is set.
    pub fn react(&self, emoji: impl Into<String>) -> Result<String, SandboxError> {
        self.say(Act::React { emoji: emoji.into(), message: None })
    }

    /// Reacts to a message of the chat; an empty emoji takes the reaction back.
    ///
    /// # Errors
    /// The chat has no such message, or no webhook is set.
    pub fn react_to(
        &self,
        message_id: impl Into<String>,
        emoji: impl Into<String>,
    ) -> Result<String, SandboxError> {
        self.say(Act::React { emoji: emoji.into(), message: Some(message_id.into()) })
    }

    /// Sends a file, which a client can fetch by the id in the webhook. A picture, video or sound comes as such, an `image/webp`
    /// as a sticker, all else as a document.
    ///
    /// # Errors
    /// The number is none, the file is empty, a sticker or a sound has a caption, or no webhook is set.
    pub fn send_file(
        &self,
        mime_type: impl Into<String>,
        content: impl Into<Bytes>,
        caption: Option<&str>,
    ) -> Result<String, SandboxError> {
        let content = content.into();
        if content.is_empty() {
            return Err(SandboxError::new("a file has at least one byte"));
        }
        let file = StoredFile::new(Side::Customer, mime_type.into(), content);
        let id = keep_file(&self.shared, file);
        self.say(Act::Media(File { id, caption: caption.map(str::to_owned), ..File::default() }))
    }

    /// Sends a location. [`send_place`](Self::send_place) also says what is there.
    ///
    /// # Errors
    /// There is no such place on earth, the number is none, or no webhook is set.
    pub fn send_location(&self, latitude: f64, longitude: f64) -> Result<String, SandboxError> {
        self.send_place(latitude, longitude, None, None)
    }

    /// Sends a location with its name and address.
    ///
    /// # Errors
    /// As of [`send_location`](Self::send_location).
    pub fn send_place(
        &self,
        latitude: f64,
        longitude: f64,
        name: Option<&str>,
        address: Option<&str>,
    ) -> Result<String, SandboxError> {
        let [name, address] = [name, address].map(|text| text.map(str::to_owned));
        self.say(Act::Location(Place { latitude, longitude, name, address, reply_to: None }))
    }

    /// Sends a contact card.
    ///
    /// # Errors
    /// The name is empty, one of the numbers is none, or no webhook is set.
    pub fn send_contact(
        &self,
        name: impl Into<String>,
        phone: impl Into<String>,
    ) -> Result<String, SandboxError> {
        self.say(Act::Contact { name: name.into(), phone: phone.into() })
    }

    /// Fills in and sends the form of the newest message with a Flow, or that asks for an address. The business gets these answers, of a
    /// Flow with the message's `flow_token`.
    ///
    /// # Errors
    /// The customer was sent no form, or no webhook is set.
    pub fn fill_flow(&self, answers: Map<String, Value>) -> Result<String, SandboxError> {
        self.say(Act::Flow { answers, message: None })
    }

    /// Orders from the newest message with products: so many of each, by the id that the shop gives it.
    ///
    /// # Errors
    /// The customer was sent no products, one is neither in the catalog nor in the message, or no webhook is set.
    pub fn order<'items>(
        &self,
        items: impl IntoIterator<Item = (&'items str, u32)>,
    ) -> Result<String, SandboxError> {
        let item = |(id, quantity): (&str, u32)| Item { product_retailer_id: id.to_owned(), quantity };
        let items = items.into_iter().map(item).collect();
        self.say(Act::Order { items, message: None, text: None })
    }

    /// Writes another text, or caption, in place of that of a message of the customer's. Meta tells this only to numbers that
    /// are also in use in the WhatsApp Business app (coexistence).
    ///
    /// # Errors
    /// The message is not the customer's or has no text, or no webhook is set.
    pub fn edit(
        &self,
        message_id: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<String, SandboxError> {
        self.say(Act::Edit { message: message_id.into(), text: text.into() })
    }

    /// Takes a message of the customer's back. Meta tells this only to numbers that are also in use in the WhatsApp Business app
    /// (coexistence).
    ///
    /// # Errors
    /// The message is not the customer's, or no webhook is set.
    pub fn delete(&self, message_id: impl Into<String>) -> Result<String, SandboxError> {
        self.say(Act::Delete { message: message_id.into() })
    }

    /// Opens the chat: all that was delivered is read.
    ///
    /// # Errors
    /// The number is none.
    pub fn read(&self) -> Result<(), SandboxError> {
        self.act(Act::Read).map(drop)
    }

    /// All messages of the chat, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<PhoneMessage> {
        let Ok(phone) = customer_of(&self.number) else { return Vec::new() };
        let newest_first: Vec<_> = self.shared.log().newest_first(&phone).cloned().collect();
        newest_first.iter().rev().map(PhoneMessage::new).collect()
    }

    /// The newest message of the business on the phone: none that was refused or failed, nor one that waits for the phone to be
    /// online again. [`messages`](Self::messages) has them all.
    #[must_use]
    pub fn last(&self) -> Option<PhoneMessage> {
        let phone = customer_of(&self.number).ok()?;
        let log = self.shared.log();
        let chat = log.chat(&phone)?;
        let last = log.newest_first(&phone).find(|entry| chat.gets(entry));
        last.map(PhoneMessage::new)
    }

    fn say(&self, act: Act) -> Result<String, SandboxError> {
        self.act(act).map(Option::unwrap_or_default)
    }

    fn act(&self, act: Act) -> Result<Option<String>, SandboxError> {
        perform(&self.shared, &self.number, self.name.as_deref(), act, true).map(|done| done.id)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Phone")
            .field("number", &self.number)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
