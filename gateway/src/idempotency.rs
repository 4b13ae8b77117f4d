//! One key, one message: a send is written down under its key before it goes out, and its answer is kept for a day.
//!
//! What surely was not sent gives its key back, so that the same call can be made again; who was waiting for it meanwhile shares its
//! answer. What was sent, or may have been, keeps it: whoever comes with the key again gets the same answer, and nothing is sent.
//! Where the answer is that nobody knows, the record of the send is asked first: a webhook may have settled it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::Row as _;
use sqlx::any::AnyRow;
use tokio::time::Instant;
use wamid::{Error, Receipt, SendClaim, Store, StoreRow};

use super::answer::WrittenAnswer;
use super::keys::{hash, now};

/// How long a key is kept, in microseconds: 24 hours.
const KEPT: i64 = 24 * 3_600 * 1_000_000;
/// How often someone who waits for another's answer looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// How long a webhook's word on a send waits for that of the request itself, which says more.
const ANSWER_FIRST: i64 = 2_000_000;

/// What became of a key that somebody else has.
#[derive(Debug)]
pub(super) enum EarlierRequest {
    /// It was given back, or has had its day.
    Free,
    /// Their request ended with this answer.
    Answered(WrittenAnswer),
    /// It had other arguments.
    Other,
    /// Nobody knows how it ended. It had this reference, where that is known.
    Unknown(Option<String>),
}

/// The keys of one store.
#[derive(Debug, Clone)]
pub(super) struct Idempotency(Store);

/// A request's claim to a key, written together with the record of its send.
#[derive(Debug)]
pub(super) struct Claim {
    key_id: i64,
    key: String,
    digest: String,
    /// Tells this request's row, and its send, from another's under the same key.
    owner: String,
    /// When whoever waits for this one's answer gives it up.
    deadline: i64,
    /// The key has been taken already, before the record of the send.
    taken: AtomicBool,
}

/// Which arguments two digests are of can be compared where both were made in the same way: its number stands before them. A digest
/// of another way is of the same arguments for all that is known, and "the same" sends nothing.
const WAY: &str = "2:";

fn are_other(one: &str, other: &str) -> bool {
    one.starts_with(WAY) && other.starts_with(WAY) && one != other
}

impl Claim {
    /// `asked` tells the message, `within` is how long its send may take.
    pub(super) fn new(key_id: i64, key: &str, asked: &str, within: Duration) -> Self {
        let within = i64::try_from(within.as_micros()).unwrap_or(i64::MAX / 2);
        Self {
            key_id,
            key: key.to_owned(),
            digest: format!("{WAY}{}", hash(asked)),
            owner: format!("{:032x}", fastrand::u128(..)),
            deadline: now().saturating_add(within),
            taken: AtomicBool::new(false),
        }
    }

    fn row(&self, statement: &'static str, row: Value) -> StoreRow {
        let tag = format!("{} {}", self.key_id, self.key);
        StoreRow { statement, tag, row, token: Some(self.owner.clone()), undo: None }
    }

    /// Keeps an answer: of a send that went out, or may have; or that was refused.
    fn keep(&self, answer: &WrittenAnswer, refused: bool) -> StoreRow {
        let body = String::from_utf8_lossy(&answer.body);
        let refused = i64::from(refused);
        self.row(
            KEEP,
            json!({"i": self.key_id, "k": self.key, "o": self.owner, "s": answer.status, "a": body, "n": refused}),
        )
    }

    fn take(&self, reference: Option<&str>) -> StoreRow {
        let Self { key_id, key, digest, owner, deadline, .. } = self;
        let row = json!({"i": key_id, "k": key, "d": digest, "o": owner, "l": deadline, "c": now(), "r": reference});
        StoreRow { undo: Some(Box::new(self.release())), ..self.row(TAKE, row) }
    }

    fn release(&self) -> StoreRow {
        self.row(RELEASE, json!({"i": self.key_id, "k": self.key, "o": self.owner}))
    }
}

impl SendClaim for Claim {
    fn claim(&self, reference: Option<&str>) -> StoreRow {
        if self.taken.load(Ordering::Acquire) {
            let row = json!({"i": self.key_id, "k": self.key, "o": self.owner, "r": reference});
            return StoreRow { undo: Some(Box::new(self.release())), ..self.row(HOLD, row) };
        }
        self.take(reference)
    }

