//! Callers of the gateways: they send every kind, repeat what was not sent, give up, fetch files, and note what they were told.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use wamid::{Client, Content, Error, ErrorKind, Message, Receipt};
use wamid_sandbox::{Failure, Sandbox};

use crate::run::PATIENCE;
use crate::webhooks::Webhooks;

pub(crate) const CALLERS: usize = 8;
/// Of a hundred calls, so many are given up on the way, and so many are about files.
const GIVEN_UP: u32 = 8;
const FILES: u32 = 5;
/// Of a hundred sends that were not made, so many are asked for again at once.
const REPEATED: u32 = 70;

/// What a caller was told of a key.
#[derive(Debug, Clone)]
pub(crate) enum Told {
    Sent(String),
    Unknown,
    NotSent(ErrorKind, #[allow(dead_code, reason = "shown with a finding")] String),
    /// Nothing: it did not wait for the answer.
    Nothing,
}

impl Told {
    fn by(sent: &Result<Receipt, Error>) -> Self {
        match sent {
            Ok(receipt) => Self::Sent(receipt.id.clone()),
            Err(error) if error.maybe_sent() => Self::Unknown,
            Err(error) => Self::NotSent(error.kind(), error.to_string()),
        }
    }
}

/// A message with a key of its own, and what was told of it, in order.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) kind: &'static str,
    message: Message,
    pub(crate) told: Vec<Told>,
}

impl Asked {
    pub(crate) fn is_sent(&self) -> bool {
        self.told.iter().any(|told| matches!(told, Told::Sent(_)))
    }
}

/// All callers, with one API key.
pub(crate) struct Clients {
    clients: Vec<Client>,
    kinds: Vec<(&'static str, Content)>,
    pub(crate) asked: Mutex<HashMap<String, Asked>>,
    pub(crate) times: Mutex<Vec<Duration>>,
    pub(crate) files: AtomicUsize,
    /// What went wrong that nothing excuses.
    pub(crate) wrong: Mutex<Vec<String>>,
}

fn client(gateway: &str, key: &str, retries: u32) -> Client {
    let client = Client::gateway(format!("http://{gateway}/whatsapp"), key).max_retries(retries);
    client.timeout(Duration::from_secs(60)).total_timeout(Duration::from_secs(90)).build().unwrap()
}

impl Clients {
    /// Each gateway has a caller that repeats by itself and one that does not.
    pub(crate) fn new(gateways: &[String], key: &str) -> Self {
        let clients = gateways.iter().flat_map(|gateway| [client(gateway, key, 0), client(gateway, key, 2)]);
        Self {
            clients: clients.collect(),
            kinds: Vec::new(),
            asked: Mutex::default(),
            times: Mutex::default(),
            files: AtomicUsize::new(0),
            wrong: Mutex::default(),
        }
    }

    /// Finds out which of the kinds' examples the sandbox takes: it knows neither every template nor every file.
    pub(crate) async fn learn_kinds(&mut self) {
        for kind in Content::kinds() {
            let content = Content::from_json(kind.example).unwrap();
            if self.send(Some((kind.name, content.clone()))).await.is_some() {
                self.kinds.push((kind.name, content));
            }
        }
        let template = r#"{"type":"template","template_name":"order_update","body_params":["Ada","4711"]}"#;
        self.kinds.push(("template", Content::from_json(template).unwrap()));
    }

    pub(crate) fn kinds(&self) -> usize {
        self.kinds.len()
    }

    fn client(&self) -> &Client {
        &self.clients[fastrand::usize(..self.clients.len())]
    }

    pub(crate) async fn call(
        self: Arc<Self>,
        over: Arc<AtomicBool>,
        pause: Duration,
        webhooks: Arc<Webhooks>,
    ) {
        while !over.load(Ordering::Relaxed) {
            webhooks.room().await;
            match fastrand::u32(..100) {
                0..FILES => self.pass_a_file().await,
                FILES => drop(self.client().chats().await),
                _ => drop(self.send(None).await),
            }
            tokio::time::sleep(pause.mul_f64(fastrand::f64() * 2.0)).await;
        }
    }

