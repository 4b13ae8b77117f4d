//! Reads errors of `wamid serve`, whose JSON names the `kind` itself.

use std::time::Duration;

use serde::Deserialize;

use super::{Answer, CHECK_KEY, FailedAttempt, Retry, graph, with_said};
use crate::error::{Error, ErrorKind};

/// The errors of `wamid serve`: they say themselves what they are.
#[derive(Deserialize)]
struct GatewayError {
    error: String,
    kind: String,
    code: Option<i64>,
    subcode: Option<i64>,
    title: Option<String>,
    details: Option<String>,
    trace_id: Option<String>,
    field: Option<String>,
    reference: Option<String>,
    retry_after: Option<f64>,
    #[serde(default)]
    attempts: u32,
    #[serde(default)]
    retryable: bool,
    #[serde(default)]
    maybe_sent: bool,
}

/// The failure that a gateway states; `None` where the body is no such statement.
pub(super) fn judge(answer: &Answer) -> Option<FailedAttempt> {
    let said: GatewayError = serde_json::from_slice(&answer.body).ok()?;
    // A kind that we do not know cannot vouch for anything: the status decides.
    let kind = ErrorKind::from_name(&said.kind)?;
    let retry_after =
        said.retry_after.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).or(answer.retry_after);
    let message = match answer.status {
        401 => format!(
            "{}. {}",
            with_said("The gateway did not accept the API key", Some(&said.error)),
            CHECK_KEY
        ),
        status if said.error.trim().is_empty() => {
            format!("The gateway gave no reason (HTTP status {status}).")
        }
        _ => said.error,
    };
    let error = Error::new(kind, message)
        .with_status(Some(answer.status))
        .with_code(said.code, said.subcode)
        .with_texts(said.title, said.details, said.trace_id.or_else(|| answer.trace_id.clone()))
        .with_field(said.field)
        .with_reference(said.reference.as_deref())
        .with_retry_after(retry_after);
    let mut judged = if said.maybe_sent {
        FailedAttempt::unknown(error)
    } else {
        let again = match said.code {
            // It has tried again itself: our tries on top would multiply with its own.
            _ if !said.retryable || said.attempts > 1 => Retry::No,
            Some(code) => graph::class(code).map_or(Retry::No, |class| class.again),
            None if kind == ErrorKind::RateLimited && answer.status == 429 => Retry::Backoff,
            None => Retry::No,
        };
        // A code that leaves the outcome open is no ground for another try where the gateway calls it settled.
        let again = if again == Retry::IfHarmless { Retry::No } else { again };
        FailedAttempt::not_sent(error, said.retryable, again)
    };
    // These can come before the gateway looks at the key (key check, size, pace, shed load): then they say nothing of
    // an earlier attempt with it.
    judged.by_gateway = said.code.is_some() || !matches!(answer.status, 401 | 403 | 413 | 429 | 503);
    Some(judged)
}
