//! One clock over a whole request: what each step may take alone can add up to more than its caller waits.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use wamid::Error;

use super::ANSWER_WITHIN;
use super::answer::Failure;
use super::fault::ErrorText;

/// How long before the gateway must answer its work must be over, so that there is time to write the answer down.
pub(super) const MARGIN: Duration = Duration::from_secs(2);

/// Gives up work on the store that is not done when the time of a request is over. What it was writing is undone.
///
/// # Errors
/// Those of the work; [`Store`](wamid::ErrorKind::Store), retryable, where it is given up.
pub(super) async fn in_time<T>(
    came: Instant,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    timeout_at(came + ANSWER_WITHIN.saturating_sub(MARGIN), work).await.unwrap_or_else(|_| {
        let why = ErrorText("it did not answer in the time of a request".to_owned());
        Err(Error::store("be used", why).into())
    })
}
