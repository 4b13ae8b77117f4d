//! Files that a send brings along: uploaded before it, in a bulk each once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::Client;
use super::runtime::on_tokio;
use crate::delivery::panics::caught_now;
use crate::delivery::stop::{Stop, not_begun, unless_stopped};
use crate::error::Error;
use crate::media::Reporter;
use crate::message::source::Medium;
use crate::message::{FileKey, Message};

/// The files of a bulk.
#[derive(Debug, Default)]
pub(super) struct Uploads {
    /// By what they are known by.
    files: Mutex<HashMap<FileKey, Arc<OnceCell<String>>>>,
    /// Is told how far they are.
    reporter: Reporter,
}

impl Uploads {
    pub(super) fn telling(reporter: Reporter) -> Self {
        Self { files: Mutex::default(), reporter }
    }

    fn of(&self, key: FileKey) -> Arc<OnceCell<String>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone()
    }
}

impl Client {
    /// Uploads what the message brings along, once all else of it has been held to the rules. Whatever fails here, nothing was sent.
    pub(super) async fn upload_first(
        &self,
        message: &mut Message,
        stop: Option<&Stop>,
        uploads: Option<&Uploads>,
    ) -> Result<(), Error> {
        on_tokio()?;
        caught_now(|| self.prepare(message).map(drop))?;
        let reporter = uploads.map(|uploads| uploads.reporter.clone()).unwrap_or_default();
        // The cards of a template have one each.
        while let Some(mut medium) = message.medium().filter(Medium::is_here) {
            let shared = uploads.zip(medium.key()).map(|(uploads, key)| uploads.of(key));
            let upload = async {
                let below = medium.below.clone();
                let work = async {
                    let uploaded = self.upload(medium.upload().await?, &reporter).await;
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
