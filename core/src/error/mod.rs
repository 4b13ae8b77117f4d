//! The one error of the SDK: a kind, a sentence that says what to do, and what is known of the failure.

mod kind;
mod redact;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

pub use self::kind::ErrorKind;
pub(crate) use self::redact::{Secret, Secrets, shown_url, tail};

/// Why a call failed, and what that means for the message.
///
/// Three questions matter after a failed send, and each has an accessor: may it have gone out all the same
/// ([`maybe_sent`](Self::maybe_sent)), can the same call be made again without sending twice
/// ([`retryable`](Self::retryable)), and after how long ([`retry_after`](Self::retry_after)).
///
/// ```
/// let error = wamid::Client::cloud("", "1066").build().unwrap_err();
/// assert_eq!(error.kind(), wamid::ErrorKind::InvalidInput);
/// assert_eq!(error.field(), Some("access_token"));
/// assert!(!error.maybe_sent());
/// ```
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    status: Option<u16>,
    code: Option<i64>,
    subcode: Option<i64>,
    title: Option<String>,
    details: Option<String>,
    trace_id: Option<String>,
    field: Option<String>,
    reference: Option<String>,
    retry_after: Option<Duration>,
    retryable: bool,
    maybe_sent: bool,
    attempts: u32,
    source: Option<std::sync::Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            status: None,
            code: None,
            subcode: None,
            title: None,
            details: None,
            trace_id: None,
            field: None,
            reference: None,
            retry_after: None,
            retryable: false,
            maybe_sent: false,
            attempts: 0,
            source: None,
        }))
    }

    /// A rule of the gateway's or of a language's face that an argument or setting of its own breaks.
    #[doc(hidden)]
    pub fn argument(field: &str, rule: impl fmt::Display) -> Self {
        Self::invalid(field, rule)
    }

    /// The error of a call in which the SDK panicked; `maybe_sent` where a request of a send may have been made. The panic's own
    /// text may hold a message's content: the panic hook has it, the error does not.
    #[doc(hidden)]
    pub fn panicked(maybe_sent: bool) -> Self {
        let error = Self::new(
            ErrorKind::UnexpectedResponse,
            "wamid panicked inside this call, which is a bug in wamid. Please report it with what the process wrote to \
             standard error.",
        );
        if maybe_sent { error.unknown() } else { error }
    }

    /// The same about a field that stands below others: `header.` before `file`.
    pub(crate) fn below(mut self, path: &str) -> Self {
        if let Some(field) = self.0.field.as_mut().filter(|_| !path.is_empty()) {
            field.insert_str(0, path);
            self.0.message.insert_str(0, path);
        }
        self
    }

    /// The same, of an error that is about the file that stands there, and no other.
    pub(crate) fn about_a_file(self, path: &str) -> Self {
        let of_file = ["file", "data", "mime_type"].iter().any(|field| self.field() == Some(field));
        if of_file && self.kind() == ErrorKind::InvalidInput { self.below(path) } else { self }
    }

    /// The time of a call ran out before anything was sent.
    pub(crate) fn out_of_time(message: &str) -> Self {
        Self::new(ErrorKind::Timeout, message).not_sent(true)
    }

    /// A rule of the SDK that `field` breaks; `rule` reads on after the field's name ("`phone` must have …").
    pub(crate) fn invalid(field: impl Into<String>, rule: impl fmt::Display) -> Self {
        let field = field.into();
        let mut error = Self::new(ErrorKind::InvalidInput, ascii(format!("{field} {rule}")));
        error.0.field = Some(field);
        error
    }

    pub(crate) fn unsupported(field: Option<&str>, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Unsupported, message);
        error.0.field = field.map(str::to_owned);
        error
    }

    /// What went wrong, for branching.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// A sentence for a person: what happened and what to do. Its wording may change; branch on the other fields.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The HTTP status of the answer, where one came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The Graph API's error code, such as 131056.
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        self.0.code
    }

    /// The Graph API's `error_subcode`.
    #[must_use]
    pub fn subcode(&self) -> Option<i64> {
        self.0.subcode
    }

    /// The Graph API's `error_user_title`, written for end users.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// What the Graph API says of the cause: `error_data.details`, else `error_user_msg`.
    #[must_use]
    pub fn details(&self) -> Option<&str> {
        self.0.details.as_deref()
    }

    /// Meta's id of this failure (`fbtrace_id`), which its support asks for.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.0.trace_id.as_deref()
    }

    /// The argument or option at fault, as a path: `phone`, `body_params[1]`, `buttons[0].coupon_code`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The send's `reference`: with it a later status webhook can be matched to this call.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// How long to wait before the next try, where the host or the SDK's own schedule says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call, made later, may succeed and cannot send twice.
    #[must_use]
    pub fn retryable(&self) -> bool {
        self.0.retryable
    }

    /// Whether the message may have gone out although the call failed. False means: surely not sent.
    #[must_use]
    pub fn maybe_sent(&self) -> bool {
        self.0.maybe_sent
    }

    /// How many requests were tried; 0 where the failure came before the first.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    pub(crate) fn with_status(mut self, status: Option<u16>) -> Self {
        self.0.status = status;
        self
    }

    pub(crate) fn with_code(mut self, code: Option<i64>, subcode: Option<i64>) -> Self {
        self.0.code = code;
        self.0.subcode = subcode;
        self
    }

    pub(crate) fn with_texts(
        mut self,
        title: Option<String>,
        details: Option<String>,
        trace_id: Option<String>,
    ) -> Self {
        self.0.title = title;
        self.0.details = details;
        self.0.trace_id = trace_id;
        self
    }

    pub(crate) fn with_field(mut self, field: Option<String>) -> Self {
        self.0.field = field;
        self
    }

    pub(crate) fn with_reference(mut self, reference: Option<&str>) -> Self {
        if self.0.reference.is_none() {
            self.0.reference = reference.map(str::to_owned);
        }
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        // No language's durations overflow below this.
        const LONGEST: Duration = Duration::from_secs(86_400 * 365);
        self.0.retry_after = wait.map(|wait| wait.min(LONGEST));
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(std::sync::Arc::new(source));
        self
    }

    pub(crate) fn with_boxed_source(mut self, source: Box<dyn StdError + Send + Sync>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Surely not sent; `retryable` says whether the same call may succeed later.
    pub(crate) fn not_sent(mut self, retryable: bool) -> Self {
        self.0.maybe_sent = false;
        self.0.retryable = retryable;
        self
    }

    /// The message may have gone out, so the same call could send it twice.
    pub(crate) fn unknown(mut self) -> Self {
        self.0.maybe_sent = true;
        self.0.retryable = false;
        self
    }

    /// What an unknown outcome asks of the caller.
    #[doc(hidden)]
    pub const LOOK_FIRST: &str = "The message may have gone out: look for it before you send it again (sends lists what is on record).";

    /// Says in the sentence itself what an unknown outcome asks of the caller. A gateway may have said so already.
    pub(crate) fn advised(mut self) -> Self {
        const SAID: &str = "The message may have gone out: look for it before you send it again";
        if self.0.maybe_sent && !self.0.message.contains(SAID) {
            self.0.message = format!("{} {}", self.0.message, Self::LOOK_FIRST);
        }
        self
    }

    /// Takes every secret out of every text.
    pub(crate) fn redacted(mut self, secrets: &Secrets) -> Self {
        secrets.redact_in_place(&mut self.0.message);
        for text in [
            &mut self.0.title,
            &mut self.0.details,
            &mut self.0.trace_id,
            &mut self.0.field,
            &mut self.0.reference,
        ]
        .into_iter()
        .flatten()
        {
            secrets.redact_in_place(text);
        }
        self
    }
}

