//! `/metrics`, held to Prometheus' text format.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use tokio::io::AsyncWriteExt;

use crate::house::{House, soon};
use crate::metrics::{Metrics, OutcomeKind, record, show};

fn router(metrics: &Metrics) -> Router {
    let slow = || tokio::time::sleep(Duration::from_secs(10));
    Router::new()
        .route("/whatsapp/api/send-message/", post(async || (Extension(OutcomeKind("rate_limited")), "no")))
        .route("/whatsapp/api/send-message", post(async || "yes"))
        .route("/whatsapp/api/chats", get(slow))
        .route("/odd", get(async || Extension(OutcomeKind("a kind of tomorrow"))))
        .route("/metrics", get(show).with_state(metrics.clone()))
        .fallback(async || http::StatusCode::NOT_FOUND)
        .layer(middleware::from_fn_with_state(metrics.clone(), record))
}

#[tokio::test]
async fn what_happened_is_counted() {
    let metrics = Metrics::default();
    let house = House::build(router(&metrics)).await;
    let post = |path: &str| {
        format!("POST {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    };
    assert_eq!(house.raw(&post("/whatsapp/api/send-message/")).await.status, 200);
    assert_eq!(house.raw(&post("/whatsapp/api/send-message")).await.status, 200);
    for n in 0..5 {
        assert_eq!(house.get(&format!("/no/such/path/{n}")).await.status, 404);
    }
    house.get("/odd").await;
    let mut left = house.connect().await;
    left.write_all(b"GET /whatsapp/api/chats HTTP/1.1\r\nHost: h\r\n\r\n").await.unwrap();
    soon(async || metrics.render().contains("wamid_in_flight 1")).await;
    // A plain close may mean that the client waits for the answer; a reset means that it does not.
    left.set_zero_linger().unwrap();
    drop(left);
    soon(async || metrics.render().contains("wamid_in_flight 0")).await;
    metrics.unknown();
    metrics.retries().fetch_add(2, std::sync::atomic::Ordering::Relaxed);
    metrics.shed();
    metrics.event_delivered();
    metrics.event_refused();
    metrics.event_given_up(2);
    metrics.events_waiting(7, 90);

    let answer = house.get("/metrics").await;
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let samples = check(&answer.body);
    let count = |endpoint: &str, kind: &str| {
        samples[&format!("wamid_requests_total{{endpoint=\"{endpoint}\",kind=\"{kind}\"}}")]
    };
    assert_eq!(count("send_message", "ok"), 1.0);
    assert_eq!(count("send_message", "rate_limited"), 1.0);
    assert_eq!(count("other", "rejected"), 5.0);
    assert_eq!(count("other", "other"), 1.0);
    assert_eq!(count("chats", "hung_up"), 1.0);
    assert_eq!(samples["wamid_request_duration_seconds_count{endpoint=\"send_message\"}"], 2.0);
    for bound in ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "25", "+Inf"]
    {
        let series = format!("wamid_request_duration_seconds_bucket{{endpoint=\"other\",le=\"{bound}\"}}");
        assert!(samples.contains_key(&series), "{series}");
    }
    assert_eq!(samples["wamid_unknown_outcomes_total"], 1.0);
    assert_eq!(samples["wamid_retries_total"], 2.0);
    assert_eq!(samples["wamid_shed_total"], 1.0);
    for (series, value) in [
        ("wamid_events_delivered_total", 1.0),
        ("wamid_events_failed_attempts_total", 1.0),
        ("wamid_events_given_up_total", 2.0),
        ("wamid_events_waiting", 7.0),
        ("wamid_events_oldest_seconds", 90.0),
    ] {
        assert_eq!(samples[series], value, "{series}");
    }
    assert_eq!(samples["wamid_in_flight"], 1.0, "the request that asks");
    assert_eq!(samples[concat!("wamid_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"}")], 1.0);
}

#[test]
fn an_untouched_registry_is_sound_too() {
    check(&Metrics::default().render());
}

/// Holds the text to the format, as strictly as `promtool check metrics`, and gives the samples.
fn check(text: &str) -> BTreeMap<String, f64> {
    assert!(text.ends_with('\n') && !text.contains("\n\n") && !text.contains('\r'));
    let mut samples = BTreeMap::new();
    let (mut families, mut family, mut kind, mut helped) = (BTreeSet::new(), "", "", "");
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').unwrap();
            assert!(!help.is_empty() && is_name(name) && families.insert(name), "{line}");
            helped = name;
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            (family, kind) = rest.split_once(' ').unwrap();
            assert_eq!(family, helped, "TYPE follows HELP");
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert_eq!(kind == "counter", family.ends_with("_total"), "{line}");
        } else {
            let (series, value) = line.rsplit_once(' ').unwrap();
            let (name, labels) = series.split_once('{').map_or((series, None), |(n, l)| (n, Some(l)));
            let suffix = name.strip_prefix(family).expect("a sample stands under its family");
            let allowed: &[&str] = if kind == "histogram" { &["_bucket", "_sum", "_count"] } else { &[""] };
            assert!(is_name(name) && allowed.contains(&suffix), "{line}");
            if let Some(labels) = labels {
                for label in labels.strip_suffix('}').unwrap().split(',') {
                    let (key, value) = label.split_once('=').unwrap();
                    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap();
                    assert!(is_name(key) && !value.is_empty() && !value.contains(['"', '\\']), "{line}");
                }
            }
            let value: f64 = value.parse().unwrap();
            assert!(value.is_finite() && value >= 0.0, "{line}");
            assert!(samples.insert(series.to_owned(), value).is_none(), "twice: {line}");
        }
    }
    check_histograms(text, &samples);
    samples
}

/// Buckets rise in bound and in count, and the last is the count.
fn check_histograms(text: &str, samples: &BTreeMap<String, f64>) {
    let mut last: Option<(&str, f64, f64)> = None;
    let mut seen = 0;
    for line in text.lines() {
        let Some((name, rest)) = line.split_once("_bucket{endpoint=\"") else { continue };
        let (endpoint, rest) = rest.split_once("\",le=\"").unwrap();
        let (bound, count) = rest.split_once("\"} ").unwrap();
        let (bound, count): (f64, f64) = (bound.parse().unwrap_or(f64::INFINITY), count.parse().unwrap());
        if let Some((_, below, counted)) = last.filter(|(of, ..)| *of == endpoint) {
            assert!(bound > below && count >= counted, "{line}");
        }
        if bound.is_infinite() {
            assert_eq!(count, samples[&format!("{name}_count{{endpoint=\"{endpoint}\"}}")]);
            assert!(samples.contains_key(&format!("{name}_sum{{endpoint=\"{endpoint}\"}}")));
            seen += 1;
        }
        last = Some((endpoint, bound, count));
    }
    assert!(seen > 5);
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
