//! What the gateway counts, in Prometheus' text format.
//!
//! Every label comes from a list in this file, so that no caller can make the registry grow.

use std::fmt::{Result as Written, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use wamid::ErrorKind;

/// The last part of a matched path, and the endpoint's name in labels and logs.
const ENDPOINTS: [(&str, &str); 11] = [
    ("api", "root"),
    ("send-message", "send_message"),
    ("send-location", "send_location"),
    ("send-template", "send_template"),
    ("chats", "chats"),
    ("webhook", "webhook"),
    ("healthz", "healthz"),
    ("readyz", "readyz"),
    ("metrics", "metrics"),
    ("openapi.json", "openapi"),
    ("", "other"),
];
const OTHER: usize = ENDPOINTS.len() - 1;

/// `ok`, the kinds of the SDK's errors, `hung_up` (the caller did not wait for its answer), and what is none of these.
const KINDS: [&str; ErrorKind::ALL.len() + 3] = {
    let mut kinds = ["other"; ErrorKind::ALL.len() + 3];
    kinds[0] = "ok";
    let mut at = 0;
    while at < ErrorKind::ALL.len() {
        kinds[at + 1] = ErrorKind::ALL[at].as_str();
        at += 1;
    }
    kinds[at + 1] = "hung_up";
    kinds
};

/// The upper bounds of the histogram's buckets, in milliseconds, and as the format writes them.
const BUCKETS: [(u64, &str); 12] = [
    (5, "0.005"),
    (10, "0.01"),
    (25, "0.025"),
    (50, "0.05"),
    (100, "0.1"),
    (250, "0.25"),
    (500, "0.5"),
    (1_000, "1"),
    (2_500, "2.5"),
    (5_000, "5"),
    (10_000, "10"),
    (25_000, "25"),
];

/// The kind of an answer: `ok` or the error's kind. A response without it is judged by its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KindOf(pub(super) &'static str);

impl KindOf {
    /// What a response says of itself, or what its status says.
    pub(super) fn response(response: &Response) -> &'static str {
        if let Some(Self(kind)) = response.extensions().get::<Self>() {
            return kind;
        }
        match response.status().as_u16() {
            ..400 => "ok",
            401 | 403 => "authentication",
            429 => "rate_limited",
            400..500 => "rejected",
            504 => "timeout",
            _ => "server",
        }
    }
}

/// The place of the endpoint that a request was routed to; the last one where it is none of ours.
fn position(request: &Request) -> usize {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    ENDPOINTS.iter().position(|(part, _)| *part == last).unwrap_or(OTHER)
}

/// The counters of one gateway. Clones count together.
#[derive(Debug, Clone, Default)]
pub(super) struct Metrics(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    endpoints: [Endpoint; ENDPOINTS.len()],
    in_flight: AtomicU64,
    unknown: AtomicU64,
    retries: Arc<AtomicU64>,
    shed: AtomicU64,
    logs_dropped: Arc<AtomicU64>,
}

#[derive(Debug, Default)]
struct Endpoint {
    kinds: [AtomicU64; KINDS.len()],
    buckets: [AtomicU64; BUCKETS.len()],
    beyond: AtomicU64,
    micros: AtomicU64,
}

impl Metrics {
    /// Counters of a gateway whose log counts its lost lines in `logs_dropped`.
    pub(super) fn with_log(logs_dropped: Arc<AtomicU64>) -> Self {
        Self(Arc::new(Counters { logs_dropped, ..Counters::default() }))
    }

    /// A send has ended, and nobody knows whether its message went out. To be told where it is sure to be reached, even
    /// if the caller hangs up.
    pub(super) fn unknown(&self) {
        self.0.unknown.fetch_add(1, Relaxed);
    }

