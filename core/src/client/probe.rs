//! `Client::probe`: checks the host and the credentials without sending a message.

use serde::Deserialize;
use serde_json::Value;
use tracing::Instrument;

use super::Client;
use super::runtime::on_tokio;
use crate::delivery::judge::refusal;
use crate::delivery::panics::caught;
use crate::delivery::{Call, Host, Written};
use crate::error::Error;
use crate::transport::{Answer, FailedAttempt, HostKind, unreadable};
use crate::transport::{Endpoint, Request};

/// What a host says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HostInfo {
    /// Cloud: the business number as people write it.
    pub display_phone_number: Option<String>,
    /// Cloud: the name that recipients see.
    pub verified_name: Option<String>,
    /// Cloud: Meta's rating of the number, such as `GREEN`; new ones come without notice.
    pub quality_rating: Option<String>,
    /// Gateway: what it knows beyond the original messaging API; nothing on the original.
    pub extensions: Vec<String>,
}

#[derive(Deserialize)]
struct PhoneNumber {
    id: Value,
    display_phone_number: Option<String>,
    verified_name: Option<String>,
    quality_rating: Option<String>,
}

impl Client {
    /// Asks the host whether it takes this client's credentials, and who it is. Nothing is sent to anybody.
    ///
    /// A cloud client reads its phone number's fields; a gateway client lists the gateway's conversations, which needs
    /// the key, and asks for its extensions.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let info = client.probe().await?;
    /// println!("sends as {}", info.verified_name.unwrap_or_default());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`chats`](Self::chats), but never [`Unsupported`](crate::ErrorKind::Unsupported) for want of a store.
    pub async fn probe(&self) -> Result<HostInfo, Error> {
        let span = tracing::info_span!(
            "wamid.probe",
            operation = "probe",
            host = self.0.delivery.host.kind().as_str()
        );
        on_tokio().map_err(|error| self.finished(error, None))?;
        caught(self.look().instrument(span)).await.map_err(|error| self.finished(error, None))
    }

    async fn look(&self) -> Result<HostInfo, Error> {
        match &self.0.delivery.host {
            Host::Cloud { messages, .. } => {
                let mut url = messages.url().clone();
                let path = url.path().strip_suffix("/messages").unwrap_or(url.path()).to_owned();
                url.set_path(&path);
                url.set_query(Some("fields=display_phone_number,verified_name,quality_rating"));
                let endpoint = &Endpoint::new(url, "graph_url")?;
                let call = Call {
                    request: Request::read(endpoint),
                    deadline: self.0.delivery.deadline(),
                    stop: None,
                    written: &Written::default(),
                };
                self.0.delivery.exchange(&call, number).await
            }
            Host::Gateway(_) => {
                self.chats().await?;
                let extensions =
                    self.0.delivery.extensions(self.0.delivery.deadline()).await?.names().to_vec();
                Ok(HostInfo { extensions, ..HostInfo::default() })
            }
        }
    }
}

fn number(answer: &Answer) -> Result<HostInfo, FailedAttempt> {
    if let Some(failed) = refusal(HostKind::Cloud, answer) {
        return Err(failed);
    }
    let number: PhoneNumber = serde_json::from_slice(&answer.body)
        .map_err(|error| unreadable(answer, &format!("it describes no phone number ({error})")))?;
    if number.id.is_null() {
        return Err(unreadable(answer, "it describes no phone number"));
    }
    let PhoneNumber { display_phone_number, verified_name, quality_rating, .. } = number;
    Ok(HostInfo { display_phone_number, verified_name, quality_rating, extensions: Vec::new() })
}
