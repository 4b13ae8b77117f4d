//! There is no connection, or it is gone at once.

use crate::fault::{Family, Fault, Place};
use crate::outcome::{Expectation, not_sent};
use crate::play::Play;
use crate::reply::End;

pub(super) fn family() -> Family {
    let never = || Expectation::all(not_sent("connection", 2));
    // No place with a server plays anything.
    let nowhere = |name: &str, place, expected| Fault::new(name, place, Play::right(), expected);
    Family {
        title: "Connecting",
        about: "As long as there is no connection, nothing has been sent.",
        faults: vec![
            nowhere("The name does not resolve", Place::NoName, never()),
            nowhere("The connection is refused", Place::Nothing, never()),
            nowhere("Connecting takes longer than `connect_timeout`", Place::Full, never()).short(),
            nowhere(
                "Connecting takes longer than `timeout`, which is shorter",
                Place::Full,
                Expectation::all(not_sent("timeout", 2)),
            )
            .short_attempt(),
            Fault::plain(
                "The host closes the connection as soon as it is made",
                Play::OnAccept(End::Close),
                Expectation::unknown("connection"),
            ),
            Fault::plain(
                "The host resets the connection as soon as it is made",
                Play::OnAccept(End::Reset),
                Expectation::unknown("connection"),
            ),
            Fault::plain(
                "The host takes the connection and reads nothing",
                Play::OnAccept(End::Hang),
                Expectation::unknown("timeout"),
            )
            .short()
            .with_large_upload(),
        ],
    }
}
