//! A client, and its operations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};

use napi::Either;
use napi::bindgen_prelude::Uint8ArraySlice;
use napi_derive::napi;
use tokio::task::yield_now;
use wamid::{Client, Error, Receipt, SendMany, TransferReport, WebhookReceiver};
use wamid_bindings::{Stop, lock, log_to_stderr};

use crate::answer::{answer, asked, ended, sent_or_not_begun};
use crate::arguments::{message, message_of, messages};
use crate::bulk::NativeBulk;
use crate::calls::Calls;
use crate::reader::{self, arguments};
use crate::receiver::{self, NativeReceiver};
use crate::runtime::runtime;
use crate::{event_text, operations, options, webhook};

/// Results in one piece of a bulk: a few milliseconds of reading.
const PIECE: usize = 1000;

arguments!(ManyOptions { concurrency, progress });

/// A client of one host.
#[napi]
#[derive(Debug)]
pub struct NativeClient {
    /// None once it is closed.
    client: Option<Client>,
    /// Its receivers of webhooks, which are closed with it.
    receivers: Vec<Weak<Mutex<Option<WebhookReceiver>>>>,
}

/// A client of Meta's Cloud API with these options, as JSON, or what is wrong with them.
#[napi(catch_unwind)]
pub fn open_cloud(options: String, log_level: Option<String>) -> Either<NativeClient, String> {
    opened(options::cloud(&options), log_level.as_deref())
}

/// The same of a messaging gateway.
#[napi(catch_unwind)]
pub fn open_gateway(options: String, log_level: Option<String>) -> Either<NativeClient, String> {
    opened(options::gateway(&options), log_level.as_deref())
}

/// The client that these environment variables describe, with further options as JSON.
#[napi(catch_unwind)]
pub fn open_client_from_env(
    variables: HashMap<String, String>,
    options: String,
    log_level: Option<String>,
) -> Either<NativeClient, String> {
    opened(options::from_env(&variables, &options), log_level.as_deref())
}

fn opened(client: Result<Client, Error>, log_level: Option<&str>) -> Either<NativeClient, String> {
    log_to_stderr(log_level);
    match client {
        Ok(client) => Either::A(NativeClient { client: Some(client), receivers: Vec::new() }),
        Err(error) => Either::B(answer::<()>(&Err(error))),
    }
}

#[napi]
impl NativeClient {
    /// What the client shows of itself; nothing secret.
    #[napi(catch_unwind)]
    pub fn describe(&self) -> String {
        self.client.as_ref().map_or_else(|| "Client { closed }".to_owned(), |client| format!("{client:?}"))
    }

    /// Lets connections and store go, once the calls under way have ended.
    #[napi(catch_unwind)]
    pub fn close(&mut self) -> napi::Result<()> {
        // What a store leaves to do is done by tasks.
        let _inside = runtime()?.enter();
        self.client = None;
        for receiver in self.receivers.drain(..).filter_map(|receiver| receiver.upgrade()) {
            lock(&receiver).take();
        }
        Ok(())
    }

    /// Sends a `message`, `location` or `template` with these arguments, as JSON.
    #[napi(catch_unwind)]
    pub fn send(&self, calls: &Calls, id: u32, kind: String, arguments: String) -> napi::Result<()> {
        let client = self.open();
        let call = async move { client?.send_built(message(&kind, &arguments)?).await };
        calls.send(id, call);
        Ok(())
    }

    /// Sends a message, as JSON, whose content is of this kind.
    #[napi(catch_unwind)]
    pub fn send_content(&self, calls: &Calls, id: u32, kind: String, message: String) -> napi::Result<()> {
        let client = self.open();
        let call = async move { client?.send_built(message_of(&kind, &message)?).await };
        calls.send(id, call);
        Ok(())
    }

    /// Lists the recent conversations.
    #[napi(catch_unwind)]
    pub fn chats(&self, calls: &Calls, id: u32) -> napi::Result<()> {
        let client = self.open();
        calls.run(id, async move { client?.chats().await }, |text, result| ended(text, &result));
        Ok(())
    }

    /// Makes the call of this operation with these arguments, as JSON; with `progress` it is told how far it has come.
    #[napi(catch_unwind)]
    pub fn ask(
        &self,
        calls: &Calls,
        id: u32,
        operation: String,
        arguments: String,
        progress: bool,
    ) -> napi::Result<()> {
        let client = self.open();
        let report = progress.then(|| Box::new(calls.transfer_reporter(id)) as TransferReport);
        let call = async move {
            let arguments = operations::arguments(&operation, &arguments)?;
            client?.ask(&operation, &arguments, report).await
        };
        calls.run(id, call, |text, result| asked(text, &result));
        Ok(())
    }

