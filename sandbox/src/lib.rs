//! A server on loopback that plays Meta's Graph API for WhatsApp messages.
//!
//! It checks what Meta checks and answers what Meta answers, keeps what arrived for a test to look at, and reports
//! deliveries by signed webhooks. Nothing it takes reaches anyone. Every sandbox is on its own: its port, its
//! memory, its tasks; as many as one likes run side by side in a process.
//!
//! ```
//! use wamid_sandbox::{Sandbox, SandboxOptions};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let sandbox = Sandbox::start(SandboxOptions::default()).await?;
//! // … send to sandbox.url() with sandbox.access_token() from sandbox.phone_number_id() …
//! assert!(sandbox.messages().is_empty());
//! sandbox.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! # Failures
//! A message to `15550` and a code of Meta's table in six digits is answered with that error (`15550131056`), and others
//! of these numbers play slow, lost and broken answers: [`magic_recipients`] lists them all, and every other number is
//! an ordinary one. [`Sandbox::fail_next`] plays any of these, and any other code, whoever the recipient. Both act on messages that passed Meta's checks: a malformed message is told
//! what is wrong with it.
//!
//! # What is kept
//! Every request with a JSON body, the right token and the right number is a [`Message`], refused ones too; the
//! last 10,000 of them, together with what customers did. [`Outcome`] says whether the message would have reached the recipient, which is not the
//! same as whether the caller got to know it. The one exception is `reset` (`15550900004`): its connection breaks
//! before the message is taken, and nothing is kept.
//!
//! # What differs from Meta
//! A number without `+` is taken as it stands; Meta puts the business's own country code before it. Templates exist in
//! every language. A template that is created is approved at once, or rejected where its name begins with `rejected`. A media id in a
//! message is not looked up. No limit is ever reached unless a test asks for it, and any number may be written to at any time, unless
//! its [`Phone`] is set otherwise. Edits and deletions of a customer are told to every number, by Meta only to those that are also in use in
//! the WhatsApp Business app. A voice message is never reported as `played`. Files are kept
//! up to 256 MiB, the oldest go first.

mod account;
mod action_checks;
mod answers;
mod armed;
mod arrival;
mod button_checks;
mod call;
mod chats;
mod checklist;
mod checks;
mod clock;
mod codes;
mod contact_checks;
mod control;
mod customer;
mod definition_checks;
mod errors;
mod failure;
mod fields;
mod graph;
mod guard;
mod interactive_checks;
mod magic;
mod media_checks;
mod options;
mod page;
mod phone;
mod random;
mod reading;
mod record;
mod server;
mod state;
mod template_checks;
mod webhooks;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use state::Shared;

pub use chats::{MessageStatus, Side};
pub use failure::Failure;
pub use magic::{MagicRecipient, magic_recipients};
pub use options::{SandboxError, SandboxOptions, Template};
pub use phone::{Phone, PhoneMessage};
pub use record::{Message, Outcome};

/// A running sandbox. Dropping it stops it; [`Sandbox::shutdown`] also waits until it has stopped.
pub struct Sandbox {
    shared: Arc<Shared>,
    address: SocketAddr,
    url: String,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    courier: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox on the current tokio runtime.
    ///
    /// # Errors
    /// `InvalidInput` for options that cannot work (listening elsewhere than on loopback, a webhook elsewhere, an
    /// empty secret); otherwise what the system says where the port cannot be had.
    ///
    /// # Panics
    /// Outside a tokio runtime with its I/O and time drivers on, as all of tokio.
    pub async fn start(options: SandboxOptions) -> io::Result<Self> {
        let (outbox, jobs) = mpsc::unbounded_channel();
        let listen = options.listen;
        let shared = Arc::new(Shared::new(options, outbox)?);
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let router = server::router(Arc::clone(&shared));
        let courier = webhooks::deliver(Arc::clone(&shared), jobs, stopped.clone());
        Ok(Self {
            shared,
            address,
            url: format!("http://{address}"),
            server: tokio::spawn(server::serve(listener, router, stopped)),
            courier: tokio::spawn(courier),
            stop,
        })
    }

    /// The base URL, in place of `https://graph.facebook.com`; without a trailing slash.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address of the page that shows the customers' phones, for a browser on this machine.
    #[must_use]
    pub fn phone_page(&self) -> String {
        format!("{}/_sandbox/phone/", self.url)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The token callers must send.
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.shared.access_token
    }

    /// The id of the number it sends from; of the first, where it was given more.
    #[must_use]
    pub fn phone_number_id(&self) -> &str {
        &self.shared.phone_number_id
    }

    /// The id of the WhatsApp Business Account, which owns the templates.
    #[must_use]
    pub fn business_account_id(&self) -> &str {
        answers::ACCOUNT_ID
    }

    /// The id of the app, which takes pictures of profiles.
    #[must_use]
    pub fn app_id(&self) -> &str {
        answers::APP_ID
    }

    /// The secret its webhooks are signed with.
    #[must_use]
    pub fn app_secret(&self) -> &str {
        self.shared.app_secret()
    }

    /// What arrived, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.shared.log().messages()
    }

    /// Forgets what arrived and what customers did, their files, names and settings, armed failures, and how often a magic recipient has
    /// failed already.
    pub fn clear(&self) {
        self.shared.clear();
    }

    /// Answers the next `times` well-formed messages with a failure, whoever the recipient; after those armed
    /// before.
    pub fn fail_next(&self, failure: Failure, times: u32) {
        self.shared.armed().arm(failure, times);
    }

    /// Reports the deliveries of messages that arrive from now on, and inbound messages, to a URL.
    ///
    /// # Errors
    /// The URL is not plain HTTP on this machine (127.0.0.0/8, `[::1]`, `localhost`).
    pub fn set_webhook(&self, url: &str) -> Result<(), SandboxError> {
        self.shared.set_webhook(Some(url)).map(drop)
    }

    /// Reports nothing any more, apart from what is under way.
    pub fn remove_webhook(&self) {
        // Only a URL can be refused.
        let _ = self.shared.set_webhook(None);
    }

    /// The phone of a customer: the number with its country code, in any spelling, or a user id. Whatever is done there reaches the
    /// webhook that is set. All phones of a number are one; a number that is none fails at the first act.
    ///
    /// ```
    /// use wamid_sandbox::{Sandbox, SandboxOptions};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start(SandboxOptions::default()).await?;
    /// let phone = sandbox.phone("+1 555 123 4567").named("Ada");
    /// // A bot would listen there, and answer.
    /// sandbox.set_webhook("http://127.0.0.1:9/webhook")?;
    /// let id = phone.text("Is it open today?")?;
    /// assert_eq!(phone.messages()[0].id, id);
    /// # sandbox.shutdown().await;
    /// # Ok(())
    /// # }
    /// ```
    pub fn phone(&self, number: impl Into<String>) -> Phone {
        Phone::new(Arc::clone(&self.shared), number.into())
    }

    /// Stops: when this returns, the port is free and every connection closed. Reports not yet delivered are not.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        // An error here means that the task was cancelled with its runtime: it is over, too.
        let _ = (&mut self.server).await;
        let _ = (&mut self.courier).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
        self.courier.abort();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Sandbox")
            .field("url", &self.url)
            .field("phone_number_id", &self.shared.phone_number_id)
            .finish_non_exhaustive()
    }
}
