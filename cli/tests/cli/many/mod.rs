//! `wamid send many`

mod lines;
mod resumed;
mod rows;
mod stopped;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::playing::{Playing, stderr, stdout};

/// A folder with a file of rows, and Meta to send them to.
struct House {
    meta: Playing,
    folder: tempfile::TempDir,
}

impl House {
    fn new(csv: &str) -> Self {
        let house = Self { meta: Playing::start(), folder: tempfile::tempdir().unwrap() };
        house.write(csv);
        house
    }

    fn write(&self, csv: impl AsRef<[u8]>) {
        std::fs::write(self.csv(), csv).unwrap();
    }

    fn csv(&self) -> PathBuf {
        self.folder.path().join("rows.csv")
    }

    fn ledger(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("rows.csv.ledger")).unwrap_or_default()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.meta.command(&["send", "many", "--csv"]);
        command.arg(self.csv()).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn spawn(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// What each message said that reached Meta, in whatever order.
    fn arrived(&self) -> Vec<Value> {
        let answer = self.meta.ask("GET", "messages");
        let messages: Value =
            serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
        messages["messages"].as_array().unwrap().clone()
    }

    fn texts(&self) -> HashMap<String, usize> {
        self.arrived().iter().fold(HashMap::new(), |mut seen, message| {
            *seen.entry(message["body"]["text"]["body"].as_str().unwrap().to_owned()).or_default() += 1;
            seen
        })
    }
}

/// The objects of `--json`: the rows, and the summary.
fn objects(output: &Output) -> (Vec<Value>, Value) {
    let text = stdout(output);
    let mut rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let summary = rows.pop().unwrap_or_else(|| panic!("{}", stderr(output)))["summary"].take();
    assert!(summary.is_object(), "{text}");
    (rows, summary)
}

fn with_outcome(rows: &[Value], outcome: &str) -> HashSet<u64> {
    rows.iter().filter(|row| row["outcome"] == outcome).map(|row| row["line"].as_u64().unwrap()).collect()
}

fn texts(count: usize) -> String {
    (0..count).fold("phone,message\n".to_owned(), |csv, n| csv + &format!("9198765{n:05},Text {n}\n"))
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("killed: {}", stderr(output)))
}
