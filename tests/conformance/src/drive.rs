use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;

use crate::case::Case;
use crate::error::Error;
use crate::languages::{Language, Runner, RunnerCommand};
use crate::load::load;
use crate::play::{Seat, play};
use crate::report::{CaseReport, Difference, LanguageReport, Summary};
use crate::server::Ports;

/// How often a case that came too late is played again.
const PLAYED_AGAIN: usize = 2;

/// What to run, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// A folder, read with the folders in it, or one file.
    pub cases: PathBuf,
    /// The languages, from [`Registry::select`](crate::Registry::select).
    pub languages: Vec<Language>,
    /// Only cases with this text in their name.
    pub filter: Option<String>,
    /// Where to write a machine-readable report.
    pub json: Option<PathBuf>,
    /// How many runner processes a language has at the same time: 4.
    pub jobs: usize,
    /// Whether a skipped language is a failure.
    pub require_all: bool,
    /// How long one answer of a runner may take: 90 s, more than the SDK's own limit of 60 s for a call.
    pub answer_limit: Duration,
    /// How long a runner may take to end after its input was closed: 10 s.
    pub exit_limit: Duration,
}

impl Options {
    /// These cases in these languages, and nothing unusual.
    pub fn new(cases: impl Into<PathBuf>, languages: Vec<Language>) -> Self {
        Self {
            cases: cases.into(),
            languages,
            filter: None,
            json: None,
            jobs: 4,
            require_all: false,
            answer_limit: Duration::from_secs(90),
            exit_limit: Duration::from_secs(10),
        }
    }
}

/// Runs the cases in each language, one after the other, and writes the report to `out`.
///
/// # Errors
/// Where nothing can be judged: a case breaks the format, no case ran at all, a file cannot be read or written.
/// A case that fails is no error; it is in the [`Summary`].
pub async fn run(options: &Options, out: &mut impl Write) -> Result<Summary, Error> {
    let mut cases = load(&options.cases)?;
    if let Some(filter) = &options.filter {
        cases.retain(|case| case.name.contains(filter));
    }
    if cases.is_empty() {
        let filter = options.filter.as_ref().map(|text| format!(" with `{text}` in its name"));
        let (filter, folder) = (filter.unwrap_or_default(), options.cases.display());
        return Err(Error::NothingRan(format!("there is none{filter} in {folder}")));
    }
    let cases = Arc::new(cases);
    let scratch = tempfile::tempdir().map_err(|why| Error::Driver(format!("no temporary folder: {why}")))?;
    let mut reports = Vec::new();
    for language in &options.languages {
        let report = match &language.runner {
            Runner::Missing(reason) => LanguageReport::skipped(&language.name, reason),
            Runner::Command(command) => {
                let folder = scratch.path().join(&language.name);
                run_language(options, &language.name, command, &cases, &folder).await?
            }
        };
        report.write(out).and_then(|()| out.flush()).map_err(Error::Output)?;
        reports.push(report);
    }
    let summary = Summary::of(reports, options.require_all);
    writeln!(out, "{} passed, {} failed", summary.passed, summary.failed).map_err(Error::Output)?;
    if let Some(file) = &options.json {
        summary.write_json(file)?;
    }
    if summary.passed + summary.failed == 0 {
        return Err(Error::NothingRan("no language of these has a runner, or no case is for it".to_owned()));
    }
    Ok(summary)
}

async fn run_language(
    options: &Options,
    name: &str,
    command: &RunnerCommand,
    cases: &Arc<Vec<Case>>,
    folder: &Path,
) -> Result<LanguageReport, Error> {
    let own: Vec<usize> = (0..cases.len()).filter(|index| cases[*index].is_for(name)).collect();
    let for_other_languages = cases.len() - own.len();
    let queue =
        Arc::new(Queue { cases: Arc::clone(cases), own, next: AtomicUsize::new(0), ports: Ports::default() });
    let mut workers = JoinSet::new();
    for _ in 0..options.jobs.max(1).min(queue.own.len()) {
        let (command, queue, folder) = (command.clone(), Arc::clone(&queue), folder.to_owned());
        let limits = (options.answer_limit, options.exit_limit);
        workers.spawn(async move { work(&command, &queue, &folder, limits).await });
    }
    let (mut reports, mut ends) = (Vec::new(), Vec::new());
    while let Some(done) = workers.join_next().await {
        let (played, end) = done.map_err(|why| Error::Driver(why.to_string()))?;
        reports.extend(played);
        ends.extend(end.err());
    }
    play_late_again(options, command, &queue, folder, &mut reports).await;
    reports.sort_by_key(|(index, _)| *index);
    let mut reports: Vec<CaseReport> = reports.into_iter().map(|(_, report)| report).collect();
    // One for all runners of the language: they fail for the same reason.
    reports.extend(ends.into_iter().next().map(|came| bad_end(came, command)));
    Ok(LanguageReport::ran(name, reports, for_other_languages))
}

/// The cases of a language, each taken by one worker.
struct Queue {
    cases: Arc<Vec<Case>>,
    own: Vec<usize>,
    next: AtomicUsize,
    ports: Ports,
}

impl Queue {
    fn take(&self) -> Option<(usize, &Case)> {
        let index = *self.own.get(self.next.fetch_add(1, Ordering::Relaxed))?;
        self.cases.get(index).map(|case| (index, case))
    }
}

type Played = (Vec<(usize, CaseReport)>, Result<(), String>);

async fn work(command: &RunnerCommand, queue: &Queue, folder: &Path, limits: (Duration, Duration)) -> Played {
    let (answer_limit, exit_limit) = limits;
    let mut seat = Seat::new(command, answer_limit);
    let mut reports = Vec::new();
    while let Some((index, case)) = queue.take() {
        let folder = folder.join(format!("case-{index}"));
        reports.push((index, Box::pin(play(case, &mut seat, &queue.ports, &folder)).await));
    }
    (reports, seat.finish(exit_limit).await)
}

/// Plays alone what came too late, and nothing else: a machine that was busy is not late each time, an SDK that waits too long is.
async fn play_late_again(
    options: &Options,
    command: &RunnerCommand,
    queue: &Queue,
    folder: &Path,
    reports: &mut [(usize, CaseReport)],
) {
    for (index, report) in reports.iter_mut() {
        let Some(case) = queue.cases.get(*index) else { continue };
        for again in 1..=PLAYED_AGAIN {
            if !report.is_late() {
                break;
            }
            let mut seat = Seat::new(command, options.answer_limit);
            let folder = folder.join(format!("case-{index}-again-{again}"));
            *report = Box::pin(play(case, &mut seat, &queue.ports, &folder)).await;
            // How a runner ends is judged where it plays all cases.
            let _ = seat.finish(options.exit_limit).await;
        }
    }
}

/// A runner that does not end well fails its language: users' programs would hang or crash at their end.
fn bad_end(came: String, command: &RunnerCommand) -> CaseReport {
    CaseReport {
        name: "the runner's end".to_owned(),
        file: command.program.clone(),
        passed: false,
        elapsed_ms: 0,
        differences: vec![Difference {
            place: "runner".to_owned(),
            expected: "a clean exit once its input is closed".to_owned(),
            came,
        }],
    }
}
