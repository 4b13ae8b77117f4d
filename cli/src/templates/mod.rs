//! `wamid templates`

mod check;
mod show;

use clap::{Args, Subcommand};
use wamid::{CreateTemplate, DeleteTemplate, EditTemplate, ListTemplates};

use self::check::Check;
use self::show::Show;
use super::ask::Ask;
use super::exit::CommandError;

/// `wamid templates`
#[derive(Args)]
pub(super) struct Templates {
    #[command(subcommand)]
    command: TemplatesCommand,
}

#[derive(Subcommand)]
enum TemplatesCommand {
    List(Box<Ask<ListTemplates>>),
    /// Shows a template as a customer sees it, with its variables
    Show(Box<Show>),
    /// Holds a message to its template, without sending it: the count, kinds and names of parameters, buttons, cards
    Check(Box<Check>),
    Create(Box<Ask<CreateTemplate>>),
    Edit(Box<Ask<EditTemplate>>),
    Delete(Box<Ask<DeleteTemplate>>),
}

impl Templates {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            TemplatesCommand::List(ask) => ask.json(),
            TemplatesCommand::Show(show) => show.json(),
            TemplatesCommand::Check(check) => check.json(),
            TemplatesCommand::Create(ask) => ask.json(),
            TemplatesCommand::Edit(ask) => ask.json(),
            TemplatesCommand::Delete(ask) => ask.json(),
        }
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.command {
            TemplatesCommand::List(ask) => ask.run().await,
            TemplatesCommand::Show(show) => show.run().await,
            TemplatesCommand::Check(check) => check.run().await,
            TemplatesCommand::Create(ask) => ask.run().await,
            TemplatesCommand::Edit(ask) => ask.run().await,
            TemplatesCommand::Delete(ask) => ask.run().await,
        }
    }
}
