//! HTTP responses: on success the original's JSON, on failure the SDK's error fields beside the original's `error`.

use std::future::{Ready as Now, ready};

use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::key_check::BeyondLimit;
use super::limits::Overloaded;
use super::metrics::OutcomeKind;
use serde_json::{Map, Value, json};
use wamid::{Error, ErrorKind, Receipt, SendStatus, StoredSend};

/// An answer, written out.
#[derive(Debug, Clone)]
pub(super) struct WrittenAnswer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// The original's answer to a send: Meta's own, wrapped.
#[derive(Serialize)]
struct SentAnswer<'a> {
    status: &'static str,
    result: &'a wamid::Json,
}

impl WrittenAnswer {
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        Self { status, body: serde_json::to_vec(body).unwrap_or_default() }
    }

    /// The original's answer to a send, or the SDK's error.
    pub(super) fn of_send(sent: &Result<Receipt, Error>) -> Self {
        match sent {
            Ok(receipt) => Self::json(200, &SentAnswer { status: "sent", result: &receipt.raw }),
            Err(error) => Self::of(error),
        }
    }

    /// The SDK's error: its sentence under the original's name, and its other fields.
    pub(super) fn of(error: &Error) -> Self {
        let sentence = match (error.kind(), error.maybe_sent()) {
            // What a database says of itself (tables, files, hosts) is for the log.
            (ErrorKind::Store, maybe_sent) => {
                tracing::warn!(error = error.message(), "the store failed a request");
                let outcome = if maybe_sent { Error::LOOK_FIRST } else { "Nothing was sent." };
                format!("The gateway could not use its store; its log says why. {outcome}")
            }
            _ => error.message().to_owned(),
        };
        let mut body = Map::new();
        body.insert("error".to_owned(), sentence.into());
        if let Ok(Value::Object(fields)) = serde_json::to_value(error) {
            body.extend(fields.into_iter().filter(|(key, value)| key != "message" && !value.is_null()));
        }
        Self::json(status(error.kind()).as_u16(), &body)
    }

    /// A refusal of the gateway's own: nothing was sent.
    fn refusal(status: StatusCode, kind: ErrorKind, field: Option<&str>, sentence: &str) -> Self {
        let mut body = json!({"error": sentence, "kind": kind.as_str(), "retryable": false, "maybe_sent": false, "attempts": 0});
        if let Some(field) = field {
            body["field"] = field.into();
        }
        Self::json(status.as_u16(), &body)
    }

    /// The message may have gone out in a request that was made for it, and nobody knows. It is found by its reference, where that is
    /// known.
    pub(super) fn unknown(why: &str, reference: Option<&str>) -> Self {
        let mut body = json!({
            "error": format!("{why} {}", Error::LOOK_FIRST),
            "kind": ErrorKind::Timeout.as_str(),
            "retryable": false,
            "maybe_sent": true,
            "attempts": 1,
        });
        if let Some(reference) = reference {
            body["reference"] = reference.into();
        }
        Self::json(StatusCode::GATEWAY_TIMEOUT.as_u16(), &body)
    }

    /// Meta did not answer what sends nothing in the time of a request.
    pub(super) fn late() -> Self {
        let body = json!({
            "error": "Meta did not answer in time. Nothing was sent by this request. Try again.",
            "kind": ErrorKind::Timeout.as_str(),
            "retryable": true,
            "maybe_sent": false,
            "attempts": 1,
        });
        Self::json(StatusCode::GATEWAY_TIMEOUT.as_u16(), &body)
    }

    /// No time was left to send it.
    pub(super) fn not_begun() -> Self {
        let body = json!({
            "error": "The time of this request was over before its message could be sent, so nothing was sent. Try again.",
            "kind": ErrorKind::Timeout.as_str(),
            "retryable": true,
            "maybe_sent": false,
            "attempts": 0,
        });
        Self::json(StatusCode::GATEWAY_TIMEOUT.as_u16(), &body)
    }

    /// What the record of a send says of it, once it has been settled.
    pub(super) fn of_record(send: &StoredSend) -> Option<Self> {
        match (send.status, &send.message_id) {
            (SendStatus::Sent | SendStatus::Delivered | SendStatus::Read, Some(id)) => {
                let result = json!({
                    "messaging_product": "whatsapp",
                    "contacts": [{"input": send.recipient}],
                    "messages": [{"id": id}],
                });
                Some(Self::json(200, &json!({"status": "sent", "result": result})))
            }
            (SendStatus::Failed, _) => {
                let mut body = Map::new();
                let code = send.code.map(|code| format!(" (#{code})")).unwrap_or_default();
                body.insert("error".to_owned(), format!("The message was not delivered{code}.").into());
                body.insert("kind".to_owned(), ErrorKind::Rejected.as_str().into());
                body.insert("retryable".to_owned(), false.into());
                body.insert("maybe_sent".to_owned(), false.into());
                body.insert("attempts".to_owned(), 1.into());
                if let Some(code) = send.code {
                    body.insert("code".to_owned(), code.into());
                }
                if let Some(reference) = &send.reference {
                    body.insert("reference".to_owned(), reference.as_str().into());
                }
                Some(Self::json(StatusCode::BAD_REQUEST.as_u16(), &body))
            }
            _ => None,
        }
    }

    /// Whether it says that the message may have gone out without saying that it did.
    pub(super) fn maybe_sent(&self) -> bool {
        self.status != 200 && self.says("maybe_sent") == Some(true.into())
    }

    fn kind(&self) -> Option<&'static str> {
        Some(ErrorKind::from_name(self.says("kind")?.as_str()?)?.as_str())
    }

    /// What the body says in one of its members: the answer may come from the store, where only its body is kept.
    fn says(&self, name: &str) -> Option<Value> {
        serde_json::from_slice::<Map<String, Value>>(&self.body).ok()?.remove(name)
    }
}

