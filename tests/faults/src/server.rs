//! A server that plays a fault, and counts what comes.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep};
use tokio_rustls::TlsAcceptor;
use wamid_conformance::{Connection, NoRequest, Request};

use crate::fault::{Fault, Place};
use crate::operation::{Operation, description};
use crate::play::{Asked, Play};
use crate::reply::{End, Reply};
use crate::seen::{Counter, Open};

/// So much of a request is half of it: the head of a short one is longer.
const PART: usize = 100;

/// How long a connection is idle before it is broken off.
const REST: Duration = Duration::from_millis(100);

/// A server of one cell, on a port of its own. Dropped, it is gone with all its connections.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) counter: Counter,
    healed: Arc<AtomicBool>,
    over: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What every connection of a server knows.
struct Host {
    fault: Arc<Fault>,
    operation: Operation,
    /// Its own address, as the client knows it.
    base: String,
    tls: Option<TlsAcceptor>,
    counter: Counter,
    healed: Arc<AtomicBool>,
    over: watch::Receiver<bool>,
}

/// A socket that is bound, for a server or for nobody.
pub(crate) fn bound() -> io::Result<(socket2::Socket, u16)> {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    let address = socket.local_addr()?.as_socket().ok_or_else(|| io::Error::other("no address"))?;
    Ok((socket, address.port()))
}

impl Server {
    /// Starts it on a bound socket.
    pub(crate) fn start(
        socket: socket2::Socket,
        fault: &Arc<Fault>,
        operation: Operation,
        base: String,
        tls: Option<Arc<rustls::ServerConfig>>,
    ) -> io::Result<Self> {
        socket.listen(64)?;
        socket.set_nonblocking(true)?;
        let listener = TcpListener::from_std(socket.into())?;
        let (counter, healed) = (Counter::default(), Arc::new(AtomicBool::new(false)));
        let (over, is_over) = watch::channel(false);
        let host = Host {
            fault: Arc::clone(fault),
            operation,
            base,
            tls: tls.map(TlsAcceptor::from),
            counter: counter.clone(),
            healed: Arc::clone(&healed),
            over: is_over,
        };
        let task = tokio::spawn(Arc::new(host).accept(listener));
        Ok(Self { counter, healed, over, task })
    }

    /// The call has ended. What was not read is read now, to see whether the client is gone.
    pub(crate) fn call_is_over(&self) {
        self.over.send_replace(true);
    }

