//! `wamid ready`

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use tokio::time::timeout;

use super::exit::CommandError;
use super::local;
use super::output::say;

/// A store that takes longer than a second is not ready, and the gateway says so.
const PATIENCE: Duration = Duration::from_secs(4);
/// Most of an answer that is read.
const MOST: u64 = 1 << 16;

/// `wamid ready`
#[derive(Args)]
pub(super) struct Ready {
    /// Where the gateway listens
    #[arg(long, env = "WAMID_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    listen: SocketAddr,
}

impl Ready {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let at = local::reached(self.listen);
        let why = match timeout(PATIENCE, local::get(at, "/readyz", MOST)).await {
            Ok(Ok((200, _))) => return Ok(say("ready")?),
            Ok(Ok((status, body))) => format!("{status}: {}", body.trim()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no answer within {} s", PATIENCE.as_secs()),
        };
        Err(CommandError::Other(format!("the gateway at {at} is not ready: {why}")))
    }
}
