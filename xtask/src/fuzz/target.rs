//! One target under libFuzzer.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{Start, build, corpus};

/// A single input takes far less, on however slow a machine: only to tell a hang.
const HANG: &str = "-timeout=300";

/// Fewer executions than a longer run with this seed has made.
const SAME: &str = "-runs=20000";

/// A run of one target.
pub(super) struct Run<'a> {
    pub(super) program: &'a Path,
    pub(super) name: &'a str,
    pub(super) time: Duration,
    pub(super) start: Start,
}

/// What a run came to.
pub(super) struct Found {
    pub(super) executions: u64,
    /// Edges of the program that were covered.
    pub(super) edges: u64,
    pub(super) inputs: u64,
    pub(super) result: Result<(), String>,
}

impl Found {
    pub(super) fn failed(why: io::Error) -> Self {
        Self { executions: 0, edges: 0, inputs: 0, result: Err(why.to_string()) }
    }
}

impl Run<'_> {
    pub(super) fn found(&self) -> io::Result<Found> {
        let folder = build::folder();
        let [seeds, log, crashes] = ["seeds", "log", "found"].map(|name| folder.join(name).join(self.name));
        for made in [&log, &crashes].iter().filter_map(|path| path.parent()) {
            fs::create_dir_all(made)?;
        }
        let (own, kept) = (corpus::of_run(self.name), corpus::of_project(self.name));
        if self.start != Start::GoOn {
            forget(&own)?;
        }
        fs::create_dir_all(&own)?;
        forget(&seeds)?;
        let made = self.fuzzer(&log)?.env("WAMID_FUZZ_SEEDS", &seeds).status()?;
        if !made.success() {
            return Err(io::Error::other(last_words(&log)));
        }
        let mut fuzzer = self.fuzzer(&log)?;
        fuzzer.args([HANG, "-rss_limit_mb=4096", "-max_len=4096", "-print_final_stats=1", "-reload=0"]);
        fuzzer.arg(format!("-max_total_time={}", self.time.as_secs()));
        fuzzer.arg(format!("-artifact_prefix={}-", crashes.display()));
        let words = seeds.with_extension("dict");
        // libFuzzer takes no empty one.
        if fs::metadata(&words)?.len() > 0 {
            fuzzer.arg(format!("-dict={}", words.display()));
        }
        fuzzer.args((self.start != Start::GoOn).then_some("-seed=1"));
        fuzzer.args((self.start == Start::Same).then_some(SAME));
        fuzzer.arg(&own).arg(&seeds).args(kept.exists().then_some(&kept));
        let sound = fuzzer.status()?.success();
        let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        let result = if sound { Ok(()) } else { Err(last_words(&log)) };
        if sound && self.start == Start::GoOn {
            self.keep(&own, &seeds, &log)?;
        }
        Ok(Found {
            executions: after(&said, "stat::number_of_executed_units:"),
            edges: after(&said, " cov:"),
            inputs: after(&said, " corp:"),
            result,
        })
    }

    /// The fuzzer for this target, at low priority, that writes into its log.
    fn fuzzer(&self, log: &Path) -> io::Result<Command> {
        let mut command = Command::new("nice");
        let log = File::create(log)?;
        command
            .args(["-n", "15"])
            .arg(self.program)
            .env("WAMID_FUZZ_TARGET", self.name)
            .env("RUST_BACKTRACE", "1");
        command.stdout(log.try_clone()?).stderr(log);
        Ok(command)
    }

    /// Takes what covers most with least into the project's inputs.
    fn keep(&self, own: &Path, seeds: &Path, log: &Path) -> io::Result<()> {
        let least: PathBuf = build::folder().join("least").join(self.name);
        forget(&least)?;
        fs::create_dir_all(&least)?;
        let merged = self
            .fuzzer(&log.with_extension("merge"))?
            .args(["-merge=1", HANG])
            .arg(&least)
            .arg(seeds)
            .arg(own)
            .status()?;
        if merged.success() {
            corpus::keep(self.name, &least)?;
        }
        Ok(())
    }
}

fn forget(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The last number after these words.
fn after(said: &str, words: &str) -> u64 {
    let rest = said.rsplit_once(words).map(|(_, rest)| rest.trim_start());
    let digits = rest.and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

/// What a fuzzer said when it gave up: the assertion, and the file with the input.
fn last_words(log: &Path) -> String {
    let said = String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned();
    let telling = ["panicked at", "ERROR: libFuzzer", "Test unit written to", "could not", "must be"];
    let lines = said.lines().filter(|line| telling.iter().any(|words| line.contains(words)));
    let told: Vec<&str> = lines.take(4).collect();
    format!("{}; {}", told.join("; "), log.display())
}
