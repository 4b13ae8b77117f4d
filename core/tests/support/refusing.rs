//! A place on loopback where connections are refused.

use std::net::SocketAddr;

use tokio::net::TcpSocket;

/// The address, for as long as the socket is held: a port that was only free a moment ago may be the next server's of another test.
pub(crate) fn refusing() -> (TcpSocket, SocketAddr) {
    let held = TcpSocket::new_v4().unwrap();
    held.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = held.local_addr().unwrap();
    (held, address)
}
