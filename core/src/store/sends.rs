//! A send is written down before it goes out, and again when it ends.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, FromRow, Row as _};

use super::group::{Begin, Job};
use super::undo::{PendingWrite, Ticket, Undo, persist};
use super::value::{micros, now, text};
use super::{Store, StoreRow, contacts};
use crate::error::Error;

/// A send that is about to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewSend {
    /// The business number that it is sent from.
    pub phone_number_id: String,
    /// Whom it goes to: digits only, or a user id.
    pub recipient: String,
    /// The type of its content, such as `text`.
    pub operation: String,
    /// The reference that its status webhooks will carry. Without one a send that ended unknown stays so.
    pub reference: Option<String>,
    /// When it has ended at the latest. Not finished by then, it is unknown.
    pub deadline: Timestamp,
    /// Whose it is, where a program sends for many: a number that the program knows them by. `wamid serve` has the API key's id here.
    pub sent_by: Option<i64>,
}

impl NewSend {
    /// A send without a reference. `recipient` is digits only, or a user id; `operation` the type of its content, such as `text`; past
    /// `deadline` it is unknown unless it was finished.
    pub fn new(
        phone_number_id: impl Into<String>,
        recipient: impl Into<String>,
        operation: impl Into<String>,
        deadline: Timestamp,
    ) -> Self {
        Self {
            phone_number_id: phone_number_id.into(),
            recipient: recipient.into(),
            operation: operation.into(),
            reference: None,
            deadline,
            sent_by: None,
        }
    }

    /// Gives it the reference that its status webhooks will carry.
    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Says whose it is.
    #[must_use]
    pub fn sent_by(mut self, sent_by: i64) -> Self {
        self.sent_by = Some(sent_by);
        self
    }
}

/// A send in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub struct SendId(i64);

impl SendId {
    pub(super) fn new(id: i64) -> Self {
        Self(id)
    }

    /// The number of its row.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

/// How a send ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendOutcome {
    /// Meta took it.
    Sent {
        /// The message's id.
        message_id: String,
        /// The recipient's WhatsApp id, which may differ from the number that it was sent to.
        wa_id: Option<String>,
        /// The recipient's business-scoped user id.
        user_id: Option<String>,
    },
    /// Surely not sent.
    Failed {
        /// The Graph API's error code.
        code: Option<i64>,
    },
    /// Nobody knows. A status webhook with its reference settles it.
    Unknown,
}

/// The ranks of a send's status, which only grows.
pub(super) mod rank {
    pub(in crate::store) const SENDING: i64 = 0;
    pub(in crate::store) const SENT: i64 = 1;
    pub(in crate::store) const DELIVERED: i64 = 2;
    pub(in crate::store) const READ: i64 = 3;
    pub(in crate::store) const FAILED: i64 = 4;
}

/// What is needed of a send to settle it.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) phone_number_id: String,
    pub(super) recipient: String,
    pub(super) conversation_id: i64,
    pub(super) reference: Option<String>,
    pub(super) status: i64,
    pub(super) message_id: Option<String>,
    pub(super) code: Option<i64>,
    pub(super) created_at: i64,
}

impl FromRow<'_, AnyRow> for Row {
    fn from_row(row: &AnyRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            phone_number_id: row.try_get("phone_number_id")?,
            recipient: row.try_get("recipient")?,
            conversation_id: row.try_get("conversation_id")?,
            reference: row.try_get("reference")?,
            status: row.try_get("status")?,
            message_id: row.try_get("message_id")?,
            code: row.try_get("code")?,
            created_at: row.try_get("created_at")?,
        })
    }
}

impl Store {
    /// Writes a send down before it goes out. No message content is kept.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store), retryable: the record could not be written, so nothing must be sent.
    pub async fn begin_send(&self, send: &NewSend) -> Result<SendId, Error> {
        match self.begin_claimed(send.clone(), None).await? {
            Some(id) => Ok(id),
            None => Err(self.fault("be written").says("somebody else has claimed the send")),
        }
    }

    /// The same, where `claim` changes something; where it does not, nothing is written.
    pub(crate) async fn begin_claimed(
        &self,
        send: NewSend,
        claim: Option<StoreRow>,
    ) -> Result<Option<SendId>, Error> {
        let token = claim
            .as_ref()
            .and_then(|claim| claim.token.clone())
            .unwrap_or_else(|| format!("{:032x}", fastrand::u128(..)));
        let undo = Undo {
            send: Some((send.phone_number_id.clone(), token.clone())),
            row: claim.as_ref().and_then(|claim| claim.undo.as_deref().cloned()),
        };
        let asked = PendingWrite::new(self, undo);
        let (begin, ticket) = (Begin { send, token, claim }, asked.ticket());
        let id = self.in_group(|answer| Job::Begin(begin, ticket, answer)).await;
        asked.answered(&id);
        id.map(|id| id.map(SendId)).map_err(|error| error.not_sent(true))
    }