    /// Sends a message of some kind under a new key, to one of many customers. Its id, where it was sent.
    async fn send(&self, content: Option<(&'static str, Content)>) -> Option<String> {
        let key = format!("{:016x}", fastrand::u64(..));
        let is_chosen = content.is_none();
        let (kind, content) = content.unwrap_or_else(|| {
            let (kind, content) = &self.kinds[fastrand::usize(..self.kinds.len())];
            (*kind, content.clone())
        });
        let to = format!("1650556{:04}", fastrand::u32(..40));
        let message = Message::new(to, content).reference(&key).idempotency_key(&key);
        let asked = Asked { kind, message: message.clone(), told: Vec::new() };
        self.asked.lock().unwrap().insert(key.clone(), asked);
        for _ in 0..3 {
            if is_chosen && fastrand::u32(..100) < GIVEN_UP {
                let patience = Duration::from_millis(fastrand::u64(..400));
                let given_up =
                    tokio::time::timeout(patience, self.client().send_built(message.clone())).await;
                self.note(&key, given_up.map_or(Told::Nothing, |sent| Told::by(&sent)));
                return None;
            }
            match self.ask(&key, message.clone()).await {
                Told::Sent(id) => return Some(id),
                _ if !is_chosen || fastrand::u32(..100) >= REPEATED => return None,
                _ => {}
            }
        }
        None
    }

    async fn ask(&self, key: &str, message: Message) -> Told {
        let began = Instant::now();
        let told = Told::by(&self.client().send_built(message).await);
        self.times.lock().unwrap().push(began.elapsed());
        self.note(key, told.clone());
        told
    }

    fn note(&self, key: &str, told: Told) {
        self.asked.lock().unwrap().get_mut(key).unwrap().told.push(told);
    }

    /// Asks again for each key of which it is not known that it was sent.
    pub(crate) async fn ask_again(self: &Arc<Self>, at_once: usize) {
        let open: Vec<_> = {
            let asked = self.asked.lock().unwrap();
            let open = asked.iter().filter(|(_, asked)| !asked.is_sent());
            open.map(|(key, asked)| (key.clone(), asked.message.clone())).collect()
        };
        let turns = Arc::new(tokio::sync::Semaphore::new(at_once));
        let mut asking = tokio::task::JoinSet::new();
        for (key, message) in open {
            let (clients, turns) = (self.clone(), turns.clone());
            asking.spawn(async move {
                let _turn = turns.acquire().await.unwrap();
                // What a kill has cut off answers when its time is over.
                for _ in 0..5 {
                    match clients.ask(&key, message.clone()).await {
                        Told::NotSent(kind, _) if kind != ErrorKind::Rejected => {}
                        _ => return,
                    }
                }
            });
        }
        while let Some(asked) = asking.join_next().await {
            asked.unwrap();
        }
    }

    /// Sends until nothing is armed in the sandbox any more. A failure of a code that nothing else has is armed last, so it is met last.
    pub(crate) async fn use_up_failures(&self, sandbox: &Sandbox) {
        const LAST: u32 = 131_026;
        sandbox.fail_next(Failure::code(LAST), 1);
        let text = Content::from_json(r#"{"type":"text","message":"Hello"}"#).unwrap();
        let began = Instant::now();
        loop {
            let key = format!("{:016x}", fastrand::u64(..));
            let message = Message::new("16505560000", text.clone()).reference(&key).idempotency_key(&key);
            let asked = Asked { kind: "text", message: message.clone(), told: Vec::new() };
            self.asked.lock().unwrap().insert(key.clone(), asked);
            if matches!(self.ask(&key, message).await, Told::NotSent(_, why) if why.contains(&LAST.to_string()))
            {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "the sandbox goes on failing");
        }
    }

    /// A file goes up and comes back the same, or one of the calls fails with an error.
    async fn pass_a_file(&self) {
        let data = format!("%PDF-1.4 {}", "x".repeat(fastrand::usize(1..200_000)));
        let sent = data.clone().into_bytes();
        let Ok(id) = self.client().upload_media().data(sent).mime_type("application/pdf").await else {
            return;
        };
        let Ok(file) = self.client().download_media(id.as_str()).await else { return };
        if file.data.as_ref() != data.as_bytes() {
            self.wrong.lock().unwrap().push(format!("the file {id} came back as another"));
        }
        self.files.fetch_add(1, Ordering::Relaxed);
    }
}
