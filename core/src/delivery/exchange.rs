//! Attempts, the waits between them, and what is asked of a gateway before: the delivery rules in motion.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::Instant;

use futures_util::FutureExt;

use super::extensions::Extensions;
use super::retry_count::note_retry;
use super::stop::{Stop, not_begun, stopped, unless_stopped};
use super::{Delivery, Host, Written, retry};
use crate::error::{Error, ErrorKind};
use crate::message::IDEMPOTENCY;
use crate::transport::{Answer, Endpoint, FailedAttempt, Request, Retry, apart};

/// One call to the host.
pub(crate) struct Call<'a> {
    pub(crate) request: Request<'a>,
    /// When `total_timeout` is over.
    pub(crate) deadline: Instant,
    /// Ends the call early.
    pub(crate) stop: Option<&'a Stop>,
    /// Whether a request of it may have been taken, known also to who outlives the call.
    pub(crate) written: &'a Written,
}

impl Delivery {
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.limits.total_timeout.min(Duration::from_secs(86_400 * 365))
    }

    /// Makes attempts until one succeeds or no further one is allowed.
    pub(crate) async fn exchange<T>(
        &self,
        call: &Call<'_>,
        judge: impl Fn(&Answer) -> Result<T, FailedAttempt>,
    ) -> Result<T, Error> {
        self.counted_exchange(call, judge).await.map(|(done, _)| done)
    }

    /// The same, and says how many attempts it took.
    pub(super) async fn counted_exchange<T>(
        &self,
        call: &Call<'_>,
        judge: impl Fn(&Answer) -> Result<T, FailedAttempt>,
    ) -> Result<(T, u32), Error> {
        let armed = call.request.effect().is_send();
        let mut guard = CancelGuard { written: call.written, attempts: 0, armed };
        let result = {
            let mut attempts = pin!(self.attempts(call, judge, &mut guard));
            match unless_stopped(call.stop, attempts.as_mut()).await {
                Some(result) => Some(result),
                // An answer that is there already says more than that nobody knows.
                None if call.written.under_way().load(Ordering::Acquire) => attempts.now_or_never(),
                None => None,
            }
        };
        guard.armed = false;
        result.unwrap_or_else(|| {
            Err(if call.written.maybe_sent() { stopped(guard.attempts) } else { not_begun() })
        })
    }

    async fn attempts<T>(
        &self,
        call: &Call<'_>,
        judge: impl Fn(&Answer) -> Result<T, FailedAttempt>,
        guard: &mut CancelGuard<'_>,
    ) -> Result<(T, u32), Error> {
        let effect = call.request.effect();
        let mut attempts = 0;
        let mut maybe_sent = false;
        loop {
            let slot = match self.transport.slot(effect, call.deadline).await {
                Ok(slot) => slot,
                Err(error) if maybe_sent => return Err(error.unknown().with_attempts(attempts)),
                Err(error) => return Err(error.with_attempts(attempts)),
            };
            attempts += 1;
            guard.attempts = attempts;
            let judged = match self.attempt(call, attempts, &judge).await {
                Ok(done) => return Ok((done, attempts)),
                Err(judged) => effect.settle(judged),
            };
            drop(slot);
            let FailedAttempt { mut error, again, by_gateway } = judged;
            if error.maybe_sent() {
                maybe_sent = true;
            } else if maybe_sent && !(by_gateway && self.knows(IDEMPOTENCY)) {
                error = error.unknown();
            }
            error = error.with_attempts(attempts);
            call.written.over(maybe_sent);
            let allowed = attempts <= self.limits.max_retries
                && !call.request.is_upload_session()
                && !call.stop.is_some_and(Stop::is_stopped)
                && match again {
                    Retry::No => false,
                    Retry::Backoff | Retry::PairRate => true,
                    Retry::IfHarmless => self.repeat_is_harmless(call).await,
                };
            if !allowed {
                return Err(error);
            }
            let wait = retry::wait(again, error.retry_after(), attempts - 1, fastrand::f64());
            // A host may name a wait beyond the end of the clock.
            if Instant::now().checked_add(wait).is_none_or(|then| then > call.deadline) {
                // Whoever waits instead should know how long; a random wait of ours says nothing.
                let told = error.retry_after().or_else(|| (again == Retry::PairRate).then_some(wait));
                return Err(error.with_retry_after(told));
            }
            tracing::info!(attempt = attempts, wait_ms = millis(wait), "trying again");
            tokio::time::sleep(wait).await;
            note_retry();
        }
    }

    async fn attempt<T>(
        &self,
        call: &Call<'_>,
        attempt: u32,
        judge: impl Fn(&Answer) -> Result<T, FailedAttempt>,
    ) -> Result<T, FailedAttempt> {
        let started = Instant::now();
        let left = call.deadline.saturating_duration_since(started);
        if left.is_zero() {
            let error = Error::out_of_time("The total time-out was over before the request could be made.");
            return Err(FailedAttempt::not_sent(error, true, Retry::No));
        }
        let mut status = None;
        let timeout = self.limits.timeout.min(left);
        let result = match self.transport.attempt(&call.request, call.written.under_way(), timeout).await {
            Ok(answer) => {
                status = Some(answer.status);
                judge(&answer)
            }
            Err(judged) => Err(judged),
        };
        let duration_ms = millis(started.elapsed());
        match &result {
            Ok(_) => tracing::debug!(attempt, status, duration_ms, "answered"),
            Err(FailedAttempt { error, .. }) => tracing::debug!(
                attempt,
                status = error.status(),
                kind = error.kind().as_str(),
                code = error.code(),
                trace_id = error.trace_id().map(|id| self.secrets.redact(id)),
                maybe_sent = error.maybe_sent(),
                duration_ms,
                "failed"
            ),
        }
        result
    }

    /// Whether the gateway is known to have the extension.
    fn knows(&self, extension: &str) -> bool {
        self.extensions.get().is_some_and(|known| known.has(extension))
    }

    /// Whether the same request can be made again although the last one may have arrived.
    async fn repeat_is_harmless(&self, call: &Call<'_>) -> bool {
        if call.request.idempotency_key().is_none() {
            return false;
        }
        match apart(|| self.extensions(call.deadline)).await {
            Ok(extensions) => extensions.has(IDEMPOTENCY),
            Err(_) => false,
        }
    }

    /// One attempt to read something, over at `deadline`. It is not made again, whatever comes of it.
    pub(crate) async fn read_once(&self, address: &Endpoint, deadline: Instant) -> Result<Answer, Error> {
        let request = Request::read(address);
        let _slot = self.transport.slot(request.effect(), deadline).await?;
        let timeout = self.limits.timeout.min(deadline.saturating_duration_since(Instant::now()));
        let answer = self.transport.attempt(&request, &Arc::default(), timeout).await;
        answer.map_err(|judged| request.effect().settle(judged).error)
    }

    /// What the gateway knows beyond the original API, asked once in the client's life.
    pub(crate) async fn extensions(&self, deadline: Instant) -> Result<&Extensions, Error> {
        if let Some(known) = self.extensions.get() {
            return Ok(known);
        }
        let Host::Gateway(urls) = &self.host else {
            return Ok(self.extensions.get_or_init(Extensions::default));
        };
        let came = Instant::now();
        let ask = async {
            let mut failed = self.asking.lock().await;
            if let Some(known) = self.extensions.get() {
                return Ok(known);
            }
            // Whoever waited for an ask that failed meanwhile shares its failure: a thousand calls to a dead gateway
            // would otherwise ask one after the other.
            if let Some((when, error)) = failed.as_ref().filter(|(when, _)| *when > came) {
                tracing::debug!(waited_ms = millis(when.duration_since(came)), "shares a failed ask");
                return Err(error.clone());
            }
            let answer = self.read_once(&urls.root, deadline).await;
            match answer.and_then(|answer| Extensions::of(&answer).map_err(|judged| judged.error)) {
                Ok(extensions) => Ok(self.extensions.get_or_init(|| extensions)),
                Err(error) => {
                    *failed = Some((Instant::now(), error.clone()));
                    Err(error)
                }
            }
        };
        tokio::time::timeout_at(deadline, ask).await.unwrap_or_else(|_| {
            Err(Error::new(ErrorKind::Timeout, "The gateway did not say in time what it can do.")
                .not_sent(true))
        })
    }
}

/// Logs that a send was cancelled after an attempt had been written: nobody is left to hear it as an error.
struct CancelGuard<'a> {
    written: &'a Written,
    attempts: u32,
    armed: bool,
}

impl Drop for CancelGuard<'_> {
    fn drop(&mut self) {
        if self.armed && self.written.maybe_sent() {
            tracing::warn!(
                maybe_sent = true,
                "cancelled after the request was written; the message may have gone out"
            );
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
