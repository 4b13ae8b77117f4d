//! Files that a send brings along: uploaded before it, in a bulk each once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::Client;
use super::runtime::on_tokio;
use crate::delivery::Receipt;
use crate::delivery::panics::caught_now;
use crate::delivery::stop::{Stop, not_begun, unless_stopped};
use crate::error::Error;
use crate::media::{Reporter, TransferReport};
use crate::message::source::Medium;
use crate::message::{FileKey, Message};

/// The files of a bulk, by what they are known by.
#[derive(Debug, Default)]
pub(super) struct Uploads(Mutex<HashMap<FileKey, Arc<OnceCell<String>>>>);

impl Uploads {
    fn of(&self, key: FileKey) -> Arc<OnceCell<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone()
    }
}

impl Client {
    /// As [`send_built`](Self::send_built); `report` is told how far a file is that goes up first.
    ///
    /// # Errors
    /// As [`send_built`](Self::send_built).
    #[doc(hidden)]
    pub async fn send_told(&self, mut message: Message, report: TransferReport) -> Result<Receipt, Error> {
        let reporter = Reporter::new(Some(report));
        let uploading = self.upload_first(&mut message, None, None, &reporter);
        if let Err(error) = Box::pin(uploading).await {
            return Err(self.finished(error, message.options.reference.as_deref()));
        }
        self.send_built(message).await
    }

    /// Uploads what the message brings along, once all else of it has been held to the rules. Whatever fails here, nothing was sent.
    pub(super) async fn upload_first(
        &self,
        message: &mut Message,
        stop: Option<&Stop>,
        uploads: Option<&Uploads>,
        reporter: &Reporter,
    ) -> Result<(), Error> {
        on_tokio()?;
        caught_now(|| self.prepare(message).map(drop))?;
        // The cards of a template have one each.
        while let Some(mut medium) = message.medium().filter(Medium::is_here) {
            let shared = uploads.zip(medium.key()).map(|(uploads, key)| uploads.of(key));
            let upload = async {
                let below = medium.below.clone();
                let work = async {
                    let uploaded = self.upload(medium.upload().await?, reporter).await;
                    uploaded.map_err(|error| error.about_a_file(&below))
                };
                match shared {
                    // Whoever comes while it is on its way waits for it; where it fails, the next one tries again.
                    Some(shared) => shared.get_or_try_init(|| work).await.cloned(),
                    None => work.await,
                }
            };
            let id =
                unless_stopped(stop, std::pin::pin!(upload)).await.unwrap_or_else(|| Err(not_begun()))?;
            medium.uploaded(id);
        }
        Ok(())
    }
}
