//! Waiting for the business.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Phone, PhoneMessage};
use crate::customer::customer_of;
use crate::options::SandboxError;

impl Phone {
    /// Waits up to five seconds for the next message of the business; see [`next_message_within`](Self::next_message_within).
    ///
    /// # Errors
    /// None came, or the number is none.
    pub async fn next_message(&self) -> Result<PhoneMessage, SandboxError> {
        self.next_message_within(Duration::from_secs(5)).await
    }

    /// The next message of the business that this handle has not given yet, in order of arrival; waits for it. It begins after what
    /// was there when the handle was made. Refused and failed messages never come; while the phone is offline none does.
    ///
    /// # Errors
    /// None came in that time, or the number is none.
    pub async fn next_message_within(&self, patience: Duration) -> Result<PhoneMessage, SandboxError> {
        let phone = customer_of(&self.number)?;
        let mut changes = self.shared.log().watch();
        let come = async {
            loop {
                changes.mark_unchanged();
                if let Some(message) = self.not_given(&phone) {
                    return Some(message);
                }
                // It ends with the sandbox, which this handle holds.
                changes.changed().await.ok()?;
            }
        };
        let come = tokio::time::timeout(patience, come).await.ok().flatten();
        come.ok_or_else(|| {
            SandboxError::timeout(format!("{} got no further message in {patience:?}", self.number))
        })
    }

    fn not_given(&self, phone: &str) -> Option<PhoneMessage> {
        let log = self.shared.log();
        let chat = log.chat(phone)?;
        // Under the lock of the log: two who wait never get the same one.
        let next = self.next.load(Ordering::Relaxed);
        let (number, entry) = log.first_after(phone, next, |entry| chat.gets(entry))?;
        self.next.store(number + 1, Ordering::Relaxed);
        Some(PhoneMessage::new(entry))
    }
}
