//! How a customer's phone behaves from now on.

use super::Phone;
use crate::customer::{Act, Settings};
use crate::options::SandboxError;

impl Phone {
    /// Whether the customer reads a message as soon as it is delivered, as they do at first. If not, it stays `delivered` until
    /// [`read`](Self::read).
    ///
    /// # Errors
    /// The number is none.
    pub fn set_reads(&self, reads: bool) -> Result<(), SandboxError> {
        self.set(Settings { reads: Some(reads), ..Settings::default() })
    }

    /// Switches the phone off or on: messages stay `sent` until it is on again, and are delivered then, in order. An offline phone
    /// sends nothing.
    ///
    /// # Errors
    /// The number is none.
    pub fn set_offline(&self, offline: bool) -> Result<(), SandboxError> {
        self.set(Settings { offline: Some(offline), ..Settings::default() })
    }

    /// Whether the customer's account is deleted: messages to it are taken and reported as failed with 131026.
    ///
    /// # Errors
    /// The number is none.
    pub fn set_deleted(&self, deleted: bool) -> Result<(), SandboxError> {
        self.set(Settings { deleted: Some(deleted), ..Settings::default() })
    }

    /// Whether the customer wants no marketing messages, of which a `user_preferences` webhook tells: marketing templates are taken and
    /// reported as failed with 131050.
    ///
    /// # Errors
    /// The number is none.
    pub fn set_opted_out(&self, opted_out: bool) -> Result<(), SandboxError> {
        self.set(Settings { opted_out: Some(opted_out), ..Settings::default() })
    }

    /// Whether the customer's last message is more than 24 hours ago: all but templates are taken and reported as failed with 131047.
    /// A message of the customer's opens the window again.
    ///
    /// # Errors
    /// The number is none.
    pub fn set_window_closed(&self, window_closed: bool) -> Result<(), SandboxError> {
        self.set(Settings { window_closed: Some(window_closed), ..Settings::default() })
    }

    /// Whether the customer blocked the business: a message that arrives meanwhile stays `sent` for ever, and the customer cannot write.
    ///
    /// # Errors
    /// The number is none.
    pub fn set_blocked(&self, blocked: bool) -> Result<(), SandboxError> {
        self.set(Settings { blocked: Some(blocked), ..Settings::default() })
    }

    fn set(&self, settings: Settings) -> Result<(), SandboxError> {
        self.act(Act::Set(settings)).map(drop)
    }
}
