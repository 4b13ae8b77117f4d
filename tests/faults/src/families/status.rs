//! The host answers in HTTP, and without a code of Graph's.

use std::time::Duration;

use serde_json::Value;

use crate::fault::{Family, Fault};
use crate::outcome::{Expectation, done, not_sent, refused, unknown};
use crate::play::{Asked, Play};
use crate::reply::Reply;

const SECOND: Duration = Duration::from_secs(1);
const CSRF: &str =
    "<html><h1>Forbidden <span>(403)</span></h1><p>CSRF verification failed. Request aborted.</p></html>";
const ABOUT: &str = "A redirect is not followed, since the credentials would travel along; a download may be redirected within its own host. \
                     A 3xx or 4xx was surely not sent. A 5xx without Graph's JSON says nothing.";

pub(super) fn family() -> Family {
    let mut faults = redirects();
    faults.extend(refusals());
    faults.extend(too_many());
    faults.extend(failures());
    Family { title: "Statuses of HTTP", about: ABOUT, faults }
}

fn redirects() -> Vec<Fault> {
    let mut faults: Vec<Fault> = [301, 302, 303, 307, 308]
        .into_iter()
        .map(|status| {
            let play = Play::answer(move |asked: Asked<'_>| {
                // The same machine by another name, so that whoever follows is seen.
                let elsewhere = asked.base.replace("127.0.0.1", "localhost");
                Reply::http(status, &[&format!("Location: {elsewhere}/caught")], "")
            });
            Fault::plain(
                format!("{status} to another host"),
                play,
                Expectation::all(refused("unexpected_response")),
            )
            .refuses()
            .told("status", status)
        })
        .collect();
    faults.push(
        Fault::plain(
            "302 to the same host, once",
            Play::answer(|_| Reply::http(302, &["Location: /content"], "")),
            Expectation::all(refused("unexpected_response")).download(done(2)),
        )
        .once()
        .refuses(),
    );
    faults
}

fn refusals() -> Vec<Fault> {
    let says = |name: &str, status: u16, body: &'static str, kind: &str| {
        Fault::plain(
            name,
            Play::answer(move |_| Reply::http(status, &[], body)),
            Expectation::all(refused(kind)),
        )
        .refuses()
        .told("status", status)
    };
    vec![
        says("401", 401, r#"{"error":"Unauthorized"}"#, "authentication"),
        says("401 with a page", 401, "<h1>Unauthorized</h1>", "authentication"),
        says("403 by Django's CSRF check", 403, CSRF, "authentication"),
        says("403", 403, r#"{"error":"no"}"#, "rejected"),
        says("403 with a page, as of a firewall", 403, "<h1>Blocked</h1>", "unexpected_response"),
        says("404", 404, r#"{"error":"no such thing"}"#, "rejected"),
        says("404 with a page", 404, "<h1>Not found</h1>", "unexpected_response"),
        says("413 with a page, as of a proxy", 413, "<h1>Too large</h1>", "unexpected_response"),
    ]
}

fn too_many() -> Vec<Fault> {
    let says = |name: &str, header: Option<String>, tries| {
        let play = Play::answer(move |_| {
            let headers: Vec<&str> = header.iter().map(String::as_str).collect();
            Reply::http(429, &headers, r#"{"error":"too many"}"#)
        });
        Fault::plain(name, play, Expectation::all(not_sent("rate_limited", tries)))
            .refuses()
            .told("status", 429)
    };
    let header = |value: &str| Some(format!("Retry-After: {value}"));
    vec![
        says("429", None, 2).told("retry_after", Value::Null),
        says("429 with `Retry-After: 1`", header("1"), 2).told("retry_after", 1).least_wait(SECOND),
        Fault::plain(
            "429 with a date two seconds ahead in `Retry-After`",
            Play::answer(|_| Reply::http(429, &[&date_in(2 * SECOND)], r#"{"error":"too many"}"#)),
            Expectation::all(not_sent("rate_limited", 2)),
        )
        .refuses()
        .least_wait(SECOND),
        says("429 with a date of the past in `Retry-After`", header("Sun, 22 Nov 2020 10:00:00 GMT"), 2)
            .told("retry_after", 0),
        says("429 with nonsense in `Retry-After`", header("soon"), 2).told("retry_after", Value::Null),
        says("429 with a negative `Retry-After`", header("-5"), 2).told("retry_after", Value::Null),
        says("429 with a `Retry-After` beyond `total_timeout`", header("3600"), 1).told("retry_after", 3600),
        Fault::plain("429, once", Play::answer(|_| Reply::http(429, &[], "")), Expectation::all(done(2)))
            .once()
            .refuses(),
    ]
}

fn failures() -> Vec<Fault> {
    let says = |name: String, status: u16, headers: &'static [&'static str], body: &'static str| {
        Fault::plain(
            name,
            Play::answer(move |_| Reply::http(status, headers, body)),
            Expectation::unknown("server"),
        )
        .told("status", status)
    };
    let mut faults: Vec<Fault> = [500, 502, 503, 504]
        .into_iter()
        .map(|status| says(format!("{status} with a page"), status, &[], "<h1>Sorry</h1>"))
        .collect();
    faults.push(says("500 with JSON that is not Graph's".to_owned(), 500, &[], r#"{"error":"no"}"#));
    faults.push(
        says("503 with `Retry-After: 1`".to_owned(), 503, &["Retry-After: 1"], "")
            .told("retry_after", 1)
            .least_wait(SECOND),
    );
    faults.push(
        Fault::plain(
            "503, once",
            Play::answer(|_| Reply::http(503, &[], "")),
            Expectation::send(unknown("server"), done(2)),
        )
        .once(),
    );
    faults
}

/// The header with the date in that time, which has whole seconds.
fn date_in(time: Duration) -> String {
    let then = jiff::Timestamp::now() + time;
    format!("Retry-After: {}", then.strftime("%a, %d %b %Y %H:%M:%S GMT"))
}