    pub(super) async fn try_begin(&self, begin: &Begin, ticket: &Ticket) -> Result<Option<i64>, Error> {
        let mut tx = self.begin_unlimited().await?;
        if !ticket.take() {
            tx.undo().await;
            return Ok(None);
        }
        if let Some(claim) = &begin.claim {
            match claim.write(&mut tx, self.dialect()).await {
                Ok(true) => {}
                Ok(false) => {
                    tx.undo().await;
                    return Ok(None);
                }
                Err(error) => return tx.end(Err(error)).await,
            }
        }
        let id = insert(&mut tx, begin).await;
        tx.end(id.map(Some)).await
    }

    /// Writes down how a send ended.
    ///
    /// One that was sent, or is unknown, counts in its conversation: `last_message_at` is the time at which the send
    /// began, and what had come in by then is no longer unread. What a status webhook told in the meantime stays.
    ///
    /// # Errors
    /// [`Store`](crate::ErrorKind::Store) where the record cannot be written or has no such send.
    pub async fn finish_send(&self, id: &SendId, outcome: &SendOutcome) -> Result<(), Error> {
        self.finish_settled(*id, outcome.clone(), None).await
    }

    /// The same, and writes a row with it.
    pub(crate) async fn finish_settled(
        &self,
        id: SendId,
        outcome: SendOutcome,
        row: Option<StoreRow>,
    ) -> Result<(), Error> {
        self.in_group(|answer| Job::Finish(id.0, outcome, row, answer)).await
    }

    /// The same, tried until the store takes it: what is known of a message must not be forgotten because a disk was full for a while.
    pub(crate) async fn finish_surely(
        &self,
        id: SendId,
        outcome: SendOutcome,
        row: Option<StoreRow>,
    ) -> Result<(), Error> {
        persist(|| {
            let (store, outcome, row) = (self.clone(), outcome.clone(), row.clone());
            async move { store.finish_settled(id, outcome, row).await }
        })
        .await
    }

    pub(super) async fn try_finish(
        &self,
        id: i64,
        outcome: &SendOutcome,
        row: Option<&StoreRow>,
    ) -> Result<(), Error> {
        let mut tx = self.begin_unlimited().await?;
        tx.lock_send(id).await?;
        let begun =
            sqlx::query_as("SELECT * FROM wamid_sends WHERE id = $1").bind(id).fetch_optional(&mut *tx);
        let begun = match begun.await {
            Ok(Some(begun)) => begun,
            Ok(None) => {
                tx.undo().await;
                return Err(self.fault("be written").says("it has no send of this id"));
            }
            Err(error) => return tx.end(Err(error)).await,
        };
        let mut finished = finish(&mut tx, begun, outcome).await;
        if let (Ok(()), Some(row)) = (&finished, row) {
            finished = row.write(&mut tx, self.dialect()).await.map(drop);
        }
        tx.end(finished).await
    }
}

async fn insert(tx: &mut AnyConnection, Begin { send, token, .. }: &Begin) -> sqlx::Result<i64> {
    let conversation = contacts::of_recipient(tx, &send.phone_number_id, &send.recipient).await?;
    sqlx::query_scalar(
        "INSERT INTO wamid_sends (phone_number_id, conversation_id, recipient, operation, reference, received_before,
            deadline, created_at, updated_at, token, sent_by)
         VALUES ($1, $2, $3, $4, $5, (SELECT received FROM wamid_conversations WHERE id = $2), $6, $7, $7, $8, $9)
         RETURNING id",
    )
    .bind(text(&send.phone_number_id))
    .bind(conversation)
    .bind(text(&send.recipient))
    .bind(text(&send.operation))
    .bind(send.reference.as_deref().map(text))
    .bind(micros(send.deadline))
    .bind(now())
    .bind(token)
    .bind(send.sent_by)
    .fetch_one(tx)
    .await
}

