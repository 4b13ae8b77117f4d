//! Judges what came back: an accepted message, or an error that says what it means for the message.
//!
//! Everything here is a pure function of the answer, so that each row of the contract is a row of a test.

mod accepted;
mod gateway;
mod graph;
mod original;
mod remedy;

use serde::Deserialize;
use serde_json::value::RawValue;

pub(crate) use self::accepted::Accepted;
use crate::error::ErrorKind;
use crate::transport::{Answer, FailedAttempt, HostKind, Retry, unreadable};

const CHECK_KEY: &str = "Check the API key: it may be wrong, or disabled on the gateway.";

/// The members of an answer that say what it is.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    error: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    #[serde(borrow)]
    kind: Option<&'a RawValue>,
}

/// Judges the answer to a send.
pub(crate) fn send(host: HostKind, answer: &Answer) -> Result<Accepted, FailedAttempt> {
    if let Some(accepted) = accepted::at_once(host, answer) {
        return Ok(accepted);
    }
    if let Some(failed) = refusal(host, answer) {
        return Err(failed);
    }
    let text = std::str::from_utf8(&answer.body).map_err(|_| unreadable(answer, "it is not UTF-8"))?;
    let raw = match host {
        HostKind::Cloud => text.trim(),
        HostKind::Gateway => match envelope(&answer.body) {
            Some(Envelope { result: Some(result), .. }) => result.get(),
            _ => return Err(unreadable(answer, "it has no result")),
        },
    };
    accepted::read(answer, raw)
}

/// The failure that an answer states, in the order of the contract; `None` for a 2xx that states none.
pub(crate) fn refusal(host: HostKind, answer: &Answer) -> Option<FailedAttempt> {
    let envelope = envelope(&answer.body);
    let mut stated = None;
    if let Some(envelope) = &envelope {
        if host == HostKind::Gateway
            && envelope.error.is_some()
            && envelope.kind.is_some()
            && let Some(judged) = gateway::judge(answer)
        {
            return Some(judged);
        }
        let nested = envelope.result.and_then(|result| self::envelope(result.get().as_bytes()));
        for error in [envelope.error, nested.and_then(|nested| nested.error)].into_iter().flatten() {
            stated = stated.or(Some(error));
            if let Some(judged) = graph::judge(answer, error) {
                return Some(judged);
            }
            if let Some(judged) = original::code_in_text(host, answer, error) {
                return Some(judged);
            }
        }
    }
    by_status(host, answer, envelope.is_some(), stated)
}

/// The JSON object of a body. A list is none, although it could be read into a struct.
fn envelope(body: &[u8]) -> Option<Envelope<'_>> {
    body.trim_ascii_start().starts_with(b"{").then(|| serde_json::from_slice(body).ok()).flatten()
}

/// Steps 3 to 6: what the HTTP status says.
fn by_status(
    host: HostKind,
    answer: &Answer,
    is_json: bool,
    json_error: Option<&RawValue>,
) -> Option<FailedAttempt> {
    let said = json_error.and_then(graph::message_of);
    let status = answer.status;
    let error = |kind, message: String| answer.error(kind, message);
    Some(match status {
        401 => {
            let message = with_said("The host did not accept the credentials", said.as_deref());
            let remedy = match host {
                HostKind::Cloud => "Check the access token; a new one comes from Meta's app dashboard.",
                HostKind::Gateway => CHECK_KEY,
            };
            FailedAttempt::not_sent(error(ErrorKind::Authentication, format!("{message}. {remedy}")), false, Retry::No)
        }
        403 if original::is_csrf_page(&answer.body) => FailedAttempt::not_sent(
            error(
                ErrorKind::Authentication,
                "The Django project's CSRF check refused the request: django-meta-whatsapp's API views are not \
                 exempt from it. Add wamid.django to its INSTALLED_APPS after django_meta_whatsapp, or exempt the \
                 views."
                    .to_owned(),
            ),
            false,
            Retry::No,
        ),
        429 => {
            let message = with_said("The host asks for fewer requests", said.as_deref());
            FailedAttempt::not_sent(
                error(ErrorKind::RateLimited, format!("{message}. Wait before the next one.")),
                true,
                Retry::Backoff,
            )
        }
        500..=599 => {
            let message = with_said(&format!("The host failed with HTTP status {status}"), said.as_deref());
            FailedAttempt::unknown(error(ErrorKind::Server, format!("{message}.")))
        }
        300..=399 => {
            let target = answer.location.as_deref().unwrap_or("an address it does not name");
            let url = url_option(host);
            FailedAttempt::not_sent(
                error(
                    ErrorKind::UnexpectedResponse,
                    format!(
                        "The host redirected (HTTP status {status}) to {target}; redirects are not followed, since \
                         the credentials would travel along. Set {url} to the address that answers itself."
                    ),
                ),
                false,
                Retry::No,
            )
        }
        200..=299 => match json_error {
            // An error object without a code, under a 2xx: a refusal all the same.
            Some(object) if object.get().starts_with('{') => refused(answer, said),
            _ => return None,
        },
        _ if !is_json => FailedAttempt::not_sent(
            error(ErrorKind::UnexpectedResponse, original::not_json(host, answer)),
            false,
            Retry::No,
        ),
        400 if host == HostKind::Gateway => match said {
            Some(text) => original::text(answer, &text),
            None => refused(answer, None),
        },
        _ => refused(answer, said),
    })
}

fn refused(answer: &Answer, said: Option<String>) -> FailedAttempt {
    let message =
        with_said(&format!("The host refused the request (HTTP status {})", answer.status), said.as_deref());
    FailedAttempt::not_sent(
        answer
            .error(ErrorKind::Rejected, format!("{message}. Correct the request before you send it again.")),
        false,
        Retry::No,
    )
}

fn url_option(host: HostKind) -> &'static str {
    match host {
        HostKind::Cloud => "graph_url",
        HostKind::Gateway => "base_url",
    }
}

fn with_said(what: &str, said: Option<&str>) -> String {
    match said.map(|said| said.trim().trim_end_matches('.')) {
        Some(said) if !said.is_empty() => format!("{what}: {said}"),
        _ => what.to_owned(),
    }
}

#[cfg(test)]
mod tests;
