//! The way from a gateway to its PostgreSQL, on which connections are cut, held, slowed or half closed, some of them in the middle of a
//! transaction or once COMMIT was sent.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What happens on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Open,
    /// Connections end, and none begins.
    Cut,
    /// Nothing arrives, in both directions. What was under way arrives when the way is open again, as with packets that are sent again.
    Blackhole,
    Slow,
    /// The gateway hears no more of what was asked.
    HalfClosed,
    /// A connection ends when it has sent a COMMIT: the database has it, and the answer is lost.
    AfterCommit,
    /// A connection ends when something was written in a transaction.
    InTransaction,
}

/// All but the open one.
pub(crate) const TROUBLED: [Way; 6] =
    [Way::Cut, Way::Blackhole, Way::Slow, Way::HalfClosed, Way::AfterCommit, Way::InTransaction];

pub(crate) struct Proxy {
    port: u16,
    way: watch::Sender<Way>,
}

impl Proxy {
    /// To the server in that URL.
    pub(crate) async fn start(url: &str) -> Self {
        let server = address(url).to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let made = Self { port: listener.local_addr().unwrap().port(), way: watch::Sender::new(Way::Open) };
        let way = made.way.clone();
        tokio::spawn(async move {
            loop {
                let Ok((near, _)) = listener.accept().await else { continue };
                if *way.borrow() != Way::Cut {
                    tokio::spawn(pass(near, server.clone(), way.subscribe()));
                }
            }
        });
        made
    }

    /// The same database by this way.
    pub(crate) fn url(&self, url: &str) -> String {
        url.replace(address(url), &format!("127.0.0.1:{}", self.port))
    }

    pub(crate) fn set(&self, way: Way) {
        self.way.send_replace(way);
    }
}

/// Host and port of the URL of a database.
fn address(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap();
    let authority = rest.split('/').next().unwrap();
    authority.rsplit('@').next().unwrap()
}

async fn pass(near: TcpStream, server: String, mut way: watch::Receiver<Way>) {
    let Ok(far) = TcpStream::connect(server).await else { return };
    let (from_near, to_near) = near.into_split();
    let (from_far, to_far) = far.into_split();
    tokio::select! {
        () = carry(from_near, to_far, way.clone(), true) => {}
        () = carry(from_far, to_near, way.clone(), false) => {}
        _ = way.wait_for(|way| *way == Way::Cut) => {}
    }
}

/// Ends where the connection has to end.
async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut way: watch::Receiver<Way>,
    is_asked: bool,
) {
    let mut piece = vec![0; 16 * 1024];
    while let Ok(size @ 1..) = from.read(&mut piece).await {
        let piece = &piece[..size];
        let is_now = *way.borrow();
        match is_now {
            Way::Blackhole => drop(way.wait_for(|way| *way != Way::Blackhole).await),
            Way::Slow => tokio::time::sleep(Duration::from_millis(fastrand::u64(10..120))).await,
            Way::HalfClosed if !is_asked => {
                let _ = to.shutdown().await;
                // The other direction goes on.
                return std::future::pending().await;
            }
            _ => {}
        }
        if to.write_all(piece).await.is_err() {
            return;
        }
        let has = |word: &[u8]| piece.windows(word.len()).any(|part| part == word);
        let ends = match is_now {
            Way::AfterCommit => has(b"COMMIT"),
            Way::InTransaction => has(b"wamid_sends") || has(b"gateway_idempotency"),
            _ => false,
        };
        if is_asked && ends {
            return;
        }
    }
}
