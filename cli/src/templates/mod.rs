//! `wamid templates`

mod show;

use clap::{Args, Subcommand};
use wamid::{CreateTemplate, DeleteTemplate, EditTemplate, ListTemplates};

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
    Create(Box<Ask<CreateTemplate>>),
    Edit(Box<Ask<EditTemplate>>),
    Delete(Box<Ask<DeleteTemplate>>),
}

impl Templates {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            TemplatesCommand::List(ask) => ask.json(),
            TemplatesCommand::Show(show) => show.json(),
            TemplatesCommand::Create(ask) => ask.json(),
            TemplatesCommand::Edit(ask) => ask.json(),
            TemplatesCommand::Delete(ask) => ask.json(),
        }
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.command {
            TemplatesCommand::List(ask) => ask.run().await,
            TemplatesCommand::Show(show) => show.run().await,
            TemplatesCommand::Create(ask) => ask.run().await,
            TemplatesCommand::Edit(ask) => ask.run().await,
            TemplatesCommand::Delete(ask) => ask.run().await,
        }
    }
}
