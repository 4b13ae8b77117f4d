//! Plays one case with one runner.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use crate::case::Case;
use crate::compare::{Comparison, Mode};
use crate::languages::RunnerCommand;
use crate::process::{NoAnswer, Process};
use crate::report::{CaseReport, Difference};
use crate::requests::compare_requests;
use crate::server::{Ports, Seen, Server};

/// How long expected requests that are still under way are waited for after the last answer.
const UNDER_WAY: Duration = Duration::from_millis(500);
/// After that many answers in a row that never came, the rest is not waited for.
const MOST_LATE: usize = 3;

/// A place for a runner process, which is started when it is needed and again when it broke.
#[derive(Debug)]
pub(crate) struct Seat<'a> {
    command: &'a RunnerCommand,
    process: Option<Process>,
    limit: Duration,
    late: usize,
}

impl<'a> Seat<'a> {
    /// An empty seat; `limit` is the time for one answer.
    pub(crate) fn new(command: &'a RunnerCommand, limit: Duration) -> Self {
        Self { command, process: None, limit, late: 0 }
    }

    async fn ask(&mut self, line: &str) -> Result<Map<String, Value>, NoAnswer> {
        let mut process = match self.process.take() {
            Some(process) => process,
            None => Process::start(self.command)?,
        };
        let answer = process.ask(line, self.limit).await;
        self.late = if answer.as_ref().is_err_and(NoAnswer::was_late) { self.late + 1 } else { 0 };
        if answer.is_ok() {
            self.process = Some(process);
        }
        answer
    }

    fn is_given_up(&self) -> bool {
        self.late >= MOST_LATE
    }

    /// Lets the process end, if one runs.
    pub(crate) async fn finish(self, limit: Duration) -> Result<(), String> {
        match self.process {
            Some(process) => process.finish(limit).await,
            None => Ok(()),
        }
    }
}

/// Plays a case and compares. `folder` is the case's own, for its store.
pub(crate) async fn play(case: &Case, seat: &mut Seat<'_>, ports: &Ports, folder: &Path) -> CaseReport {
    let mut comparison = Comparison::default();
    let mut elapsed = Duration::ZERO;
    if seat.is_given_up() {
        comparison.differ(
            "calls",
            "a runner that answers",
            "not run: the runner gave no answer to several cases",
        );
    } else if let Err(why) = try_play(case, seat, ports, folder, &mut comparison, &mut elapsed).await {
        comparison.differ("driver", "a server and a store for the case", why.to_string());
    }
    CaseReport {
        name: case.name.clone(),
        file: case.file.clone(),
        passed: comparison.differences.is_empty(),
        elapsed_ms: milliseconds(elapsed),
        differences: comparison.differences,
    }
}

