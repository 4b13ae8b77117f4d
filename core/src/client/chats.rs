//! The most recent conversations.

use jiff::Timestamp;
use serde::Deserialize;
use tracing::Instrument;

use super::Client;
use super::runtime::on_tokio;
use super::store::{HOW_TO_HAVE_CHATS, HOW_TO_HAVE_SENDS};
use crate::delivery::judge::refusal;
use crate::delivery::panics::caught;
use crate::delivery::{Call, GatewayUrls, Host, RecordedSend, Records as _, SendsAsked, Written};
use crate::error::Error;
use crate::message::Conversation;
use crate::message::phone;
use crate::transport::Request;
use crate::transport::{Answer, FailedAttempt, HostKind, unreadable};

impl Client {
    /// The 50 most recent conversations, the newest first.
    ///
    /// A gateway client asks its gateway. Meta offers no such list, so a cloud client reads the store that it was
    /// given (the `store` option), which fills as messages go out and webhooks come in.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// for conversation in client.chats().await? {
    ///     println!("{} has {} unread", conversation.phone_number, conversation.unread_count);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Unsupported`](crate::ErrorKind::Unsupported) on a cloud client without a store; otherwise as the sends, but
    /// never with `maybe_sent`.
    pub async fn chats(&self) -> Result<Vec<Conversation>, Error> {
        let span = tracing::info_span!(
            "wamid.chats",
            operation = "chats",
            host = self.0.delivery.host.kind().as_str()
        );
        let chats = async {
            match &self.0.delivery.host {
                Host::Gateway(urls) => self.gateway_chats(urls).await,
                Host::Cloud { phone_number_id, .. } => self.stored_chats(phone_number_id).await,
            }
        };
        on_tokio().map_err(|error| self.finished(error, None))?;
        caught(chats.instrument(span)).await.map_err(|error| self.finished(error, None))
    }

    async fn gateway_chats(&self, urls: &GatewayUrls) -> Result<Vec<Conversation>, Error> {
        let call = Call {
            request: Request::read(&urls.chats),
            deadline: self.0.delivery.deadline(),
            stop: None,
            written: &Written::default(),
        };
        self.0.delivery.exchange(&call, conversations).await
    }

    async fn stored_chats(&self, phone_number_id: &str) -> Result<Vec<Conversation>, Error> {
        match &self.0.records {
            Some(records) => records.chats(phone_number_id).await,
            None => Err(Error::unsupported(
                None,
                format!("Meta offers no list of conversations, {HOW_TO_HAVE_CHATS}"),
            )),
        }
    }

    /// What is on record of sends.
    pub(crate) async fn stored_sends(&self, asked: &SendsAsked<'_>) -> Result<Vec<RecordedSend>, Error> {
        match &self.0.records {
            Some(records) => records.sends(asked).await,
            None => Err(Error::unsupported(
                Some("store"),
                format!(
                    "Meta does not tell what was sent, and this client keeps no record. {HOW_TO_HAVE_SENDS}"
                ),
            )),
        }
    }
}

#[derive(Deserialize)]
struct ChatsAnswer {
    conversations: Vec<ConversationRow>,
}

#[derive(Deserialize)]
struct ConversationRow {
    id: i64,
    phone_number: String,
    label: Option<i64>,
    #[serde(default)]
    unread_count: i64,
    last_message_at: Option<String>,
}

fn conversations(answer: &Answer) -> Result<Vec<Conversation>, FailedAttempt> {
    if let Some(failed) = refusal(HostKind::Gateway, answer) {
        return Err(failed);
    }
    let answered: ChatsAnswer = serde_json::from_slice(&answer.body)
        .map_err(|error| unreadable(answer, &format!("it is no list of conversations ({error})")))?;
    answered
        .conversations
        .into_iter()
        .map(|row| {
            let last_message_at = match row.last_message_at.as_deref() {
                None => None,
                Some(text) => Some(
                    instant(text)
                        .ok_or_else(|| unreadable(answer, "a last_message_at is no ISO 8601 time"))?,
                ),
            };
            let ConversationRow { id, phone_number, label, unread_count, .. } = row;
            let address = phone::address(Some(&phone_number), None);
            Ok(Conversation { id, phone_number, address, label, unread_count, last_message_at })
        })
        .collect()
}

/// An ISO 8601 time; without an offset, as a Django project with `USE_TZ = False` writes it, it is UTC.
fn instant(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>().ok().or_else(|| {
        let civil = text.parse::<jiff::civil::DateTime>().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_mean_the_same_in_every_notation() {
        for text in [
            "2026-11-22T10:00:00Z",
            "2026-11-22T10:00:00+00:00",
            "2026-11-22T15:30:00+05:30",
            "2026-11-22T10:00:00",
            "2026-11-22 10:00:00",
            "2026-11-22T10:00:00.000000",
        ] {
            assert_eq!(instant(text).unwrap().to_string(), "2026-11-22T10:00:00Z", "{text}");
        }
        assert_eq!(instant("yesterday"), None);
    }
}
