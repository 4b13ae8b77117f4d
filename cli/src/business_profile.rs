//! `wamid profile`: what customers see of the business number.

use clap::{Args, Subcommand};
use wamid::{ReadProfile, UpdateProfile};

use super::ask::Ask;
use super::exit::CommandError;

/// `wamid profile`
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Profile {
    #[command(subcommand)]
    command: Option<ProfileCommand>,
    #[command(flatten)]
    shown: Ask<ReadProfile>,
}

#[derive(Subcommand)]
enum ProfileCommand {
    Set(Box<Ask<UpdateProfile>>),
}

impl Profile {
    pub(super) fn json(&self) -> bool {
        match &self.command {
            Some(ProfileCommand::Set(ask)) => ask.json(),
            None => self.shown.json(),
        }
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.command {
            Some(ProfileCommand::Set(ask)) => ask.run().await,
            None => self.shown.run().await,
        }
    }
}
