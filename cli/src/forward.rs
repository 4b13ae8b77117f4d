//! Where a gateway passes events on to, as arguments.

use std::io::{BufRead, IsTerminal};

use clap::Args;
use clap::builder::FalseyValueParser;
use wamid::PostTarget;
use wamid_gateway::{AccountForward, ForwardTarget};

use super::exit::CommandError;
use super::output::complain;

const SECRET: &str = "WAMID_FORWARD_SECRET";

/// What `wamid serve` takes.
#[derive(Args, Debug)]
pub(super) struct ForwardArgs {
    /// Posts each event that comes in to this URL, in Meta's shape, signed with WAMID_FORWARD_SECRET
    #[arg(long, env = "WAMID_FORWARD", value_name = "URL", hide_env_values = true)]
    pub(super) forward: Option<String>,
    /// Allows --forward over plain HTTP to other machines: whoever is on the way reads customers' messages
    #[arg(long, env = "WAMID_FORWARD_ALLOW_HTTP", value_parser = FalseyValueParser::new())]
    pub(super) forward_allow_http: bool,
    /// How many events wait at most; beyond it webhooks are refused, and Meta sends them again
    #[arg(long, env = "WAMID_FORWARD_LIMIT", default_value_t = 1_000_000, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) forward_limit: u64,
}

impl ForwardArgs {
    /// The URL without what may be secret: its path and query.
    pub(super) fn shown(&self) -> Option<String> {
        let url = PostTarget::new("forward", self.forward.as_deref()?, true);
        Some(url.map_or_else(|_| "(no usable URL)".to_owned(), |url| url.shown()))
    }

    /// The target, where there is one.
    pub(super) fn target(&self) -> Result<Option<ForwardTarget>, CommandError> {
        let Some(url) = self.forward.as_deref().filter(|url| !url.is_empty()) else { return Ok(None) };
        let Some(secret) = secret() else {
            return Err(CommandError::Other(format!(
                "--forward needs a secret to sign with: set {SECRET} to a text that only the receiver knows \
                 (openssl rand -hex 32)"
            )));
        };
        Ok(Some(ForwardTarget::new(url, &secret, self.forward_allow_http)?))
    }
}

/// What `wamid account forward` takes.
#[derive(Args, Debug)]
pub(super) struct AccountForwardArgs {
    #[command(flatten)]
    to: To,
    /// Allows --to over plain HTTP to other machines: whoever is on the way reads customers' messages
    #[arg(long, requires = "to")]
    allow_http: bool,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct To {
    /// To this URL; the secret to sign with is a line on standard input, or WAMID_FORWARD_SECRET
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// Nowhere
    #[arg(long)]
    never: bool,
    /// Where `wamid serve --forward` says
    #[arg(long)]
    as_gateway: bool,
}

impl AccountForwardArgs {
    pub(super) fn setting(&self) -> Result<AccountForward, CommandError> {
        let Some(url) = &self.to.to else {
            return Ok(if self.to.never { AccountForward::Never } else { AccountForward::AsGateway });
        };
        let secret = match secret() {
            Some(secret) => secret,
            None => {
                let stdin = std::io::stdin();
                if stdin.is_terminal() {
                    complain("The secret to sign events with:");
                }
                let mut line = String::new();
                stdin.lock().read_line(&mut line)?;
                line
            }
        };
        Ok(AccountForward::To(ForwardTarget::new(url, &secret, self.allow_http)?))
    }
}

fn secret() -> Option<String> {
    std::env::var(SECRET).ok().filter(|secret| !secret.is_empty())
}
