//! Holds what a face said against what really happened, and against what the fault is to lead to.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::operation::{Class, Operation};
use crate::outcome::Outcome;
use crate::play::Play;
use crate::seen::Seen;

/// A wait may be measured a little short: the clock of the client begins when it reads, ours when it writes.
const CLOCKS: Duration = Duration::from_millis(50);

/// All that is wrong with a call that met the fault.
pub(crate) fn judge(
    fault: &Fault,
    operation: Operation,
    answer: &Map<String, Value>,
    seen: Option<&Seen>,
) -> Vec<String> {
    let said = Outcome::of(answer);
    let mut wrong = Vec::new();
    if let Outcome::Broken(why) = &said {
        wrong.push(why.clone());
    }
    let expected = fault.expected.of(operation.class());
    if said != expected.outcome {
        wrong.push(format!("expected `{}`, said `{said}`", expected.outcome));
        if let Some(message) = answer.get("error").and_then(|error| error.get("message")) {
            wrong.push(format!("its message: {message}"));
        }
    }
    if let Some(seen) = seen {
        let tries = tries(fault, seen);
        if tries != expected.tries {
            wrong.push(format!("{tries} tries came, {} were expected", expected.tries));
        }
        held_against_the_count(&said, tries, &mut wrong);
        if operation.class() == Class::Send {
            a_send(fault, &said, seen, &mut wrong);
        }
        elsewhere(fault, seen, &mut wrong);
    }
    if let Outcome::Failed { maybe_sent: true, retryable: true, .. } = said {
        wrong.push("a call that may have been sent is called retryable".to_owned());
    }
    if let (Outcome::Failed { maybe_sent: true, .. }, true) = (&said, operation.class() != Class::Send) {
        wrong.push("what sends nothing says that it may have been sent".to_owned());
    }
    fields(fault, answer, &mut wrong);
    wrong
}

/// How many tries a server saw: requests, or connections where none gets further.
pub(crate) fn tries(fault: &Fault, seen: &Seen) -> u64 {
    if fault.by_connection { seen.connections } else { seen.begun.len() as u64 + seen.after }
}

fn held_against_the_count(said: &Outcome, tries: u64, wrong: &mut Vec<String>) {
    match said {
        Outcome::Failed { attempts, .. } if *attempts != tries => {
            wrong.push(format!("it says {attempts} attempts, and {tries} came"));
        }
        _ => {}
    }
}

/// The promise of a send: never said to be surely not sent where it may have been taken, and never taken twice.
fn a_send(fault: &Fault, said: &Outcome, seen: &Seen, wrong: &mut Vec<String>) {
    let may_be_taken = if fault.refuses { 0 } else { seen.whole } + seen.after;
    if may_be_taken > 1 {
        wrong.push(format!("the message arrived {may_be_taken} times"));
    }
    if let (Outcome::Failed { maybe_sent: false, .. }, 1..) = (said, may_be_taken) {
        wrong.push("it says \"surely not sent\", and the message arrived".to_owned());
    }
    if let (Outcome::Done, 0) = (said, may_be_taken) {
        wrong.push("it says that the message was sent, and none arrived".to_owned());
    }
}

fn elsewhere(fault: &Fault, seen: &Seen, wrong: &mut Vec<String>) {
    if seen.caught > 0 {
        wrong.push("a redirect was followed, and the credentials went along".to_owned());
    }
    if !seen.strange.is_empty() {
        wrong.push(format!("what came is no HTTP: {}", seen.strange.join("; ")));
    }
    let waits = seen.begun.windows(2).map(|pair| pair[1].duration_since(pair[0]));
    if let Some(wait) = waits.min().filter(|wait| *wait + CLOCKS < fault.least_wait) {
        wrong.push(format!("it waited {wait:?} between two tries, and was told {:?}", fault.least_wait));
    }
}

/// What an error has to tell besides.
fn fields(fault: &Fault, answer: &Map<String, Value>, wrong: &mut Vec<String>) {
    let Some(error) = answer.get("error") else { return };
    for (field, expected) in &fault.told {
        let said = error.get(*field).unwrap_or(&Value::Null);
        let same = match (expected.as_f64(), said.as_f64()) {
            (Some(expected), Some(said)) => (expected - said).abs() < 0.001,
            _ => expected == said,
        };
        if !same {
            wrong.push(format!("`{field}` is {said}, expected {expected}"));
        }
    }
}

/// Whether a connection that is still open after the call is one that the client had to close.
pub(crate) fn must_be_closed(fault: &Fault, class: Class, hangs: bool) -> bool {
    let unread = fault.unread && class != Class::Download;
    hangs || unread || matches!(fault.play, Play::OnAccept(_) | Play::AfterPart(_))
}
