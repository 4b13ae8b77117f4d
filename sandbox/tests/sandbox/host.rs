//! A sandbox in a synchronous program, as Python and Node embed it, and HTTP by hand.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::ops::Deref;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::oneshot;
use wamid_sandbox::{Sandbox, SandboxOptions};

/// Longer than anything here takes on a busy machine: reached only where something hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Host {
    sandbox: Option<Sandbox>,
    stop: Option<oneshot::Sender<Sandbox>>,
    thread: Option<JoinHandle<()>>,
}

impl Host {
    pub(crate) fn start(options: SandboxOptions) -> Self {
        let (started, handle) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<Sandbox>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                started.send(Sandbox::start(options).await.unwrap()).unwrap();
                if let Ok(sandbox) = stopped.await {
                    sandbox.shutdown().await;
                }
            });
        });
        let sandbox = handle.recv_timeout(PATIENCE).unwrap();
        Self { sandbox: Some(sandbox), stop: Some(stop), thread: Some(thread) }
    }

    /// Shuts down and waits until it is over.
    pub(crate) fn finish(mut self) {
        let (stop, sandbox) = (self.stop.take().unwrap(), self.sandbox.take().unwrap());
        stop.send(sandbox).ok().unwrap();
        self.thread.take().unwrap().join().unwrap();
    }

    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &str,
    ) -> io::Result<Answer> {
        read(open(self, method, path, token, body)?)
    }

    /// A request whose body has another type than JSON.
    pub(crate) fn post_as(&self, content_type: &str, path: &str, body: &str) -> io::Result<Answer> {
        read(open_as(self, ["POST", path, content_type], Some(self.access_token()), body)?)
    }

    /// Sends a message body as a client would.
    pub(crate) fn send(&self, body: &Value) -> io::Result<Answer> {
        let path = format!("/v26.0/{}/messages", self.phone_number_id());
        self.request("POST", &path, Some(self.access_token()), &body.to_string())
    }

    pub(crate) fn send_text(&self, to: &str) -> io::Result<Answer> {
        self.send(&text(to))
    }
}

impl Deref for Host {
    type Target = Sandbox;

    fn deref(&self) -> &Sandbox {
        self.sandbox.as_ref().unwrap()
    }
}

pub(crate) fn start() -> Host {
    Host::start(SandboxOptions::default())
}

pub(crate) fn text(to: &str) -> Value {
    json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": to, "type": "text",
        "text": { "body": "hello", "preview_url": false }, "biz_opaque_callback_data": "order-7",
    })
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn code(&self) -> u64 {
        self.json()["error"]["code"].as_u64().unwrap_or_else(|| panic!("no error code: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    pub(crate) fn message_id(&self) -> String {
        self.json()["messages"][0]["id"].as_str().unwrap().to_owned()
    }
}

/// One exchange on a connection of its own, read to its end. Nothing at all is `UnexpectedEof`, as is a body that
/// is shorter than announced.
pub(crate) fn read(mut stream: TcpStream) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return Err(io::ErrorKind::UnexpectedEof.into());
    };
    let answer = Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    };
    let announced = answer.header("content-length").map(|length| length.parse::<usize>().unwrap());
    if announced.is_some_and(|announced| announced > body.len()) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(answer)
}

/// Sends a request and leaves the connection open.
pub(crate) fn open(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: &str,
) -> io::Result<TcpStream> {
    open_as(sandbox, [method, path, "application/json"], token, body)
}

fn open_as(
    sandbox: &Sandbox,
    [method, path, content_type]: [&str; 3],
    token: Option<&str>,
    body: &str,
) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(sandbox.address())?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\n{token}Connection: close\r\nContent-Type: {content_type}\r\n\
         Content-Length: {}\r\n\r\n",
        sandbox.address(),
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    Ok(stream)
}