impl From<WrittenAnswer> for Response {
    fn from(ready: WrittenAnswer) -> Self {
        let status = StatusCode::from_u16(ready.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = if status.is_success() { Some("ok") } else { ready.kind() };
        let wait = (!status.is_success()).then(|| ready.says("retry_after")?.as_f64()).flatten();
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], ready.body).into_response();
        let seconds = wait.and_then(|seconds| HeaderValue::from_str(&seconds.ceil().to_string()).ok());
        if let Some(kind) = kind {
            response.extensions_mut().insert(OutcomeKind(kind));
        }
        if let Some(seconds) = seconds {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// A failure on its way out.
#[derive(Debug)]
pub(super) enum Failure {
    /// The key is missing, wrong or revoked; the answer says no more, as the original's.
    Unauthorized,
    /// The key is known, and may not do this.
    BeyondLimit(BeyondLimit),
    /// A webhook that no account's app secret signed.
    Signature,
    /// A subscription check with a verify token that no account has.
    VerifyToken,
    /// The SDK's error.
    Sdk(Box<Error>),
    /// A body of more than its endpoint takes.
    TooLarge,
    /// A body that broke off, with what is known of it.
    Broken(String),
    /// More than the gateway, or the key, may do at once.
    Full(Overloaded),
    /// An argument that the SDK never gets to see, with what is wrong about it.
    Argument(String, String),
    /// There is no account to send from.
    NoAccount,
    /// An idempotency key that was used with other arguments.
    KeyOfOther,
    /// An answer that is written out already.
    Written(WrittenAnswer),
}

impl Failure {
    pub(super) fn argument(field: &str, rule: &str) -> Self {
        Self::Argument(field.to_owned(), rule.to_owned())
    }
}

impl From<Overloaded> for Failure {
    fn from(away: Overloaded) -> Self {
        Self::Full(away)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Sdk(Box::new(error))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let ready = match self {
            Self::Full(away) => return away.into_response(),
            Self::Unauthorized => WrittenAnswer::refusal(
                StatusCode::UNAUTHORIZED,
                ErrorKind::Authentication,
                None,
                "Unauthorized",
            ),
            Self::BeyondLimit(BeyondLimit { field, sentence }) => WrittenAnswer::refusal(
                StatusCode::FORBIDDEN,
                ErrorKind::Authentication,
                field.as_deref(),
                &sentence,
            ),
            Self::Signature => WrittenAnswer::refusal(
                StatusCode::UNAUTHORIZED,
                ErrorKind::Authentication,
                None,
                "The signature is missing, or made with no account's app secret.",
            ),
            Self::VerifyToken => WrittenAnswer::refusal(
                StatusCode::FORBIDDEN,
                ErrorKind::Authentication,
                None,
                "No account has this verify token.",
            ),
            Self::Argument(field, rule) => WrittenAnswer::refusal(
                StatusCode::BAD_REQUEST,
                ErrorKind::InvalidInput,
                Some(&field),
                &format!("{field} {rule}"),
            ),
            Self::TooLarge => WrittenAnswer::refusal(
                StatusCode::PAYLOAD_TOO_LARGE,
                ErrorKind::Rejected,
                None,
                "The body is too large: a send has at most 64 KiB, a webhook 3 MiB, a file 100 MiB.",
            ),
            Self::Broken(why) => WrittenAnswer::refusal(
                StatusCode::BAD_REQUEST,
                ErrorKind::Rejected,
                None,
                &format!("The body could not be read: {why}."),
            ),
            Self::NoAccount => WrittenAnswer::refusal(
                StatusCode::BAD_REQUEST,
                ErrorKind::Unsupported,
                None,
                "This gateway has no default account to send from: name one as account_id, choose one with `wamid account \
                 set-default`, or add one with `wamid account add`.",
            ),
            Self::KeyOfOther => WrittenAnswer::refusal(
                StatusCode::UNPROCESSABLE_ENTITY,
                ErrorKind::InvalidInput,
                Some("idempotency_key"),
                "idempotency_key was used for another message within 24 hours; make a new one for each message",
            ),
            Self::Written(ready) => ready,
            Self::Sdk(error) if error.field() == Some("secret_key") => {
                // The gateway's setting, which is nobody's business who asks.
                tracing::error!(error = error.message(), "the gateway's secrets cannot be read");
                let sentence = "The gateway cannot read its secrets; its log says why. Nothing was sent.";
                WrittenAnswer::refusal(StatusCode::SERVICE_UNAVAILABLE, ErrorKind::Store, None, sentence)
            }
            Self::Sdk(error) => WrittenAnswer::of(&error),
        };
        ready.into()
    }
}

/// `OPTIONS` of what is sent to, as the original answers it.
pub(super) fn allow_post() -> Now<Response> {
    ready([(header::ALLOW, "POST, OPTIONS")].into_response())
}

/// `OPTIONS` of what is read, as the original answers it.
pub(super) fn allow_get() -> Now<Response> {
    ready([(header::ALLOW, "GET, HEAD, OPTIONS")].into_response())
}

/// `OPTIONS` of the webhook.
pub(super) fn allow_both() -> Now<Response> {
    ready([(header::ALLOW, "GET, HEAD, POST, OPTIONS")].into_response())
}

/// `OPTIONS` of a file.
pub(super) fn allow_delete() -> Now<Response> {
    ready([(header::ALLOW, "GET, HEAD, DELETE, OPTIONS")].into_response())
}

/// A path that is none of ours.
pub(super) fn not_found(uri: Uri) -> Now<Response> {
    let what = format!("Nothing answers at {}; the API is described in the README.", uri.path());
    ready(WrittenAnswer::refusal(StatusCode::NOT_FOUND, ErrorKind::Rejected, None, &what).into())
}

/// A path of ours, asked with the wrong method. The header `Allow` names the right ones.
pub(super) fn wrong_method(method: Method) -> Now<Response> {
    let what = format!("{method} is not allowed here; Allow says what is.");
    ready(WrittenAnswer::refusal(StatusCode::METHOD_NOT_ALLOWED, ErrorKind::Rejected, None, &what).into())
}

fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Authentication
        | ErrorKind::Server
        | ErrorKind::Connection
        | ErrorKind::UnexpectedResponse => StatusCode::BAD_GATEWAY,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::Store => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}
