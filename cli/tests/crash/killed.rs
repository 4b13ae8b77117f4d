//! A gateway in a process of its own that is killed and started again, under load.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use wamid::{Client, Error, Message, Text};
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::gateway_processes::{Gateway, Graph, create_key, serve};

const WORKERS: usize = 16;

/// How a key's request ended, as its caller knows it.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    Sent,
    Unknown,
    NotSent(String),
}

impl Outcome {
    fn of<T>(sent: &Result<T, Error>) -> Self {
        match sent {
            Ok(_) => Self::Sent,
            Err(error) if error.maybe_sent() => Self::Unknown,
            Err(error) => Self::NotSent(error.to_string()),
        }
    }
}

pub(crate) struct Trial {
    pub(crate) sandbox: Sandbox,
    store: String,
    key: String,
    gateways: Vec<Gateway>,
    outcomes: Arc<Mutex<HashMap<String, Outcome>>>,
}

impl Trial {
    /// So many gateways on one store.
    pub(crate) async fn start(store: &str, gateways: usize) -> Self {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let graph = Graph::from(&sandbox);
        let key = create_key(store, &graph);
        let gateways: Vec<_> = (0..gateways).map(|_| serve(store, &graph, "127.0.0.1:0")).collect();
        sandbox.set_webhook(&format!("http://{}/whatsapp/webhook/", gateways[0].listen)).unwrap();
        Self { sandbox, store: store.to_owned(), key, gateways, outcomes: Arc::default() }
    }

    /// A client of one of the gateways.
    fn client(&self, of: usize) -> Client {
        let listen = &self.gateways[of % self.gateways.len()].listen;
        let client = Client::gateway(format!("http://{listen}/whatsapp"), &self.key);
        client
            .max_retries(0)
            .timeout(Duration::from_secs(60))
            .total_timeout(Duration::from_secs(60))
            .build()
            .unwrap()
    }

    pub(crate) fn outcomes(&self) -> usize {
        self.outcomes.lock().unwrap().len()
    }

    /// Sends as fast as it goes, kills one gateway at some moment, and starts it again.
    pub(crate) async fn load_until_killed(&mut self) {
        let mut workers = JoinSet::new();
        let over = Arc::new(AtomicBool::new(false));
        for n in 0..WORKERS {
            let (client, outcomes, over) = (self.client(n), self.outcomes.clone(), over.clone());
            workers.spawn(async move {
                loop {
                    let key = format!("{:016x}", fastrand::u64(..));
                    let sent = client
                        .send_built(Message::new("919876543210", Text::new(&key)).idempotency_key(&key))
                        .await;
                    outcomes.lock().unwrap().insert(key, Outcome::of(&sent));
                    if sent.is_err() || over.load(Ordering::Relaxed) {
                        return;
                    }
                }
            });
        }
        // The random moment is the point of this test; nothing depends on its length.
        tokio::time::sleep(Duration::from_millis(fastrand::u64(150..600))).await;
        let victim = fastrand::usize(..self.gateways.len());
        self.gateways[victim].kill();
        over.store(true, Ordering::Relaxed);
        while let Some(done) = workers.join_next().await {
            done.unwrap();
        }
        let again = serve(&self.store, &Graph::from(&self.sandbox), &self.gateways[victim].listen);
        self.gateways[victim] = again;
    }

    /// Asks for every key again that got no receipt, as a caller with that key may.
    pub(crate) async fn ask_again(&self) -> HashMap<String, Outcome> {
        let mut outcomes = self.outcomes.lock().unwrap().clone();
        let open: Vec<_> = outcomes.iter().filter(|(_, outcome)| !matches!(outcome, Outcome::Sent)).collect();
        let mut asked = JoinSet::new();
        for (n, (key, _)) in open.into_iter().enumerate() {
            // Whichever it asks: the key is the same on all of them.
            let (client, key) = (self.client(n), key.clone());
            asked.spawn(async move {
                let sent = client
                    .send_built(Message::new("919876543210", Text::new(&key)).idempotency_key(&key))
                    .await;
                (key, Outcome::of(&sent))
            });
        }
        while let Some(answered) = asked.join_next().await {
            let (key, outcome) = answered.unwrap();
            outcomes.insert(key, outcome);
        }
        outcomes
    }

    pub(crate) async fn stop(mut self) {
        self.gateways.clear();
        self.sandbox.shutdown().await;
    }
}
