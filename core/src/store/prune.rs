//! Forgets old sends, so that a store need not grow for ever.

use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use sqlx::{AnyConnection, Row as _};

use super::Store;
use super::fault::{again, patiently};
use super::value::{micros, now};
use crate::error::Error;

/// Rows that one transaction looks at: no other writer waits long for it.
const PAGE: i64 = 1000;

/// Meta delivers a webhook again for up to 7 days. What came in is known for longer, whatever is pruned.
const REDELIVERED_FOR_DAYS: i64 = 30;

/// Which sends to forget.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prune {
    /// Those that began before this moment, and have ended.
    pub before: Timestamp,
    /// Also those whose outcome is unknown: nobody can look them up any more.
    pub with_unknown: bool,
}

impl Prune {
    /// Forgets the sends that began before this moment, and have ended in a known way.
    #[must_use]
    pub fn before(before: Timestamp) -> Self {
        Self { before, with_unknown: false }
    }

    /// Forgets also those whose outcome is unknown, or keeps them.
    #[must_use]
    pub fn with_unknown(mut self, with_unknown: bool) -> Self {
        self.with_unknown = with_unknown;
        self
    }
}

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Pruned {
    /// Sends.
    pub sends: u64,
    /// Ids of messages that came in, by which a redelivery is known.
    pub received: u64,
    /// Ids of events that a handler has taken.
    pub handled: u64,
}

/// The sends among a page that go: `$1` and `$2` are its ids, `$3` the moment, `$4` the time now, `$5` 1 with the unknown.
macro_rules! going {
    ($and:literal) => {
        concat!(
            "id > $1 AND id <= $2 AND created_at < $3 AND (status > 0 OR ($5 = 1 AND deadline <= $4))",
            $and
        )
    };
}

impl Store {
    /// Forgets old sends, and the ids of events that came in, or that a handler has taken, as long ago and more than 30 days ago. Conversations stay as
    /// they are; a send that is under way stays always, one that is unknown unless `prune` says otherwise.
    ///
    /// It goes through the store in small steps, so that sends may go out meanwhile; dropped half-way, what it did so far
    /// stays done.
    ///
    /// ```
    /// use wamid::{Prune, Store, Timestamp};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), wamid::Error> {
    /// let store = Store::open("sqlite::memory:").await?;
    /// let pruned = store.prune(&Prune::before(Timestamp::now())).await?;
    /// assert_eq!(pruned.sends, 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the record cannot be read or written.
    pub async fn prune(&self, prune: &Prune) -> Result<Pruned, Error> {
        let mut pruned = Pruned::default();
        let mut after = 0;
        while let Some(last) = self.page_of_sends(after, prune.before).await? {
            let page = async { again!(self.forget_sends((after, last), prune).await) };
            pruned.sends += self.in_time("be written", page).await?;
            after = last;
        }
        let kept = Timestamp::now().checked_sub((24 * REDELIVERED_FOR_DAYS).hours());
        let before = prune.before.min(kept.unwrap_or(Timestamp::MIN));
        pruned.received = self.forget_ids(&RECEIVED, before).await?;
        pruned.handled = self.forget_ids(&HANDLED, before).await?;
        Ok(pruned)
    }

    /// The last id of the page behind `after`; none where nothing old is left.
    async fn page_of_sends(&self, after: i64, before: Timestamp) -> Result<Option<i64>, Error> {
        // Ids and moments rise together but for the clocks of several machines.
        let slack = 24.hours();
        let before = micros(before.saturating_add(slack).unwrap_or(Timestamp::MAX));
        let read = async {
            patiently!(
                sqlx::query(
                    "SELECT MAX(id), MIN(created_at) FROM
                        (SELECT id, created_at FROM wamid_sends WHERE id > $1 ORDER BY id LIMIT $2) AS page",
                )
                .bind(after)
                .bind(PAGE)
                .fetch_one(self.pool())
                .await
            )
            .and_then(|row| Ok((row.try_get::<Option<i64>, _>(0)?, row.try_get::<Option<i64>, _>(1)?)))
            .map_err(|error| self.fault("be read").database(error))
        };
        let (last, oldest) = self.in_time("be read", read).await?;
        Ok(last.filter(|_| oldest.is_some_and(|oldest| oldest < before)))
    }

