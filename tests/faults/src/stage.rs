//! What a cell's client meets, set up: a server or the lack of one, and the client that looks for it.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::certificates::Certificates;
use crate::fault::{Fault, Place};
use crate::operation::Operation;
use crate::server::{Server, bound};

/// Nobody has this name (RFC 6761).
const NO_NAME: &str = "https://graph.wamid.invalid";

/// Connections that fill a backlog and wait in it.
const FILLING: usize = 8;

/// A cell's client, as the runner is told of it, and what it meets.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) client: Value,
    /// The server, where there is one.
    pub(crate) server: Option<Server>,
    _held: Vec<Held>,
}

/// What is only there to be in the way.
#[derive(Debug)]
enum Held {
    Socket { _socket: socket2::Socket },
    Connection { _stream: socket2::Socket },
}

impl Stage {
    pub(crate) fn set(
        fault: &Arc<Fault>,
        operation: Operation,
        certificates: &Certificates,
    ) -> io::Result<Self> {
        let (socket, port) = bound()?;
        let base = match fault.place {
            Place::Plain | Place::Nothing | Place::Full => format!("http://127.0.0.1:{port}"),
            Place::Tls(_) | Place::NoTls => format!("https://localhost:{port}"),
            Place::Proxy | Place::NoProxy | Place::NoName => NO_NAME.to_owned(),
        };
        let mut options = object(operation.host(&base));
        options.extend(object(fault.clock.options()));
        options.insert("max_retries".to_owned(), 1.into());
        if fault.trusts {
            options.insert("ca_file".to_owned(), certificates.ca_file.display().to_string().into());
        }
        if matches!(fault.place, Place::Proxy | Place::NoProxy) {
            options.insert("proxy".to_owned(), format!("http://127.0.0.1:{port}").into());
        } else if fault.place == Place::NoName {
            // Where there is no network at all, the system may take long to say that there is no such name.
            options.insert("connect_timeout".to_owned(), 2.into());
        }
        let (mut server, mut held) = (None, Vec::new());
        match fault.place {
            Place::Plain | Place::NoTls | Place::Proxy => {
                server = Some(Server::start(socket, fault, operation, base, None)?);
            }
            Place::Tls(certificate) => {
                let tls = Some(certificates.of(certificate));
                server = Some(Server::start(socket, fault, operation, base, tls)?);
            }
            Place::Nothing | Place::NoProxy | Place::NoName => held.push(Held::Socket { _socket: socket }),
            Place::Full => {
                socket.listen(0)?;
                held = fill(port)?;
                held.push(Held::Socket { _socket: socket });
            }
        }
        Ok(Self { client: Value::Object(options), server, _held: held })
    }
}

/// Fills a backlog, until nothing more fits.
fn fill(port: u16) -> io::Result<Vec<Held>> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut held = Vec::new();
    for _ in 0..FILLING {
        let stream = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
        stream.set_nonblocking(true)?;
        // It says that it has begun; whether it gets through is the kernel's to say.
        let _ = stream.connect(&address.into());
        held.push(Held::Connection { _stream: stream });
    }
    // To be sure that it is full, and not merely busy.
    match TcpStream::connect_timeout(&address, std::time::Duration::from_millis(100)) {
        Ok(_) => Err(io::Error::other("the backlog could not be filled")),
        Err(_) => Ok(held),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
