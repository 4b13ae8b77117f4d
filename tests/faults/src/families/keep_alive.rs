//! A connection is used again.

use crate::certificates::Certificate;
use crate::fault::{Family, Fault, Place};
use crate::outcome::{Expectation, done};
use crate::play::Play;
use crate::reply::{End, Reply};

pub(super) fn family() -> Family {
    let well = || Expectation::all(done(1));
    let ends = |end| Play::answer(move |asked| Reply::right(asked.operation).then(end));
    let tls = |name: &str, play| Fault::new(name, Place::Tls(Certificate::Right), play, well());
    Family {
        title: "Connections that are used again",
        about: "A call has succeeded, and its connection was kept. The table shows the next call of the same client.",
        faults: vec![
            Fault::plain("The host closed the connection while it was idle", ends(End::Close), well())
                .after_idle(),
            Fault::plain("The host reset the connection while it was idle", ends(End::Reset), well())
                .after_idle(),
            tls("The host closed the connection while it was idle, with TLS", ends(End::Close)).after_idle(),
            tls("The host broke the connection off while it was idle, with TLS", ends(End::Cut)).after_idle(),
            Fault::plain(
                "The host closes the connection after each answer, and says so",
                Play::answer(|asked| {
                    Reply::http(200, &["Connection: close"], asked.operation.answer().0).then(End::Close)
                }),
                well(),
            )
            .after_success(),
            Fault::plain(
                "An answer that nobody asked for comes after the first",
                Play::answer(|asked| {
                    let mut reply = Reply::right(asked.operation);
                    reply.bytes.extend(Reply::json(400, r#"{"error":{"message":"stray","code":100}}"#).bytes);
                    reply
                }),
                well(),
            )
            .after_success(),
        ],
    }
}
