//! Exit statuses and error output of failed commands.

use std::process::ExitCode;

use serde_json::json;
use wamid::{Error, ErrorKind};

use super::output::{complain, complain_of, say_json};

/// Exit statuses, for scripts.
pub(super) const HELP: &str = "\
Exit status:
   0  done
   1  something outside the SDK failed
   2  the arguments are wrong
   3  the message was sent, but its receipt could not be written out
   4  of many rows some were not sent; of many users some were not blocked
   5  of many rows some may have gone out: look before you send them again
  10  invalid_input          15  timeout
  11  authentication         16  connection
  12  rate_limited           17  unexpected_response
  13  rejected               18  unsupported
  14  server                 19  store
  30 to 39  the same kinds, but the message may have gone out: look before you send it again
  130, 143  interrupted; after a send the message may have gone out: maybe_sent says so

With --json, what went wrong is an object on standard output: {\"error\": {\"kind\", \"message\", \"maybe_sent\", ...}}.
Its kind is one of these, or other (1), or interrupted (130, 143; after a send with the reference to look for).";

/// Sent, but the receipt could not be written out.
pub(super) const UNWRITTEN: u8 = 3;
/// Of many rows some were surely not sent, or of many users some not blocked.
pub(super) const ROWS_NOT_SENT: u8 = 4;
/// Of many rows some may have gone out.
pub(super) const ROWS_UNKNOWN: u8 = 5;

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum CommandError {
    /// The SDK's error.
    Sdk(Box<Error>),
    /// The SDK's error, and what to do about it on a command line.
    Advised { error: Box<Error>, advice: &'static str },
    /// Anything else.
    Other(String),
    /// The message went out, and then the receipt could not be written.
    SentUnwritten { id: String, error: std::io::Error },
    /// A signal came before the message was sent, or where it `maybe_sent` while it was under way.
    Interrupted { signal: u8, reference: Option<String>, maybe_sent: bool },
    /// A signal came while a host was asked for something that sends nothing. What must not be done twice may have been done.
    Stopped { signal: u8, maybe_done: bool },
    /// A file of rows cannot be read as one; nothing was sent.
    Invalid(String),
    /// So many rows of a file are broken, which has been said; nothing was sent.
    Broken { rows: usize },
    /// It has been said, as JSON where JSON is wanted, but for `message`.
    Ended { status: u8, message: String },
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        Self::Sdk(Box::new(error))
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        // Whoever read our output has seen enough.
        Self::Other(if error.kind() == std::io::ErrorKind::BrokenPipe {
            String::new()
        } else {
            error.to_string()
        })
    }
}

impl CommandError {
    /// Says why and gives the exit status. With `json` it is an object on standard output too, for the script that reads
    /// it: whatever went wrong, a script finds JSON there.
    /// After anything but a send (`read`) nothing is said of an outcome: nothing was to be sent. Only a request that must not be made twice
    /// may have been made.
    pub(super) fn report(self, json: bool, read: bool) -> ExitCode {
        match self {
            Self::Other(message) if message.is_empty() => ExitCode::SUCCESS,
            Self::Other(message) => {
                complain_of(&message);
                tell(json, json!({"kind": "other", "message": message, "maybe_sent": false}));
                ExitCode::from(1)
            }
            Self::Invalid(message) => {
                complain_of(&format!("{message}; nothing was sent"));
                tell(json, json!({"kind": "invalid_input", "message": message, "maybe_sent": false}));
                ExitCode::from(10)
            }
            Self::Broken { rows } => {
                let rows = if rows == 1 { "1 row is".to_owned() } else { format!("{rows} rows are") };
                complain_of(&format!(
                    "{rows} broken; nothing was sent. Mend what is named above, or send the others with --skip-invalid"
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
            Self::Interrupted { signal, reference, maybe_sent } => {
                let message = if maybe_sent {
                    "interrupted: the message may have gone out; look for it before you send it again"
                } else {
                    "interrupted: the message was not sent"
                };
                complain(message);
                if let Some(reference) = reference.as_ref().filter(|_| maybe_sent) {
                    complain(&format!("  reference    {reference}"));
                }
                let error = json!({
                    "kind": "interrupted", "message": message, "signal": signal, "reference": reference,
                    "maybe_sent": maybe_sent, "retryable": !maybe_sent,
                });
                tell(json, error);
                ExitCode::from(128 + signal)
            }
            Self::Stopped { signal, maybe_done } => {
                let message = if maybe_done { "interrupted: it may have been done" } else { "interrupted" };
                complain(message);
                let error = json!({
                    "kind": "interrupted", "message": message, "signal": signal,
                    "maybe_sent": maybe_done, "retryable": false,
                });
                tell(json, error);
                ExitCode::from(128 + signal)
            }
            Self::Advised { error, advice } => {
                let status = Self::Sdk(error).report(json, read);
                if !json {
                    complain(&format!("  to do        {advice}"));
                }
                status
            }
            Self::Sdk(error) => {
                if json {
                    tell(json, json!(*error));
                } else {
                    complain_of(&error.to_string());
                    for line in notes(&error) {
                        match (read && line.starts_with("outcome"), error.maybe_sent()) {
                            (false, _) => complain(&format!("  {line}")),
                            (true, true) => complain("  outcome      unknown: it may have been done"),
                            (true, false) => {}
                        }
                    }
                }
                ExitCode::from(code(&error))
            }
        }
    }
}

/// The error as a script reads it, if one does.
fn tell(json: bool, error: serde_json::Value) {
    if json {
        // Nobody is left to tell that it could not be written.
        let _ = say_json(&json!({ "error": error }));
    }
}

/// Arguments that the command line does not know, or a page of help that was asked for.
pub(super) fn refuse(error: &clap::Error, json: bool) -> ExitCode {
    use clap::error::ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    let pages = [DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion];
    if pages.contains(&error.kind()) {
        // Whoever closes a page early has seen enough.
        let _ = error.print();
    } else {
        let message = error.to_string();
        message.trim_end().lines().for_each(complain);
        // What is wrong, with the names of what is missing; the usage after it is for people.
        let wrong: Vec<&str> = message.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
        let wrong = wrong.join(" ");
        let wrong = wrong.trim_start_matches("error: ");
        tell(json, json!({"kind": "invalid_input", "message": wrong, "maybe_sent": false}));
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
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
