//! What a gateway knows beyond the original messaging API.
//!
//! The original host drops what it does not know in silence, so the client asks before it uses any of it.

use serde::Deserialize;

use super::judge::refusal;
use crate::error::Error;
use crate::message::Need;
use crate::transport::{Answer, FailedAttempt, HostKind, unreadable};

/// The extensions of one gateway.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Extensions(Vec<String>);

#[derive(Deserialize)]
struct Root {
    gateway: String,
    #[serde(default)]
    extensions: Vec<String>,
}

impl Extensions {
    pub(crate) fn names(&self) -> &[String] {
        &self.0
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }

    /// What the answer to `GET {base_url}/api/` says. An answer that names no gateway says that there are none.
    pub(crate) fn of(answer: &Answer) -> Result<Self, FailedAttempt> {
        match answer.status {
            200 => Ok(serde_json::from_slice::<Root>(&answer.body)
                .ok()
                .filter(|root| root.gateway == "wamid")
                .map_or_else(Self::default, |root| Self(root.extensions))),
            201..=399 | 404 => Ok(Self::default()),
            _ => Err(refusal(HostKind::Gateway, answer)
                .unwrap_or_else(|| unreadable(answer, "it is no answer of a gateway"))
                .of_read()),
        }
    }

    /// Refuses a send that needs what is not there.
    pub(crate) fn require(&self, needs: &[Need]) -> Result<(), Error> {
        match needs.iter().find(|need| !self.has(need.extension)) {
            None => Ok(()),
            Some(need) => Err(Error::unsupported(
                Some(need.argument),
                format!("This host does not say that it can take {}: {}", need.argument, need.remedy),
            )),
        }
    }
}
