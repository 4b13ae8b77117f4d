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
//! last 10,000 of them. [`Outcome`] says whether the message would have reached the recipient, which is not the
//! same as whether the caller got to know it. The one exception is `reset` (`15550900004`): its connection breaks
//! before the message is taken, and nothing is kept.
//!
//! # What differs from Meta
//! A number without `+` is taken as it stands; Meta puts the business's own country code before it. Templates exist in
//! every language. A template that is created is approved at once, or rejected where its name begins with `rejected`. A media id in a
//! message is not looked up. No limit is ever reached unless a test asks for it,
//! and any number may be written to at any time.

mod account;
mod action_checks;
mod answers;
mod button_checks;
mod call;
mod checks;
mod codes;
mod contact_checks;
mod control;
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

use bytes::Bytes;
use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use state::Shared;

pub use failure::Failure;
pub use magic::{MagicRecipient, magic_recipients};
pub use options::{SandboxError, SandboxOptions, Template};
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
        Ok(Self {
            shared,
            address,
            url: format!("http://{address}"),
            server: tokio::spawn(server::serve(listener, router, stopped.clone())),
            courier: tokio::spawn(webhooks::deliver(jobs, stopped)),
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
        &self.shared.app_secret
    }

    /// What arrived, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.shared.memory().messages()
    }

    /// Forgets what arrived, armed failures, and how often a magic recipient has failed already.
    pub fn clear(&self) {
        self.shared.memory().clear();
    }

    /// Answers the next `times` well-formed messages with a failure, whoever the recipient; after those armed
    /// before.
    pub fn fail_next(&self, failure: Failure, times: u32) {
        self.shared.memory().arm(failure, times);
    }

    /// Reports the deliveries of messages that arrive from now on, and inbound messages, to a URL.
    ///
    /// # Errors
    /// The URL is not plain HTTP on this machine (127.0.0.0/8, `[::1]`, `localhost`).
    pub fn set_webhook(&self, url: &str) -> Result<(), SandboxError> {
        self.shared.set_webhook(Some(url))
    }

    /// Reports nothing any more, apart from what is under way.
    pub fn remove_webhook(&self) {
        // Only a URL can be refused.
        let _ = self.shared.set_webhook(None);
    }

    /// Plays a customer who writes a text: a webhook with the message follows. Returns the message's id.
    ///
    /// # Errors
    /// `from` is not a phone number, or no webhook is set.
    pub fn inbound_text(&self, from: &str, profile_name: &str, text: &str) -> Result<String, SandboxError> {
        self.shared.inbound_text(from, profile_name, text)
    }

    /// Plays a customer who presses a reply button, or chooses a row of a list, of the newest message to them that has one with this title.
    /// A webhook with the answer follows. Returns the answer's id.
    ///
    /// # Errors
    /// `from` is not a phone number and was sent no such message, or no webhook is set.
    pub fn press(&self, from: &str, profile_name: &str, title: &str) -> Result<String, SandboxError> {
        self.shared.inbound_press(from, profile_name, title)
    }

    /// Plays a customer who sends a file: a webhook with its id follows, under which a client can fetch it. Returns the message's id.
    /// An `image/webp` comes as a sticker, what is no picture, video or sound as a document.
    ///
    /// # Errors
    /// `from` is not a phone number, the file is empty, or no webhook is set.
    pub fn inbound_media(
        &self,
        from: &str,
        profile_name: &str,
        (mime_type, content): (&str, impl Into<Bytes>),
        caption: Option<&str>,
    ) -> Result<String, SandboxError> {
        self.shared.inbound_media(from, profile_name, (mime_type, content.into()), caption)
    }

    /// Plays a customer who fills in the form of the newest flow message to them: a webhook with these answers, and the message's
    /// `flow_token`, follows. Returns the answer's id.
    ///
    /// # Errors
    /// `from` is not a phone number and was sent no flow, or no webhook is set.
    pub fn complete_flow(
        &self,
        from: &str,
        profile_name: &str,
        answers: &Map<String, Value>,
    ) -> Result<String, SandboxError> {
        self.shared.inbound_flow(from, profile_name, answers)
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
