//! The summary line and the exit status of a run.

use std::io::Result;
use std::path::Path;

use serde_json::json;

use super::report::Report;
use super::work::StopReason;
use crate::exit::{ROWS_NOT_SENT, ROWS_UNKNOWN, UNWRITTEN};
use crate::output::{say, say_json};

/// The most rows that are named for one reason; `--json` names all.
const SHOWN: usize = 50;

/// Where things are.
pub(super) struct Files<'a> {
    pub(super) rows: &'a Path,
    pub(super) ledger: &'a Path,
    /// The file was refused as a whole, for its broken rows.
    pub(super) refused: bool,
}

const REFUSED: &str = "some rows are broken";

/// Says what became of all rows.
pub(super) fn summary(report: &Report, halt: Option<&StopReason>, at: &Files<'_>, json: bool) -> Result<()> {
    let tally = &report.tally;
    let seconds = report.elapsed().as_secs_f64();
    if json {
        let summary = json!({
            "file": at.rows.display().to_string(), "ledger": at.ledger.exists().then(|| at.ledger.display().to_string()),
            "sent": tally.sent, "already_sent": tally.already_sent,
            "failed": tally.failed(), "failed_by_kind": tally.failed, "failed_before": tally.failed_before,
            "unknown": tally.unknown, "unknown_before": tally.unknown_before,
            "invalid": tally.invalid, "not_tried": tally.not_tried, "would_send": tally.would_send,
            "stopped": halt.map(why).or_else(|| at.refused.then(|| REFUSED.to_owned())), "seconds": (seconds * 1000.0).round() / 1000.0,
        });
        return say_json(&json!({"summary": summary}));
    }
    names(&report.failures, "not sent")?;
    names(&report.unknowns, "unknown: look before you send them again (--retry-unknown)")?;
    let kinds =
        tally.failed.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ");
    let (invalid, not_tried) = if at.refused {
        ("to be mended, or left out with --skip-invalid", "nothing goes out of a file with broken rows")
    } else {
        ("skipped", "the next run sends them")
    };
    let lines = [
        ("would be sent", tally.would_send, ""),
        ("sent", tally.sent, ""),
        ("already sent", tally.already_sent, "in an earlier run"),
        ("not sent", tally.failed(), kinds.as_str()),
        ("not sent before", tally.failed_before, "not tried again; --retry-failed does"),
        ("unknown", tally.unknown, "may have gone out"),
        ("unknown before", tally.unknown_before, "not sent again; --retry-unknown does, after a look"),
        ("invalid", tally.invalid, invalid),
        ("not tried", tally.not_tried, not_tried),
    ];
    for (name, count, note) in lines {
        if count > 0 {
            say(format!("{name:<16} {count:>7}  {note}").trim_end())?;
        }
    }
    if tally.sent > 0 {
        say(&format!("{seconds:.1} s, {:.0} rows a second", tally.sent as f64 / seconds.max(0.001)))?;
    }
    // A refused file and a dry run have none, unless an earlier run left it.
    if tally.would_send == 0 && at.ledger.exists() {
        say(&format!("ledger: {}", at.ledger.display()))?;
    }
    match halt {
        Some(halt) => say(&format!("stopped: {}. The same command resumes where it ended", why(halt))),
        None => Ok(()),
    }
}

fn names(rows: &[String], what: &str) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    say(&format!("{what}:"))?;
    rows.iter().take(SHOWN).try_for_each(|row| say(&format!("  {row}")))?;
    if rows.len() > SHOWN {
        say(&format!("  and {} more; --json names all", rows.len() - SHOWN))?;
    }
    Ok(())
}

fn why(halt: &StopReason) -> String {
    match halt {
        StopReason::Signal(_) => "interrupted".to_owned(),
        StopReason::Refused => "the host refuses the credentials".to_owned(),
        StopReason::Ledger(why) => format!("the ledger could not be written ({why})"),
        StopReason::Input(why) => why.clone(),
        StopReason::Output(why) => format!("the results could not be written out ({why})"),
    }
}

/// The exit status of a run; 0 where every row of the file has been sent, now or before.
pub(super) fn status(report: &Report, halt: Option<&StopReason>) -> u8 {
    let tally = &report.tally;
    match halt {
        Some(StopReason::Signal(number)) => 128 + number,
        Some(StopReason::Ledger(_) | StopReason::Output(_)) => UNWRITTEN,
        Some(StopReason::Input(_)) if tally.unknown + tally.unknown_before == 0 => ROWS_NOT_SENT,
        _ if tally.unknown + tally.unknown_before > 0 => ROWS_UNKNOWN,
        _ if tally.failed() + tally.failed_before + tally.invalid + tally.not_tried > 0 => ROWS_NOT_SENT,
        _ => 0,
    }
}
