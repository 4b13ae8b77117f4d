//! Hands out the turns: which senders' events are posted now, and how many at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{self, JoinSet};
use tokio::time::Instant;
use wamid::{Error, Poster, Store};

use super::super::accounts::Accounts;
use super::super::keys::now;
use super::super::metrics::Metrics;
use super::pace::Pace;
use super::queue::Queue;
use super::turn::{Ended, Turns};
use super::{ForwardTarget, Forwarding};

/// Attempts at once over all numbers. Each holds one event, of at most 3 MiB.
const AT_ONCE: usize = 16;
/// So many of those may be for numbers whose target fails: they may take long, and others must have their turn.
const AT_ONCE_FAILING: usize = 8;
/// How often every number is looked at: events of other gateways, waits that are over, leases that ran out.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often what waits is counted; more rarely where there is so much of it that counting takes long.
const MEASURE_EVERY: Duration = Duration::from_secs(5);
/// The part of the time that counting may take.
const MEASURE_RARELY: u32 = 20;
/// How often old events are cleaned up.
const CLEAN_EVERY: Duration = Duration::from_secs(3600);
/// How long nothing is begun after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(2);
/// Events of no account's: what a webhook tells of an app, or of a business account that no account here has.
pub(super) const NO_NUMBER: &str = "";

/// Passes events on until it is stopped.
pub(crate) struct Dispatcher {
    accounts: Accounts,
    forwarding: Arc<Forwarding>,
    turns: Turns,
    stop: watch::Receiver<bool>,
    running: JoinSet<Ended>,
    /// The number that each of these is for.
    numbers: HashMap<task::Id, String>,
    paces: HashMap<String, Pace>,
    targets: HashMap<String, ForwardTarget>,
    /// The last look at the accounts or the store failed.
    pause_until: Option<Instant>,
}

impl Dispatcher {
    pub(crate) fn new(
        store: Store,
        accounts: Accounts,
        forwarding: Arc<Forwarding>,
        metrics: Metrics,
        stop: watch::Receiver<bool>,
    ) -> Result<Self, Error> {
        let turns =
            Turns { queue: Queue::new(store), poster: Poster::new()?, metrics, stopping: stop.clone() };
        Ok(Self {
            accounts,
            forwarding,
            turns,
            stop,
            running: JoinSet::new(),
            numbers: HashMap::new(),
            paces: HashMap::new(),
            targets: HashMap::new(),
            pause_until: None,
        })
    }

    /// Returns once it is stopped and the attempts under way have ended.
    pub(crate) async fn run(mut self) {
        let (mut look_at, mut measure_at, mut clean_at) = (Instant::now(), Instant::now(), Instant::now());
        let mut look: HashSet<String> = HashSet::new();
        while !*self.stop.borrow() {
            let now = Instant::now();
            if look_at <= now {
                look_at = now + LOOK_EVERY;
                match self.look_targets_up().await {
                    Ok(()) => look.extend(self.targets.keys().cloned()),
                    Err(error) => self.stalled(&error),
                }
            }
            if measure_at <= now {
                self.measure().await;
                measure_at = Instant::now() + MEASURE_EVERY.max(now.elapsed() * MEASURE_RARELY);
            }
            if clean_at <= now {
                clean_at = now + CLEAN_EVERY;
                self.clean_up().await;
            }
            look.extend(self.forwarding.take());
            for number in std::mem::take(&mut look) {
                self.begin(&number).await;
            }
            let forwarding = Arc::clone(&self.forwarding);
            tokio::select! {
                changed = self.stop.changed() => if changed.is_err() { break },
                () = forwarding.wake.notified() => {}
                () = tokio::time::sleep_until(look_at) => {}
                Some(ended) = self.running.join_next_with_id() => look.extend(self.ended(ended).await),
            }
        }
        while let Some(ended) = self.running.join_next_with_id().await {
            let _ = self.ended(ended).await;
        }
    }

