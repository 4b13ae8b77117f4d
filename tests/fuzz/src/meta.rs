//! A sandbox, and requests to it as raw as they come.

use std::cell::{Cell, RefCell};
use std::io;

use crate::loopback::LONG;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::task::LocalSet;
use wamid::{Client, Error};
use wamid_sandbox::{Sandbox, SandboxOptions};

thread_local! {
    static META: Meta = Meta::start().unwrap_or_else(|error| panic!("no sandbox: {error}"));
}

/// After so many requests the sandbox forgets what came.
const FORGET_AFTER: u32 = 2000;

/// An answer of the sandbox.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: hyper::HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// The body, which must be JSON.
    pub(crate) fn json(&self) -> Value {
        let read = serde_json::from_slice(&self.body);
        read.unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Holds an error to the shape that Meta's have.
    pub(crate) fn assert_is_graph_error(&self) {
        let body = self.json();
        let error = &body["error"];
        assert!(!self.status.is_success(), "{self:?}");
        assert!(
            error["message"].is_string() && error["type"].is_string() && error["code"].is_i64(),
            "{self:?}"
        );
        assert!(error["fbtrace_id"].as_str().is_some_and(|trace| !trace.is_empty()), "{self:?}");
    }
}

/// The sandbox's answer to a request.
pub(crate) fn ask(method: &str, path: &str, headers: &[(&str, &[u8])], body: Vec<u8>) -> Answer {
    META.with(|meta| meta.ask(method, path, headers, body))
}

/// The path of the sandbox's number, and `more`.
pub(crate) fn path(more: &str) -> String {
    format!("/v26.0/106540352242922/{more}")
}

/// What a client of the sandbox's makes of a call.
pub(crate) fn call<T>(call: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> Result<T, Error> {
    META.with(|meta| meta.tasks.block_on(&meta.runtime, call(&meta.client)))
}

struct Meta {
    runtime: Runtime,
    tasks: LocalSet,
    sandbox: Sandbox,
    client: Client,
    connection: RefCell<Option<SendRequest<Full<Bytes>>>>,
    asked: Cell<u32>,
}

impl Meta {
    fn start() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let tasks = LocalSet::new();
        let options = SandboxOptions { seed: Some(1), ..SandboxOptions::default() };
        let sandbox = tasks.block_on(&runtime, Sandbox::start(options))?;
        let client =
            Client::cloud(sandbox.access_token(), sandbox.phone_number_id()).graph_url(sandbox.url());
        let client = client.max_retries(0).timeout(LONG).total_timeout(LONG);
        let client = client.build().map_err(io::Error::other)?;
        Ok(Self { runtime, tasks, sandbox, client, connection: RefCell::default(), asked: Cell::new(0) })
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &[u8])], body: Vec<u8>) -> Answer {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get().is_multiple_of(FORGET_AFTER) {
            self.sandbox.clear();
        }
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", self.sandbox.address().to_string())
            .header("authorization", format!("Bearer {}", self.sandbox.access_token()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request =
            request.body(Full::new(Bytes::from(body))).unwrap_or_else(|error| panic!("no request: {error}"));
        let answered = self.tasks.block_on(&self.runtime, self.exchange(request));
        answered.unwrap_or_else(|error| panic!("the sandbox gave no answer: {error}"))
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Answer, Box<dyn std::error::Error>> {
        let kept = self.connection.borrow_mut().take();
        let usable = match kept {
            Some(mut connection) => connection.ready().await.is_ok().then_some(connection),
            None => None,
        };
        let mut connection = match usable {
            Some(connection) => connection,
            None => {
                let stream = TcpStream::connect(self.sandbox.address()).await?;
                stream.set_nodelay(true)?;
                let (connection, driver) = handshake(TokioIo::new(stream)).await?;
                tokio::task::spawn_local(driver);
                connection
            }
        };
        let (head, body) = connection.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        self.connection.replace(Some(connection));
        Ok(Answer { status: head.status, headers: head.headers, body })
    }
}
