//! The host is not who it should be, or TLS does not come about.

use crate::certificates::Certificate;
use crate::fault::{Family, Fault, Place};
use crate::operation::Operation;
use crate::outcome::{Expectation, done, not_sent};
use crate::play::Play;
use crate::reply::{End, Reply};

pub(super) fn family() -> Family {
    let never = || Expectation::all(not_sent("connection", 2));
    let shows = |name: &str, certificate| {
        Fault::new(name, Place::Tls(certificate), Play::right(), never()).by_connection()
    };
    let tls = |name: &str, play, expected| Fault::new(name, Place::Tls(Certificate::Right), play, expected);
    Family {
        title: "TLS",
        about: "A message is written only once TLS stands and the certificate is the host's. Until then it was surely not sent.",
        faults: vec![
            tls("The certificate is the host's", Play::right(), Expectation::all(done(1))),
            shows("The certificate is for another name", Certificate::OtherName),
            shows("The certificate has expired", Certificate::Expired),
            shows("The certificate's authority is unknown", Certificate::UnknownAuthority),
            Fault::new("The host answers in plain HTTP", Place::NoTls, Play::right(), never())
                .by_connection(),
            tls("The host closes the connection before TLS stands", Play::OnAccept(End::Close), never()),
            tls("The host resets the connection before TLS stands", Play::OnAccept(End::Reset), never()),
            tls("The host says nothing before TLS stands", Play::OnAccept(End::Hang), never()).short(),
            tls(
                "The system has no CA bundle; `ca_file` has the host's authority",
                Play::right(),
                Expectation::all(done(1)),
            )
            .without_certificates(),
            shows("The system has no CA bundle, and the host's authority is unknown", Certificate::Right)
                .untrusting()
                .without_certificates(),
            tls(
                "The host closes the connection after the request, with TLS",
                Play::AfterRequest(End::Close),
                Expectation::unknown("connection"),
            ),
            tls(
                "An answer of no said length ends without TLS's goodbye: it may have been cut off",
                Play::answer(|asked| without_length(asked.operation).then(End::Cut)),
                Expectation::unknown("connection"),
            ),
            tls(
                "An answer of no said length ends with it",
                Play::answer(|asked| without_length(asked.operation).then(End::Close)),
                Expectation::all(done(1)),
            ),
        ],
    }
}

fn without_length(operation: Operation) -> Reply {
    Reply::sized(200, &["Connection: close"], operation.answer().0)
}
