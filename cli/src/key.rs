//! `wamid key …`

use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::json;
use wamid_gateway::{KeyLimits, KeyRecord, Keys, Rate, Right};

use super::exit::{CommandError, UNWRITTEN};
use super::output::{complain, say, say_json};
use super::serve::StoreArgs;

/// `wamid key`
#[derive(Args)]
pub(super) struct Key {
    #[command(subcommand)]
    what: KeyCommand,
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Makes an API key; it is shown this once
    Create {
        /// What it is for
        #[arg(long)]
        name: String,
        /// Prints {"key": …}, or the error, as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        limits: LimitArgs,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Lists the keys, without themselves
    List {
        /// Prints them, or the error, as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Refuses a key from now on
    Revoke {
        /// Its id, from `wamid key list`
        id: i64,
        #[command(flatten)]
        store: StoreArgs,
    },
}

/// What a key is limited to. Without any of these it may do all that the messaging API has.
#[derive(Args)]
struct LimitArgs {
    /// What it may do: send (every kind, templates too), send_template (no other kind), chats, media, read, templates, sends
    #[arg(long, value_name = "RIGHT", num_args = 1.., value_delimiter = ',')]
    allow: Vec<Right>,
    /// The accounts that it may use, from `wamid account list`; with one of them, requests that name none go there
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',')]
    account: Vec<i64>,
    /// The names of the templates that it may send
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    template: Vec<String>,
    /// How many requests it may make: 5/s, 10/min, 100/h, 500/d. So many at once after a pause, then one at a time; each gateway process
    /// counts for itself, from its start
    #[arg(long, value_name = "RATE")]
    rate: Option<Rate>,
    /// After how long it is refused: 90d, 12w, 1y
    #[arg(long, value_name = "AGE", value_parser = from_now)]
    expires: Option<Timestamp>,
}

impl LimitArgs {
    fn limits(self) -> KeyLimits {
        let mut limits = KeyLimits::default();
        limits.allow = Some(self.allow).filter(|allowed| !allowed.is_empty());
        limits.accounts = Some(self.account).filter(|ids| !ids.is_empty());
        limits.templates = Some(self.template).filter(|names| !names.is_empty());
        limits.rate = self.rate;
        limits.expires_at = self.expires;
        limits
    }
}

/// The instant that comes so long from now.
fn from_now(text: &str) -> Result<Timestamp, String> {
    let wrong = |_| "must be a time such as 90d, 12w or 1y".to_owned();
    let wait: Span = text.parse().map_err(wrong)?;
    if !wait.is_positive() {
        return Err("must be above 0".to_owned());
    }
    let then = Timestamp::now().to_zoned(TimeZone::UTC).checked_add(wait).map_err(wrong)?;
    Ok(then.timestamp())
}

/// What a key in a list is good for.
fn state(key: &KeyRecord) -> &'static str {
    match (key.revoked_at, key.limits.expires_at) {
        (Some(_), _) => "revoked",
        (None, Some(end)) if end <= Timestamp::now() => "expired",
        _ => "in use",
    }
}

impl Key {
    pub(super) fn json(&self) -> bool {
        matches!(self.what, KeyCommand::Create { json: true, .. } | KeyCommand::List { json: true, .. })
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.what {
            KeyCommand::Create { name, json, limits, store } => {
                let keys = Keys::open(&store.open().await?).await?;
                let key = keys.create_limited(&name, &limits.limits()).await?;
                let written = if json { say_json(&json!({"key": key})) } else { say(&key) };
                written.map_err(|error| CommandError::Ended {
                    status: UNWRITTEN,
                    message: format!(
                        "error: the key was made, but could not be written out: {error}. Nobody can see it any more: \
                         find it with `wamid key list`, revoke it, and make another"
                    ),
                })?;
                if !json {
                    complain("This is the only time that it is shown.");
                }
            }
            KeyCommand::List { json, store } => {
                let keys = Keys::open(&store.open().await?).await?.list().await?;
                if json {
                    say_json(&json!(keys))?;
                    return Ok(());
                }
                say(&format!("{:>4}  {:<24}  {:<20}  {:<8}limits", "id", "name", "last used", "state"))?;
                for key in keys {
                    let used =
                        key.last_used_at.map_or("never".to_owned(), |at| at.strftime("%F %T").to_string());
                    let line = format!(
                        "{:>4}  {:<24}  {used:<20}  {:<8}{}",
                        key.id,
                        key.name,
                        state(&key),
                        key.limits
                    );
                    say(line.trim_end())?;
                }
            }
            KeyCommand::Revoke { id, store } => {
                if !Keys::open(&store.open().await?).await?.revoke(id).await? {
                    return Err(CommandError::Other(format!("there is no key {id} in use")));
                }
                say(&format!("key {id} is revoked"))?;
            }
        }
        Ok(())
    }
}
