//! Queries the recorded sends (`Store::sends`).

use jiff::Timestamp;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::Store;
use super::fault::patiently;
use super::sends::{SendId, rank};
use super::value::{instant, now, text};
use crate::error::Error;

/// Which sends to list; what is absent does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendFilter {
    /// Those of this business number.
    pub phone_number_id: Option<String>,
    /// Those that are so now.
    pub status: Option<SendStatus>,
    /// Those with this reference.
    pub reference: Option<String>,
    /// The one that became this message.
    pub message_id: Option<String>,
    /// Only those of this sender; see [`NewSend::sent_by`](crate::NewSend::sent_by).
    pub sent_by: Option<i64>,
    /// At most so many, the newest; 100 where absent.
    pub limit: Option<u32>,
}

impl SendFilter {
    /// Lets through those of this business number alone.
    #[must_use]
    pub fn phone_number_id(mut self, phone_number_id: impl Into<String>) -> Self {
        self.phone_number_id = Some(phone_number_id.into());
        self
    }

    /// Lets through those alone that are so now.
    #[must_use]
    pub fn status(mut self, status: SendStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Lets through those with this reference alone.
    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Lets through only the one that became this message.
    #[must_use]
    pub fn message_id(mut self, message_id: impl Into<String>) -> Self {
        self.message_id = Some(message_id.into());
        self
    }

    /// Lets through only those of this sender.
    #[must_use]
    pub fn sent_by(mut self, sent_by: i64) -> Self {
        self.sent_by = Some(sent_by);
        self
    }

    /// Lets through at most so many, the newest.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }
}

/// What has become of a send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SendStatus {
    /// Under way.
    Sending,
    /// Not known to have ended by its deadline: it may have gone out.
    Unknown,
    /// Meta took it.
    Sent,
    /// It is on the recipient's device.
    Delivered,
    /// The recipient has read it.
    Read,
    /// It did not go out, or could not be delivered.
    Failed,
}

impl SendStatus {
    /// All of them, in the order in which a send may have them.
    pub const ALL: [Self; 6] =
        [Self::Sending, Self::Unknown, Self::Sent, Self::Delivered, Self::Read, Self::Failed];

    /// The one of that name.
    ///
    /// ```
    /// assert_eq!(wamid::SendStatus::from_name("read"), Some(wamid::SendStatus::Read));
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// Its name, such as `delivered`.
    ///
    /// ```
    /// assert_eq!(wamid::SendStatus::Unknown.as_str(), "unknown");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }

    fn of(status: i64, deadline: i64, now: i64) -> Self {
        match status {
            rank::SENT => Self::Sent,
            rank::DELIVERED => Self::Delivered,
            rank::READ => Self::Read,
            rank::FAILED => Self::Failed,
            _ if deadline > now => Self::Sending,
            _ => Self::Unknown,
        }
    }

    /// The condition on a row, with `$1` the time.
    const fn condition(self) -> &'static str {
        match self {
            Self::Sending => "status = 0 AND deadline > $1",
            Self::Unknown => "status = 0 AND deadline <= $1",
            Self::Sent => "status = 1",
            Self::Delivered => "status = 2",
            Self::Read => "status = 3",
            Self::Failed => "status = 4",
        }
    }
}

/// A send in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StoredSend {
    /// Its id here.
    pub id: SendId,
    /// The business number that it was sent from.
    pub phone_number_id: String,
    /// Whom it went to, as it was sent.
    pub recipient: String,
    /// The type of its content, such as `text`.
    pub operation: String,
    /// Its reference.
    pub reference: Option<String>,
    /// What has become of it.
    pub status: SendStatus,
    /// The message's id, once known.
    pub message_id: Option<String>,
    /// Why it failed, by the Graph API's code.
    pub code: Option<i64>,
    /// When it was written down, before it went out.
    pub created_at: Timestamp,
    /// When something of it last changed.
    pub updated_at: Timestamp,
    /// Whose it is, where a program sends for many.
    pub sent_by: Option<i64>,
}

impl Store {
    /// The sends that `filter` lets through, the newest first.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the record cannot be read.
    pub async fn sends(&self, filter: &SendFilter) -> Result<Vec<StoredSend>, Error> {
        let now = now();
        let texts = [
            ("phone_number_id", &filter.phone_number_id),
            ("reference", &filter.reference),
            ("message_id", &filter.message_id),
        ];
        let mut sql = String::from(
            "SELECT id, phone_number_id, recipient, operation, reference, status, message_id, code, deadline,
                created_at, updated_at, sent_by FROM wamid_sends WHERE $1 = $1",
        );
        if let Some(status) = filter.status {
            sql.push_str(" AND ");
            sql.push_str(status.condition());
        }
        let given = texts.iter().filter_map(|(column, value)| Some((column, value.as_deref()?)));
        for (at, (column, _)) in given.clone().enumerate() {
            sql.push_str(&format!(" AND {column} = ${}", at + 3));
        }
        if filter.sent_by.is_some() {
            sql.push_str(&format!(" AND sent_by = ${}", given.clone().count() + 3));
        }
        sql.push_str(" ORDER BY created_at DESC, id DESC LIMIT $2");
        let read = async {
            patiently!({
                // Made of this module's own words alone; what the caller gave is bound.
                let mut query = sqlx::query(AssertSqlSafe(sql.clone()))
                    .bind(now)
                    .bind(i64::from(filter.limit.unwrap_or(100)));
                for (_, value) in given.clone() {
                    query = query.bind(text(value));
                }
                if let Some(sender) = filter.sent_by {
                    query = query.bind(sender);
                }
                query.fetch_all(self.pool()).await
            })
            .and_then(|rows| rows.iter().map(|row| record(row, now)).collect())
            .map_err(|error| self.fault("be read").database(error))
        };
        self.in_time("be read", read).await
    }
}

impl Store {
    /// The send of that reference that was begun with that token.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the record cannot be read.
    #[doc(hidden)]
    pub async fn begun_with(&self, reference: &str, token: &str) -> Result<Option<StoredSend>, Error> {
        let now = now();
        let read = async {
            patiently!(
                sqlx::query("SELECT * FROM wamid_sends WHERE reference = $1 AND token = $2")
                    .bind(text(reference))
                    .bind(token)
                    .fetch_optional(self.pool())
                    .await
            )
            .and_then(|row| row.map(|row| record(&row, now)).transpose())
            .map_err(|error| self.fault("be read").database(error))
        };
        self.in_time("be read", read).await
    }
}

fn record(row: &AnyRow, now: i64) -> sqlx::Result<StoredSend> {
    Ok(StoredSend {
        id: SendId::new(row.try_get("id")?),
        phone_number_id: row.try_get("phone_number_id")?,
        recipient: row.try_get("recipient")?,
        operation: content_type(row.try_get("operation")?),
        reference: row.try_get("reference")?,
        status: SendStatus::of(row.try_get("status")?, row.try_get("deadline")?, now),
        message_id: row.try_get("message_id")?,
        code: row.try_get("code")?,
        created_at: instant(row.try_get("created_at")?),
        updated_at: instant(row.try_get("updated_at")?),
        sent_by: row.try_get("sent_by")?,
    })
}

/// The type of a content. Older versions wrote the operation's name instead.
fn content_type(written: String) -> String {
    match written.as_str() {
        "send_message" => "text".to_owned(),
        "send_location" => "location".to_owned(),
        "send_template" => "template".to_owned(),
        _ => written,
    }
}