    async fn forget_sends(&self, (after, last): (i64, i64), prune: &Prune) -> Result<u64, Error> {
        let mut tx = self.begin().await?;
        let bounds = [after, last, micros(prune.before), now(), i64::from(prune.with_unknown)];
        let gone = async {
            if prune.with_unknown {
                run(&mut tx, COUNTED, &bounds).await?;
            }
            run(&mut tx, concat!("DELETE FROM wamid_sends WHERE ", going!("")), &bounds).await
        }
        .await;
        tx.end(gone).await
    }

    /// Goes through a table of ids page by page.
    async fn forget_ids(&self, table: &IdTable, before: Timestamp) -> Result<u64, Error> {
        let mut gone = 0;
        let mut after = (String::new(), String::new());
        while let Some(last) = self.page_of_ids(table, &after).await? {
            let page = async { again!(self.forget_page_of_ids(table, &after, &last, before).await) };
            gone += self.in_time("be written", page).await?;
            after = last;
        }
        Ok(gone)
    }

    async fn page_of_ids(
        &self,
        table: &IdTable,
        after: &(String, String),
    ) -> Result<Option<(String, String)>, Error> {
        let read = async {
            patiently!(
                sqlx::query(table.page)
                    .bind(&after.0)
                    .bind(&after.1)
                    .bind(PAGE)
                    .fetch_optional(self.pool())
                    .await
            )
            .and_then(|row| row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose())
            .map_err(|error| self.fault("be read").database(error))
        };
        self.in_time("be read", read).await
    }

    async fn forget_page_of_ids(
        &self,
        table: &IdTable,
        after: &(String, String),
        last: &(String, String),
        before: Timestamp,
    ) -> Result<u64, Error> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query(table.forget)
            .bind(&after.0)
            .bind(&after.1)
            .bind(&last.0)
            .bind(&last.1)
            .bind(micros(before))
            .execute(&mut *tx)
            .await;
        tx.end(gone.map(|gone| gone.rows_affected())).await
    }
}

/// A table that knows ids, each from a moment on.
struct IdTable {
    /// The last id of the page behind `$1` and `$2`.
    page: &'static str,
    /// Forgets of the page up to `$3` and `$4` what is older than `$5`.
    forget: &'static str,
}

macro_rules! id_table {
    ($table:literal, $id:literal, $at:literal) => {
        IdTable {
            page: concat!(
                "SELECT phone_number_id, ",
                $id,
                " FROM
                    (SELECT phone_number_id, ",
                $id,
                " FROM ",
                $table,
                "
                        WHERE (phone_number_id, ",
                $id,
                ") > ($1, $2)
                        ORDER BY phone_number_id, ",
                $id,
                " LIMIT $3) AS page
                 ORDER BY phone_number_id DESC, ",
                $id,
                " DESC LIMIT 1"
            ),
            forget: concat!(
                "DELETE FROM ",
                $table,
                " WHERE (phone_number_id, ",
                $id,
                ") > ($1, $2)
                    AND (phone_number_id, ",
                $id,
                ") <= ($3, $4) AND ",
                $at,
                " < $5"
            ),
        }
    };
}

const RECEIVED: IdTable = id_table!("wamid_received", "message_id", "received_at");
const HANDLED: IdTable = id_table!("wamid_handled", "event_id", "handled_at");

/// What unknown sends do to their conversations is worked out at each look; before they go, it is written down.
const COUNTED: &str = concat!(
    "UPDATE wamid_conversations SET
        answered = (SELECT CASE WHEN MAX(received_before) > wamid_conversations.answered
                THEN MAX(received_before) ELSE wamid_conversations.answered END
            FROM wamid_sends WHERE ",
    going!(" AND status = 0 AND conversation_id = wamid_conversations.id"),
    "),
        last_message_at = (SELECT CASE WHEN wamid_conversations.last_message_at > MAX(created_at)
                THEN wamid_conversations.last_message_at ELSE MAX(created_at) END
            FROM wamid_sends WHERE ",
    going!(" AND status = 0 AND conversation_id = wamid_conversations.id"),
    ")
     WHERE id IN (SELECT conversation_id FROM wamid_sends WHERE ",
    going!(" AND status = 0"),
    ")"
);

async fn run(tx: &mut AnyConnection, sql: &'static str, bounds: &[i64; 5]) -> sqlx::Result<u64> {
    let query = bounds.iter().fold(sqlx::query(sql), |query, bound| query.bind(*bound));
    Ok(query.execute(tx).await?.rows_affected())
}
