//! `Receipt`: the result of an accepted send.

use serde::Serialize;

use crate::error::tail;
use crate::json::Json;

/// The host took the message; it is on its way.
///
/// Delivery itself is told by status webhooks, which carry [`id`](Self::id).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Receipt {
    /// The message's id, `wamid.…`.
    pub id: String,
    /// The recipient as it was sent: digits only, or a user id.
    pub phone: String,
    /// The recipient's WhatsApp id, digits only, which may differ from the number (Meta corrects some countries' numbers). To
    /// send again, send to [`address`](Self::address): a client with a default country code takes ten bare digits for a
    /// national number.
    pub wa_id: Option<String>,
    /// The recipient's business-scoped user id.
    pub user_id: Option<String>,
    /// What to send to next time: `+` and `wa_id`, or the user id where Meta gave no `wa_id`.
    pub address: Option<String>,
    /// Meta's `message_status`, such as `accepted`; new ones come without notice.
    pub status: Option<String>,
    /// The send's reference.
    pub reference: Option<String>,
    /// How many requests this client made for it: more than 1 where it tried again by itself. Requests that a gateway makes again are
    /// in the gateway's metrics.
    pub attempts: u32,
    /// Meta's answer, untouched.
    pub raw: Json,
}

/// Logs that a message to `phone` went out although its caller hears nothing of it: the call was cancelled as its answer came.
#[doc(hidden)]
pub fn log_unheard(phone: &str) {
    tracing::warn!(recipient = tail(phone), "cancelled as the answer came; the message went out");
}
