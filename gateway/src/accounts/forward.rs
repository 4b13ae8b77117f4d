//! Where the events of each account go.

use std::collections::HashMap;

use sqlx::Row as _;
use wamid::Error;

use super::super::ForwardTarget;
use super::super::keys::now;
use super::{Accounts, place};

/// What stands in place of a URL for an account whose events are not passed on.
const NEVER: &str = "";
/// What a secret is sealed for.
const SECRET: &str = "forward_secret";

/// Where the events of one account go.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccountForward {
    /// Where those of all accounts go without a setting of their own: `wamid serve --forward`.
    AsGateway,
    /// Nowhere.
    Never,
    /// To a target of its own.
    To(ForwardTarget),
}

/// The same without the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forwards {
    AsGateway,
    Never,
    ToItsOwn,
}

impl Forwards {
    /// What the column `forward_url` says.
    pub(super) fn of(url: Option<&str>) -> Self {
        match url {
            None => Self::AsGateway,
            Some(NEVER) => Self::Never,
            Some(_) => Self::ToItsOwn,
        }
    }
}

/// What a list shows of the column `forward_url`: never the path or the query, which may be secret.
pub(super) fn shown(url: Option<&str>) -> Option<String> {
    match url {
        None => None,
        Some(NEVER) => Some("never".to_owned()),
        Some(url) => {
            let (scheme, rest) = url.split_once("://").unwrap_or_default();
            Some(format!("{scheme}://{}", rest.split(['/', '?', '#']).next().unwrap_or_default()))
        }
    }
}

impl Accounts {
    /// Says where the events of an account go. Those that wait already go there too. Says whether there is an account of that id.
    ///
    /// # Errors
    /// [`Store`](wamid::ErrorKind::Store) where it cannot be recorded.
    pub async fn set_forward(&self, id: i64, to: &AccountForward) -> Result<bool, Error> {
        let failed = |error| Error::store("change an account", error);
        let mut tx = self.begin().await?;
        let number: Option<String> =
            sqlx::query_scalar("SELECT phone_number_id FROM gateway_accounts WHERE id = $1")
                .bind(id)
                .fetch_optional(&mut *tx)
                .await
                .map_err(failed)?;
        let Some(number) = number else { return Ok(false) };
        let (url, secret) = match to {
            AccountForward::AsGateway => (None, None),
            AccountForward::Never => (Some(NEVER), None),
            AccountForward::To(target) => {
                let sealed = self.vault.seal(&place(&number, SECRET), target.secret().as_bytes())?;
                (Some(target.url()), Some(sealed))
            }
        };
        sqlx::query(
            "UPDATE gateway_accounts SET forward_url = $1, forward_secret = $2, changed_at = $3 WHERE id = $4",
        )
        .bind(url)
        .bind(secret)
        .bind(now())
        .bind(id)
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
        tx.commit().await?;
        Ok(true)
    }

    /// The target of each number whose events are passed on; `common` is that of accounts without a setting of their own.
    pub(crate) async fn forward_targets(
        &self,
        common: Option<&ForwardTarget>,
    ) -> Result<HashMap<String, ForwardTarget>, Error> {
        let failed = |error| Error::store("look the accounts up", error);
        let rows = sqlx::query("SELECT phone_number_id, forward_url, forward_secret FROM gateway_accounts")
            .fetch_all(self.store.pool())
            .await
            .map_err(failed)?;
        let mut targets = HashMap::new();
        for row in rows {
            let number: String = row.try_get(0).map_err(failed)?;
            let url: Option<String> = row.try_get(1).map_err(failed)?;
            let target = match Forwards::of(url.as_deref()) {
                Forwards::Never => None,
                Forwards::AsGateway => common.cloned(),
                Forwards::ToItsOwn => {
                    let sealed: Option<Vec<u8>> = row.try_get(2).map_err(failed)?;
                    let secret = self.unseal(&number, SECRET, &sealed.unwrap_or_default())?;
                    // It was held to the rules when it was set.
                    Some(ForwardTarget::new(&url.unwrap_or_default(), &secret, true)?)
                }
            };
            if let Some(target) = target {
                targets.insert(number, target);
            }
        }
        Ok(targets)
    }
}
