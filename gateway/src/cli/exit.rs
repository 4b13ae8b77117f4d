//! How a command ends when it does not end well.

use std::process::ExitCode;

use serde_json::json;
use wamid::{Error, ErrorKind};

use super::output::{complain, say};

/// Exit statuses, for scripts.
pub(super) const HELP: &str = "\
Exit status:
   0  done
   1  something outside the SDK failed
   2  the arguments are wrong
   3  the message was sent, but its receipt could not be written out
   4  of many rows some were not sent
   5  of many rows some may have gone out: look before you send them again
  10  invalid_input          15  timeout
  11  authentication         16  connection
  12  rate_limited           17  unexpected_response
  13  rejected               18  unsupported
  14  server                 19  store
  30 to 39  the same kinds, but the message may have gone out: look before you send it again
  130, 143  interrupted: the message may have gone out";

/// Sent, but the receipt could not be written out.
pub(super) const UNWRITTEN: u8 = 3;
/// Of many rows some were surely not sent.
pub(super) const ROWS_NOT_SENT: u8 = 4;
/// Of many rows some may have gone out.
pub(super) const ROWS_UNKNOWN: u8 = 5;

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// The SDK's error.
    Sdk(Box<Error>),
    /// Anything else.
    Other(String),
    /// The message went out, and then the receipt could not be written.
    SentUnwritten { id: String, error: std::io::Error },
    /// A signal came while a message may have been under way.
    Interrupted { signal: u8, reference: Option<String> },
    /// A file of rows cannot be read as one; nothing was sent.
    Invalid(String),
    /// So many rows of a file are broken, which has been said; nothing was sent.
    Broken { rows: usize },
    /// It has been said, but for `message`.
    Ended { status: u8, message: String },
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Sdk(Box::new(error))
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        // Whoever read our output has seen enough.
        Self::Other(if error.kind() == std::io::ErrorKind::BrokenPipe {
            String::new()
        } else {
            error.to_string()
        })
    }
}

impl Stop {
    /// Says why and gives the exit status. With `json` it is an object on standard output, for the script that reads it.
    /// After a read nothing is said of an outcome: nothing was to be sent.
    pub(super) fn report(self, json: bool, read: bool) -> ExitCode {
        match self {
            Self::Other(message) if message.is_empty() => ExitCode::SUCCESS,
            Self::Other(message) => {
                complain(&format!("error: {message}"));
                ExitCode::from(1)
            }
            Self::Invalid(message) => {
                complain(&format!("error: {message}; nothing was sent"));
                if json {
                    let error = json!({"kind": "invalid_input", "message": message, "maybe_sent": false});
                    let _ = say(&json!({"error": error}).to_string());
                }
                ExitCode::from(10)
            }
            Self::Broken { rows } => {
                complain(&format!(
                    "error: {rows} rows are broken; nothing was sent. --skip-invalid sends the others"
                ));
                ExitCode::from(10)
            }
            Self::Ended { status, message } => {
                if !message.is_empty() {
                    complain(&message);
                }
                ExitCode::from(status)
            }
            Self::SentUnwritten { id, error } => {
                complain(&format!("sent: {id}; but the receipt could not be written: {error}"));
                ExitCode::from(UNWRITTEN)
            }
            Self::Interrupted { signal, reference } => {
                complain("interrupted: the message may have gone out; look for it before you send it again");
                if let Some(reference) = reference {
                    complain(&format!("  reference    {reference}"));
                }
                ExitCode::from(128 + signal)
            }
            Self::Sdk(error) => {
                if json {
                    let _ = say(&json!({"error": *error}).to_string());
                } else {
                    complain(&format!("error: {error}"));
                    for line in notes(&error).iter().filter(|line| !(read && line.starts_with("outcome"))) {
                        complain(&format!("  {line}"));
                    }
                }
                ExitCode::from(code(&error))
            }
        }
    }
}

fn code(error: &Error) -> u8 {
    let kind = match error.kind() {
        ErrorKind::InvalidInput => 10,
        ErrorKind::Authentication => 11,
        ErrorKind::RateLimited => 12,
        ErrorKind::Rejected => 13,
        ErrorKind::Server => 14,
        ErrorKind::Timeout => 15,
        ErrorKind::Connection => 16,
        ErrorKind::UnexpectedResponse => 17,
        ErrorKind::Unsupported => 18,
        ErrorKind::Store => 19,
        _ => 1,
    };
    if error.maybe_sent() { kind + 20 } else { kind }
}

/// What is known of an error beside its sentence, a line each.
pub(super) fn notes(error: &Error) -> Vec<String> {
    let mut notes = vec![format!("kind         {}", error.kind())];
    let mut note = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            notes.push(format!("{name:<12} {value}"));
        }
    };
    note("field", error.field().map(str::to_owned));
    note("status", error.status().map(|status| status.to_string()));
    note("code", error.code().map(|code| code.to_string()));
    note("details", error.details().map(str::to_owned));
    note("trace id", error.trace_id().map(str::to_owned));
    note("reference", error.reference().map(str::to_owned));
    note("retry after", error.retry_after().map(|wait| format!("{} s", wait.as_secs_f64())));
    let outcome = match (error.maybe_sent(), error.retryable()) {
        (true, _) => "unknown: the message may have gone out",
        (false, true) => "not sent; the same call may succeed later",
        (false, false) => "not sent",
    };
    notes.push(format!("outcome      {outcome}"));
    notes.push(format!("attempts     {}", error.attempts()));
    notes
}
