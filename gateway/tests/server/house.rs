//! A gateway with everything behind it: store, sandbox, key.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wamid::{Client, Conversation, Store};
use wamid_gateway::sandbox::{Sandbox, SandboxOptions};
use wamid_gateway::server::{Gateway, GatewayOptions, Keys};

pub(crate) struct House {
    pub(crate) sandbox: Sandbox,
    pub(crate) key: String,
    gateway: Gateway,
    _folder: tempfile::TempDir,
}

impl House {
    pub(crate) async fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let store =
            Store::open(&format!("sqlite:{}", folder.path().join("wamid.db").display())).await.unwrap();
        let key = Keys::open(&store).await.unwrap().create("test").await.unwrap();
        let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id())
            .graph_url(sandbox.url())
            .app_secret(sandbox.app_secret())
            .max_retries(0)
            .open_store(store.clone())
            .build()
            .unwrap();
        let options = GatewayOptions {
            client,
            store,
            prefix: "/whatsapp".to_owned(),
            verify_token: Some("verify-me".to_owned()),
            adds_country_code: false,
        };
        let gateway = Gateway::start(options, ([127, 0, 0, 1], 0).into()).await.unwrap();
        sandbox.set_webhook(&format!("{}/webhook/", gateway.url())).unwrap();
        Self { sandbox, key, gateway, _folder: folder }
    }

    pub(crate) fn client(&self) -> Client {
        Client::gateway(self.gateway.url(), &self.key).max_retries(0).build().unwrap()
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

    /// Status and JSON (null where there is none) of a request made by hand.
    pub(crate) async fn raw(&self, method: &str, path: &str, key: Option<&str>, body: &str) -> (u16, Value) {
        let url = self.gateway.url();
        let (address, prefix) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let key = key.map(|key| format!("X-API-Key: {key}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} /{prefix}/{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{key}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }
}
