//! Checks that a call runs on a tokio runtime with timers and I/O, and makes an error of it if not.

use std::cell::Cell;
use std::net::{Ipv4Addr, UdpSocket};
use std::panic::catch_unwind;
use std::time::Duration;

use tokio::runtime::{Handle, Id};

use crate::error::Error;

const NEEDS: &str = "Calls need a tokio runtime with time and I/O enabled: make them inside #[tokio::main], or inside \
                     Runtime::block_on of a runtime that was built with enable_all.";

/// Refuses a call that would panic at its first timer or socket.
pub(crate) fn on_tokio() -> Result<(), Error> {
    thread_local! {
        /// The runtime that this thread has found sound last.
        static SOUND: Cell<Option<Id>> = const { Cell::new(None) };
    }
    let runtime =
        Handle::try_current().map_err(|error| Error::unsupported(None, NEEDS).with_source(error))?.id();
    if SOUND.get() == Some(runtime) {
        return Ok(());
    }
    if !(has_time() && has_io()) {
        return Err(Error::unsupported(None, NEEDS));
    }
    SOUND.set(Some(runtime));
    Ok(())
}

/// Whether the runtime has timers. A handle does not tell; making a timer panics where there are none. The panic touches
/// nothing of ours, so it may be caught.
fn has_time() -> bool {
    catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).is_ok()
}

/// Whether the runtime watches sockets, found out in the same way. A machine that gives none says nothing of it.
fn has_io() -> bool {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|socket| {
        socket.set_nonblocking(true)?;
        Ok(socket)
    });
    let Ok(socket) = socket else { return true };
    catch_unwind(|| drop(tokio::net::UdpSocket::from_std(socket))).is_ok()
}
