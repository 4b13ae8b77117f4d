//! Takes the sandbox's webhooks and delivers them to the gateways as Meta may: in any order, some of them again, each until it is taken.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use wamid::SendStatus;

use crate::gateway_processes::deliver_webhook;

/// So many wait for each other to be shuffled, at the most for [`HELD`].
const SHUFFLED: usize = 8;
const HELD: Duration = Duration::from_millis(400);
/// Of a hundred that were taken, so many are delivered again.
const AGAIN: u32 = 15;
const POSTS_AT_ONCE: usize = 8;
/// With so many waiting nobody sends more: what is looked for is not how much a busy machine can take.
const MOST_WAITING: usize = 100;

struct Webhook {
    body: String,
    came: std::time::Instant,
}

/// What the gateways were told, and took.
#[derive(Default)]
struct Taken {
    /// How far each message of the business has come.
    statuses: HashMap<String, Vec<String>>,
    /// What customers wrote.
    written: HashSet<String>,
    posts: usize,
}

pub(crate) struct Webhooks {
    pub(crate) url: String,
    waiting: Arc<Mutex<Vec<Webhook>>>,
    taken: Arc<Mutex<Taken>>,
}

impl Webhooks {
    /// For the gateways at these addresses.
    pub(crate) async fn start(gateways: Vec<String>, app_secret: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let made = Self { url, waiting: Arc::default(), taken: Arc::default() };
        let take = |State(waiting): State<Arc<Mutex<Vec<Webhook>>>>, body: String| async move {
            waiting.lock().unwrap().push(Webhook { body, came: std::time::Instant::now() });
        };
        let router = Router::new().route("/webhook", post(take)).with_state(made.waiting.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        for _ in 0..POSTS_AT_ONCE {
            let (waiting, taken) = (made.waiting.clone(), made.taken.clone());
            tokio::spawn(pass_on(waiting, taken, gateways.clone(), app_secret.clone()));
        }
        made
    }

    pub(crate) fn posts(&self) -> usize {
        self.taken.lock().unwrap().posts
    }

    /// Waits until there is room for the webhooks of another message.
    pub(crate) async fn room(&self) {
        while self.waiting.lock().unwrap().len() > MOST_WAITING {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What the record must say of a message, from what was told of it. None while the last word on it is missing.
    pub(crate) fn last_word(&self, message: &str) -> Option<SendStatus> {
        let taken = self.taken.lock().unwrap();
        let told = taken.statuses.get(message)?;
        let has = |status: &str| told.iter().any(|told| told == status);
        if has("failed") {
            // The sandbox tells that a message was sent and delivered, or that it failed.
            return Some(SendStatus::Failed);
        }
        has("read").then_some(SendStatus::Read).filter(|_| has("sent") && has("delivered"))
    }

    /// Every status and message that a gateway took.
    pub(crate) fn told(&self) -> (HashSet<(String, String)>, HashSet<String>) {
        let taken = self.taken.lock().unwrap();
        let statuses = taken.statuses.iter();
        let statuses = statuses.flat_map(|(id, told)| told.iter().map(|status| (id.clone(), status.clone())));
        (statuses.collect(), taken.written.clone())
    }
}

async fn pass_on(
    waiting: Arc<Mutex<Vec<Webhook>>>,
    taken: Arc<Mutex<Taken>>,
    gateways: Vec<String>,
    app_secret: String,
) {
    loop {
        let next = {
            let mut waiting = waiting.lock().unwrap();
            let is_due = waiting.len() >= SHUFFLED || waiting.iter().any(|hook| hook.came.elapsed() > HELD);
            is_due.then(|| {
                let at = fastrand::usize(..waiting.len());
                waiting.swap_remove(at)
            })
        };
        let Some(webhook) = next else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let gateway = &gateways[fastrand::usize(..gateways.len())];
        let is_taken = deliver_webhook(gateway, &webhook.body, &app_secret).await;
        if is_taken {
            taken.lock().unwrap().note(&webhook.body);
        }
        if !is_taken || fastrand::u32(..100) < AGAIN {
            waiting.lock().unwrap().push(Webhook { came: std::time::Instant::now(), ..webhook });
        }
        if !is_taken {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Taken {
    fn note(&mut self, body: &str) {
        self.posts += 1;
        let body: Value = serde_json::from_str(body).unwrap();
        let value = &body["entry"][0]["changes"][0]["value"];
        for status in value["statuses"].as_array().into_iter().flatten() {
            let told = self.statuses.entry(status["id"].as_str().unwrap().to_owned()).or_default();
            let status = status["status"].as_str().unwrap();
            if !told.iter().any(|known| known == status) {
                told.push(status.to_owned());
            }
        }
        let messages = value["messages"].as_array().into_iter().flatten();
        self.written.extend(messages.map(|message| message["id"].as_str().unwrap().to_owned()));
    }
}
