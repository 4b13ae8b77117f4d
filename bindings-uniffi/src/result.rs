//! What the operations answer.

use crate::error::WamidError;
use crate::progress::SendProgress;
use crate::time::Date;

/// The host took the message; it is on its way. Delivery itself is told by status webhooks, which carry `id`.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Receipt {
    /// The message's id, `wamid.…`.
    pub id: String,
    /// The recipient as it was sent: digits only, or a user id.
    pub phone: String,
    /// The recipient's WhatsApp id, which may differ from the number (Meta corrects some countries' numbers).
    pub wa_id: Option<String>,
    /// The recipient's business-scoped user id.
    pub user_id: Option<String>,
    /// What to send to them again: `+` and their WhatsApp id, or their user id. `phone` and `waId` are bare digits, which a client
    /// with a default country code may take for a national number.
    pub address: Option<String>,
    /// Meta's `message_status`, such as `accepted`; new ones come without notice.
    pub status: Option<String>,
    /// The send's reference.
    pub reference: Option<String>,
    /// How many requests this client made for it: more than 1 where it tried again by itself.
    pub attempts: i64,
    /// Meta's answer as JSON text, untouched.
    pub raw: String,
}

impl From<wamid::Receipt> for Receipt {
    fn from(receipt: wamid::Receipt) -> Self {
        Self {
            id: receipt.id,
            phone: receipt.phone,
            wa_id: receipt.wa_id,
            user_id: receipt.user_id,
            address: receipt.address,
            status: receipt.status,
            reference: receipt.reference,
            attempts: receipt.attempts.into(),
            raw: receipt.raw.as_str().to_owned(),
        }
    }
}

/// A conversation with one contact.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Conversation {
    /// Its id on the host.
    pub id: i64,
    /// The contact's number, or its user id where Meta gives no number.
    pub phone_number: String,
    /// What to send to: `+` and the number, or the user id. `phoneNumber` is bare digits, which a client with a default country
    /// code may take for a national number.
    pub address: Option<String>,
    /// The id of the label that someone gave it.
    pub label: Option<i64>,
    /// How many messages came in since the last one that went out.
    pub unread_count: i64,
    /// When the last message came in or went out.
    pub last_message_at: Option<Date>,
}

impl From<wamid::Conversation> for Conversation {
    fn from(conversation: wamid::Conversation) -> Self {
        Self {
            id: conversation.id,
            phone_number: conversation.phone_number,
            address: conversation.address,
            label: conversation.label,
            unread_count: conversation.unread_count,
            last_message_at: conversation.last_message_at.map(Into::into),
        }
    }
}

/// How one of many sends ended.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Outcome {
    /// The host took it.
    Sent {
        /// What it answered.
        receipt: Receipt,
    },
    /// It failed; the error says whether it may have gone out all the same.
    Failed {
        /// Why.
        error: WamidError,
    },
}

impl From<Result<wamid::Receipt, wamid::Error>> for Outcome {
    fn from(result: Result<wamid::Receipt, wamid::Error>) -> Self {
        match result {
            Ok(receipt) => Self::Sent { receipt: receipt.into() },
            Err(error) => Self::Failed { error: error.into() },
        }
    }
}

/// What became of many sends, also where they were stopped.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ManyOutcomes {
    /// In the order of the list; nothing where the send had not begun.
    pub outcomes: Vec<Option<Outcome>>,
    /// Their counts.
    pub progress: SendProgress,
}

impl From<wamid::SendManyOutcomes> for ManyOutcomes {
    fn from(many: wamid::SendManyOutcomes) -> Self {
        let outcomes = many.outcomes.into_iter().map(|outcome| outcome.map(Into::into)).collect();
        Self { outcomes, progress: many.progress.into() }
    }
}
