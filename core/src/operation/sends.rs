use jiff::Timestamp;
use serde::Deserialize;

use super::declare::{operation, result};
use super::host::{Ask, json};
use crate::client::Client;
use crate::delivery::{RecordedSend, SendsAsked};
use crate::error::Error;
use crate::transport::Answer;

/// So many are told of where the caller does not say how many.
const LIMIT: i64 = 50;

result! {
    /// What is on record of a send. Its content is not.
    SendRecord {
        /// Its reference.
        reference: Option<String>,
        /// The message's id, once it is known.
        message_id: Option<String>,
        /// Whom it went to, as it was sent: digits only, or a user id.
        recipient: String,
        /// The type of its content, such as `text` or `image`.
        operation: String,
        /// What became of it: `sending`, `unknown` (it may have gone out), `sent`, `delivered`, `read` or `failed`.
        status: String,
        /// Why it failed, by Meta's error code.
        code: Option<i64>,
        /// When it was written down, before it went out.
        created_at: Timestamp,
        /// When something of it last changed.
        updated_at: Timestamp,
    }
}

operation! {
    /// Lists what is on record of sends, the newest first: to look before you send again what may have gone out.
    ///
    /// A cloud client reads its `store`, and knows the sends of its own number. A gateway client asks its gateway, which tells of the
    /// sends that were made with the same API key. Status webhooks keep the record up to date.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// for send in client.sends().reference("order-42").await? {
    ///     println!("{} to {}", send.status, send.recipient);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ListSends, sends -> Vec<SendRecord> {
        optional {
            /// Only those with this reference.
            reference: String,
            /// Only the one that became this message.
            message_id: String,
            /// Only those of this status.
            status: String [one of "sending" "unknown" "sent" "failed" "delivered" "read"],
            /// At most so many, above 0; a gateway tells of at most 250. Default 50.
            limit: i64,
        }
    }
}

impl ListSends {
    async fn on(self, client: &Client) -> Result<Vec<SendRecord>, Error> {
        let limit = u32::try_from(self.limit.unwrap_or(LIMIT)).ok().filter(|limit| *limit > 0);
        let limit =
            limit.ok_or_else(|| Error::invalid("limit", "must be above 0, and at most 4294967295"))?;
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let (reference, message_id, status) =
            (given(self.reference), given(self.message_id), given(self.status));
        let found = if client.asks_gateway() {
            let mut address = client.gateway_api("sends", "sends", "sends/").await?;
            for (name, value) in [("reference", &reference), ("message_id", &message_id), ("status", &status)]
            {
                if let Some(value) = value {
                    address.query_pairs_mut().append_pair(name, value);
                }
            }
            address.query_pairs_mut().append_pair("limit", &limit.to_string());
            let list = |answer: &Answer, text: &str| {
                json(answer, text, "list of sends").map(|Sends { sends }| sends)
            };
            client.asked(Ask::get(address), list).await?
        } else {
            let from = client.phone_number("sends")?;
            let (reference, message_id, status) =
                (reference.as_deref(), message_id.as_deref(), status.as_deref());
            client.stored_sends(&SendsAsked { from, reference, message_id, status, limit }).await?
        };
        Ok(found.into_iter().map(Into::into).collect())
    }
}

#[derive(Deserialize)]
struct Sends {
    sends: Vec<RecordedSend>,
}

impl From<RecordedSend> for SendRecord {
    fn from(send: RecordedSend) -> Self {
        let RecordedSend {
            reference,
            message_id,
            recipient,
            operation,
            status,
            code,
            created_at,
            updated_at,
        } = send;
        Self { reference, message_id, recipient, operation, status, code, created_at, updated_at }
    }
}