    /// What surely did not go out gives its key back, to whoever comes next. Who has waited for it has its answer.
    fn settle(&self, sent: &Result<Receipt, Error>) -> StoreRow {
        let refused = sent.as_ref().is_err_and(|error| !error.maybe_sent());
        self.keep(&WrittenAnswer::of_send(sent), refused)
    }
}

impl Idempotency {
    pub(super) fn new(store: Store) -> Self {
        Self(store)
    }

    /// Waits for what becomes of a key that somebody else has, at most until that one's deadline, or one's own.
    pub(super) async fn earlier(&self, claim: &Claim, until: Instant) -> Result<EarlierRequest, Error> {
        let failed = |error| Error::store("look an idempotency key up", error);
        loop {
            let row = sqlx::query(
                "SELECT digest, deadline, status, body, created_at, refused, reference, owner FROM gateway_idempotency \
                 WHERE key_id = $1 AND key = $2",
            )
            .bind(claim.key_id)
            .bind(&claim.key)
            .fetch_optional(self.0.pool())
            .await
            .map_err(failed)?;
            let Some(row) = row.map(|row| KeyRow::of(&row)).transpose().map_err(failed)? else {
                claim.taken.store(false, Ordering::Release);
                return Ok(EarlierRequest::Free);
            };
            if row.created_at < now() - KEPT {
                return Ok(EarlierRequest::Free);
            }
            if are_other(&row.digest, &claim.digest) {
                return Ok(if row.refused { EarlierRequest::Free } else { EarlierRequest::Other });
            }
            let over = row.deadline <= now();
            match &row.answer {
                Some(answer) if !answer.maybe_sent() => return Ok(EarlierRequest::Answered(answer.clone())),
                Some(answer) => {
                    return Ok(EarlierRequest::Answered(
                        self.settled(&row, 0).await?.unwrap_or(answer.clone()),
                    ));
                }
                None => {
                    if let Some(answer) = self.settled(&row, if over { 0 } else { ANSWER_FIRST }).await? {
                        return Ok(EarlierRequest::Answered(answer));
                    }
                }
            }
            if over && row.never_began() {
                claim.taken.store(false, Ordering::Release);
                return Ok(EarlierRequest::Free);
            }
            if over || Instant::now() >= until {
                return Ok(EarlierRequest::Unknown(row.reference));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// What the record says of a row's send, where it has been settled for so many microseconds: by a webhook, after the request that
    /// made it could not say, or was killed.
    async fn settled(&self, row: &KeyRow, since: i64) -> Result<Option<WrittenAnswer>, Error> {
        let (Some(reference), Some(owner)) = (&row.reference, &row.owner) else { return Ok(None) };
        let Some(send) = self.0.begun_with(reference, owner).await? else { return Ok(None) };
        Ok((send.updated_at.as_microsecond() <= now() - since)
            .then(|| WrittenAnswer::of_record(&send))
            .flatten())
    }

    /// Takes a key ahead of the record of its send. Says whether it was free.
    pub(super) async fn take(&self, claim: &Claim) -> Result<bool, Error> {
        if claim.taken.load(Ordering::Acquire) {
            return Ok(true);
        }
        let taken = self.0.write_row(claim.take(None)).await?;
        claim.taken.store(taken, Ordering::Release);
        Ok(taken)
    }

    /// Gives a key back that was taken ahead of a send that surely did not go out.
    pub(super) async fn release(&self, claim: &Claim) -> Result<(), Error> {
        if claim.taken.swap(false, Ordering::AcqRel) {
            self.0.write_row(claim.release()).await?;
        }
        Ok(())
    }

    /// Forgets the keys that have had their day.
    pub(super) async fn forget_old(&self) -> Result<(), Error> {
        let mut tx = self.0.begin().await?;
        sqlx::query("DELETE FROM gateway_idempotency WHERE created_at < $1")
            .bind(now() - KEPT)
            .execute(&mut *tx)
            .await
            .map_err(|error| Error::store("forget old idempotency keys", error))?;
        tx.commit().await
    }
}

/// A key as it stands in the store.
struct KeyRow {
    digest: String,
    deadline: i64,
    created_at: i64,
    answer: Option<WrittenAnswer>,
    refused: bool,
    reference: Option<String>,
    owner: Option<String>,
}

impl KeyRow {
    /// The key was taken ahead of its send, whose beginning would have written its reference here.
    fn never_began(&self) -> bool {
        self.answer.is_none() && self.reference.is_none() && self.digest.starts_with(WAY)
    }

    fn of(row: &AnyRow) -> sqlx::Result<Self> {
        let status: Option<i64> = row.try_get(2)?;
        let body: Option<String> = row.try_get(3)?;
        Ok(Self {
            digest: row.try_get(0)?,
            deadline: row.try_get(1)?,
            created_at: row.try_get(4)?,
            answer: status.map(|status| match body {
                Some(body) => {
                    WrittenAnswer { status: u16::try_from(status).unwrap_or(500), body: body.into_bytes() }
                }
                None => WrittenAnswer::unknown(
                    "What became of the first request with this idempotency key is not known.",
                    None,
                ),
            }),
            refused: row.try_get::<Option<i64>, _>(5)?.is_some_and(|refused| refused != 0),
            reference: row.try_get(6)?,
            owner: row.try_get(7)?,
        })
    }
}

/// Who comes first has the key; also one that was given back, has had its day, or was taken for a send that never began. In one order for all, or two processes could wait for each other.
const TAKE: &str = "
    INSERT INTO gateway_idempotency (key_id, key, digest, owner, deadline, created_at, reference)
    SELECT CAST(j.value ->> 'i' AS BIGINT), j.value ->> 'k', j.value ->> 'd', j.value ->> 'o',
        CAST(j.value ->> 'l' AS BIGINT), CAST(j.value ->> 'c' AS BIGINT), j.value ->> 'r'
    FROM {rows} WHERE true ORDER BY 1, 2
    ON CONFLICT (key_id, key) DO UPDATE SET digest = excluded.digest, owner = excluded.owner, deadline = excluded.deadline,
        created_at = excluded.created_at, reference = excluded.reference, status = NULL, body = NULL, refused = NULL
        WHERE gateway_idempotency.refused = 1 OR gateway_idempotency.created_at < excluded.created_at - 86400000000
            OR (gateway_idempotency.status IS NULL AND gateway_idempotency.reference IS NULL
                AND gateway_idempotency.deadline < excluded.created_at AND gateway_idempotency.digest LIKE '2:%')
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

/// Says which send it is of.
const HOLD: &str = "
    UPDATE gateway_idempotency SET reference = n.of_reference
    FROM (SELECT CAST(j.value ->> 'i' AS BIGINT) AS of_id, j.value ->> 'k' AS of_key, j.value ->> 'o' AS of_owner,
        j.value ->> 'r' AS of_reference FROM {rows}) AS n
    WHERE key_id = of_id AND key = of_key AND key_id {among i} AND key {among k}
        AND owner = of_owner AND status IS NULL
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

const KEEP: &str = "
    UPDATE gateway_idempotency SET status = n.status, body = n.body, refused = n.refused
    FROM (SELECT CAST(j.value ->> 'i' AS BIGINT) AS of_id, j.value ->> 'k' AS of_key, j.value ->> 'o' AS of_owner,
        CAST(j.value ->> 's' AS BIGINT) AS status, j.value ->> 'a' AS body, CAST(j.value ->> 'n' AS BIGINT) AS refused
        FROM {rows}) AS n
    WHERE key_id = of_id AND key = of_key AND key_id {among i} AND key {among k}
        AND owner = of_owner AND gateway_idempotency.status IS NULL
    RETURNING CAST(key_id AS TEXT) || ' ' || key";

const RELEASE: &str = "
    DELETE FROM gateway_idempotency WHERE status IS NULL AND key_id {among i} AND key {among k}
        AND (key_id, key, owner) IN
        (SELECT CAST(j.value ->> 'i' AS BIGINT), j.value ->> 'k', j.value ->> 'o' FROM {rows})
    RETURNING CAST(key_id AS TEXT) || ' ' || key";
