//! The host answers with an error of Graph's: its code says what it means.

use std::time::Duration;

use crate::fault::{Family, Fault};
use crate::outcome::{Expectation, done, not_sent, refused};
use crate::play::Play;
use crate::reply::Reply;

const AUTHENTICATION: [i64; 8] = [0, 3, 10, 104, 190, 200, 299, 131_005];
const ABOUT: &str = "Meta's errors, by their code. The code decides whatever the status is; a code that is not listed is decided by the status.";

pub(super) fn family() -> Family {
    let limited = |tries| Expectation::all(not_sent("rate_limited", tries));
    let mut faults: Vec<Fault> = AUTHENTICATION
        .into_iter()
        .map(|code| {
            says(code, if code == 190 { 401 } else { 400 }, Expectation::all(refused("authentication")))
                .refuses()
        })
        .collect();
    faults.extend([
        says(4, 400, limited(1)).refuses(),
        says(80_007, 429, limited(1)).refuses(),
        says(130_429, 429, limited(2)).refuses(),
        says(131_056, 400, limited(2)).refuses().least_wait(Duration::from_secs(1)),
        says(131_048, 400, Expectation::all(refused("rate_limited"))).refuses(),
        says(131_064, 400, Expectation::all(refused("rate_limited"))).refuses(),
        says(1, 500, Expectation::unknown("server")),
        says(131_000, 500, Expectation::unknown("server")),
        says(1, 400, Expectation::unknown("server")),
        says(2, 503, Expectation::all(not_sent("server", 2))).refuses(),
        says(131_016, 500, Expectation::all(not_sent("server", 2))).refuses(),
        says(131_057, 500, Expectation::all(not_sent("server", 1))).refuses(),
        says(131_026, 400, Expectation::all(refused("rejected"))).refuses(),
        says(131_026, 500, Expectation::unknown("server")),
        inside_200(190, Expectation::all(refused("authentication"))).refuses(),
        inside_200(131_026, Expectation::all(refused("rejected"))).refuses(),
        Fault::plain("Code 130429, once", Play::answer(|_| error(130_429, 400, &[])), Expectation::all(done(2)))
            .once()
            .refuses(),
        Fault::plain(
            "Code 130429, and Meta's usage header says one minute",
            Play::answer(|_| {
                let usage = r#"X-Business-Use-Case-Usage: {"1":[{"type":"messaging","estimated_time_to_regain_access":1}]}"#;
                error(130_429, 400, &[usage])
            }),
            limited(1),
        )
        .refuses()
        .told("retry_after", 60),
    ]);
    Family { title: "Errors of Graph", about: ABOUT, faults }
}

fn says(code: i64, status: u16, expected: Expectation) -> Fault {
    let play = Play::answer(move |_| error(code, status, &[]));
    Fault::plain(format!("Code {code} with {status}"), play, expected)
        .told("code", code)
        .told("status", status)
}

/// What is fetched has no shape, so an error instead of a file under a 200 shows by its SHA-256 alone.
fn inside_200(code: i64, expected: Expectation) -> Fault {
    let play = Play::answer(move |_| error(code, 200, &[]));
    Fault::plain(format!("Code {code} with 200"), play, expected.download(refused("unexpected_response")))
}

fn error(code: i64, status: u16, headers: &[&str]) -> Reply {
    let body = format!(
        r#"{{"error":{{"message":"(#{code}) no","type":"OAuthException","code":{code},"fbtrace_id":"A1b2"}}}}"#
    );
    Reply::http(status, headers, body)
}
