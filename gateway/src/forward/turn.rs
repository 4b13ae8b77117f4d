//! A sender's turn: its events are posted one after the other.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use wamid::{Error, Poster};

use super::super::keys::now;
use super::super::metrics::Metrics;
use super::pace::wait;
use super::queue::{Lease, Queue, TRIED_FOR};
use super::target::{ForwardTarget, Refused};

/// Events of one turn, and how long it lasts before its last one. Then others have theirs.
const MOST: u32 = 50;
const LONGEST: Duration = Duration::from_secs(10);
/// How often a write is tried again while the gateway stops.
const LAST_TRIES: u32 = 3;
/// Pauses between those tries.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How a turn ended.
#[derive(Debug, Default)]
pub(super) struct Ended {
    pub(super) number: String,
    /// Whether an event was taken.
    pub(super) delivered: bool,
    /// Why the last one was not, if one was not.
    pub(super) refused: Option<Refused>,
    /// The store did not do its work.
    pub(super) stalled: bool,
}

/// What a turn needs.
#[derive(Debug, Clone)]
pub(super) struct Turns {
    pub(super) queue: Queue,
    pub(super) poster: Poster,
    pub(super) metrics: Metrics,
    pub(super) stopping: watch::Receiver<bool>,
}

impl Turns {
    /// Posts what the sender has, until nothing is left, an attempt fails, or others must have their turn.
    pub(super) async fn run(self, number: String, mut lease: Lease, target: ForwardTarget) -> Ended {
        let mut ended = Ended { number, ..Ended::default() };
        match self.events(&mut lease, &target, &mut ended).await {
            Ok(()) => {}
            Err(error) => {
                // The lease runs out, and whoever comes then goes on.
                tracing::warn!(error = error.message(), "the store holds up what is to be passed on");
                ended.stalled = true;
            }
        }
        ended
    }

    async fn events(
        &self,
        lease: &mut Lease,
        target: &ForwardTarget,
        ended: &mut Ended,
    ) -> Result<(), Error> {
        let began = Instant::now();
        for _ in 0..MOST {
            if *self.stopping.borrow() || began.elapsed() > LONGEST {
                break;
            }
            let Some(event) = self.queue.next(lease).await? else {
                if self.queue.end(lease).await? {
                    return Ok(());
                }
                continue;
            };
            // Reading may have taken long. The event is still the next, unless the turn is another process's by now.
            if !self.queue.keep(lease).await? {
                return Ok(());
            }
            match target.post(&self.poster, event.id, event.body).await {
                Ok(()) => {
                    self.metrics.event_delivered();
                    (ended.delivered, lease.attempts) = (true, 0);
                    self.insist(Outcome::Delivered(event.id)).await?;
                }
                Err(refused) => {
                    self.metrics.event_refused();
                    lease.attempts = lease.attempts.saturating_add(1);
                    let problem = refused.problem.clone();
                    tracing::debug!(
                        event = event.id,
                        attempts = lease.attempts,
                        problem,
                        "an event was not taken"
                    );
                    let asked = refused.retry_after.unwrap_or_default();
                    ended.refused = Some(refused);
                    if event.received_at > now() - TRIED_FOR {
                        let pause = wait(lease.attempts).max(asked);
                        return self.insist(Outcome::Released(lease, pause, Some(&problem))).await;
                    }
                    self.insist(Outcome::GivenUp(event.id, &problem)).await?;
                    self.metrics.event_given_up(1);
                    lease.attempts = 0;
                    tracing::warn!(
                        event = event.id,
                        problem,
                        "an event was not taken for 7 days, and is given up (wamid events)"
                    );
                }
            }
        }
        self.insist(Outcome::Released(lease, Duration::ZERO, None)).await
    }

    /// Writes what must be written before the next attempt: an event that was taken would otherwise be posted again and again for
    /// as long as the disk is full.
    async fn insist(&self, outcome: Outcome<'_>) -> Result<(), Error> {
        let (mut pause, mut last) = (FIRST_PAUSE, LAST_TRIES);
        loop {
            let written = match outcome {
                Outcome::Delivered(id) => self.queue.delivered(id).await,
                Outcome::Released(lease, wait, problem) => self.queue.release(lease, wait, problem).await,
                Outcome::GivenUp(id, problem) => self.queue.give_up(id, problem).await,
            };
            let Err(error) = written else { return Ok(()) };
            if *self.stopping.borrow() {
                if last == 0 {
                    return Err(error);
                }
                last -= 1;
            } else if pause == FIRST_PAUSE {
                tracing::warn!(
                    error = error.message(),
                    "what became of an event could not be written down; that is tried until it can"
                );
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

/// What became of an attempt, to be written down.
#[derive(Clone, Copy)]
enum Outcome<'a> {
    Delivered(i64),
    Released(&'a Lease, Duration, Option<&'a str>),
    GivenUp(i64, &'a str),
}
