use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::declare::{operation, result};
use super::host::{Ask, json};
use super::templates::pages;
use crate::client::Client;
use crate::error::Error;
use crate::json::Writer;
use crate::message::phone::{self, Recipient};
use crate::transport::{Answer, FailedAttempt};

/// As many as Meta takes at once.
const AT_ONCE: usize = 1000;

result! {
    /// Whom Meta did not block, or not unblock, and why.
    BlockFailure {
        /// The phone as it was given.
        phone: String,
        /// Meta's code, such as 131047: the user has not written in the last 24 hours.
        code: Option<i64>,
        /// Meta's words.
        message: Option<String>,
        /// More of them.
        details: Option<String>,
    }
}

result! {
    /// What became of each user.
    Blocking {
        /// Those that are blocked now, or unblocked, as they were given.
        done: Vec<String>,
        /// The others.
        failed: Vec<BlockFailure>,
    }
}

operation! {
    /// Blocks users: they can no longer write to the business, and get no messages from it.
    ///
    /// Meta takes only users who wrote in the last 24 hours. More than 1,000 go in several requests.
    /// (Meta: "block users".)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let blocking = client.block_users(["+1 650-387-9439".to_owned()]).await?;
    /// println!("{} blocked", blocking.done.len());
    /// # Ok(())
    /// # }
    /// ```
    BlockUsers, block_users -> Blocking {
        required {
            /// Their phones with country code, or user ids.
            phones: Vec<String> [1 ..],
        }
    }
}

operation! {
    /// Lets users that were blocked write again. More than 1,000 go in several requests.
    ///
    /// (Meta: "block users".)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// client.unblock_users(["+1 650-387-9439".to_owned()]).await?;
    /// # Ok(())
    /// # }
    /// ```
    UnblockUsers, unblock_users -> Blocking {
        required {
            /// Their phones with country code, or user ids.
            phones: Vec<String> [1 ..],
        }
    }
}

operation! {
    /// Lists the blocked users. Each is given by its address: the phone with country code, or the user id.
    ///
    /// (Meta: "block users".)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// for address in client.blocked_users().await? {
    ///     println!("{address}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    BlockedUsers, blocked_users -> Vec<String> {}
}

impl BlockUsers {
    async fn on(self, client: &Client) -> Result<Blocking, Error> {
        change(client, "block_users", Method::POST, &self.phones).await
    }
}

impl UnblockUsers {
    async fn on(self, client: &Client) -> Result<Blocking, Error> {
        change(client, "unblock_users", Method::DELETE, &self.phones).await
    }
}

impl BlockedUsers {
    async fn on(self, client: &Client) -> Result<Vec<String>, Error> {
        let address =
            client.graph("blocked_users", &[client.phone_number("blocked_users")?, "block_users"])?;
        let users: Vec<Blocked> = pages(client, address, None, |_| true).await?;
        Ok(users
            .iter()
            .filter_map(|user| phone::address(user.wa_id.as_deref(), user.user_id.as_deref()))
            .collect())
    }
}

#[derive(Deserialize)]
struct Blocked {
    wa_id: Option<String>,
    user_id: Option<String>,
}

async fn change(
    client: &Client,
    operation: &'static str,
    method: Method,
    phones: &[String],
) -> Result<Blocking, Error> {
    let mut users = Vec::with_capacity(phones.len());
    for (at, given) in phones.iter().enumerate() {
        let user = client.recipient(given).map_err(|error| {
            // The rule is that of any phone; its place is in the list.
            let rule = error.message().strip_prefix("phone ").unwrap_or(error.message());
            Error::invalid(format!("phones[{at}]"), rule)
        })?;
        users.push((given, user));
    }
    let address = client.graph(operation, &[client.phone_number(operation)?, "block_users"])?;
    let mut all = Blocking { done: Vec::new(), failed: Vec::new() };
    for users in users.chunks(AT_ONCE) {
        let ask = Ask::change(method.clone(), address.clone(), Some(body(users)?));
        match client.blocked(ask, users).await {
            Ok(answered) => {
                all.done.extend(answered.done);
                all.failed.extend(answered.failed);
            }
            Err(error) if all.done.is_empty() && all.failed.is_empty() => return Err(error),
            // What became of those before must not be lost with it.
            Err(error) => all.failed.extend(users.iter().map(|(given, _)| BlockFailure {
                phone: (*given).clone(),
                code: error.code(),
                message: Some(error.message().to_owned()),
                details: error.details().map(str::to_owned),
            })),
        }
    }
    Ok(all)
}

fn body(users: &[(&String, Recipient)]) -> Result<Vec<u8>, Error> {
    let mut out = Writer::with_capacity(64 + 40 * users.len());
    out.json(r#"{"messaging_product":"whatsapp","block_users":"#);
    out.list(users, |out, (_, user)| match user {
        Recipient::Phone(digits) => {
            out.json(r#"{"user":"+"#);
            out.json(digits);
            out.json("\"}");
        }
        Recipient::UserId(id) => {
            out.json(r#"{"user_id":"#);
            out.text(id);
            out.json("}");
        }
    });
    out.json("}");
    out.finish()
}

#[derive(Deserialize)]
struct Answered {
    block_users: Lists,
}

#[derive(Deserialize)]
struct Lists {
    #[serde(default, alias = "removed_users")]
    added_users: Vec<User>,
    #[serde(default)]
    failed_users: Vec<User>,
}

#[derive(Deserialize)]
struct User {
    input: Option<String>,
    wa_id: Option<String>,
    user_id: Option<String>,
    #[serde(default)]
    errors: Vec<Value>,
}

impl Client {
    /// What became of these users. Meta answers 400 with code 139100 where some failed, and lists them all the same.
    async fn blocked(&self, ask: Ask<'_>, users: &[(&String, Recipient)]) -> Result<Blocking, Error> {
        self.asked_despite(ask, &[139_100], |answer, text| read(answer, text, users)).await
    }
}

fn read(answer: &Answer, text: &str, users: &[(&String, Recipient)]) -> Result<Blocking, FailedAttempt> {
    let Answered { block_users: Lists { added_users, failed_users } } =
        json(answer, text, "answer to a block list")?;
    let given = |user: &User| {
        let texts = [&user.input, &user.wa_id, &user.user_id];
        let known = |text: &String| {
            let text = text.trim_start_matches('+');
            users.iter().find(|(_, recipient)| recipient.as_str() == text).map(|(given, _)| (*given).clone())
        };
        let found = texts.into_iter().flatten().find_map(known);
        found.or_else(|| texts.into_iter().flatten().next().cloned()).unwrap_or_default()
    };
    let failed = failed_users.iter().map(|user| {
        let error = user.errors.first();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        BlockFailure {
            phone: given(user),
            code: error.and_then(|error| error["code"].as_i64()),
            message: error.and_then(|error| text(&error["message"])),
            details: error.and_then(|error| text(&error["error_data"]["details"])),
        }
    });
    Ok(Blocking { done: added_users.iter().map(given).collect(), failed: failed.collect() })
}
