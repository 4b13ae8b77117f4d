use http::Method;

use super::OperationCall;
use super::declare::operation;
use super::host::{Ask, success};
use crate::client::Client;
use crate::error::Error;
use crate::json::Writer;
use crate::webhook::MessageEvent;

operation! {
    /// Marks a customer's message as read. Earlier messages of the conversation are marked too. The customer sees blue ticks.
    ///
    /// Meta takes messages of the last 30 days. With `typing` the customer sees that an answer is being written, until it comes or 25
    /// seconds are over. Twice is the same as once, so it is tried again also where the outcome is unknown.
    /// (Meta: "mark messages as read", "typing indicators".)
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// client.mark_read("wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQz").typing(true).await?;
    /// # Ok(())
    /// # }
    /// ```
    MarkRead, mark_read -> () {
        required {
            /// The message's id, as its webhook has it.
            message_id: String,
        }
        optional {
            /// Whether the customer sees that an answer is being written. Default false.
            typing: bool,
        }
    }
}

impl MessageEvent {
    /// Marks it as read, as [`Client::mark_read`] does.
    ///
    /// # Errors
    /// As [`Client::mark_read`].
    pub fn mark_read<'a>(&self, client: &'a Client) -> OperationCall<'a, MarkRead> {
        client.mark_read(&self.id)
    }
}

impl MarkRead {
    async fn on(self, client: &Client) -> Result<(), Error> {
        let typing = self.typing.unwrap_or_default();
        let mut out = Writer::with_capacity(160 + self.message_id.len());
        let address = if client.asks_gateway() {
            out.json(r#"{"message_id":"#);
            out.text(&self.message_id);
            out.json(if typing { r#","typing":true}"# } else { "}" });
            client.gateway_api("mark_read", "read", "read/").await?
        } else {
            out.json(r#"{"messaging_product":"whatsapp","status":"read","message_id":"#);
            out.text(&self.message_id);
            out.json(if typing { r#","typing_indicator":{"type":"text"}}"# } else { "}" });
            client.graph("mark_read", &[client.phone_number("mark_read")?, "messages"])?
        };
        client.asked(Ask::change(Method::POST, address, Some(out.finish()?)), success).await
    }
}