    /// From here on every answer is right.
    pub(crate) fn heal(&self) {
        self.healed.store(true, Ordering::Release);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Host {
    async fn accept(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        loop {
            // A connection that was gone before it was accepted is no reason to end.
            let Ok((stream, _)) = listener.accept().await else { continue };
            let open = self.counter.accepted();
            connections.spawn(Arc::clone(&self).welcome(stream, open));
            while connections.try_join_next().is_some() {}
        }
    }

    fn asked(&self) -> Asked<'_> {
        Asked { operation: self.operation, base: &self.base }
    }

    /// Whether the next request, or connection, meets the fault.
    fn plays(&self) -> bool {
        let seen = self.counter.seen();
        let first = if self.fault.by_connection { seen.connections <= 1 } else { seen.begun.is_empty() };
        !self.healed.load(Ordering::Acquire) && (first || !self.fault.once)
    }

    async fn welcome(self: Arc<Self>, stream: TcpStream, mut open: Open) {
        let _ = stream.set_nodelay(true);
        let plays = self.plays();
        if plays && self.fault.play.resets(self.asked()) {
            // Without lingering, what closes a connection breaks it off.
            let _ = socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO));
        }
        if let (true, Play::OnAccept(end)) = (plays, &self.fault.play) {
            open.meets_the_fault();
            self.end(Connection::over(stream), *end).await;
            drop(open);
            return;
        }
        match &self.tls {
            None if self.fault.place == Place::NoTls => self.no_tls(Connection::over(stream)).await,
            None => self.serve(Connection::over(stream), &mut open).await,
            Some(tls) => {
                // An error is that of a client that does not trust it.
                if let Ok(stream) = tls.accept(stream).await {
                    self.serve(Connection::over(stream), &mut open).await;
                }
            }
        }
        drop(open);
    }

    /// What a server of plain HTTP says to somebody who speaks TLS.
    async fn no_tls(&self, mut connection: Connection<TcpStream>) {
        // A handshake need not hold a line's end: what has come within a moment is enough.
        let _ = tokio::time::timeout(Duration::from_millis(50), connection.beginning(1)).await;
        let reply = Reply::http(400, &["Connection: close"], "This is plain HTTP.");
        connection.write_bytes(&reply.bytes).await;
        connection.close().await;
    }

    async fn serve<S>(&self, mut connection: Connection<S>, open: &mut Open)
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        loop {
            let Some(begun) = connection.beginning(1).await else { return };
            let is_meant = self.operation.is_meant(path_of(begun)) || self.fault.place == Place::Proxy;
            let plays = is_meant && self.plays();
            if plays {
                open.meets_the_fault();
                self.counter.count(|seen| seen.begun.push(Instant::now()));
                if let Play::AfterPart(end) = self.fault.play {
                    connection.beginning(PART).await;
                    return self.end(connection, end).await;
                }
            }
            let request = match connection.read().await {
                Ok(request) => request,
                Err(NoRequest::Gone) => return,
                Err(NoRequest::NotHttp(why)) => {
                    self.counter.count(|seen| seen.strange.push(why));
                    return;
                }
            };
            self.note(&request, is_meant, plays);
            let reply = if !is_meant {
                Reply::json(200, &description(&self.base).to_string())
            } else if plays {
                match &self.fault.play {
                    Play::Answer(answer) => answer(self.asked()),
                    Play::AfterRequest(end) | Play::OnAccept(end) | Play::AfterPart(end) => {
                        return self.end(connection, *end).await;
                    }
                }
            } else {
                Reply::right(self.operation)
            };
            if !write(&mut connection, &reply).await {
                return;
            }
            if reply.end == End::Reset {
                // A reset must not overtake the answer.
                sleep(REST).await;
            }
            if reply.end != End::Keep {
                return self.end(connection, reply.end).await;
            }
        }
    }

    fn note(&self, request: &Request, is_meant: bool, plays: bool) {
        self.counter.count(|seen| {
            if request.path.starts_with("/caught") {
                seen.caught += 1;
            }
            if plays {
                seen.whole += 1;
            } else if is_meant {
                seen.after += 1;
            }
        });
    }

    async fn end<S: AsyncRead + AsyncWrite + Unpin>(&self, mut connection: Connection<S>, end: End) {
        match end {
            End::Keep | End::Cut | End::Reset => drop(connection),
            End::Close => connection.close().await,
            End::Hang => {
                // That a client has closed shows only to who reads what it said before.
                self.over.clone().wait_for(|over| *over).await.ok();
                connection.gone().await;
            }
        }
    }
}

/// The path of the request whose beginning this is.
fn path_of(begun: &[u8]) -> &str {
    let line = begun.split(|byte| *byte == b'\n').next().unwrap_or_default();
    std::str::from_utf8(line).ok().and_then(|line| line.split(' ').nth(1)).unwrap_or_default()
}

/// Writes an answer; false where the client is gone.
async fn write<S: AsyncRead + AsyncWrite + Unpin>(connection: &mut Connection<S>, reply: &Reply) -> bool {
    let Some((at, pause)) = reply.drip else {
        return connection.write_bytes(&reply.bytes).await;
    };
    let (whole, drops) = reply.bytes.split_at(at.min(reply.bytes.len()));
    if !connection.write_bytes(whole).await {
        return false;
    }
    for byte in drops {
        sleep(pause).await;
        if !connection.write_bytes(std::slice::from_ref(byte)).await {
            return false;
        }
    }
    true
}
