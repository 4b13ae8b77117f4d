//! The error as callers and the other languages see it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::error::Error as _;
use std::time::Duration;

use support::{Reply, Server, http, soon, text};
use wamid::{Button, Client, Content, ErrorKind, Parameter};

/// Every language builds its error from this object: a renamed or missing member breaks all of them.
const FIELDS: [&str; 14] = [
    "kind",
    "message",
    "status",
    "code",
    "subcode",
    "title",
    "details",
    "trace_id",
    "field",
    "reference",
    "retry_after",
    "retryable",
    "maybe_sent",
    "attempts",
];

#[test]
fn every_kind_has_one_name_and_comes_back_from_it() {
    let names = [
        "invalid_input",
        "authentication",
        "rate_limited",
        "rejected",
        "server",
        "timeout",
        "connection",
        "unexpected_response",
        "unsupported",
        "store",
    ];
    assert_eq!(ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(), names);
    for &kind in ErrorKind::ALL {
        assert_eq!(ErrorKind::from_name(kind.as_str()), Some(kind));
        assert_eq!(kind.to_string(), kind.as_str());
    }
    for name in ["", "Rejected", "rate-limited", "rejected "] {
        assert_eq!(ErrorKind::from_name(name), None, "{name}");
    }
}

#[test]
fn an_error_before_anything_was_sent_has_every_field_and_no_guesses() {
    let error = Client::cloud("", "1066").build().unwrap_err();
    let json = serde_json::to_value(&error).unwrap();
    let names: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, FIELDS);
    assert_eq!(json["kind"], "invalid_input");
    assert_eq!(json["field"], "access_token");
    assert_eq!(json["message"], error.message());
    for unknown in ["status", "code", "subcode", "title", "details", "trace_id", "reference", "retry_after"] {
        assert!(json[unknown].is_null(), "{unknown}");
    }
    assert_eq!(
        (&json["retryable"], &json["maybe_sent"], &json["attempts"]),
        (&false.into(), &false.into(), &0.into())
    );
}

#[tokio::test]
async fn what_the_host_told_is_in_the_json_form() {
    let body = r#"{"error":{"message":"m","code":131056,"error_subcode":7,"error_user_title":"t",
        "error_data":{"details":"d"},"fbtrace_id":"f"}}"#;
    let server = Server::new(|_| http(400, "Retry-After: 90\r\n", body)).await;
    let client = server.cloud().build().unwrap();
    let error = soon(client.send_built(text().reference("order 7"))).await.unwrap_err();
    let mut json = serde_json::to_value(&error).unwrap();
    let message = json.as_object_mut().unwrap().shift_remove("message").unwrap();
    assert!(message.as_str().unwrap().contains("6 seconds"), "{message}");
    assert_eq!(
        json,
        serde_json::json!({
            "kind": "rate_limited", "status": 400, "code": 131_056, "subcode": 7, "title": "t", "details": "d",
            "trace_id": "f", "field": null, "reference": "order 7", "retry_after": 90.0, "retryable": true,
            "maybe_sent": false, "attempts": 1,
        })
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(90)));
}

#[tokio::test]
async fn the_cause_is_kept_and_clones_share_it() {
    let server = Server::new(|_| Reply::Last(Vec::new())).await;
    let client = server.cloud().build().unwrap();
    let error = soon(client.send_built(text())).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_sent(), error.retryable()), (ErrorKind::Connection, true, false));
    let cause = error.source().expect("without its cause nobody can look into it");
    assert_eq!(error.clone().source().unwrap().to_string(), cause.to_string());
    let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(error);
    assert!(boxed.downcast_ref::<wamid::Error>().is_some());

    let missing = Client::cloud("TOKEN", "1066").ca_file("/nowhere/ca.pem").build().unwrap_err();
    assert!(missing.source().unwrap().downcast_ref::<std::io::Error>().is_some());
}

/// An unknown outcome must be said in the sentence too: many callers log nothing else.
#[tokio::test]
async fn the_sentence_of_an_unknown_outcome_says_so_once() {
    let server = Server::new(|_| http(500, "", "<html>")).await;
    let client = server.cloud().build().unwrap();
    let error = soon(client.send_built(text())).await.unwrap_err();
    assert_eq!(error.message().matches("may have gone out").count(), 1, "{error}");
    assert_eq!(error.to_string(), error.message());
    let debug = format!("{error:?}");
    assert!(debug.contains("maybe_sent: true") && !debug.contains("retry_after"), "{debug}");
}

/// A key without a name would otherwise be refused by an error that names nothing.
#[test]
fn a_key_without_a_name_is_named_by_its_quotes() {
    let errors = [
        (Content::from_json(r#"{"type":"text","message":"Hello","":1}"#).err(), r#""""#),
        (
            Content::from_json(r#"{"type":"contacts","contacts":[{"formatted_name":"Ada","":1}]}"#).err(),
            r#"contacts[0]."""#,
        ),
        (Button::from_json(r#"{"payload":"p","":1}"#).err(), r#"button."""#),
        (Parameter::from_json(r#"{"name":"city","text":"Pune","":1}"#).err(), r#"parameter."""#),
    ];
    for (error, field) in errors {
        let error = error.unwrap();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some(field)), "{error}");
        assert!(error.message().starts_with(field), "{error}");
    }
}

#[tokio::test]
async fn a_gateway_without_a_reason_is_no_error_without_words() {
    let body = r#"{"error":" ","kind":"server","maybe_sent":false,"retryable":true}"#;
    let server = Server::new(move |_| http(502, "", body)).await;
    let client = server.gateway().max_retries(0).build().unwrap();
    let error = soon(async { client.send_message("+16505551234", "Hello").await }).await.unwrap_err();
    assert_eq!(error.message(), "The gateway gave no reason (HTTP status 502).");
}
