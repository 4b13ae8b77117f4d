//! A gateway with everything behind it: store, sandbox, key.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wamid::{Client, Conversation, Options, Store};
use wamid_gateway::{Accounts, Gateway, GatewayOptions, Keys, NewAccount};
use wamid_sandbox::{Sandbox, SandboxOptions};

pub(crate) const SECRET_KEY: &str = "0123456789 0123456789 0123456789";

pub(crate) struct House {
    pub(crate) sandbox: Sandbox,
    pub(crate) key: String,
    gateway: Gateway,
    pub(crate) accounts: Accounts,
    pub(crate) store: Store,
    pub(crate) url: String,
    _folder: tempfile::TempDir,
}

impl House {
    pub(crate) async fn build() -> Self {
        Self::with(SandboxOptions::default(), {
            let mut made = Options::default();
            made.max_retries = Some(0);
            made
        })
        .await
    }

    /// With a sandbox and clients of one's own making.
    pub(crate) async fn with(sandbox: SandboxOptions, client: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("wamid.db").display());
        Self::on(url, None, folder, sandbox, client, |_| {}).await
    }

    /// A gateway with options of one's own, on SQLite or on a database of PostgreSQL.
    pub(crate) async fn set(database: Option<&str>, set: impl FnOnce(&mut GatewayOptions)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match database {
            Some(url) => url.to_owned(),
            None => format!("sqlite:{}", folder.path().join("wamid.db").display()),
        };
        let mut client = Options::default();
        client.max_retries = Some(0);
        Self::on(url, Some(SECRET_KEY), folder, SandboxOptions::default(), client, set).await
    }

    /// On a database of PostgreSQL.
    pub(crate) async fn on_postgres(url: &str) -> Self {
        let mut client = Options::default();
        client.max_retries = Some(0);
        let folder = tempfile::tempdir().unwrap();
        Self::on(url.to_owned(), Some(SECRET_KEY), folder, SandboxOptions::default(), client, |_| {}).await
    }

    async fn on(
        url: String,
        secret_key: Option<&str>,
        folder: tempfile::TempDir,
        sandbox: SandboxOptions,
        client: Options,
        set: impl FnOnce(&mut GatewayOptions),
    ) -> Self {
        let sandbox = Sandbox::start(sandbox).await.unwrap();
        let store = Store::open(&url).await.unwrap();
        let key = Keys::open(&store).await.unwrap().create("test").await.unwrap();
        let mut client = client;
        client.graph_url = Some(sandbox.url().to_owned());
        let accounts = Accounts::open(&store, &url, secret_key, client).await.unwrap();
        accounts
            .add(&NewAccount {
                name: "sandbox".to_owned(),
                phone_number_id: sandbox.phone_number_id().to_owned(),
                business_account_id: Some(sandbox.business_account_id().to_owned()),
                access_token: sandbox.access_token().to_owned(),
                app_secret: Some(sandbox.app_secret().to_owned()),
                verify_token: Some("verify-me".to_owned()),
            })
            .await
            .unwrap();
        let mut options = GatewayOptions {
            prefix: "/whatsapp".to_owned(),
            ..GatewayOptions::new(store.clone(), accounts.clone())
        };
        set(&mut options);
        let gateway = Gateway::start(options, ([127, 0, 0, 1], 0).into()).await.unwrap();
        sandbox.set_webhook(&format!("{}/webhook/", gateway.url())).unwrap();
        Self { sandbox, key, gateway, accounts, store, url, _folder: folder }
    }

    /// A second gateway on the same database, with connections and caches of its own, as another process has them.
    pub(crate) async fn second(&self) -> (Gateway, Client) {
        self.with_turns(256).await
    }

    /// The same, with so many sends at once.
    pub(crate) async fn with_turns(&self, max_in_flight: usize) -> (Gateway, Client) {
        let store = Store::open(&self.url).await.unwrap();
        let mut client = Options::default();
        client.graph_url = Some(self.sandbox.url().to_owned());
        client.max_retries = Some(0);
        let accounts = Accounts::open(&store, &self.url, None, client).await.unwrap();
        let options = GatewayOptions {
            prefix: "/whatsapp".to_owned(),
            max_in_flight,
            ..GatewayOptions::new(store, accounts)
        };
        let gateway = Gateway::start(options, ([127, 0, 0, 1], 0).into()).await.unwrap();
        let client = Client::gateway(gateway.url(), &self.key).max_retries(0).build().unwrap();
        (gateway, client)
    }

    pub(crate) fn client(&self) -> Client {
        self.client_with(&self.key)
    }

    pub(crate) fn client_with(&self, key: &str) -> Client {
        Client::gateway(self.gateway.url(), key).max_retries(0).build().unwrap()
    }

    /// The chats once they are as wanted; webhooks come when they come.
    pub(crate) async fn chats_when(&self, wanted: impl Fn(&[Conversation]) -> bool) -> Vec<Conversation> {
        let client = self.client();
        let look = async {
            loop {
                let chats = client.chats().await.unwrap();
                if wanted(&chats) {
                    return chats;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), look).await.expect("the chats never became as wanted")
    }

    /// What `/metrics` says of one series.
    pub(crate) async fn counted(&self, series: &str) -> f64 {
        let url = self.gateway.url();
        let address = url.strip_prefix("http://").unwrap().split('/').next().unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET /metrics HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let line = answer.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        // A kind that never came has no series yet.
        line.map_or(0.0, |value| value.parse().unwrap())
    }

    /// The header that signs a webhook as the sandbox's app.
    pub(crate) fn signature(&self, body: &str) -> String {
        signature(self.sandbox.app_secret(), body)
    }

    /// Stops the gateway in order. Its store is there for as long as the folder.
    pub(crate) async fn stop(self) -> tempfile::TempDir {
        self.gateway.shutdown().await;
        self._folder
    }

    pub(crate) fn gateway_url(&self) -> String {
        self.gateway.url()
    }

    /// Host with port, and the prefix without slashes.
    pub(crate) fn address(&self) -> (String, String) {
        let url = self.gateway.url();
        let (address, prefix) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        (address.to_owned(), prefix.to_owned())
    }

    /// A gateway that takes webhooks for accounts without an app secret.
    pub(crate) async fn taking_unsigned(&self, store: Store, accounts: Accounts) -> Gateway {
        let options = GatewayOptions {
            prefix: "/whatsapp".to_owned(),
            allow_unsigned_webhooks: true,
            ..GatewayOptions::new(store, accounts)
        };
        Gateway::start(options, ([127, 0, 0, 1], 0).into()).await.unwrap()
    }

    /// Status and JSON (null where there is none) of a request made by hand.
    pub(crate) async fn raw(&self, method: &str, path: &str, key: Option<&str>, body: &str) -> (u16, Value) {
        let key = key.map(|key| format!("X-API-Key: {key}\r\n")).unwrap_or_default();
        self.raw_with(method, path, &key, body).await
    }

    /// The same with headers of one's own.
    pub(crate) async fn raw_with(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, Value) {
        Self::raw_at(&self.gateway.url(), method, path, headers, body).await
    }

    /// The same of another gateway.
    pub(crate) async fn raw_at(
        url: &str,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> (u16, Value) {
        let (address, prefix) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let request = format!(
            "{method} /{prefix}/{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = answer_of(address, &request).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }
}

/// What is answered until the gateway closes.
pub(crate) async fn answer_of(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// The header that signs a webhook with an app secret.
pub(crate) fn signature(app_secret: &str, body: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, app_secret.as_bytes());
    let tag = ring::hmac::sign(&key, body.as_bytes());
    let hex: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("X-Hub-Signature-256: sha256={hex}\r\n")
}
