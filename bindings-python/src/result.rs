//! What the operations answer.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::log::hand_over_beside;
use crate::record::{Instant, Raw, record};

record! {
    /// The host took the message; it is on its way. Delivery itself is told by status webhooks, which carry `id`.
    Receipt "wamid" "Receipt" {
        /// The message's id, `wamid.…`.
        id "id": String,
        /// The recipient as it was sent: digits only, or a user id.
        phone "phone": String,
        /// The recipient's WhatsApp id, digits only, which may differ from the number. Send to `address`, not to it.
        wa_id "wa_id": Option<String>,
        /// The recipient's business-scoped user id.
        user_id "user_id": Option<String>,
        /// What to send to next time: `+` and `wa_id`, or the user id where Meta gave no `wa_id`.
        address "address": Option<String>,
        /// Meta's `message_status`, such as `accepted`; new ones come without notice.
        status "status": Option<String>,
        /// The send's reference.
        reference "reference": Option<String>,
        /// How many requests this client made for it: more than 1 where it tried again by itself.
        attempts "attempts": i64,
        /// Meta's answer, untouched.
        raw "raw": Raw,
    }
}

impl From<wamid::Receipt> for Receipt {
    fn from(receipt: wamid::Receipt) -> Self {
        let wamid::Receipt { id, phone, wa_id, user_id, address, status, reference, attempts, raw, .. } =
            receipt;
        Self {
            id,
            phone,
            wa_id,
            user_id,
            address,
            status,
            reference,
            attempts: attempts.into(),
            raw: raw.into(),
        }
    }
}

/// Logs the receipt that a call answered with, or the one that stands behind its index, where nobody is left to get it.
#[pyfunction]
#[pyo3(name = "_unheard")]
pub(crate) fn unheard(answer: &Bound<'_, PyAny>) {
    let outcome = answer.cast::<PyTuple>().ok().and_then(|pair| pair.get_item(1).ok());
    if let Ok(receipt) = outcome.as_ref().unwrap_or(answer).cast::<Receipt>() {
        wamid::log_unheard(&receipt.get().phone);
        hand_over_beside(answer.py());
    }
}

record! {
    /// A conversation with one contact.
    Conversation "wamid" "Conversation" {
        /// Its id on the host.
        id "id": i64,
        /// The contact's number, digits only, or its user id where Meta gives no number. Send to `address`, not to it.
        phone_number "phone_number": String,
        /// What to send to: `+` and the number, or the user id. None where the host names the contact in another way.
        address "address": Option<String>,
        /// The id of the label that someone gave it.
        label "label": Option<i64>,
        /// How many messages came in since the last one that went out.
        unread_count "unread_count": i64,
        /// When the last message came in or went out: an aware datetime, in UTC.
        last_message_at "last_message_at": Option<Instant>,
    }
}

impl From<wamid::Conversation> for Conversation {
    fn from(conversation: wamid::Conversation) -> Self {
        let wamid::Conversation { id, phone_number, address, label, unread_count, last_message_at, .. } =
            conversation;
        Self {
            id,
            phone_number,
            address,
            label,
            unread_count,
            last_message_at: last_message_at.map(Into::into),
        }
    }
}

record! {
    /// How far a `send_many` has come.
    Progress "wamid" "Progress" {
        /// Taken by the host.
        sent "sent": usize,
        /// Surely not sent.
        failed "failed": usize,
        /// Failed, but perhaps sent.
        unknown "unknown": usize,
        /// Not finished yet.
        left "left": usize,
    }
}

record! {
    /// How far a file has come on its way up or down.
    TransferProgress "wamid" "TransferProgress" {
        /// The bytes that have moved; counted from 0 again where the transfer is begun again.
        bytes "bytes": i64,
        /// The bytes that there are in all, where that is known.
        total "total": Option<i64>,
    }
}

impl From<wamid::TransferProgress> for TransferProgress {
    fn from(progress: wamid::TransferProgress) -> Self {
        // No file is longer than this can count.
        let count = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        Self { bytes: count(progress.bytes), total: progress.total.map(count) }
    }
}

/// What a `progress` is called with.
pub(crate) enum Reached {
    Many(wamid::Progress),
    Transfer(wamid::TransferProgress),
}

impl From<wamid::Progress> for Reached {
    fn from(progress: wamid::Progress) -> Self {
        Self::Many(progress)
    }
}

impl From<wamid::TransferProgress> for Reached {
    fn from(progress: wamid::TransferProgress) -> Self {
        Self::Transfer(progress)
    }
}

impl Reached {
    pub(crate) fn value(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Self::Many(progress) => Progress::from(progress).into_bound_py_any(py),
            Self::Transfer(progress) => TransferProgress::from(progress).into_bound_py_any(py),
        }
    }
}

impl From<wamid::Progress> for Progress {
    fn from(progress: wamid::Progress) -> Self {
        let wamid::Progress { sent, failed, unknown, left, .. } = progress;
        Self { sent, failed, unknown, left }
    }
}
