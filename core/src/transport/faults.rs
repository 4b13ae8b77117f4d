//! Error texts for failed requests, shared by both transports.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use crate::error::{Error, ErrorKind};
use crate::transport::{Answer, FailedAttempt, Retry, SourceFault, unreadable};

/// Most of an answer that is read.
pub(super) const MAX_ANSWER: usize = 1 << 20;

/// No connection came about, so nothing was sent.
pub(super) fn no_connection(host: &str, error: Box<dyn StdError + Send + Sync>) -> FailedAttempt {
    let cause = cause(&*error);
    let message = if no_descriptor_left(&*error) {
        format!(
            "No connection to {host}: this process may not open any more files or sockets ({cause}). Give a lower \
             max_connections, close what is no longer needed, or raise the limit (ulimit -n)."
        )
    } else {
        format!(
            "No connection to {host} ({cause}). Check the network, the host's address and certificate, and the proxy."
        )
    };
    not_sent(Error::new(ErrorKind::Connection, message).with_boxed_source(error))
}

/// Connecting took longer than it may; `kind` says whose clock ran out.
pub(super) fn no_connection_within(host: &str, kind: ErrorKind, limit: Duration) -> FailedAttempt {
    not_sent(Error::new(
        kind,
        format!(
            "No connection to {host} within {} s. Check the network, the host's address, and the proxy.",
            limit.as_secs_f64()
        ),
    ))
}

fn not_sent(error: Error) -> FailedAttempt {
    FailedAttempt::not_sent(error, true, Retry::Backoff)
}

/// Something of the request may have left: the outcome is unknown.
pub(super) fn no_answer_within(host: &str, limit: Duration) -> FailedAttempt {
    let message = format!("{host} did not answer within {} s.", limit.as_secs_f64());
    FailedAttempt::unknown(Error::new(ErrorKind::Timeout, message))
}

/// The connection was lost with the request in it.
pub(super) fn lost(host: &str, why: &str) -> Error {
    Error::new(
        ErrorKind::Connection,
        format!("The connection to {host} was lost before an answer came ({why})."),
    )
}

/// The answer ended before its end.
pub(super) fn broke_off(
    host: &str,
    status: u16,
    error: impl StdError + Send + Sync + 'static,
) -> FailedAttempt {
    let message = format!("The answer of {host} (HTTP status {status}) broke off: {}.", cause(&error));
    let error = Error::new(ErrorKind::Connection, message).with_status(Some(status)).with_source(error);
    by_status(status, FailedAttempt::unknown(error))
}

pub(super) fn too_long(answer: &Answer) -> FailedAttempt {
    by_status(answer.status, unreadable(answer, "it is over 1 MiB"))
}

/// A 3xx or 4xx was surely not sent, also where its body could not be read.
fn by_status(status: u16, judged: FailedAttempt) -> FailedAttempt {
    if (300..500).contains(&status) {
        FailedAttempt::not_sent(judged.error, false, Retry::No)
    } else {
        judged
    }
}

/// The file that was to be sent could not be read to its end, where that is what the error comes from. A request that breaks off has no effect.
pub(super) fn source_fault(error: &(dyn StdError + 'static)) -> Option<FailedAttempt> {
    let fault = chain(error).find_map(|error| {
        let inner = error.downcast_ref::<io::Error>()?.get_ref()?;
        inner.downcast_ref::<SourceFault>()
    })?;
    let error = Error::invalid("file", format!("cannot be read: {fault}"));
    Some(FailedAttempt::not_sent(error, false, Retry::No))
}

/// The innermost cause, which says the most.
pub(super) fn cause(error: &(dyn StdError + 'static)) -> String {
    chain(error).last().unwrap_or(error).to_string()
}

/// An error and its causes.
pub(super) fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Whether the other side broke the connection off.
pub(super) fn was_reset(error: &(dyn StdError + 'static)) -> bool {
    chain(error).any(|error| {
        error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionReset)
    })
}

/// Whether the process or the system has no room for another file or socket: the network is not at fault.
fn no_descriptor_left(error: &(dyn StdError + 'static)) -> bool {
    // EMFILE and ENFILE; Windows has WSAEMFILE.
    let codes: &[i32] = if cfg!(windows) { &[10024] } else { &[24, 23] };
    chain(error).any(|error| {
        let code = error.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error);
        code.is_some_and(|code| codes.contains(&code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Outer(io::Error);

    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("tcp open error")
        }
    }

    impl StdError for Outer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn a_want_of_descriptors_is_told_from_a_fault_of_the_network() {
        let (none_left, refused) = if cfg!(windows) { (10024, 10061) } else { (24, 111) };
        assert!(no_descriptor_left(&Outer(io::Error::from_raw_os_error(none_left))));
        assert!(!no_descriptor_left(&Outer(io::Error::from_raw_os_error(refused))));
        assert!(!no_descriptor_left(&Outer(io::Error::other("closed"))));
    }
}
