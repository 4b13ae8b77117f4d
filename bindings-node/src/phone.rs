//! The phone of a customer of the sandbox.

use std::sync::Arc;
use std::time::Duration;

use napi::bindgen_prelude::Uint8ArraySlice;
use napi_derive::napi;
use serde::Serialize;
use serde_json::json;
use wamid::Error;
use wamid_sandbox::{Phone, SandboxError};

use crate::answer::ended;
use crate::calls::Calls;
use crate::reader::{self, arguments};
use crate::sandbox::{Running, running};

arguments!(Waiting { timeout = "timeoutMs" });

/// What a customer does. Each act answers with the message's id, as JSON.
#[napi]
#[derive(Debug)]
pub struct NativePhone {
    sandbox: Running,
    phone: Arc<Phone>,
}

impl NativePhone {
    pub(crate) fn new(sandbox: Running, phone: Phone) -> Self {
        Self { sandbox, phone: Arc::new(phone) }
    }

    fn act<T: Serialize>(&self, act: impl FnOnce(&Phone) -> Result<T, SandboxError>) -> String {
        running(&self.sandbox, |_| act(&self.phone).map_err(|error| refused(&error)))
    }
}

#[napi]
impl NativePhone {
    /// Writes a text.
    #[napi(catch_unwind)]
    pub fn text(&self, text: String) -> String {
        self.act(|phone| phone.text(text))
    }

    /// Writes a text that quotes a message.
    #[napi(catch_unwind)]
    pub fn reply(&self, message_id: String, text: String) -> String {
        self.act(|phone| phone.reply(message_id, text))
    }

    /// Presses a button or chooses a row.
    #[napi(catch_unwind)]
    pub fn press(&self, title: String) -> String {
        self.act(|phone| phone.press(title))
    }

    /// Reacts to the newest message.
    #[napi(catch_unwind)]
    pub fn react(&self, emoji: String) -> String {
        self.act(|phone| phone.react(emoji))
    }

    /// Reacts to a message.
    #[napi(catch_unwind)]
    pub fn react_to(&self, message_id: String, emoji: String) -> String {
        self.act(|phone| phone.react_to(message_id, emoji))
    }

    /// Sends a file.
    #[napi(catch_unwind)]
    pub fn send_file(&self, mime_type: String, data: Uint8ArraySlice<'_>, caption: Option<String>) -> String {
        let data = data.to_vec();
        self.act(|phone| phone.send_file(mime_type, data, caption.as_deref()))
    }

    /// Sends a location.
    #[napi(catch_unwind)]
    pub fn send_location(
        &self,
        latitude: f64,
        longitude: f64,
        name: Option<String>,
        address: Option<String>,
    ) -> String {
        self.act(|phone| phone.send_place(latitude, longitude, name.as_deref(), address.as_deref()))
    }

    /// Sends a contact card.
    #[napi(catch_unwind)]
    pub fn send_contact(&self, name: String, number: String) -> String {
        self.act(|phone| phone.send_contact(name, number))
    }

    /// Fills in a form with these answers, as JSON.
    #[napi(catch_unwind)]
    pub fn fill_flow(&self, answers: String) -> String {
        running(&self.sandbox, |_| {
            let answers = serde_json::from_str(&answers);
            let answers = answers.map_err(|_| Error::argument("answers", "must be an object"))?;
            self.phone.fill_flow(answers).map_err(|error| refused(&error))
        })
    }

    /// Orders products: a list of pairs of their ids and how many, as JSON.
    #[napi(catch_unwind)]
    pub fn order(&self, items: String) -> String {
        running(&self.sandbox, |_| {
            let items: Vec<(String, u32)> = serde_json::from_str(&items).map_err(|_| {
                Error::argument(
                    "items",
                    "must be a list such as [['book-7', 2]]: the product's id, and how many",
                )
            })?;
            let items = items.iter().map(|(id, quantity)| (id.as_str(), *quantity));
            self.phone.order(items).map_err(|error| refused(&error))
        })
    }

    /// Changes a message of the customer's.
    #[napi(catch_unwind)]
    pub fn edit(&self, message_id: String, text: String) -> String {
        self.act(|phone| phone.edit(message_id, text))
    }

    /// Takes a message of the customer's back.
    #[napi(catch_unwind)]
    pub fn delete(&self, message_id: String) -> String {
        self.act(|phone| phone.delete(message_id))
    }

    /// Reads all that was delivered.
    #[napi(catch_unwind)]
    pub fn read(&self) -> String {
        self.act(Phone::read)
    }

    /// Says whether the customer reads at once.
    #[napi(catch_unwind)]
    pub fn set_reads(&self, reads: bool) -> String {
        self.act(|phone| phone.set_reads(reads))
    }

    /// Switches the phone off or on.
    #[napi(catch_unwind)]
    pub fn set_offline(&self, offline: bool) -> String {
        self.act(|phone| phone.set_offline(offline))
    }

    /// Deletes the customer's account or brings it back.
    #[napi(catch_unwind)]
    pub fn set_deleted(&self, deleted: bool) -> String {
        self.act(|phone| phone.set_deleted(deleted))
    }

    /// Says whether the customer takes marketing messages.
    #[napi(catch_unwind)]
    pub fn set_opted_out(&self, opted_out: bool) -> String {
        self.act(|phone| phone.set_opted_out(opted_out))
    }

    /// Says whether the customer has been silent for a day.
    #[napi(catch_unwind)]
    pub fn set_window_closed(&self, window_closed: bool) -> String {
        self.act(|phone| phone.set_window_closed(window_closed))
    }

    /// Blocks the business or lets it in again.
    #[napi(catch_unwind)]
    pub fn set_blocked(&self, blocked: bool) -> String {
        self.act(|phone| phone.set_blocked(blocked))
    }

    /// The messages of the chat, as JSON.
    #[napi(catch_unwind)]
    pub fn messages(&self) -> String {
        self.act(|phone| Ok(phone.messages()))
    }

    /// The newest message of the business, as JSON.
    #[napi(catch_unwind)]
    pub fn last(&self) -> String {
        self.act(|phone| Ok(phone.last()))
    }

    /// Waits for the next message of the business: the call's answer, or `{"late": …}` where none came in that time.
    #[napi(catch_unwind)]
    pub fn next_message(&self, calls: &Calls, id: u32, options: String) -> napi::Result<()> {
        let phone = Arc::clone(&self.phone);
        let patience = patience(&options);
        let call = async move {
            match phone.next_message_within(patience?).await {
                Ok(message) => Ok(json!(message)),
                Err(error) if error.is_timeout() => Ok(json!({"late": error.to_string()})),
                Err(error) => Err(refused(&error)),
            }
        };
        calls.run(id, call, |text, result| ended(text, &result));
        Ok(())
    }
}

fn patience(options: &str) -> Result<Duration, Error> {
    let given: Waiting<'_> = reader::fields(options, "options")?;
    match reader::number("timeout", given.timeout)? {
        Some(milliseconds) => wamid::seconds("timeout", milliseconds / 1000.0),
        None => Ok(Duration::from_secs(5)),
    }
}

fn refused(error: &SandboxError) -> Error {
    Error::argument("phone", error)
}
