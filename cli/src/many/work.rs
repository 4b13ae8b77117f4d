//! Sends the rows, some at a time.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;
use wamid::{Bulk, Client, Error, ErrorKind, Message, Receipt, SendMany, Timestamp};

use super::journal::Journal;
use super::ledger::{Entry, Outcome, State};
use super::lines::LinesAgain;
use super::plan::{Job, RowInfo};
use super::report::Report;
use super::rows::{Sends, under};
use crate::output::complain;
use crate::signals::Signals;

/// How far ahead of a steady pace a burst may run.
const BURST: Duration = Duration::from_millis(100);

/// What became of a row in this run.
pub(super) enum RowEnd {
    /// Its outcome, and why the ledger does not have it, should that be so.
    Ended { sent: Result<Receipt, Error>, unwritten: Option<String> },
    /// It did not go out: the run was stopped, or the ledger could not be written.
    Withdrawn { unwritten: Option<String> },
    /// It did not go out: its line could not be read again.
    Unreadable(String),
}

/// Why a run ended before its rows did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StopReason {
    /// A signal of that number came.
    Signal(u8),
    /// The host refuses the credentials, so it would refuse every row.
    Refused,
    /// The ledger cannot be written.
    Ledger(String),
    /// The rows cannot be read again.
    Input(String),
    /// Nobody takes what is to be written out.
    Output(String),
}

/// What one task tells when it is over.
type TaskEnd = Result<(Id, (RowInfo, RowEnd)), JoinError>;

/// What all rows are sent with.
pub(super) struct Shared {
    bulk: Bulk,
    journal: Journal,
    lines: Option<LinesAgain>,
    stopped: AtomicBool,
}

impl Shared {
    pub(super) fn new(client: &Client, journal: Journal, lines: Option<LinesAgain>) -> Result<Self, Error> {
        let bulk = client.bulk(SendMany::default())?;
        Ok(Self { bulk, journal, lines, stopped: AtomicBool::new(false) })
    }

    /// Nothing more goes out. A file on its way up is left there; a row that is being sent is waited for.
    fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.bulk.stop();
    }

    /// The message of a row. The error is a sentence.
    fn message(&self, label: &RowInfo, sends: Sends) -> Result<Message, String> {
        match (sends, &self.lines) {
            (Sends::Message(message), _) => Ok(under(*message, label.made.as_ref())),
            (Sends::Line(place), Some(lines)) => {
                Ok(under(lines.message(place, label.digest)?, label.made.as_ref()))
            }
            (Sends::Line(_), None) => Err("there is no file to read its line from".to_owned()),
        }
    }
}

/// Sends `jobs`, tells `report` of each as it ends, and says what stopped it, if anything did.
pub(super) async fn work(
    shared: Shared,
    jobs: Vec<Job>,
    (concurrency, per_second): (usize, Option<f64>),
    new_reference: impl Fn() -> Option<String>,
    report: &mut Report,
) -> std::io::Result<Option<StopReason>> {
    let shared = Arc::new(shared);
    let mut waiting = jobs.into_iter();
    let mut under_way = JoinSet::new();
    // For those that never come to tell of themselves.
    let mut labels = HashMap::new();
    let mut pace = Pace::new(per_second);
    let mut halt = None;
    let mut signals = Signals::new()?;
    let mut next = waiting.next();
    while !under_way.is_empty() || (next.is_some() && halt.is_none()) {
        let may_start = next.is_some() && halt.is_none() && under_way.len() < concurrency;
        tokio::select! {
            biased;
            number = signals.next() => {
                if matches!(halt, Some(StopReason::Signal(_))) {
                    under_way.abort_all();
                    break;
                }
                halt = Some(StopReason::Signal(number));
                shared.stop();
                report.interrupted(under_way.len());
            }
            Some(done) = under_way.join_next_with_id() => {
                if let Some(why) = tell(report, &mut labels, done) {
                    shared.stop();
                    halt.get_or_insert(why);
                }
            }
            () = pace.turn(), if may_start => {
                if let Some(mut job) = next.take() {
                    pace.taken();
                    if job.label.reference.is_none() {
                        job.label.made = new_reference();
                    }
                    let (label, noted) = (job.label.clone(), Arc::<AtomicBool>::default());
                    let task = under_way.spawn(send(Arc::clone(&shared), job, Arc::clone(&noted)));
                    labels.insert(task.id(), (label, noted));
                }
                next = waiting.next();
            }
            () = tokio::time::sleep(Duration::from_secs(1)), if !under_way.is_empty() => report.tick(),
        }
    }
    // Nobody waits for the rest, but what ended by now is known.
    report.abandoned(under_way.len());
    while let Some(done) = under_way.join_next_with_id().await {
        if let Some(why) = tell(report, &mut labels, done) {
            halt.get_or_insert(why);
        }
    }
    for job in next.into_iter().chain(waiting) {
        if let Err(error) = report.not_tried(&job.label) {
            halt.get_or_insert(output(error));
        }
    }
    Ok(halt)
}

fn output(error: std::io::Error) -> StopReason {
    StopReason::Output(error.to_string())
}