async fn try_play(
    case: &Case,
    seat: &mut Seat<'_>,
    ports: &Ports,
    folder: &Path,
    comparison: &mut Comparison,
    elapsed: &mut Duration,
) -> std::io::Result<()> {
    let server = Server::start(&case.server, ports).await?;
    let client = client(case, &server.url(), folder)?;
    let files = write_files(case, folder)?;
    let mut answers = Vec::new();
    let begin = Instant::now();
    for (index, call) in case.calls.iter().enumerate() {
        let op = Value::from(call.op.as_str());
        let line =
            format!("{{\"client\":{client},\"op\":{op},\"args\":{}}}\n", with_files(&call.args, &files));
        match seat.ask(&line).await {
            Ok(answer) => answers.push(answer),
            Err(why) => {
                comparison.differ(&format!("calls[{index}]"), "an answer", why.to_string());
                break;
            }
        }
    }
    *elapsed = begin.elapsed();
    let complete = answers.len() == case.calls.len();
    if complete {
        let expected = case.expect.requests.as_ref().map_or(0, Vec::len);
        server.settle(expected, UNDER_WAY).await;
    }
    let seen = server.finish();
    if complete {
        // Results first: they have an order, so that what they bind is certain before requests are matched.
        compare_results(comparison, case, answers);
        if let Some(expected) = &case.expect.requests {
            compare_requests(comparison, expected, &seen.requests, case.expect.unordered);
        }
        compare_elapsed(comparison, case, *elapsed);
    }
    compare_server(comparison, &seen);
    Ok(())
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn compare_results(comparison: &mut Comparison, case: &Case, answers: Vec<Map<String, Value>>) {
    let Some(expected) = &case.expect.results else {
        return;
    };
    for (index, (expected, answer)) in expected.iter().zip(answers).enumerate() {
        let place = format!("results[{index}]");
        let missing = |key| expected.get(key).is_some() && !answer.contains_key(key);
        // One difference that shows the whole answer says more than one for each key of the expected.
        if missing("ok") && expected.get("error").is_none()
            || missing("error") && expected.get("ok").is_none()
        {
            comparison.differ(&place, expected.to_string(), Value::Object(answer).to_string());
        } else {
            comparison.value(&place, expected, Some(&Value::Object(answer)), Mode::Listed);
        }
    }
}

fn compare_elapsed(comparison: &mut Comparison, case: &Case, elapsed: Duration) {
    let (elapsed, bounds) = (milliseconds(elapsed), &case.expect.elapsed);
    if let Some(min) = bounds.min.filter(|min| elapsed < *min) {
        comparison.differ(Difference::ELAPSED, format!("at least {min}"), elapsed.to_string());
    }
    if let Some(max) = bounds.max.filter(|max| elapsed > *max) {
        comparison.differ(Difference::ELAPSED, format!("{}{max}", Difference::AT_MOST), elapsed.to_string());
    }
}

fn compare_server(comparison: &mut Comparison, seen: &Seen) {
    for index in &seen.beyond {
        let came = seen.requests[*index].summary();
        comparison.differ(&format!("requests[{index}]"), "no request after the last reply", came);
    }
    for why in &seen.not_http {
        comparison.differ("requests", "HTTP", format!("something else ({why})"));
    }
}

/// The client as the runner gets it, as JSON: with the server's address unless the case gives one of its own, with
/// `$server` in any text being that address, and with a fresh store for `"store": "$store"`.
fn client(case: &Case, url: &str, folder: &Path) -> std::io::Result<Value> {
    let Some(mut client) = case.client.clone() else {
        return Ok(Value::Null);
    };
    let address = match client.get("host").and_then(Value::as_str) {
        Some("cloud") => Some("graph_url"),
        Some("gateway") => Some("base_url"),
        _ => None,
    };
    if let Some(key) = address.filter(|key| client.get(*key).is_none_or(Value::is_null)) {
        client.insert(key.to_owned(), url.into());
    }
    if client.get("store").and_then(Value::as_str) == Some("$store") {
        std::fs::create_dir_all(folder)?;
        let store = format!("sqlite:{}", folder.join("store.db").display());
        client.insert("store".to_owned(), store.into());
    }
    let mut client = Value::Object(client);
    replace_server(&mut client, url);
    Ok(client)
}

/// Writes the case's files. Answers what stands for each in `args`, and its path, both as JSON.
fn write_files(case: &Case, folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut written = Vec::new();
    for (name, bytes) in &case.files {
        let folder = folder.join("files");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(name);
        std::fs::write(&path, bytes)?;
        let placeholder = Value::from(format!("$file:{name}")).to_string();
        written.push((placeholder, Value::from(path.display().to_string()).to_string()));
    }
    Ok(written)
}

fn with_files(args: &str, files: &[(String, String)]) -> String {
    files.iter().fold(args.to_owned(), |args, (placeholder, path)| args.replace(placeholder, path))
}

fn replace_server(value: &mut Value, url: &str) {
    match value {
        Value::String(text) => *text = text.replace("$server", url),
        Value::Array(list) => list.iter_mut().for_each(|value| replace_server(value, url)),
        Value::Object(object) => object.values_mut().for_each(|value| replace_server(value, url)),
        _ => {}
    }
}
