//! The server of one case. It answers each request with the next reply of the case, in the order in which the
//! requests were read, whatever connection they came on.
//!
//! `"close": "on_accept"` is the one reply that belongs to a connection and not to a request. It is used up by the
//! next connection that is accepted, which is closed at once. So that a client on a kept-alive connection opens a
//! new one in time, the answer before it says `Connection: close`. A request that comes all the same on a
//! connection accepted earlier (calls at the same time) uses the reply up too and gets no answer. Such a close is
//! never among the requests of a case: nobody can see what was not read.

use std::collections::{HashSet, VecDeque};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use crate::case::{Answer, Reply, Script};
use crate::http::{Connection, NoRequest, Request};

/// How long an answer before an `on_accept` is held back, so that connections opened before it are accepted first.
const SETTLE: Duration = Duration::from_millis(5);

/// The ports of a run. None is used twice: a runner would take a client it kept for another case's.
#[derive(Debug, Default)]
pub(crate) struct Ports(Mutex<HashSet<u16>>);

impl Ports {
    fn is_new(&self, port: u16) -> bool {
        lock(&self.0).insert(port)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a server saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) requests: Vec<Request>,
    /// Which requests came after the last reply, by their index.
    pub(crate) beyond: Vec<usize>,
    /// What came that is no HTTP.
    pub(crate) not_http: Vec<String>,
}

/// A server on a port of its own; dropping it ends all its connections.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    _holder: Holder,
}

#[derive(Debug)]
enum Holder {
    /// Bound but not listening: connections are refused, and nobody else can get the port meanwhile.
    Refusing {
        _socket: TcpSocket,
    },
    Accepting(JoinHandle<()>),
}

impl Drop for Holder {
    fn drop(&mut self) {
        if let Self::Accepting(task) = self {
            task.abort();
        }
    }
}

impl Server {
    /// Starts what a case asks for.
    pub(crate) async fn start(script: &Script, ports: &Ports) -> io::Result<Self> {
        let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let shared = Arc::new(Shared::default());
        // Ports that were used before are held until a new one is found, so that they do not come again.
        let (address, holder) = match script {
            Script::Refuse => {
                let mut used = Vec::new();
                loop {
                    let socket = TcpSocket::new_v4()?;
                    socket.bind(local)?;
                    let address = socket.local_addr()?;
                    if ports.is_new(address.port()) {
                        break (address, Holder::Refusing { _socket: socket });
                    }
                    used.push(socket);
                }
            }
            Script::Replies(replies) => {
                let mut used = Vec::new();
                loop {
                    let listener = TcpListener::bind(local).await?;
                    let address = listener.local_addr()?;
                    if ports.is_new(address.port()) {
                        let replies = replies.iter().cloned().map(|reply| reply.at(&url(address)));
                        lock(&shared.state).replies = replies.collect();
                        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
                        break (address, Holder::Accepting(task));
                    }
                    used.push(listener);
                }
            }
        };
        Ok(Self { address, shared, _holder: holder })
    }

    /// The server's URL, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        url(self.address)
    }

    /// Waits until that many requests were read, but not for long: what is under way should count, no more.
    pub(crate) async fn settle(&self, requests: usize, limit: Duration) {
        let end = Instant::now() + limit;
        loop {
            let read = self.shared.read.notified();
            if lock(&self.shared.state).seen.requests.len() >= requests
                || timeout_at(end, read).await.is_err()
            {
                return;
            }
        }
    }

    /// Ends the server and tells what it saw.
    pub(crate) fn finish(self) -> Seen {
        std::mem::take(&mut lock(&self.shared.state).seen)
    }
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    read: Notify,
}

#[derive(Debug, Default)]
struct State {
    replies: VecDeque<Reply>,
    seen: Seen,
    /// Answers being held back before an `on_accept`. Until they are written the next connection is not its own.
    held: usize,
}

impl State {
    fn next_is_on_accept(&self) -> bool {
        matches!(self.replies.front(), Some(Reply::CloseOnAccept))
    }
}

impl Shared {
    /// Whether the connection just accepted is to be closed.
    fn closes_on_accept(&self) -> bool {
        let mut state = lock(&self.state);
        let closes = state.held == 0 && state.next_is_on_accept();
        if closes {
            state.replies.pop_front();
        }
        closes
    }

    /// Notes a request and takes its reply; the second value says whether a close on accept follows it.
    fn take(&self, request: &Request) -> (Reply, bool) {
        let mut state = lock(&self.state);
        let reply = state.replies.pop_front().unwrap_or_else(|| {
            let index = state.seen.requests.len();
            state.seen.beyond.push(index);
            Reply::Answer(beyond_the_last())
        });
        if !matches!(reply, Reply::CloseOnAccept) {
            state.seen.requests.push(request.clone());
            self.read.notify_waiters();
        }
        let before_close = state.next_is_on_accept();
        if before_close {
            state.held += 1;
        }
        (reply, before_close)
    }

    fn release(&self) {
        lock(&self.state).held -= 1;
    }
}

fn beyond_the_last() -> Answer {
    Answer {
        status: 599,
        headers: Vec::new(),
        content_type: Some("text/plain; charset=utf-8"),
        is_text: true,
        body: b"The case has no further reply.".to_vec(),
        delay: Duration::ZERO,
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) if shared.closes_on_accept() => drop(stream),
            Ok((stream, _)) => {
                connections.spawn(serve(stream, Arc::clone(&shared)));
            }
            // A connection that ended before it was accepted, or no more file handles: the next may work.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let mut connection = Connection::new(stream);
    loop {
        let request = match connection.read().await {
            Ok(request) => request,
            Err(NoRequest::Gone) => return,
            Err(NoRequest::NotHttp(why)) => {
                lock(&shared.state).seen.not_http.push(why);
                return;
            }
        };
        let (reply, before_close) = shared.take(&request);
        let begin = Instant::now();
        if before_close {
            sleep(SETTLE).await;
            // Before the answer: its reader may open the next connection at once.
            shared.release();
        }
        sleep_until(begin + delay(&reply)).await;
        if !answer(&mut connection, &request, reply, before_close).await {
            return connection.close().await;
        }
    }
}

fn delay(reply: &Reply) -> Duration {
    match reply {
        Reply::Answer(answer) | Reply::CloseMidBody(answer) => answer.delay,
        Reply::Hang(time) | Reply::CloseAfterRead { delay: time } => *time,
        Reply::CloseOnAccept => Duration::ZERO,
    }
}

/// Does what the reply says. Answers whether the connection can be used again.
async fn answer(connection: &mut Connection, request: &Request, reply: Reply, last: bool) -> bool {
    match reply {
        Reply::Answer(answer) => connection.write(request, &answer, last || request.is_last()).await,
        Reply::CloseMidBody(answer) => {
            connection.write_part(&answer).await;
            false
        }
        Reply::Hang(_) | Reply::CloseAfterRead { .. } | Reply::CloseOnAccept => false,
    }
}
