//! Commands that are one operation of the client: `wamid read`, `wamid media info`, `wamid block` …

use std::marker::PhantomData;

use clap::error::Error;
use clap::{ArgMatches, Args, Command, FromArgMatches};
use serde_json::Value;
use wamid::{FieldInfo, Operation, Presence, Shape};

use super::answers::{failures, show};
use super::declared::{details, members, object, summary, with_fields};
use super::exit::{CommandError, ROWS_NOT_SENT};
use super::options::ClientArgs;
use super::output::say_json;
use super::signals::Signals;
use super::transfer::Bar;

/// The one operation, beside `request`, that makes something anew each time.
const ONCE: &str = "create_template";

/// A call of an operation, with the arguments that it declares.
pub(super) struct Ask<O> {
    arguments: ArgMatches,
    how: How,
    operation: PhantomData<O>,
}

#[derive(Args, Clone)]
pub(super) struct How {
    /// Prints the answer, or the error, as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) client: ClientArgs,
}

impl<O: Operation> Ask<O> {
    pub(super) fn json(&self) -> bool {
        self.how.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let arguments = object(&members(&self.arguments, &fields::<O>())?);
        let client = self.how.client.client()?;
        let bar = if O::info().progress { Bar::new() } else { None };
        let report = bar.as_ref().map(Bar::report);
        let answer = unless_interrupted(O::NAME == ONCE, client.ask(O::NAME, &arguments, report)).await;
        drop(bar);
        let answer = answer??;
        let answer: Value =
            serde_json::from_str(&answer).map_err(|error| CommandError::Other(error.to_string()))?;
        if self.how.json {
            say_json(&answer)?;
        } else {
            show(O::info().returns.as_ref(), &answer)?;
        }
        match failures(&answer) {
            0 => Ok(()),
            _ => Err(CommandError::Ended { status: ROWS_NOT_SENT, message: String::new() }),
        }
    }
}

/// Waits for an answer; a signal ends the waiting, and what was being written is put away.
/// `once` is whether doing it twice is not the same as doing it once.
pub(super) async fn unless_interrupted<T>(
    once: bool,
    asking: impl Future<Output = T>,
) -> Result<T, CommandError> {
    let mut signals = Signals::new()?;
    tokio::select! {
        answer = asking => Ok(answer),
        signal = signals.next() => Err(CommandError::Stopped { signal, maybe_done: once }),
    }
}

/// The arguments of an operation. What may come from memory or from a file comes from a file here.
fn fields<O: Operation>() -> Vec<FieldInfo> {
    let mut fields = O::info().fields;
    if fields.iter().any(|field| matches!(field.shape, Shape::Bytes)) {
        fields.iter_mut().filter(|field| field.name == "file").for_each(|field| {
            field.presence = Presence::Required;
            field.docs = &["The path of a file"];
        });
    }
    fields
}

impl<O: Operation> FromArgMatches for Ask<O> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self { arguments: matches.clone(), how: How::from_arg_matches(matches)?, operation: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<O: Operation> Args for Ask<O> {
    fn augment_args(command: Command) -> Command {
        let docs = O::info().docs;
        // Last: options that many commands have bring documentation of their own.
        let command = How::augment_args(with_fields(command, &fields::<O>()));
        command.about(summary(docs)).long_about(details(docs))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
