//! `wamid account …`

use std::io::{BufRead, IsTerminal};

use clap::{Args, Subcommand};
use serde_json::json;
use wamid::Options;
use wamid_gateway::{AccountForward, NewAccount};

use super::exit::CommandError;
use super::forward::AccountForwardArgs;
use super::output::{complain, say, say_json};
use super::serve::StoreArgs;

/// `wamid account`
#[derive(Args)]
pub(super) struct Account {
    #[command(subcommand)]
    what: AccountCommand,
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Adds a business number, or gives it new secrets: three lines on standard input, the access token, the app secret and
    /// the verify token (an empty line is none), or WAMID_ACCESS_TOKEN, WAMID_APP_SECRET and WAMID_VERIFY_TOKEN
    Add {
        /// What people call it
        #[arg(long)]
        name: String,
        /// Meta's id of the number
        #[arg(long, value_name = "ID")]
        phone_number_id: String,
        /// Meta's id of the WhatsApp Business Account, which owns the templates
        #[arg(long, value_name = "ID")]
        business_account_id: Option<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Lists the numbers, without their secrets
    List {
        /// Prints them, or the error, as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Sends from this number where a request names none
    SetDefault {
        /// Its id, from `wamid account list`
        id: i64,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Says where the events of a number are passed on to; those that wait already go there too
    Forward {
        /// Its id, from `wamid account list`
        id: i64,
        #[command(flatten)]
        to: AccountForwardArgs,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Forgets a number and its secrets; what it sent stays on record
    Remove {
        /// Its id, from `wamid account list`
        id: i64,
        #[command(flatten)]
        store: StoreArgs,
    },
}

impl Account {
    pub(super) fn json(&self) -> bool {
        matches!(self.what, AccountCommand::List { json: true, .. })
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.what {
            AccountCommand::Add { name, phone_number_id, business_account_id, store } => {
                let [access_token, app_secret, verify_token] = secrets()?;
                let Some(access_token) = access_token else {
                    return Err(CommandError::Other(
                        "no access token: give it on standard input or in WAMID_ACCESS_TOKEN".into(),
                    ));
                };
                let opened = store.open().await?;
                let accounts = store.accounts(&opened, Options::default()).await?;
                let account = NewAccount {
                    name,
                    phone_number_id,
                    business_account_id,
                    access_token,
                    app_secret,
                    verify_token,
                };
                let id = accounts.add(&account).await?;
                say(&format!("account {id}"))?;
                if account.app_secret.is_none() {
                    complain("It has no app secret, so its webhooks are refused: they could be anybody's.");
                }
            }
            AccountCommand::List { json, store } => {
                let opened = store.open().await?;
                let accounts = store.accounts(&opened, Options::default()).await?.list().await?;
                if json {
                    say_json(&json!(accounts))?;
                    return Ok(());
                }
                say(&format!(
                    "{:>4}  {:<24}  {:<20}  default  webhooks  events",
                    "id", "name", "phone number id"
                ))?;
                for account in accounts {
                    let default = if account.is_default { "yes" } else { "" };
                    let webhooks = if account.has_app_secret { "signed" } else { "refused" };
                    let (id, name, number) = (account.id, account.name, account.phone_number_id);
                    let events = account.forward.unwrap_or_default();
                    let line =
                        format!("{id:>4}  {name:<24}  {number:<20}  {default:<7}  {webhooks:<8}  {events}");
                    say(line.trim_end())?;
                }
            }
            AccountCommand::SetDefault { id, store } => {
                let opened = store.open().await?;
                if !store.accounts(&opened, Options::default()).await?.set_default(id).await? {
                    return Err(CommandError::Other(format!("there is no account {id}")));
                }
                say(&format!("account {id} is the default"))?;
            }
            AccountCommand::Forward { id, to, store } => {
                let setting = to.setting()?;
                let opened = store.open().await?;
                if !store.accounts(&opened, Options::default()).await?.set_forward(id, &setting).await? {
                    return Err(CommandError::Other(format!("there is no account {id}")));
                }
                match setting {
                    AccountForward::To(target) => {
                        say(&format!("events of account {id} go to {}", target.shown()))?;
                    }
                    AccountForward::Never => say(&format!("events of account {id} go nowhere"))?,
                    _ => say(&format!("events of account {id} go where `wamid serve --forward` says"))?,
                }
            }
            AccountCommand::Remove { id, store } => {
                let opened = store.open().await?;
                let accounts = store.accounts(&opened, Options::default()).await?;
                if !accounts.remove(id).await? {
                    return Err(CommandError::Other(format!("there is no account {id}")));
                }
                say(&format!("account {id} is removed"))?;
                let left = accounts.list().await?;
                if !left.is_empty() && !left.iter().any(|account| account.is_default) {
                    complain("No account is the default now: wamid account set-default ID");
                }
            }
        }
        Ok(())
    }
}

/// Access token, app secret and verify token: from the environment, else from standard input, a line each.
fn secrets() -> Result<[Option<String>; 3], CommandError> {
    const NAMES: [&str; 3] = ["WAMID_ACCESS_TOKEN", "WAMID_APP_SECRET", "WAMID_VERIFY_TOKEN"];
    let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if var(NAMES[0]).is_some() {
        return Ok(NAMES.map(var));
    }
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        complain("Access token, app secret and verify token, a line each (an empty line is none):");
    }
    let mut lines = stdin.lock().lines();
    let mut secrets = [None, None, None];
    for secret in &mut secrets {
        let Some(line) = lines.next().transpose()? else { break };
        *secret = Some(line.trim().to_owned()).filter(|line| !line.is_empty());
    }
    Ok(secrets)
}
