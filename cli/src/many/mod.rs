//! `wamid send many`: the rows of a file, each sent once however often the command is run.

mod cells;
mod journal;
mod ledger;
mod lines;
mod params;
mod plan;
mod report;
mod rows;
mod sheet;
mod summary;
mod work;

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use wamid::Client;

use self::journal::Journal;
use self::ledger::LedgerIndex;
use self::lines::{Lines, LinesAgain};
use self::plan::{Plan, Resend, SkippedRow};
use self::report::Report;
use self::rows::Rows;
use self::summary::{Files, status, summary};
use self::work::Shared;
use super::exit::CommandError;
use super::options::ClientArgs;
use super::output::complain;

/// `wamid send many`
#[derive(Args)]
#[command(after_long_help = sheet::HELP, group = ArgGroup::new("rows").args(["csv", "jsonl"]).required(true))]
pub(super) struct Many {
    /// The rows as CSV, in UTF-8; the first line names the columns. - reads standard input, and needs --ledger
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// The rows as JSON, a message a line, of any kind. - reads standard input, and needs --ledger
    #[arg(long, value_name = "FILE")]
    jsonl: Option<PathBuf>,
    /// Where it is noted what became of each row, so that the same command can be run again [default: FILE.ledger]
    #[arg(long, value_name = "PATH")]
    ledger: Option<PathBuf>,
    /// What separates the cells
    #[arg(long, default_value = ",", value_name = "CHARACTER", conflicts_with = "jsonl")]
    delimiter: char,
    /// Leaves columns out that are not known
    #[arg(long, conflicts_with = "jsonl")]
    ignore_columns: bool,
    /// Sends the sound rows although others are broken
    #[arg(long)]
    skip_invalid: bool,
    /// Sends rows again that may have gone out. Look first: who got them gets them twice
    #[arg(long)]
    retry_unknown: bool,
    /// Sends rows again that were refused for good
    #[arg(long)]
    retry_failed: bool,
    /// How many are under way at once
    #[arg(long, default_value_t = 64, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..))]
    concurrency: u16,
    /// Checks every row and sends nothing
    #[arg(long)]
    dry_run: bool,
    /// Prints an object for each row as it ends, and one with a summary
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    client: ClientArgs,
}

impl Many {
    pub(super) fn json(&self) -> bool {
        self.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let per_second = self.client.max_per_second();
        let client = self.client.clone().client()?;
        let file = self.csv.as_ref().or(self.jsonl.as_ref()).cloned().unwrap_or_default();
        let (Rows { rows, sender }, lines) = self.rows(&client).map_err(CommandError::Invalid)?;
        let path = match &self.ledger {
            Some(path) => path.clone(),
            None if self.dry_run || file.is_file() => beside(&file),
            None => {
                return Err(CommandError::Invalid(format!(
                    "{} is no file, so the ledger cannot lie beside it: say where with --ledger PATH",
                    file.display()
                )));
            }
        };
        // Without a sound row there is nothing to note.
        let (noted, known) = match &sender {
            Some(sender) if self.dry_run => (None, ledger::look(&path, sender).map_err(CommandError::Other)?),
            Some(sender) if self.skip_invalid || rows.iter().all(|row| row.sends.is_ok()) => {
                let (noted, known) = ledger::open(&path, sender).map_err(CommandError::Other)?;
                (Some(noted), known)
            }
            _ => (None, LedgerIndex::default()),
        };
        let again = Resend { unknown: self.retry_unknown, failed: self.retry_failed };
        let Plan { jobs, left, remarks } = plan::plan(rows, &known, again);
        remarks.iter().for_each(|remark| complain(&format!("note: {remark}")));
        let to_send = if self.dry_run { 0 } else { jobs.len() };
        let mut report = Report::new(self.json, to_send);
        let invalid = left.iter().filter(|(_, left)| matches!(left, SkippedRow::Invalid(_))).count();
        let told = left.iter().try_for_each(|(label, left)| report.left(label, left));
        let refused = invalid > 0 && !self.skip_invalid;
        let at = Files { rows: &file, ledger: &path, refused };
        if refused || self.dry_run {
            let mut jobs = jobs.iter().map(|job| &job.label);
            let told = told.and_then(|()| {
                jobs.try_for_each(
                    |label| if refused { report.not_tried(label) } else { report.would_send(label) },
                )
            });
            let told = told.and_then(|()| summary(&report, None, &at, self.json));
            // Whether anybody reads on or not.
            return if refused { Err(CommandError::Broken { rows: invalid }) } else { Ok(told?) };
        }
        told.map_err(|error| {
            CommandError::Other(format!("the output cannot be written: {error}; nothing was sent"))
        })?;
        let halt = match noted {
            Some(noted) => {
                let journal = Journal::start(noted)?;
                let new_reference = || self.client.new_reference();
                let how = (usize::from(self.concurrency), per_second);
                Box::pin(work::work(
                    Shared::new(&client, journal, lines)?,
                    jobs,
                    how,
                    new_reference,
                    &mut report,
                ))
                .await?
            }
            None => None,
        };
        report.done();
        let status = status(&report, halt.as_ref());
        match summary(&report, halt.as_ref(), &at, self.json) {
            Ok(()) if status == 0 => Ok(()),
            Ok(()) => Err(CommandError::Ended { status, message: String::new() }),
            Err(error) => Err(CommandError::Ended {
                status: super::exit::UNWRITTEN,
                message: format!(
                    "{} rows were sent, but the report could not be written: {error}; the ledger has them: {}",
                    report.tally.sent,
                    path.display()
                ),
            }),
        }
    }

    /// All rows, held to the rules, and the file that lines of JSON are read from again.
    fn rows(&self, client: &Client) -> Result<(Rows, Option<LinesAgain>), String> {
        if let Some(path) = &self.jsonl {
            let lines = Lines::open(path)?;
            let rows = rows::check(lines.rows(), client)?;
            return Ok((rows, Some(lines.again())));
        }
        let delimiter = u8::try_from(self.delimiter).ok().filter(|byte| byte.is_ascii() && *byte != b'"');
        let delimiter = delimiter.ok_or_else(|| "--delimiter must be one ASCII character".to_owned())?;
        let path = self.csv.as_deref().unwrap_or(Path::new("-"));
        let records = sheet::read(path, delimiter, self.ignore_columns)?;
        let given = records.iter().map(|record| Ok(cells::row(record)));
        Ok((rows::check(given, client)?, None))
    }
}

/// `rows.csv.ledger`
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".ledger");
    name.into()
}
