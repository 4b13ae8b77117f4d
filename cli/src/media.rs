//! `wamid media`

use clap::{Args, Subcommand};
use wamid::{DeleteMedia, DownloadMediaTo, LookUpMedia, UploadMedia};

use super::ask::Ask;
use super::exit::CommandError;

/// `wamid media`
#[derive(Args)]
pub(super) struct Media {
    #[command(subcommand)]
    command: MediaCommand,
}

#[derive(Subcommand)]
enum MediaCommand {
    Upload(Box<Ask<UploadMedia>>),
    Info(Box<Ask<LookUpMedia>>),
    Get(Box<Ask<DownloadMediaTo>>),
    Delete(Box<Ask<DeleteMedia>>),
}

impl Media {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            MediaCommand::Upload(ask) => ask.json(),
            MediaCommand::Info(ask) => ask.json(),
            MediaCommand::Get(ask) => ask.json(),
            MediaCommand::Delete(ask) => ask.json(),
        }
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.command {
            MediaCommand::Upload(ask) => ask.run().await,
            MediaCommand::Info(ask) => ask.run().await,
            MediaCommand::Get(ask) => ask.run().await,
            MediaCommand::Delete(ask) => ask.run().await,
        }
    }
}
