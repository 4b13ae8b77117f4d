//! The request that a message would make.

use std::sync::OnceLock;

use serde_json::Value;
use wamid::{Client, Error, Message};

use crate::json::is_json;

/// Country codes that clients are made with.
pub(crate) const COUNTRY_CODES: [Option<&str>; 5] = [None, Some("1"), Some("91"), Some("358"), Some("44")];

/// Clients of Meta's host, one for each of [`COUNTRY_CODES`].
fn clients() -> &'static [Client] {
    static CLIENTS: OnceLock<Vec<Client>> = OnceLock::new();
    CLIENTS.get_or_init(|| {
        let client = |code: &Option<&str>| {
            let mut builder = Client::cloud("TOKEN", "106540352242922");
            if let Some(code) = code {
                builder = builder.default_country_code(*code);
            }
            builder.build().unwrap_or_else(|error| panic!("no client: {error}"))
        };
        COUNTRY_CODES.iter().map(client).collect()
    })
}

fn gateway() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let client = Client::gateway("https://example.com/whatsapp", "KEY").build();
        client.unwrap_or_else(|error| panic!("no client: {error}"))
    })
}

/// The body that goes to Meta, by the client of that country code. Core wrote it, so it is JSON.
pub(crate) fn to_meta(message: &Message, code: usize) -> Result<String, Error> {
    let preview = clients()[code % COUNTRY_CODES.len()].preview(message)?;
    assert!(is_json(preview.body.as_str()), "a body that is no JSON: {}", preview.body.as_str());
    Ok(preview.body.as_str().to_owned())
}

/// The body that goes to a gateway.
pub(crate) fn to_gateway(message: &Message) -> Result<String, Error> {
    let preview = gateway().preview(message)?;
    assert!(is_json(preview.body.as_str()), "a body that is no JSON: {}", preview.body.as_str());
    Ok(preview.body.as_str().to_owned())
}

/// The value of a body; none of one that is nested too deep for a value.
pub(crate) fn value(body: &str) -> Option<Value> {
    serde_json::from_str(body).ok()
}

/// The error of a rule: it says which argument broke it, and that nothing was sent.
pub(crate) fn assert_is_rule(error: &Error) {
    assert_eq!(error.kind(), wamid::ErrorKind::InvalidInput, "{error:?}");
    assert!(error.field().is_some_and(|field| !field.is_empty()), "names no field: {error:?}");
    assert!(!error.maybe_sent() && !error.retryable() && error.attempts() == 0, "{error:?}");
}