    /// Counts the requests that are made again, also those of sends that end well.
    pub(super) fn retries(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.0.retries)
    }

    /// A request was turned away because the gateway is full.
    pub(super) fn shed(&self) {
        self.0.shed.fetch_add(1, Relaxed);
    }

    /// Something was refused before it was a request.
    pub(super) fn refused(&self, kind: &'static str) {
        self.0.in_flight.fetch_add(1, Relaxed);
        drop(Counted { metrics: self.clone(), endpoint: OTHER, kind, started: Instant::now() });
    }

    /// Everything, as Prometheus reads it.
    pub(super) fn render(&self) -> String {
        let mut text = String::with_capacity(8 << 10);
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> Written {
        head(out, "wamid_build_info", "gauge", "The version that is running.")?;
        writeln!(out, "wamid_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"))?;
        head(
            out,
            "wamid_requests_total",
            "counter",
            "Requests answered, by endpoint and by what came of them.",
        )?;
        for (counts, (_, endpoint)) in self.0.endpoints.iter().zip(ENDPOINTS) {
            for (count, kind) in counts.kinds.iter().zip(KINDS) {
                let count = count.load(Relaxed);
                // Zeros only where every endpoint has a success to compare with.
                if count > 0 || kind == "ok" {
                    writeln!(out, "wamid_requests_total{{endpoint=\"{endpoint}\",kind=\"{kind}\"}} {count}")?;
                }
            }
        }
        let name = "wamid_request_duration_seconds";
        head(out, name, "histogram", "How long requests took, by endpoint.")?;
        for (counts, (_, endpoint)) in self.0.endpoints.iter().zip(ENDPOINTS) {
            let mut total = 0;
            for (count, (_, bound)) in counts.buckets.iter().zip(BUCKETS) {
                total += count.load(Relaxed);
                writeln!(out, "{name}_bucket{{endpoint=\"{endpoint}\",le=\"{bound}\"}} {total}")?;
            }
            total += counts.beyond.load(Relaxed);
            writeln!(out, "{name}_bucket{{endpoint=\"{endpoint}\",le=\"+Inf\"}} {total}")?;
            let seconds = Duration::from_micros(counts.micros.load(Relaxed)).as_secs_f64();
            writeln!(out, "{name}_sum{{endpoint=\"{endpoint}\"}} {seconds}")?;
            writeln!(out, "{name}_count{{endpoint=\"{endpoint}\"}} {total}")?;
        }
        let Counters { in_flight, unknown, retries, shed, logs_dropped, .. } = &*self.0;
        for (name, kind, help, value) in [
            ("wamid_in_flight", "gauge", "Requests being answered now.", in_flight),
            ("wamid_unknown_outcomes_total", "counter", "Sends whose message may have gone out.", unknown),
            ("wamid_retries_total", "counter", "Requests to Meta made again.", retries),
            ("wamid_shed_total", "counter", "Requests turned away because the gateway was full.", shed),
            ("wamid_logs_dropped_total", "counter", "Log lines that could not be written.", logs_dropped),
        ] {
            head(out, name, kind, help)?;
            writeln!(out, "{name} {}", value.load(Relaxed))?;
        }
        Ok(())
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) -> Written {
    writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}")
}

/// Answers `GET /metrics`.
pub(super) async fn show(State(metrics): State<Metrics>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    std::future::ready((StatusCode::OK, kind, metrics.render()).into_response()).await
}

/// Middleware that counts each request.
pub(super) async fn record(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    metrics.0.in_flight.fetch_add(1, Relaxed);
    let mut counted =
        Counted { endpoint: position(&request), kind: "hung_up", started: Instant::now(), metrics };
    let response = next.run(request).await;
    counted.kind = KindOf::response(&response);
    response
}

/// A request under way: counted when it is over, also where its caller hangs up.
struct Counted {
    metrics: Metrics,
    endpoint: usize,
    kind: &'static str,
    started: Instant,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let took = self.started.elapsed();
        let counters = &self.metrics.0.endpoints[self.endpoint];
        let kind = KINDS.iter().position(|kind| *kind == self.kind).unwrap_or(KINDS.len() - 1);
        counters.kinds[kind].fetch_add(1, Relaxed);
        let bucket = BUCKETS.iter().position(|(bound, _)| took <= Duration::from_millis(*bound));
        bucket.map_or(&counters.beyond, |bucket| &counters.buckets[bucket]).fetch_add(1, Relaxed);
        counters.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
        self.metrics.0.in_flight.fetch_sub(1, Relaxed);
    }
}
