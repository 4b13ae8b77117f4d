//! A small HTTP server on loopback that sees what a client really puts on the wire, and answers as it is told.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub(crate) mod log;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use wamid::{Client, ClientBuilder, Error, ErrorKind, Message, Text};

/// Far longer than anything here takes: only to tell a hang from a failure.
pub(crate) const HANG: Duration = Duration::from_secs(60);

pub(crate) const SENT: &str = r#"{"messaging_product":"whatsapp","contacts":[{"input":"x","wa_id":"919876543210"}],"messages":[{"id":"wamid.A"}]}"#;

pub(crate) const NO_CHATS: &str = r#"{"conversations":[]}"#;

/// A request as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) connection: usize,
    /// The request line and the headers.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// What the server does with a request.
pub(crate) enum Reply {
    /// Answers and keeps the connection.
    Http(String),
    /// Writes this and closes.
    Last(Vec<u8>),
    /// Writes this, and closes when the client has gone on to something else.
    Leave(Vec<u8>),
    /// Writes this, then does as the next.
    Stall(Vec<u8>),
    /// Answers nothing, and reads until the client hangs up.
    Silence,
    /// Answers a CONNECT, and sees what comes through the tunnel: nothing is said in it.
    Tunnel,
}

/// An answer with that status and body.
pub(crate) fn http(status: u16, headers: &str, body: &str) -> Reply {
    Reply::Http(format!("HTTP/1.1 {status} Said\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len()))
}

pub(crate) fn sent() -> Reply {
    http(200, "Content-Type: application/json\r\n", SENT)
}

/// A gateway's answer to `chats`: there are none.
pub(crate) fn chats() -> Reply {
    http(200, "Content-Type: application/json\r\n", NO_CHATS)
}

/// What the server knows.
#[derive(Debug, Default, Clone)]
pub(crate) struct State {
    /// Connections that came about, ever and now.
    pub(crate) connections: usize,
    pub(crate) open: usize,
    /// Requests being answered, now and at most.
    pub(crate) busy: usize,
    pub(crate) most_busy: usize,
    pub(crate) seen: Vec<Seen>,
    /// What came through tunnels.
    pub(crate) tunnelled: Vec<u8>,
}

type Answering = Pin<Box<dyn Future<Output = Reply> + Send>>;
type Handler = Arc<dyn Fn(Seen) -> Answering + Send + Sync>;

/// The server; it stops when it is dropped.
pub(crate) struct Server {
    pub(crate) port: u16,
    state: Arc<watch::Sender<State>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Answers every request by `reply`.
    pub(crate) async fn new(reply: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(None, Arc::new(move |seen| Box::pin(std::future::ready(reply(&seen))))).await
    }

    /// Answers every request when `reply` is done with it.
    pub(crate) async fn slow<F: Future<Output = Reply> + Send + 'static>(
        reply: impl Fn(Seen) -> F + Send + Sync + 'static,
    ) -> Self {
        Self::start(None, Arc::new(move |seen| Box::pin(reply(seen)))).await
    }

    /// Answers over TLS: a list without conversations to a read, and that it was sent to everything else.
    pub(crate) async fn tls(config: rustls::ServerConfig) -> Self {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let reply = |seen: &Seen| if seen.line().starts_with("GET ") { chats() } else { sent() };
        Self::start(Some(acceptor), Arc::new(move |seen| Box::pin(std::future::ready(reply(&seen))))).await
    }

    async fn start(tls: Option<TlsAcceptor>, handler: Handler) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(watch::Sender::new(State::default()));
        let shared = state.clone();
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            for number in 1.. {
                let (stream, _) = listener.accept().await.unwrap();
                shared.send_modify(|state| {
                    state.connections += 1;
                    state.open += 1;
                });
                let (state, handler, tls) = (shared.clone(), handler.clone(), tls.clone());
                connections.spawn(async move {
                    match tls {
                        None => serve(stream, number, &state, &handler).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, number, &state, &handler).await;
                            }
                        }
                    }
                    state.send_modify(|state| state.open -= 1);
                });
            }
        });
        Self { port, state, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A cloud client of this server.
    pub(crate) fn cloud(&self) -> ClientBuilder {
        Client::cloud("TOKEN", "1066").graph_url(self.url())
    }

    pub(crate) fn gateway(&self) -> ClientBuilder {
        Client::gateway(self.url(), "KEY")
    }

    pub(crate) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.state().seen
    }

    /// Waits until the server has come to such a state.
    pub(crate) async fn until(&self, reached: impl FnMut(&State) -> bool) -> State {
        let mut state = self.state.subscribe();
        let found = tokio::time::timeout(HANG, state.wait_for(reached)).await;
        match found {
            Ok(state) => state.unwrap().clone(),
            Err(_) => panic!("the server never came to that state: {:?}", self.state()),
        }
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    connection: usize,
    state: &watch::Sender<State>,
    handler: &Handler,
) {
    let mut buffer = Vec::new();
    while let Some(seen) = request(&mut stream, &mut buffer, connection).await {
        state.send_modify(|state| {
            state.seen.push(seen.clone());
            state.busy += 1;
            state.most_busy = state.most_busy.max(state.busy);
        });
        let reply = handler(seen).await;
        state.send_modify(|state| state.busy -= 1);
        match reply {
            Reply::Http(text) => {
                if stream.write_all(text.as_bytes()).await.is_err() {
                    return;
                }
            }
            Reply::Last(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Reply::Leave(bytes) => {
                let _ = stream.write_all(&bytes).await;
                tokio::time::sleep(Duration::from_millis(50)).await;
                return;
            }
            Reply::Stall(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
                return;
            }
            Reply::Silence => {
                let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
                return;
            }
            Reply::Tunnel => {
                let _ = stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await;
                let mut chunk = [0; 4096];
                while let Ok(len @ 1..) = stream.read(&mut chunk).await {
                    state.send_modify(|state| state.tunnelled.extend_from_slice(&chunk[..len]));
                }
                return;
            }
        }
    }
}

/// The next request of a connection, read to its end.
async fn request(
    stream: &mut (impl AsyncRead + Unpin),
    buffer: &mut Vec<u8>,
    connection: usize,
) -> Option<Seen> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let mut seen = Seen {
                connection,
                head: String::from_utf8_lossy(&buffer[..end]).into_owned(),
                body: String::new(),
            };
            let length = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
            if buffer.len() >= end + 4 + length {
                let rest = buffer.split_off(end + 4 + length);
                seen.body = String::from_utf8_lossy(&buffer[end + 4..]).into_owned();
                *buffer = rest;
                return Some(seen);
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

pub(crate) fn text() -> Message {
    Message::new("919876543210", Text::new("hello"))
}

#[track_caller]
pub(crate) fn assert_error(error: &Error, kind: ErrorKind, maybe_sent: bool, retryable: bool, attempts: u32) {
    assert_eq!(
        (error.kind(), error.maybe_sent(), error.retryable(), error.attempts()),
        (kind, maybe_sent, retryable, attempts),
        "{error:?}"
    );
}

/// Fails the test instead of hanging it.
pub(crate) async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(HANG, work).await.expect("it hangs")
}

/// Runs the test of that name again in a process with these variables, unless this is that process: then it is true.
pub(crate) fn in_process_with(test: &str, vars: &[(&str, String)]) -> bool {
    const CHILD: &str = "WAMID_TEST_CHILD";
    if std::env::var_os(CHILD).is_some() {
        return true;
    }
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(CHILD, "1")
        .envs(vars.iter().map(|(name, value)| (name, value)))
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("1 passed"), "{test} in its own process:\n{out}\n{err}");
    false
}
