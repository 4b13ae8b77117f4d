//! Writes the ledger. Everything that waits is written and flushed to the disk at once, so that 64 sends under way
//! cost a few flushes and not 64.

use std::fs::File;
use std::io::{Result, Write};
use std::sync::mpsc;

use tokio::sync::oneshot;

use super::ledger::{Entry, line_of};

/// The most lines in one flush.
const BATCH: usize = 1024;

type Confirmation = oneshot::Sender<std::result::Result<(), String>>;

/// The ledger's pen; its clones write the same file.
#[derive(Clone)]
pub(super) struct Journal(mpsc::Sender<(Vec<u8>, Confirmation)>);

impl Journal {
    /// Begins to write at the end of `file`, which stays locked as long as the thread lives.
    pub(super) fn start(file: File) -> Result<Self> {
        let (queue, waiting) = mpsc::channel();
        std::thread::Builder::new().name("ledger".to_owned()).spawn(move || write(&file, &waiting))?;
        Ok(Self(queue))
    }

    /// Returns once `entry` is on the disk; the error says why it is not.
    pub(super) async fn append(&self, entry: &Entry) -> std::result::Result<(), String> {
        let gone = || "its writer has ended".to_owned();
        let line = line_of(entry).map_err(|error| error.to_string())?;
        let (told, written) = oneshot::channel();
        self.0.send((line, told)).map_err(|_| gone())?;
        written.await.map_err(|_| gone())?
    }
}

fn write(mut file: &File, waiting: &mpsc::Receiver<(Vec<u8>, Confirmation)>) {
    let mut failed: Option<String> = None;
    while let Ok(first) = waiting.recv() {
        let batch: Vec<_> = std::iter::once(first).chain(waiting.try_iter()).take(BATCH).collect();
        if failed.is_none() {
            let lines: Vec<u8> = batch.iter().flat_map(|(line, _)| line).copied().collect();
            // What failed may have left half a line, and a flush that failed once may lie the second time.
            failed =
                file.write_all(&lines).and_then(|()| file.sync_data()).err().map(|error| error.to_string());
        }
        for (_, told) in batch {
            // Who stopped waiting has been interrupted.
            let _ = told.send(failed.clone().map_or(Ok(()), Err));
        }
    }
}
