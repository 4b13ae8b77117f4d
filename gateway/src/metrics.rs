//! What the gateway counts, for Prometheus.
//!
//! Every label comes from a list in this file, so that no caller can make the registry grow.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use wamid::ErrorKind;

/// The last part of a matched path, and the endpoint's name in labels and logs.
const ENDPOINTS: [(&str, &str); 18] = [
    ("api", "root"),
    ("send", "send"),
    ("send-message", "send_message"),
    ("send-location", "send_location"),
    ("send-template", "send_template"),
    ("chats", "chats"),
    ("read", "read"),
    ("templates", "templates"),
    ("sends", "sends"),
    ("media", "media"),
    // Only files are named by their ids.
    ("{id}", "media"),
    ("content", "media_content"),
    ("webhook", "webhook"),
    ("healthz", "healthz"),
    ("readyz", "readyz"),
    ("metrics", "metrics"),
    ("openapi.json", "openapi"),
    ("config", "config"),
];
/// What is none of these.
const OTHER: &str = "other";
/// The caller did not wait for its answer.
const HUNG_UP: &str = "hung_up";

/// The upper bounds of the histogram's buckets, in seconds.
const BUCKETS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0];

/// The kind of an answer: `ok` or the error's kind. A response without it is judged by its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OutcomeKind(pub(super) &'static str);

impl OutcomeKind {
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

/// The endpoint that a request was routed to; `other` where it is none of ours.
fn endpoint(request: &Request) -> &'static str {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    ENDPOINTS.iter().find(|(part, _)| *part == last).map_or(OTHER, |(_, name)| name)
}

/// `ok`, a kind of the SDK's errors, or `hung_up`; anything else is `other`.
fn known(kind: &'static str) -> &'static str {
    let is_error = ErrorKind::ALL.iter().any(|known| known.as_str() == kind);
    if is_error || ["ok", HUNG_UP].contains(&kind) { kind } else { OTHER }
}

/// The labels of a request that is over.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabels {
    endpoint: &'static str,
    kind: &'static str,
}

/// The labels of a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct EndpointLabels {
    endpoint: &'static str,
}

type Requests = Family<OutcomeLabels, Counter>;
type Durations = Family<EndpointLabels, Histogram>;

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

/// The counters of one gateway. Clones count together.
#[derive(Debug, Clone)]
pub(super) struct Metrics(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    registry: Registry,
    requests: Requests,
    durations: Durations,
    in_flight: Gauge,
    unknown: Counter,
    shed: Counter,
    retries: Arc<AtomicU64>,
    events: EventCounters,
}

/// What is counted of events that are passed on.
#[derive(Debug, Default)]
struct EventCounters {
    waiting: Gauge,
    oldest: Gauge,
    delivered: Counter,
    refused: Counter,
    given_up: Counter,
}

impl EventCounters {
    fn register(&self, registry: &mut Registry) {
        let help = "Events that wait in the store to be passed on";
        registry.register("wamid_events_waiting", help, self.waiting.clone());
        let help = "How long the oldest event that waits has waited";
        registry.register("wamid_events_oldest_seconds", help, self.oldest.clone());
        registry.register("wamid_events_delivered", "Events that their target took", self.delivered.clone());
        let help = "Attempts at passing an event on that failed";
        registry.register("wamid_events_failed_attempts", help, self.refused.clone());
        let help = "Events that were given up after 7 days";
        registry.register("wamid_events_given_up", help, self.given_up.clone());
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::with_log(Arc::default())
    }
}