pub(super) async fn finish(tx: &mut AnyConnection, row: Row, outcome: &SendOutcome) -> sqlx::Result<()> {
    match outcome {
        SendOutcome::Sent { message_id, wa_id, user_id } => {
            if row.message_id.as_ref().is_some_and(|known| *known != text(message_id)) {
                hand_over(tx, &row).await?;
            }
            take_back(tx, &row, message_id).await?;
            sqlx::query(
                "UPDATE wamid_sends SET message_id = $2, updated_at = $3,
                    status = CASE WHEN status < $4 THEN $4 ELSE status END
                 WHERE id = $1",
            )
            .bind(row.id)
            .bind(text(message_id))
            .bind(now())
            .bind(rank::SENT)
            .execute(&mut *tx)
            .await?;
            settled(tx, &row, wa_id.as_deref(), user_id.as_deref()).await
        }
        SendOutcome::Failed { code } => {
            sqlx::query(
                "UPDATE wamid_sends SET status = $2, code = $3, updated_at = $4 WHERE id = $1 AND status = 0",
            )
            .bind(row.id)
            .bind(rank::FAILED)
            .bind(*code)
            .bind(now())
            .execute(tx)
            .await?;
            Ok(())
        }
        SendOutcome::Unknown => {
            sqlx::query(
                "UPDATE wamid_sends SET updated_at = $2, deadline = CASE WHEN deadline < $2 THEN deadline ELSE $2 END
                 WHERE id = $1 AND status = 0",
            )
            .bind(row.id)
            .bind(now())
            .execute(tx)
            .await?;
            Ok(())
        }
    }
}

/// A send is known to have gone out: it counts in the conversation of the contact that Meta named.
pub(super) async fn settled(
    tx: &mut AnyConnection,
    row: &Row,
    number: Option<&str>,
    user_id: Option<&str>,
) -> sqlx::Result<()> {
    let Row { phone_number_id, recipient, conversation_id, .. } = row;
    let contact =
        contacts::confirm(tx, phone_number_id, recipient, *conversation_id, number, user_id).await?;
    if contact != *conversation_id {
        sqlx::query(
            "UPDATE wamid_sends SET conversation_id = $2,
                received_before = (SELECT received FROM wamid_conversations WHERE id = $2)
             WHERE id = $1 AND conversation_id <> $2",
        )
        .bind(row.id)
        .bind(contact)
        .execute(&mut *tx)
        .await?;
    }
    sqlx::query(
        "UPDATE wamid_conversations SET
            answered = (SELECT CASE WHEN received_before > answered THEN received_before ELSE answered END
                FROM wamid_sends WHERE wamid_sends.id = $2),
            last_message_at = CASE WHEN last_message_at > $3 THEN last_message_at ELSE $3 END
         WHERE id = $1",
    )
    .bind(contact)
    .bind(row.id)
    .bind(row.created_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// A status that came before the answer was matched by its reference alone, and the answer shows that it was about
/// another send to the same recipient under the same reference. It goes to the oldest of those that wait for theirs.
async fn hand_over(tx: &mut AnyConnection, row: &Row) -> sqlx::Result<()> {
    let other: Option<Row> = sqlx::query_as(
        "UPDATE wamid_sends SET status = $4, message_id = $5, code = $6 WHERE id = (
            SELECT MIN(id) FROM wamid_sends
            WHERE phone_number_id = $1 AND reference = $2 AND recipient = $3 AND status = 0)
         RETURNING *",
    )
    .bind(row.phone_number_id.clone())
    .bind(row.reference.clone())
    .bind(row.recipient.clone())
    .bind(row.status)
    .bind(row.message_id.clone())
    .bind(row.code)
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(other) = other.filter(|other| other.status != rank::FAILED) {
        settled(tx, &other, None, None).await?;
    }
    sqlx::query("UPDATE wamid_sends SET status = 0, code = NULL WHERE id = $1")
        .bind(row.id)
        .execute(tx)
        .await?;
    Ok(())
}

/// A status that came before this answer was matched by its reference alone, with an older send under the same reference whose outcome
/// is unknown. The answer shows whose it is; the older one is as unknown as before.
async fn take_back(tx: &mut AnyConnection, row: &Row, message_id: &str) -> sqlx::Result<()> {
    let told: Option<(i64, i64, Option<i64>)> = sqlx::query_as(
        "SELECT id, status, code FROM wamid_sends
         WHERE message_id = $1 AND phone_number_id = $2 AND reference = $3 AND id <> $4 ORDER BY id LIMIT 1",
    )
    .bind(text(message_id))
    .bind(row.phone_number_id.clone())
    .bind(row.reference.clone())
    .bind(row.id)
    .fetch_optional(&mut *tx)
    .await?;
    let Some((other, status, code)) = told else { return Ok(()) };
    sqlx::query("UPDATE wamid_sends SET status = 0, code = NULL, message_id = NULL WHERE id = $1")
        .bind(other)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE wamid_sends SET status = $2, code = COALESCE($3, code) WHERE id = $1 AND status < $2",
    )
    .bind(row.id)
    .bind(status)
    .bind(code)
    .execute(tx)
    .await?;
    Ok(())
}
