//! `wamid send …`

mod common;
mod json;
mod kind;

use clap::{Args, Subcommand};

use self::json::SendJson;
use self::kind::SendKind;
use super::exit::CommandError;
use super::many::Many;

/// `wamid send`
#[derive(Args)]
pub(super) struct Send {
    #[command(subcommand)]
    what: SendCommand,
}

#[derive(Subcommand)]
enum SendCommand {
    #[command(flatten)]
    Kind(Box<SendKind>),
    /// Sends a message of any kind, given as JSON
    Json(Box<SendJson>),
    /// Sends the rows of a file, each once however often it is run
    Many(Box<Many>),
}

impl Send {
    pub(super) fn json(&self) -> bool {
        match &self.what {
            SendCommand::Kind(kind) => kind.common.json,
            SendCommand::Json(json) => json.common.json,
            SendCommand::Many(many) => many.json(),
        }
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.what {
            SendCommand::Kind(kind) => kind.run().await,
            SendCommand::Json(json) => json.run().await,
            SendCommand::Many(many) => Box::pin(many.run()).await,
        }
    }
}