impl Metrics {
    /// Counters of a gateway whose log counts its lost lines in `logs_dropped`.
    pub(super) fn with_log(logs_dropped: Arc<AtomicU64>) -> Self {
        let (requests, durations) = (Requests::default(), Durations::new_with_constructor(histogram));
        // An alarm needs a zero to compare with.
        for endpoint in ENDPOINTS.map(|(_, name)| name).into_iter().chain([OTHER]) {
            drop(requests.get_or_create(&OutcomeLabels { endpoint, kind: "ok" }));
            drop(durations.get_or_create(&EndpointLabels { endpoint }));
        }
        let (in_flight, unknown, shed) = (Gauge::default(), Counter::default(), Counter::default());
        let retries = Arc::default();

        let mut registry = Registry::default();
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("wamid_build", "The version that is running", version);
        let help = "Requests answered, by endpoint and by what came of them";
        registry.register("wamid_requests", help, requests.clone());
        let help = "How long requests took, by endpoint";
        registry.register("wamid_request_duration_seconds", help, durations.clone());
        registry.register("wamid_in_flight", "Requests being answered now", in_flight.clone());
        registry.register("wamid_unknown_outcomes", "Sends whose message may have gone out", unknown.clone());
        registry.register("wamid_shed", "Requests turned away because the gateway was full", shed.clone());
        for (name, help, count) in [
            ("wamid_retries", "Requests to Meta made again.", &retries),
            ("wamid_logs_dropped", "Log lines that could not be written.", &logs_dropped),
        ] {
            let count = Arc::clone(count);
            registry.register_collector(Box::new(CountedElsewhere { name, help, count }));
        }
        let events = EventCounters::default();
        events.register(&mut registry);
        Self(Arc::new(Counters { registry, requests, durations, in_flight, unknown, shed, retries, events }))
    }

    /// A send has ended, and nobody knows whether its message went out. To be told where it is sure to be reached, even
    /// if the caller hangs up.
    pub(super) fn unknown(&self) {
        self.0.unknown.inc();
    }

    /// Counts the requests that are made again, also those of sends that end well.
    pub(super) fn retries(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.0.retries)
    }

    /// A target took an event.
    pub(super) fn event_delivered(&self) {
        self.0.events.delivered.inc();
    }

    /// A target did not take an event.
    pub(super) fn event_refused(&self) {
        self.0.events.refused.inc();
    }

    /// Events are not tried any more.
    pub(super) fn event_given_up(&self, count: u64) {
        self.0.events.given_up.inc_by(count);
    }

    /// What waits in the store, and for how many seconds the oldest of it.
    pub(super) fn events_waiting(&self, count: u64, oldest: i64) {
        self.0.events.waiting.set(i64::try_from(count).unwrap_or(i64::MAX));
        self.0.events.oldest.set(oldest);
    }

    /// A request was turned away because the gateway is full.
    pub(super) fn shed(&self) {
        self.0.shed.inc();
    }

    /// Something was refused before it was a request.
    pub(super) fn refused(&self, kind: &'static str) {
        let mut counted = CountedRequest::start(self.clone(), OTHER);
        counted.kind = kind;
    }

    /// Everything, as Prometheus reads it.
    pub(super) fn render(&self) -> String {
        let mut text = String::with_capacity(8 << 10);
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.0.registry);
        text
    }
}

/// A counter that others count in.
#[derive(Debug)]
struct CountedElsewhere {
    name: &'static str,
    help: &'static str,
    count: Arc<AtomicU64>,
}

impl Collector for CountedElsewhere {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let count = ConstCounter::new(self.count.load(Relaxed));
        count.encode(encoder.encode_descriptor(self.name, self.help, None, count.metric_type())?)
    }
}

/// Answers `GET /metrics`.
pub(super) async fn show(State(metrics): State<Metrics>) -> Response {
    let kind = [(header::CONTENT_TYPE, CONTENT_TYPE)];
    std::future::ready((StatusCode::OK, kind, metrics.render()).into_response()).await
}

/// Middleware that counts each request.
pub(super) async fn record(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let mut counted = CountedRequest::start(metrics, endpoint(&request));
    let response = next.run(request).await;
    counted.kind = OutcomeKind::response(&response);
    response
}

/// A request under way: counted when it is over, also where its caller hangs up.
struct CountedRequest {
    metrics: Metrics,
    endpoint: &'static str,
    kind: &'static str,
    started: Instant,
}

impl CountedRequest {
    fn start(metrics: Metrics, endpoint: &'static str) -> Self {
        metrics.0.in_flight.inc();
        Self { metrics, endpoint, kind: HUNG_UP, started: Instant::now() }
    }
}

impl Drop for CountedRequest {
    fn drop(&mut self) {
        let Self { endpoint, kind, .. } = *self;
        let counters = &self.metrics.0;
        counters.requests.get_or_create(&OutcomeLabels { endpoint, kind: known(kind) }).inc();
        counters
            .durations
            .get_or_create(&EndpointLabels { endpoint })
            .observe(self.started.elapsed().as_secs_f64());
        counters.in_flight.dec();
    }
}
