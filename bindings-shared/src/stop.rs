//! To end a call with what it knows.

use tokio::sync::watch;

/// Tells calls to end with what they know. Its clones are one.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Tells them, also those that begin later.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Ends once they were told.
    pub async fn stopped(&self) {
        let mut told = self.0.subscribe();
        // It fails only where nobody is left to tell it, and this is one.
        let _ = told.wait_for(|told| *told).await;
    }

    /// What the call answers; none where it was stopped first. Its future is dropped then, and the request with it.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn or<T, E>(&self, call: impl Future<Output = Result<T, E>>) -> Result<Option<T>, E> {
        if *self.0.borrow() {
            return Ok(None);
        }
        tokio::select! {
            biased;
            // An answer that is there already says more than that it was stopped.
            answer = call => answer.map(Some),
            () = self.stopped() => Ok(None),
        }
    }
}
