//! The same sends through hyper, through reqwest and through wamid.

use std::time::Instant;

use bytes::Bytes;
use clap::ValueEnum;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use wamid::{Message, SendMany, Text};

use crate::drive::{Load, MESSAGE, PHONE, WARM_UP, drive};
use crate::figures::Meter;

/// What is measured.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// hyper's pooled client: the floor
    Hyper,
    /// reqwest alone
    Reqwest,
    /// wamid, a call a message
    Wamid,
    /// wamid's `send_many`
    WamidMany,
}

const PATH: &str = "/v26.0/106540352242922/messages";
const TOKEN: &str = "EAAbench";

pub(crate) async fn run(subject: Subject, load: &Load) -> Result<(), String> {
    match subject {
        Subject::Hyper => hyper(load).await,
        Subject::Reqwest => reqwest(load).await,
        Subject::Wamid => wamid(load).await,
        Subject::WamidMany => wamid_many(load).await,
    }
}

fn body() -> Value {
    json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": format!("+{PHONE}"),
        "type": "text",
        "text": {"body": MESSAGE, "preview_url": false},
    })
}

async fn hyper(load: &Load) -> Result<(), String> {
    if load.ca_file.is_some() {
        return Err("the floor speaks no TLS; reqwest does".to_owned());
    }
    let client: Hyper<_, Full<Bytes>> = Hyper::builder(TokioExecutor::new()).build_http();
    let url: http::Uri = format!("{}{PATH}", load.url).parse().map_err(|_| "no URL".to_owned())?;
    drive(load, || async {
        let request = Request::builder()
            .method(Method::POST)
            .uri(url.clone())
            .header(AUTHORIZATION, format!("Bearer {TOKEN}"))
            .header(CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body().to_string())))
            .map_err(|error| error.to_string())?;
        let answer = client.request(request).await.map_err(|error| error.to_string())?;
        let answer = answer.into_body().collect().await.map_err(|error| error.to_string())?.to_bytes();
        let answer: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
        answer["messages"][0]["id"].as_str().map(drop).ok_or("no id".to_owned())
    })
    .await
}

async fn reqwest(load: &Load) -> Result<(), String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder().no_proxy();
    if let Some(file) = &load.ca_file {
        let pem = std::fs::read(file).map_err(|error| error.to_string())?;
        let certificate = reqwest::Certificate::from_pem(&pem).map_err(|error| error.to_string())?;
        builder = builder.tls_certs_only([certificate]);
    }
    let client = builder.build().map_err(|error| error.to_string())?;
    let url = format!("{}{PATH}", load.url);
    drive(load, || async {
        let request = client.post(&url).bearer_auth(TOKEN).header(CONTENT_TYPE, "application/json");
        let answer = request.body(body().to_string()).send().await.map_err(|error| error.to_string())?;
        let answer = answer.bytes().await.map_err(|error| error.to_string())?;
        let answer: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
        answer["messages"][0]["id"].as_str().map(drop).ok_or("no id".to_owned())
    })
    .await
}

fn client(load: &Load) -> Result<wamid::Client, String> {
    let mut builder = wamid::Client::cloud(TOKEN, "106540352242922").graph_url(&load.url);
    if let Some(file) = &load.ca_file {
        builder = builder.ca_file(file);
    }
    builder.build().map_err(|error| error.to_string())
}

async fn wamid(load: &Load) -> Result<(), String> {
    let client = client(load)?;
    drive(load, || async {
        client
            .send_built(Message::new(PHONE, Text::new(MESSAGE)))
            .await
            .map(drop)
            .map_err(|error| error.to_string())
    })
    .await
}

/// Bulks of 1000 (five times what is in flight, if that is more), each looked through and let go.
async fn wamid_many(load: &Load) -> Result<(), String> {
    let client = client(load)?;
    let bulk = (5 * load.in_flight).max(1000);
    let send = async |calls: usize| {
        let sends = (0..calls).map(|_| Message::new(PHONE, Text::new(MESSAGE)));
        let how = SendMany::default().concurrency(load.in_flight);
        let results = client.send_many(sends, how).await.map_err(|error| error.to_string())?;
        results.into_iter().find_map(Result::err).map_or(Ok(()), |error| Err(error.to_string()))
    };
    send(load.in_flight.max(WARM_UP)).await?;
    let meter = Meter::start();
    let until = meter.until(load.seconds);
    let mut made = 0;
    while made < load.calls || until.is_some_and(|until| Instant::now() < until) {
        // By time, only whole ones.
        let calls = if until.is_some() { bulk } else { bulk.min(load.calls - made) };
        send(calls).await?;
        made += calls;
    }
    meter.tell(made);
    Ok(())
}
