//! A host on loopback that gives one answer, and clients of it that try once.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::task::LocalSet;
use wamid::{Client, Error, Receipt};

/// No input takes so long, on however slow a machine.
pub(crate) const LONG: Duration = Duration::from_secs(280);

/// The token and the key. They are as long as real ones: shorter than 12 bytes they would be masked as words of their own only.
pub(crate) const TOKEN: &str = "SECRET-ACCESS-TOKEN";
pub(crate) const KEY: &str = "SECRET-GATEWAY-KEY";

thread_local! {
    static HOST: Host = Host::start().unwrap_or_else(|error| panic!("no host on loopback: {error}"));
}

/// Which of the two hosts answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Cloud,
    Gateway,
}

/// An answer on the wire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Statuses that HTTP gives no body.
    pub(crate) fn has_body(&self) -> bool {
        !matches!(self.status, 204 | 304)
    }

    fn wire(&self) -> Vec<u8> {
        let mut wire = format!("HTTP/1.1 {} Answer\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            wire.extend(name.as_bytes());
            wire.extend(b": ");
            // What no header can hold would be a broken answer, which is another matter.
            wire.extend(value.iter().filter(|byte| **byte >= b' ' && **byte != 0x7f));
            wire.extend(b"\r\n");
        }
        if self.has_body() {
            wire.extend(format!("content-length: {}\r\n\r\n", self.body.len()).into_bytes());
            wire.extend(&self.body);
        } else {
            wire.extend(b"\r\n");
        }
        wire
    }
}

/// What a client makes of that answer to a text message.
pub(crate) fn judged(kind: Kind, answer: &Answer) -> Result<Receipt, Error> {
    HOST.with(|host| host.judged(kind, answer))
}

struct Host {
    runtime: Runtime,
    tasks: LocalSet,
    answer: Rc<RefCell<Vec<u8>>>,
    cloud: Client,
    gateway: Client,
}

impl Host {
    fn start() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let tasks = LocalSet::new();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let url = format!("http://{}", listener.local_addr()?);
        let answer = Rc::<RefCell<Vec<u8>>>::default();
        let answers = Rc::clone(&answer);
        tasks.spawn_local(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let answers = Rc::clone(&answers);
                tokio::task::spawn_local(async move { _ = serve(stream, &answers).await });
            }
        });
        let made = |client: Result<Client, Error>| client.map_err(io::Error::other);
        let cloud = Client::cloud(TOKEN, "1066").graph_url(&url).max_retries(0);
        let cloud = cloud.timeout(LONG).total_timeout(LONG);
        let gateway = Client::gateway(&url, KEY).max_retries(0).timeout(LONG).total_timeout(LONG);
        Ok(Self { runtime, tasks, answer, cloud: made(cloud.build())?, gateway: made(gateway.build())? })
    }

    fn judged(&self, kind: Kind, answer: &Answer) -> Result<Receipt, Error> {
        *self.answer.borrow_mut() = answer.wire();
        let client = match kind {
            Kind::Cloud => &self.cloud,
            Kind::Gateway => &self.gateway,
        };
        let send = async { client.send_message("+919876543210", "Hello").await };
        self.tasks.block_on(&self.runtime, send)
    }
}

/// Answers each request of a connection.
async fn serve(mut stream: TcpStream, answer: &RefCell<Vec<u8>>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut read = Vec::new();
    loop {
        let needed = match read.windows(4).position(|end| end == b"\r\n\r\n") {
            Some(end) => end + 4 + length(&read[..end]),
            None => usize::MAX,
        };
        if read.len() >= needed {
            read.drain(..needed);
            let answer = answer.borrow().clone();
            stream.write_all(&answer).await?;
        } else if stream.read_buf(&mut read).await? == 0 {
            return Ok(());
        }
    }
}

/// How long the body is, by the request's head.
fn length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    head.lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or_default()
}