/// A sentence of ours in ASCII: a terminal or log of another encoding must be able to show it. It may quote a caller's
/// text, such as an unknown key of an object.
fn ascii(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if c.is_ascii() { out.push(c) } else { out.extend(c.escape_unicode()) }
    }
    out
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, message, retryable, maybe_sent, attempts, .. } = &*self.0;
        let mut out = f.debug_struct("Error");
        out.field("kind", kind).field("message", message);
        macro_rules! known {
            ($($name:ident)*) => { $( if let Some(value) = &self.0.$name { out.field(stringify!($name), value); } )* };
        }
        known!(status code subcode title details trace_id field reference retry_after);
        out.field("retryable", retryable).field("maybe_sent", maybe_sent).field("attempts", attempts).finish()
    }
}

impl Clone for Error {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// Every field under its name, unknown ones as null; `retry_after` in seconds. This is the form in which the
/// gateway and the other languages carry an error.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let inner = &*self.0;
        let mut map = serializer.serialize_map(Some(14))?;
        map.serialize_entry("kind", inner.kind.as_str())?;
        map.serialize_entry("message", &inner.message)?;
        map.serialize_entry("status", &inner.status)?;
        map.serialize_entry("code", &inner.code)?;
        map.serialize_entry("subcode", &inner.subcode)?;
        map.serialize_entry("title", &inner.title)?;
        map.serialize_entry("details", &inner.details)?;
        map.serialize_entry("trace_id", &inner.trace_id)?;
        map.serialize_entry("field", &inner.field)?;
        map.serialize_entry("reference", &inner.reference)?;
        map.serialize_entry("retry_after", &inner.retry_after.map(|wait| wait.as_secs_f64()))?;
        map.serialize_entry("retryable", &inner.retryable)?;
        map.serialize_entry("maybe_sent", &inner.maybe_sent)?;
        map.serialize_entry("attempts", &inner.attempts)?;
        map.end()
    }
}
