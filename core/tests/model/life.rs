//! A process that has the client and its store: both end with it, whatever they are doing.

use std::time::Duration;

use tokio::runtime::Runtime;
use wamid::{Client, Store};

use crate::meta::Meta;

pub(crate) const APP_SECRET: &str = "app-secret";

/// A life of a process.
pub(crate) struct Life {
    pub(crate) runtime: Runtime,
    pub(crate) store: Store,
    /// Waits for every answer.
    pub(crate) patient: Client,
    /// Waits so shortly for one that it gives up where there is none.
    pub(crate) hasty: Client,
    /// Its sends are over soon, so that what ends with the process is unknown soon.
    pub(crate) brief: Client,
}

impl Life {
    pub(crate) fn begin(url: &str, meta: &Meta, business: &str) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let store = runtime.block_on(Store::open(url)).unwrap();
        let client = |timeout, total| {
            Client::cloud("TOKEN", business)
                .graph_url(meta.server.url())
                .app_secret(APP_SECRET)
                .open_store(store.clone())
                .timeout(timeout)
                .total_timeout(total)
                .build()
                .unwrap()
        };
        let (long, short) = (Duration::from_secs(50), Duration::from_millis(500));
        let (patient, hasty, brief) = (client(long, long), client(short / 2, long), client(short, short));
        Self { runtime, store, patient, hasty, brief }
    }

    /// Ends as a killed process does: what was under way stops where it is, and nothing is tidied up.
    pub(crate) fn kill(self) {
        let Self { runtime, store, patient, hasty, brief } = self;
        runtime.shutdown_background();
        drop((store, patient, hasty, brief));
    }
}
