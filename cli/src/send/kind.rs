//! `wamid send image …`, `wamid send message …`: a command for each kind of message, made from what the kind declares.

use clap::error::{Error, ErrorKind};
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, Subcommand};
use wamid::{Content, KindInfo, Message};

use super::common::Common;
use crate::declared::{details, kebab, members, object, summary, with_fields};
use crate::exit::CommandError;

/// Commands that have another name than their kind.
const NAMES: [(&str, &str); 2] = [("text", "message"), ("reply_buttons", "buttons")];

const PHONE: &str = "phone";

/// A message of one kind.
pub(super) struct SendKind {
    kind: KindInfo,
    arguments: ArgMatches,
    pub(super) common: Common,
}

impl SendKind {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let message = self.message()?;
        self.common.send(message).await
    }

    fn message(&self) -> Result<Message, CommandError> {
        let mut content = vec![("type", format!("\"{}\"", self.kind.name))];
        content.extend(members(&self.arguments, &self.kind.fields)?);
        let phone = self.arguments.get_one::<String>(PHONE).cloned().unwrap_or_default();
        Ok(Message::new(phone, Content::from_json(&object(&content))?))
    }
}

impl FromArgMatches for SendKind {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let (command, arguments) =
            matches.subcommand().ok_or_else(|| Error::new(ErrorKind::MissingSubcommand))?;
        let kind = Content::kinds().into_iter().find(|kind| name(kind) == command);
        let kind = kind.ok_or_else(|| Error::new(ErrorKind::InvalidSubcommand))?;
        Ok(Self { kind, common: Common::from_arg_matches(arguments)?, arguments: arguments.clone() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for SendKind {
    fn augment_subcommands(command: Command) -> Command {
        // The three of the messaging API first.
        let first = |kind: &KindInfo| !matches!(kind.name, "text" | "location" | "template");
        let mut kinds = Content::kinds();
        kinds.sort_by_key(|kind| (first(kind), kind.name != "text", name(kind)));
        command.subcommands(kinds.iter().map(command_of))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(command: &str) -> bool {
        Content::kinds().iter().any(|kind| name(kind) == command)
    }
}

fn name(kind: &KindInfo) -> String {
    let own = NAMES.iter().find(|(known, _)| *known == kind.name);
    own.map_or_else(|| kebab(kind.name), |(_, name)| (*name).to_owned())
}

fn command_of(kind: &KindInfo) -> Command {
    let name = name(kind);
    // The kind's own name works too, with either dash.
    let mut aliases = vec![kind.name.to_owned(), kebab(kind.name)];
    aliases.dedup();
    aliases.retain(|alias| *alias != name);
    let phone = Arg::new(PHONE).required(true).value_name("PHONE");
    let phone = phone.help("The recipient, country code first: +91 98765-43210");
    let command = with_fields(Command::new(name).aliases(aliases).arg(phone), &kind.fields);
    // Last: options that many commands have bring documentation of their own.
    Common::augment_args(command).about(sent(&summary(kind.docs))).long_about(sent(&details(kind.docs)))
}

/// `A picture: …` as a command says it: `Sends a picture: …`. A documentation that says what the message does stays as it is.
fn sent(docs: &str) -> String {
    let does = docs.split(' ').next().is_some_and(|word| word.ends_with('s'));
    let mut letters = docs.chars();
    match letters.next() {
        Some(first) if !does => format!("Sends {}{}", first.to_lowercase(), letters.as_str()),
        _ => docs.to_owned(),
    }
}