/// Tells of a row that is over, and says why no further one should be tried, if that is so.
fn tell(
    report: &mut Report,
    labels: &mut HashMap<Id, (RowInfo, Arc<AtomicBool>)>,
    done: TaskEnd,
) -> Option<StopReason> {
    match done {
        Ok((id, (label, end))) => {
            labels.remove(&id);
            let told = report.ended(&label, &end);
            reason(&end).or_else(|| told.err().map(output))
        }
        // Abandoned, or panicked: it has told nothing, and in the ledger its row is still `sending`, if it came so far.
        Err(error) => {
            let (label, noted) = labels.remove(&error.id())?;
            let told =
                if noted.load(Ordering::SeqCst) { report.lost(&label) } else { report.not_tried(&label) };
            told.err().map(output)
        }
    }
}

/// Whether what became of one row says that no further one should be tried.
fn reason(end: &RowEnd) -> Option<StopReason> {
    match end {
        RowEnd::Ended { unwritten: Some(why), .. } | RowEnd::Withdrawn { unwritten: Some(why) } => {
            Some(StopReason::Ledger(why.clone()))
        }
        RowEnd::Unreadable(why) => Some(StopReason::Input(why.clone())),
        RowEnd::Ended { sent: Err(error), .. } if error.kind() == ErrorKind::Authentication => {
            Some(StopReason::Refused)
        }
        _ => None,
    }
}

/// Sends a row. `noted` is set once the ledger may have it as `sending`.
async fn send(shared: Arc<Shared>, job: Job, noted: Arc<AtomicBool>) -> (RowInfo, RowEnd) {
    let Job { label, sends } = job;
    let message = match shared.message(&label, sends) {
        Ok(message) => message,
        Err(why) => return (label, RowEnd::Unreadable(why)),
    };
    // Before the row is `sending`: a run that is killed during an upload must not leave rows in doubt of which nothing was sent.
    let message = match Box::pin(shared.bulk.prepare(message)).await {
        Ok(Some(message)) => message,
        Ok(None) => return (label, RowEnd::Withdrawn { unwritten: None }),
        // An earlier try is in doubt. The ledger says so, and goes on to say so.
        Err(error) if label.in_doubt => {
            return (RowInfo { made: None, ..label }, RowEnd::Ended { sent: Err(error), unwritten: None });
        }
        Err(error) => return end(&shared, label, Err(error)).await,
    };
    noted.store(true, Ordering::SeqCst);
    if let Err(why) = shared.journal.append(&entry(&label, State::Sending, Outcome::default())).await {
        return (label, RowEnd::Withdrawn { unwritten: Some(why) });
    }
    if shared.stopped.load(Ordering::SeqCst) {
        let withdrawn = entry(&label, State::Withdrawn, Outcome::default());
        let unwritten = shared.journal.append(&withdrawn).await.err();
        return (label, RowEnd::Withdrawn { unwritten });
    }
    let sent = Box::pin(shared.bulk.send(message)).await;
    end(&shared, label, sent).await
}

/// Notes how a row ended.
async fn end(shared: &Shared, label: RowInfo, sent: Result<Receipt, Error>) -> (RowInfo, RowEnd) {
    let (state, outcome) = match &sent {
        Ok(receipt) => (State::Sent, Outcome { id: Some(receipt.id.clone()), ..Outcome::default() }),
        Err(error) => {
            let outcome = Outcome {
                id: None,
                kind: Some(error.kind().to_string()),
                code: error.code(),
                trace_id: error.trace_id().map(str::to_owned),
                // Refused credentials are not the row's fault.
                retryable: error.retryable() || error.kind() == ErrorKind::Authentication,
            };
            (if error.maybe_sent() { State::Unknown } else { State::Failed }, outcome)
        }
    };
    let unwritten = shared.journal.append(&entry(&label, state, outcome)).await.err();
    if let (Ok(receipt), Some(why)) = (&sent, &unwritten) {
        complain(&format!(
            "line {}: sent: {}; but the ledger could not be written: {why}",
            label.line, receipt.id
        ));
    }
    (label, RowEnd::Ended { sent, unwritten })
}

fn entry(label: &RowInfo, state: State, outcome: Outcome) -> Entry {
    Entry {
        row: label.digest.hex(),
        n: label.n,
        line: label.line,
        phone: label.tail(),
        state,
        at: Timestamp::now(),
        reference: label.made.clone(),
        doubted: Vec::new(),
        outcome,
    }
}

/// Lets rows begin no faster than the client sends them: a row that waits in the client is `sending` in the ledger
/// already, and a crash would leave it unknown.
struct Pace {
    interval: Duration,
    next: Instant,
}

impl Pace {
    fn new(per_second: Option<f64>) -> Self {
        // The client has refused a rate that is none.
        let interval = per_second.and_then(|rate| Duration::try_from_secs_f64(1.0 / rate).ok());
        Self { interval: interval.unwrap_or_default(), next: Instant::now() }
    }

    async fn turn(&self) {
        if self.next > Instant::now() {
            tokio::time::sleep_until(self.next).await;
        }
    }

    fn taken(&mut self) {
        let earliest = Instant::now().checked_sub(BURST).unwrap_or(self.next);
        self.next = self.next.max(earliest) + self.interval;
    }
}
