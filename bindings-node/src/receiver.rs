//! Receiving webhooks: what a server of any kind asks, and the events of a request one by one.

use std::sync::{Arc, Mutex};

use napi::Either;
use napi::bindgen_prelude::Uint8ArraySlice;
use napi_derive::napi;
use serde_json::json;
use wamid::{Error, WebhookAnswer, WebhookDelivery, WebhookReceiver};
use wamid_bindings::lock;

use crate::answer::{answer, ended};
use crate::calls::Calls;
use crate::event_text;
use crate::reader::{self, arguments};
use crate::runtime::runtime;

arguments!(ReceiverOptions { app_secret = "appSecret", verify_token = "verifyToken", answer_within = "answerWithinMs" });

/// A receiver that its client closes.
pub(crate) type Closing = Arc<Mutex<Option<WebhookReceiver>>>;

/// A receiver of this client with these options, as JSON.
pub(crate) fn receiver(client: wamid::Client, options: &str) -> Result<Closing, Error> {
    let given: ReceiverOptions<'_> = reader::fields(options, "options")?;
    let mut receiver = match reader::text("app_secret", given.app_secret)? {
        Some(secret) => WebhookReceiver::with_app_secret(client, secret)?,
        None => WebhookReceiver::new(client)?,
    };
    if let Some(token) = reader::text("verify_token", given.verify_token)? {
        receiver = receiver.verify_token(token);
    }
    if let Some(milliseconds) = reader::number("answer_within", given.answer_within)? {
        receiver = receiver.answer_within(wamid::seconds("answer_within", milliseconds / 1000.0)?);
    }
    Ok(Arc::new(Mutex::new(Some(receiver))))
}

/// Receives webhooks for a client.
#[napi]
#[derive(Debug)]
pub struct NativeReceiver {
    receiver: Closing,
}

#[napi]
impl NativeReceiver {
    /// Milliseconds after which Meta is answered although a handler is not done.
    #[napi(catch_unwind)]
    pub fn answer_within(&self) -> f64 {
        let within = lock(&self.receiver).as_ref().map(WebhookReceiver::get_answer_within);
        within.unwrap_or_default().as_secs_f64() * 1000.0
    }

    /// The answer to a request by its method and query alone, as JSON; null where its body is needed.
    #[napi(catch_unwind)]
    pub fn answer_to(&self, method: String, query: String) -> String {
        let receiver = self.open();
        answer(&receiver.map(|receiver| receiver.answer_to(&method, &query).map(as_json)))
    }

    /// A webhook that came; or why there is none, as JSON.
    #[napi(catch_unwind)]
    pub fn delivery(&self, body: Uint8ArraySlice<'_>, signature: String) -> Either<NativeDelivery, String> {
        match self.open() {
            Ok(receiver) => Either::A(NativeDelivery {
                delivery: Some(Arc::new(receiver.delivery(body.to_vec(), signature))),
            }),
            Err(error) => Either::B(answer::<()>(&Err(error))),
        }
    }
}

impl NativeReceiver {
    pub(crate) fn new(receiver: Closing) -> Self {
        Self { receiver }
    }

    fn open(&self) -> Result<WebhookReceiver, Error> {
        lock(&self.receiver).clone().ok_or_else(|| Error::argument("client", "is closed; make another"))
    }
}

impl Drop for NativeReceiver {
    fn drop(&mut self) {
        // What a store leaves to do is done by tasks.
        let _inside = runtime().map(tokio::runtime::Handle::enter);
        lock(&self.receiver).take();
    }
}

/// The events of one webhook.
#[napi]
#[derive(Debug)]
pub struct NativeDelivery {
    delivery: Option<Arc<WebhookDelivery>>,
}

#[napi]
impl NativeDelivery {
    /// The next event as its two texts, or null; before it, what became of the last one: whether it was handled.
    #[napi(catch_unwind)]
    pub fn next(&self, calls: &Calls, id: u32, handled: Option<bool>) -> napi::Result<()> {
        let delivery = self.delivery.clone();
        let call = async move {
            let Some(delivery) = delivery else { return Ok(None) };
            let event = delivery.next_after(handled).await;
            Ok(event.map(|event| event_text::of(&[event])))
        };
        calls.run(id, call, |text, result| ended(text, &result));
        Ok(())
    }

    /// What Meta is answered with, as far as that is known, as JSON.
    #[napi(catch_unwind)]
    pub fn answer(&self) -> String {
        answer(&Ok::<_, Error>(self.delivery.as_ref().map(|delivery| as_json(delivery.answer()))))
    }
}

impl Drop for NativeDelivery {
    fn drop(&mut self) {
        let _inside = runtime().map(tokio::runtime::Handle::enter);
        self.delivery = None;
    }
}

/// The answer to a body that is too large, as JSON.
#[napi(catch_unwind)]
pub fn webhook_too_large() -> String {
    answer(&Ok::<_, Error>(as_json(WebhookAnswer::too_large())))
}

/// The largest body that is read, in bytes.
#[napi(catch_unwind)]
pub fn webhook_largest_body() -> u32 {
    u32::try_from(WebhookReceiver::LARGEST_BODY).unwrap_or(u32::MAX)
}

fn as_json(answer: WebhookAnswer) -> serde_json::Value {
    json!({"status": answer.status, "headers": answer.headers(), "body": answer.body})
}
