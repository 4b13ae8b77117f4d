//! A gateway in a process of its own that is killed and started again, under load.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use wamid::{Client, Error, Message, Text};
use wamid_sandbox::{Sandbox, SandboxOptions};

const WORKERS: usize = 16;
const SECRET_KEY: &str = "0123456789 0123456789 0123456789";

/// What the gateway sends to, and as whom.
pub(crate) struct Graph {
    pub(crate) url: String,
    pub(crate) access_token: String,
    pub(crate) phone_number_id: String,
    pub(crate) app_secret: String,
}

impl From<&Sandbox> for Graph {
    fn from(sandbox: &Sandbox) -> Self {
        Self {
            url: sandbox.url().to_owned(),
            access_token: sandbox.access_token().to_owned(),
            phone_number_id: sandbox.phone_number_id().to_owned(),
            app_secret: sandbox.app_secret().to_owned(),
        }
    }
}

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
        self.gateways[victim].serving.kill();
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

/// One gateway; its address is the same in each of its lives, so that callers find it again.
pub(crate) struct Gateway {
    serving: Serving,
    pub(crate) listen: String,
}

impl Gateway {
    /// Ends its process as it is.
    pub(crate) fn kill(&mut self) {
        self.serving.kill();
    }
}

/// Ends with the test, also with one that fails.
struct Serving(Child);

impl Serving {
    fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

fn wamid(args: &[&str], store: &str, graph: &Graph) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wamid"));
    command
        .args(args)
        .stdin(Stdio::null())
        .env("WAMID_STORE", store)
        .env("WAMID_SECRET_KEY", SECRET_KEY)
        .env("WAMID_GRAPH_URL", &graph.url)
        .env("WAMID_ACCESS_TOKEN", &graph.access_token)
        .env("WAMID_PHONE_NUMBER_ID", &graph.phone_number_id)
        .env("WAMID_APP_SECRET", &graph.app_secret)
        .env_remove("WAMID_GATEWAY_URL")
        .env_remove("WAMID_API_KEY");
    command
}

pub(crate) fn create_key(store: &str, graph: &Graph) -> String {
    let key = wamid(&["key", "create", "--name", "crash"], store, graph).output().unwrap();
    let key = String::from_utf8(key.stdout).unwrap().trim().to_owned();
    assert!(key.starts_with("wamid_"), "a key: {key:?}");
    key
}

/// Serves, and says where once it listens.
pub(crate) fn serve(store: &str, graph: &Graph, listen: &str) -> Gateway {
    serve_with(store, graph, listen, &[])
}

/// The same with further variables.
pub(crate) fn serve_with(store: &str, graph: &Graph, listen: &str, variables: &[(&str, &str)]) -> Gateway {
    let mut child = wamid(&["serve", "--listen", listen, "--key-rate", "100000"], store, graph)
        .envs(variables.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines
        .map_while(Result::ok)
        .find_map(|line| Some(line.strip_prefix("listening on http://")?.to_owned()));
    let url = url.expect("the gateway listens");
    Gateway { serving: Serving(child), listen: url.trim_end_matches("/whatsapp").to_owned() }
}

/// A database of its own on a PostgreSQL server, dropped at the end.
pub(crate) struct Database {
    server: String,
    name: String,
    pub(crate) url: String,
}

impl Database {
    pub(crate) fn create(server: &str) -> Self {
        let name = format!("crash_{:016x}", fastrand::u64(..));
        psql(server, &format!("CREATE DATABASE {name}"));
        let (base, query) = server.split_once('?').map_or((server, ""), |(base, query)| (base, query));
        let (host, _) = base.rsplit_once('/').expect("a URL with a database");
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        Self { server: server.to_owned(), url: format!("{host}/{name}{query}"), name }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        psql(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn psql(server: &str, sql: &str) {
    let done = Command::new("psql").args([server, "--quiet", "--command", sql]).status().unwrap();
    assert!(done.success(), "{sql}");
}
