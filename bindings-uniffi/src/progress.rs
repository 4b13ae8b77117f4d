//! How far many sends have come.

use wamid::{Error, SendMany, TransferReport};

use crate::error::WamidError;

/// How far many sends have come.
#[derive(Debug, Clone, uniffi::Record)]
pub struct SendProgress {
    /// Taken by the host.
    pub sent: i64,
    /// Surely not sent.
    pub failed: i64,
    /// Failed, but perhaps sent.
    pub unknown: i64,
    /// Not finished yet.
    pub left: i64,
}

impl From<wamid::Progress> for SendProgress {
    fn from(progress: wamid::Progress) -> Self {
        // A list in memory is never longer than this can count.
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Self {
            sent: count(progress.sent),
            failed: count(progress.failed),
            unknown: count(progress.unknown),
            left: count(progress.left),
        }
    }
}

/// Is told how far many sends have come.
#[uniffi::export(callback_interface)]
pub trait ProgressListener: Send + Sync {
    /// Is called as the counts change, at most ten times a second, and once at the end. What it throws stops nothing.
    fn progress(&self, progress: SendProgress) -> Result<(), WamidError>;
}

/// How far a file has come on its way up or down.
#[derive(Debug, Clone, uniffi::Record)]
pub struct TransferProgress {
    /// The bytes that have moved; counted from 0 again where the transfer is begun again.
    pub bytes: i64,
    /// The bytes that there are in all, where that is known.
    pub total: Option<i64>,
}

impl From<wamid::TransferProgress> for TransferProgress {
    fn from(progress: wamid::TransferProgress) -> Self {
        // No file is longer than this can count.
        let count = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        Self { bytes: count(progress.bytes), total: progress.total.map(count) }
    }
}

/// Is told how far a file has come.
#[uniffi::export(callback_interface)]
pub trait TransferListener: Send + Sync {
    /// Is called with the bytes that have moved, at most ten times a second, and once at the end. What it throws stops nothing.
    fn progress(&self, progress: TransferProgress) -> Result<(), WamidError>;
}

/// What the core tells of a transfer, told to that listener.
pub(crate) fn transfer(listener: Option<Box<dyn TransferListener>>) -> Option<TransferReport> {
    let listener = listener?;
    // The file matters, not who watches it.
    Some(Box::new(move |progress| drop(listener.progress(progress.into()))))
}

/// How many sends go about it.
pub(crate) fn send_many(
    concurrency: Option<i64>,
    listener: Option<Box<dyn ProgressListener>>,
) -> Result<SendMany, Error> {
    let mut how = SendMany::default();
    if let Some(concurrency) = concurrency {
        how = how.concurrency(wamid::whole("concurrency", concurrency.into())?);
    }
    if let Some(listener) = listener {
        // The sends matter, not who watches them.
        how = how.progress(move |progress| drop(listener.progress(progress.into())));
    }
    Ok(how)
}

/// How many sends of a stream may be under way at once: as many as were asked for, or as many as the core's own bulk has.
#[uniffi::export]
pub fn concurrency(asked: Option<i64>) -> Result<i64, WamidError> {
    let most = send_many(asked, None)?.concurrency_or_default()?;
    Ok(i64::try_from(most).unwrap_or(i64::MAX))
}
