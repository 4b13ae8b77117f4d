//! Gateways in processes of their own, which can be killed and started again, and what they need: a store, a key, webhooks.
#![allow(dead_code)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wamid::sign_webhook;
use wamid_sandbox::Sandbox;

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

    /// The id of its process.
    pub(crate) fn process(&self) -> u32 {
        self.serving.0.id()
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
        Self::create_with(server, "")
    }

    /// The same with options of `CREATE DATABASE`.
    pub(crate) fn create_with(server: &str, options: &str) -> Self {
        let name = format!("crash_{:016x}", fastrand::u64(..));
        psql(server, &format!("CREATE DATABASE {name} {options}"));
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

pub(crate) fn psql(server: &str, sql: &str) {
    let done = Command::new("psql").args([server, "--quiet", "--command", sql]).status().unwrap();
    assert!(done.success(), "{sql}");
}

/// Delivers a webhook once; says whether it was answered 200.
pub(crate) async fn deliver_webhook(listen: &str, body: &str, app_secret: &str) -> bool {
    let signature = sign_webhook(body.as_bytes(), app_secret);
    let request = format!(
        "POST /whatsapp/webhook/ HTTP/1.1\r\nHost: {listen}\r\nConnection: close\r\nX-Hub-Signature-256: {signature}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let exchange = async {
        let mut stream = TcpStream::connect(listen).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok::<_, std::io::Error>(answer.starts_with("HTTP/1.1 200"))
    };
    matches!(tokio::time::timeout(Duration::from_secs(30), exchange).await, Ok(Ok(true)))
}
