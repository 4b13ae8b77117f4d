//! A proxy stands before the host, and does not let anything through.

use crate::fault::{Family, Fault, Place};
use crate::outcome::{Expectation, not_sent};
use crate::play::Play;
use crate::reply::{End, Reply};

pub(super) fn family() -> Family {
    let never = || Expectation::all(not_sent("connection", 2));
    // Whatever a proxy does with the wish for a tunnel, it takes no message.
    let proxy = |name: &str, play| Fault::new(name, Place::Proxy, play, never()).refuses();
    let answers = |name: &str, status| {
        proxy(name, Play::answer(move |_| Reply::http(status, &["Content-Type: text/html"], "<h1>No</h1>")))
    };
    Family {
        title: "A proxy",
        about: "Requests go to the host through a tunnel (`CONNECT`). Without the tunnel nothing has been sent.",
        faults: vec![
            answers("The proxy refuses (403)", 403),
            answers("The proxy wants a password (407)", 407),
            answers("The proxy does not reach the host (502)", 502),
            Fault::new("The proxy's connection is refused", Place::NoProxy, Play::right(), never()),
            proxy("The proxy does not answer", Play::AfterRequest(End::Hang)).short(),
            proxy("The proxy closes the connection", Play::AfterRequest(End::Close)),
            proxy("The proxy resets the connection", Play::AfterRequest(End::Reset)),
            proxy(
                "The proxy answers something that is no HTTP",
                Play::answer(|_| Reply::raw("what do you want?\r\n\r\n").then(End::Close)),
            ),
        ],
    }
}
