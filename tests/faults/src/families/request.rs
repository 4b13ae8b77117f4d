//! The connection is there, the request goes out, and nothing comes back.

use crate::fault::{Family, Fault};
use crate::outcome::{Expectation, done, unknown};
use crate::play::Play;
use crate::reply::End;

pub(super) fn family() -> Family {
    let lost = || Expectation::unknown("connection");
    Family {
        title: "No answer",
        about: "The connection was there. How much of the request the host has taken nobody can know.",
        faults: vec![
            Fault::plain(
                "The host does not answer",
                Play::AfterRequest(End::Hang),
                Expectation::unknown("timeout"),
            )
            .short(),
            Fault::plain(
                "The host closes the connection within the request",
                Play::AfterPart(End::Close),
                lost(),
            ),
            Fault::plain(
                "The host resets the connection within the request",
                Play::AfterPart(End::Reset),
                lost(),
            ),
            Fault::plain(
                "The host stops reading within the request",
                Play::AfterPart(End::Hang),
                Expectation::unknown("timeout"),
            )
            .short(),
            Fault::plain(
                "The host closes the connection after the request",
                Play::AfterRequest(End::Close),
                lost(),
            ),
            Fault::plain(
                "The host resets the connection after the request",
                Play::AfterRequest(End::Reset),
                lost(),
            ),
            Fault::plain(
                "The host resets the connection after the request, once",
                Play::AfterRequest(End::Reset),
                Expectation::send(unknown("connection"), done(2)),
            )
            .once(),
        ],
    }
}