    async fn look_targets_up(&mut self) -> Result<(), Error> {
        let common = self.forwarding.target.as_ref();
        let mut targets = self.accounts.forward_targets(common).await?;
        if let Some(common) = common {
            targets.insert(NO_NUMBER.to_owned(), common.clone());
        }
        self.paces.retain(|number, pace| pace.under_way > 0 || targets.contains_key(number));
        self.targets = targets;
        Ok(())
    }

    /// Begins as many turns of a number as there is room for.
    async fn begin(&mut self, number: &str) {
        let now = Instant::now();
        if self.pause_until.is_some_and(|until| until > now) {
            return;
        }
        let Some(target) = self.targets.get(number).cloned() else { return };
        let pace = self.paces.entry(number.to_owned()).or_default();
        let (room, failing) = (pace.room(now), pace.is_failing());
        let mut room = room.min(AT_ONCE.saturating_sub(self.running.len()));
        if failing {
            let all = self.paces.values().filter(|pace| pace.is_failing()).map(|pace| pace.under_way);
            room = room.min(AT_ONCE_FAILING.saturating_sub(all.sum()));
        }
        if room == 0 {
            return;
        }
        match self.turns.queue.claim(number, room).await {
            Ok(leases) => {
                for lease in leases {
                    self.paces.entry(number.to_owned()).or_default().under_way += 1;
                    let turn = self.turns.clone().run(number.to_owned(), lease, target.clone());
                    let turn = self.running.spawn(turn);
                    self.numbers.insert(turn.id(), number.to_owned());
                }
            }
            Err(error) => self.stalled(&error),
        }
    }

    /// A turn is over. Says which numbers may begin another: its own, or where there was no room for more, all.
    async fn ended(&mut self, ended: Result<(task::Id, Ended), task::JoinError>) -> Vec<String> {
        let was_full = self.running.len() + 1 >= AT_ONCE;
        let ended = match ended {
            Ok((id, ended)) => {
                self.numbers.remove(&id);
                ended
            }
            Err(error) => {
                // It panicked: its lease runs out.
                tracing::error!(%error, "passing an event on failed");
                let number = self.numbers.remove(&error.id()).unwrap_or_default();
                Ended { number, ..Ended::default() }
            }
        };
        let pace = self.paces.entry(ended.number.clone()).or_default();
        pace.under_way = pace.under_way.saturating_sub(1);
        let recovered = ended.delivered && pace.is_failing();
        if ended.delivered {
            pace.succeeded();
        }
        if let Some(refused) = ended.refused {
            pace.failed(Instant::now(), refused.retry_after);
        }
        if recovered && let Err(error) = self.turns.queue.hasten(&ended.number).await {
            self.stalled(&error);
        }
        if ended.stalled {
            self.pause_until = Some(Instant::now() + STORE_PAUSE);
        }
        if was_full { self.targets.keys().cloned().collect() } else { vec![ended.number] }
    }

    fn stalled(&mut self, error: &Error) {
        tracing::warn!(error = error.message(), "the store holds up what is to be passed on");
        self.pause_until = Some(Instant::now() + STORE_PAUSE);
    }

    async fn measure(&mut self) {
        match self.turns.queue.measure().await {
            Ok((waiting, oldest)) => {
                let age = oldest.map_or(0, |oldest| now().saturating_sub(oldest).max(0) / 1_000_000);
                self.turns.metrics.events_waiting(waiting, age);
                let full = waiting >= self.forwarding.limit;
                if full && !self.forwarding.full.swap(full, Ordering::Relaxed) {
                    tracing::error!(
                        waiting,
                        "too many events wait to be passed on: webhooks are refused until there are fewer, and Meta sends \
                         them again (wamid events)"
                    );
                }
                self.forwarding.full.store(full, Ordering::Relaxed);
            }
            Err(error) => self.stalled(&error),
        }
    }

    async fn clean_up(&mut self) {
        match self.turns.queue.clean_up().await {
            Ok(0) => {}
            Ok(count) => {
                self.turns.metrics.event_given_up(count);
                tracing::warn!(count, "events had no target for 7 days, and are given up (wamid events)");
            }
            Err(error) => self.stalled(&error),
        }
    }
}
