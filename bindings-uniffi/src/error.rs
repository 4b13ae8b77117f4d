//! The one error.

use std::fmt;

use wamid::{Error, ErrorKind};

use crate::time::TimeInterval;

/// What is known of a failure.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Failure {
    /// What went wrong, such as `rate_limited`; the error's own type says the same.
    pub kind: String,
    /// A sentence for a person: what happened and what to do. Its wording may change; branch on the other fields.
    pub detail: String,
    /// The HTTP status of the answer, where one came.
    #[uniffi(default = None)]
    pub status: Option<i32>,
    /// The Graph API's error code, such as 131056.
    #[uniffi(default = None)]
    pub code: Option<i64>,
    /// The Graph API's `error_subcode`.
    #[uniffi(default = None)]
    pub subcode: Option<i64>,
    /// The Graph API's `error_user_title`, written for end users.
    #[uniffi(default = None)]
    pub title: Option<String>,
    /// What the Graph API says of the cause.
    #[uniffi(default = None)]
    pub details: Option<String>,
    /// Meta's id of this failure, which its support asks for.
    #[uniffi(default = None)]
    pub trace_id: Option<String>,
    /// The argument or option at fault, as a path: `phone`, `body_params[1]`, `buttons[0].coupon_code`.
    #[uniffi(default = None)]
    pub field: Option<String>,
    /// The send's reference: with it a later status webhook can be matched to this call.
    #[uniffi(default = None)]
    pub reference: Option<String>,
    /// How long to wait before the next try, where the host or the SDK's own schedule says so.
    #[uniffi(default = None)]
    pub retry_after: Option<TimeInterval>,
    /// Whether the same call, made later, may succeed and cannot send twice.
    pub retryable: bool,
    /// Whether the message may have gone out although the call failed. False means: surely not sent.
    pub maybe_sent: bool,
    /// How many requests were tried; 0 where the failure came before the first.
    pub attempts: i64,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

/// Why a call failed, and what that means for the message.
///
/// Three questions matter after a failed send, and the failure answers each: may it have gone out all the same, can
/// the same call be made again without sending twice, and after how long.
#[derive(Debug, Clone, uniffi::Error)]
pub enum WamidError {
    /// An argument breaks a rule of the SDK; `field` names it. Nothing was sent.
    InvalidInput {
        /// What is known of it.
        failure: Failure,
    },
    /// The token, the key or a permission was refused.
    Authentication {
        /// What is known of it.
        failure: Failure,
    },
    /// The host wants fewer messages for a while.
    RateLimited {
        /// What is known of it.
        failure: Failure,
    },
    /// The host understood the request and refused it.
    Rejected {
        /// What is known of it.
        failure: Failure,
    },
    /// The host failed.
    Server {
        /// What is known of it.
        failure: Failure,
    },
    /// An attempt, or all of them together, took too long.
    Timeout {
        /// What is known of it.
        failure: Failure,
    },
    /// The connection did not come about, or was lost.
    Connection {
        /// What is known of it.
        failure: Failure,
    },
    /// The answer is not one that this host gives.
    UnexpectedResponse {
        /// What is known of it.
        failure: Failure,
    },
    /// This host, or this build, cannot do it.
    Unsupported {
        /// What is known of it.
        failure: Failure,
    },
    /// The store cannot be opened, read or written.
    Store {
        /// What is known of it.
        failure: Failure,
    },
}

impl fmt::Display for WamidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::InvalidInput { failure }
        | Self::Authentication { failure }
        | Self::RateLimited { failure }
        | Self::Rejected { failure }
        | Self::Server { failure }
        | Self::Timeout { failure }
        | Self::Connection { failure }
        | Self::UnexpectedResponse { failure }
        | Self::Unsupported { failure }
        | Self::Store { failure }) = self;
        write!(f, "{}: {}", failure.kind, failure.detail)
    }
}

impl From<Error> for WamidError {
    fn from(error: Error) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let failure = Failure {
            kind: error.kind().as_str().to_owned(),
            detail: error.message().to_owned(),
            status: error.status().map(i32::from),
            code: error.code(),
            subcode: error.subcode(),
            title: owned(error.title()),
            details: owned(error.details()),
            trace_id: owned(error.trace_id()),
            field: owned(error.field()),
            reference: owned(error.reference()),
            retry_after: error.retry_after().map(Into::into),
            retryable: error.retryable(),
            maybe_sent: error.maybe_sent(),
            attempts: error.attempts().into(),
        };
        match error.kind() {
            ErrorKind::InvalidInput => Self::InvalidInput { failure },
            ErrorKind::Authentication => Self::Authentication { failure },
            ErrorKind::RateLimited => Self::RateLimited { failure },
            ErrorKind::Rejected => Self::Rejected { failure },
            ErrorKind::Server => Self::Server { failure },
            ErrorKind::Timeout => Self::Timeout { failure },
            ErrorKind::Connection => Self::Connection { failure },
            ErrorKind::Unsupported => Self::Unsupported { failure },
            ErrorKind::Store => Self::Store { failure },
            // A kind without a type here would come as this one, under its own name; both languages' contract tests fail
            // before that.
            _ => Self::UnexpectedResponse { failure },
        }
    }
}

/// What a foreign callback threw that is none of its declared errors.
impl From<uniffi::UnexpectedUniFFICallbackError> for WamidError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        let failure = Failure {
            kind: ErrorKind::Unsupported.as_str().to_owned(),
            detail: error.to_string(),
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
        };
        Self::Unsupported { failure }
    }
}