    /// Sends many, given as JSON lists of sends, with options as JSON.
    #[napi(catch_unwind)]
    pub fn send_many(&self, calls: &Calls, id: u32, sends: Vec<String>, options: String) -> napi::Result<()> {
        let client = self.open();
        let report = calls.reporter(id);
        let stop = Stop::default();
        calls.run_bulk(id, stop.clone(), many(client, sends, options, report, stop));
        Ok(())
    }

    /// Begins a bulk whose sends come one by one, with options as JSON, or tells what is wrong with them. Its outcomes are
    /// delivered for `id`.
    #[napi(catch_unwind)]
    pub fn bulk(&self, calls: &Calls, id: u32, options: String) -> napi::Result<Either<NativeBulk, String>> {
        Ok(match self.open().and_then(|client| client.bulk(how(&options)?.0)) {
            Ok(bulk) => Either::A(NativeBulk::new(bulk, calls.outbox(), id)?),
            Err(error) => Either::B(answer::<()>(&Err(error))),
        })
    }

    /// A receiver of webhooks with these options, as JSON, or what is wrong with them.
    #[napi(catch_unwind)]
    pub fn receiver(&mut self, options: String) -> Either<NativeReceiver, String> {
        match self.open().and_then(|client| receiver::receiver(client, &options)) {
            Ok(receiver) => {
                self.receivers.push(Arc::downgrade(&receiver));
                Either::A(NativeReceiver::new(receiver))
            }
            Err(error) => Either::B(answer::<()>(&Err(error))),
        }
    }

    /// Takes a webhook's body and its signature header, as JSON.
    #[napi(catch_unwind)]
    pub fn receive_webhook(
        &self,
        calls: &Calls,
        id: u32,
        body: Uint8ArraySlice<'_>,
        arguments: String,
    ) -> napi::Result<()> {
        let client = self.open();
        let body = body.to_vec();
        let call = async move {
            let client = client?;
            let events = client.receive_webhook(&body, &webhook::signature(&arguments)?).await?;
            Ok(event_text::of(&events))
        };
        calls.run(id, call, |text, result| ended(text, &result));
        Ok(())
    }
}

impl NativeClient {
    fn open(&self) -> Result<Client, Error> {
        self.client.clone().ok_or_else(|| Error::argument("client", "is closed; make another"))
    }
}

/// How a bulk is gone about, and whether progress is asked for.
fn how(options: &str) -> Result<(SendMany, bool), Error> {
    let given: ManyOptions<'_> = reader::fields(options, "options")?;
    let mut how = SendMany::default();
    if let Some(concurrency) = reader::count("concurrency", given.concurrency)? {
        how = how.concurrency(concurrency);
    }
    Ok((how, reader::boolean("progress", given.progress)?.unwrap_or_default()))
}

/// The results in pieces. Reading and writing a long list makes room for other calls between two of them.
async fn many(
    client: Result<Client, Error>,
    sends: Vec<String>,
    options: String,
    report: impl FnMut(wamid::Progress) + Send + 'static,
    stop: Stop,
) -> Result<Vec<String>, Error> {
    let (mut how, progress) = how(&options)?;
    if progress {
        how = how.progress(report);
    }
    let mut read = Vec::new();
    for sends in sends {
        read.extend(messages(&sends)?);
        yield_now().await;
    }
    let all = client?.send_many_read_until(read, how, stop.stopped()).await?;
    let mut outcomes = all.outcomes.into_iter();
    let mut pieces = Vec::with_capacity(outcomes.len().div_ceil(PIECE));
    while outcomes.len() > 0 {
        pieces.push(piece(outcomes.by_ref().take(PIECE)));
        yield_now().await;
    }
    Ok(pieces)
}

/// A JSON list of answers.
fn piece(outcomes: impl Iterator<Item = Option<Result<Receipt, Error>>>) -> String {
    let mut text = Vec::with_capacity(PIECE * 128);
    text.push(b'[');
    for (at, outcome) in outcomes.enumerate() {
        if at > 0 {
            text.push(b',');
        }
        sent_or_not_begun(&mut text, outcome.as_ref());
    }
    text.push(b']');
    String::from_utf8(text).unwrap_or_default()
}

/// The error for an option that a call does not take; `known` are those that it takes.
#[napi(catch_unwind)]
pub fn refuse_unknown(name: String, known: Vec<String>) -> String {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    answer::<()>(&Err(reader::unknown(&name, &known)))
}

/// The error for what JavaScript could not even write as JSON, in the core's words.
#[napi(catch_unwind)]
pub fn refuse(field: String, rule: String) -> String {
    answer::<()>(&Err(Error::argument(&field, rule)))
}

/// Logs a message to `phone` whose receipt came when nobody waited for it any more.
#[napi(catch_unwind)]
pub fn unheard(phone: String) {
    wamid::log_unheard(&phone);
}
