//! Where the gateways pass events on to: it refuses some, is slow at times, and notes what it took.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use wamid::verify_webhook;

pub(crate) const SECRET: &str = "a secret of its own";

/// What was passed on.
#[derive(Default, Clone)]
pub(crate) struct PassedOn {
    /// The messages of each customer, by number, as they came.
    pub(crate) in_order: HashMap<String, Vec<usize>>,
    pub(crate) statuses: HashSet<(String, String)>,
    pub(crate) written: HashSet<String>,
    pub(crate) events: usize,
    pub(crate) unsigned: usize,
}

#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) url: String,
    passed_on: Arc<Mutex<PassedOn>>,
}

impl Target {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/events", listener.local_addr().unwrap());
        let made = Self { url, passed_on: Arc::default() };
        let router = Router::new().route("/events", post(take)).with_state(made.passed_on.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        made
    }

    pub(crate) fn passed_on(&self) -> PassedOn {
        self.passed_on.lock().unwrap().clone()
    }
}

async fn take(State(passed_on): State<Arc<Mutex<PassedOn>>>, headers: HeaderMap, body: String) -> StatusCode {
    let signature = headers.get("x-hub-signature-256").map_or("", |value| value.to_str().unwrap_or_default());
    if !verify_webhook(body.as_bytes(), signature, SECRET).is_ok_and(|is_signed| is_signed) {
        passed_on.lock().unwrap().unsigned += 1;
        return StatusCode::UNAUTHORIZED;
    }
    match fastrand::u32(..200) {
        0..4 => return StatusCode::SERVICE_UNAVAILABLE,
        4 => tokio::time::sleep(Duration::from_millis(500)).await,
        _ => {}
    }
    passed_on.lock().unwrap().note(&body);
    StatusCode::OK
}

impl PassedOn {
    fn note(&mut self, body: &str) {
        self.events += 1;
        let body: Value = serde_json::from_str(body).unwrap();
        let value = &body["entry"][0]["changes"][0]["value"];
        if let (Some(id), Some(status)) =
            (value["statuses"][0]["id"].as_str(), value["statuses"][0]["status"].as_str())
        {
            self.statuses.insert((id.to_owned(), status.to_owned()));
        }
        let message = &value["messages"][0];
        let (Some(from), Some(id)) = (message["from"].as_str(), message["id"].as_str()) else { return };
        match id.strip_prefix("wamid.numbered.").and_then(|rest| rest.rsplit('.').next()) {
            Some(number) => {
                self.in_order.entry(from.to_owned()).or_default().push(number.parse().unwrap());
            }
            None => {
                self.written.insert(id.to_owned());
            }
        }
    }
}
