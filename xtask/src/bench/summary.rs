//! The runs of a cell in a row of figures, and who is ahead of whom.

use serde_json::{Value, json};

use super::figures::{Run, median, spread};
use super::modes::Mode;
use super::rounds::{Cell, DISTURBED};
use super::subject::{LIMITS, Subject};

/// Medians over the runs of a cell.
pub(crate) struct Summary {
    pub(crate) subject: Subject,
    pub(crate) mode: Mode,
    pub(crate) cpu: f64,
    pub(crate) multiple: f64,
    pub(crate) spread: (f64, f64),
    pub(crate) rate: f64,
    pub(crate) p50: Option<f64>,
    pub(crate) p99: Option<f64>,
    /// Megabytes.
    pub(crate) peak: f64,
    pub(crate) connections: f64,
    /// Share of the calls.
    pub(crate) failed: f64,
    pub(crate) runs: usize,
    pub(crate) disturbed: usize,
}

/// None of a cell without a run.
pub(crate) fn summary(cell: &Cell) -> Option<Summary> {
    let of = |what: &dyn Fn(&Run) -> f64| median(&cell.runs.iter().map(what).collect::<Vec<_>>());
    let maybe =
        |what: &dyn Fn(&Run) -> Option<f64>| median(&cell.runs.iter().filter_map(what).collect::<Vec<_>>());
    Some(Summary {
        subject: cell.subject,
        mode: cell.mode,
        cpu: of(&|run| run.cpu)?,
        multiple: of(&|run| run.multiple)?,
        spread: spread(&cell.runs.iter().map(|run| run.multiple).collect::<Vec<_>>())?,
        rate: of(&|run| run.rate)?,
        p50: maybe(&|run| run.p50),
        p99: maybe(&|run| run.p99),
        peak: of(&|run| run.peak)? / 1024.0,
        connections: of(&|run| run.connections)?,
        failed: of(&|run| run.failed / run.calls)?,
        runs: cell.runs.len(),
        disturbed: cell.runs.iter().filter(|run| run.others > DISTURBED).count(),
    })
}

/// A peer that is ahead of one of ours in its language and mode.
#[derive(Debug, PartialEq)]
pub(crate) struct Ahead {
    pub(crate) mode: Mode,
    pub(crate) ours: Subject,
    pub(crate) peer: Subject,
    pub(crate) figure: &'static str,
    pub(crate) theirs: f64,
    pub(crate) than: f64,
}

/// Every figure in which a peer is ahead. A peer whose calls mostly fail is ahead in nothing.
pub(crate) fn ahead(summaries: &[Summary]) -> Vec<Ahead> {
    let mut found = Vec::new();
    for ours in summaries.iter().filter(|summary| summary.subject.ours) {
        let peers = summaries.iter().filter(|peer| {
            let same = peer.mode == ours.mode && peer.subject.language == ours.subject.language;
            same && !peer.subject.ours && peer.failed < 0.5
        });
        for peer in peers {
            // Less is better; of the rate, more.
            let figures = [
                ("CPU a message, µs", Some(peer.cpu), Some(ours.cpu), 1.0),
                ("messages a second", Some(peer.rate), Some(ours.rate), -1.0),
                ("p50, µs", peer.p50, ours.p50, 1.0),
                ("p99, µs", peer.p99, ours.p99, 1.0),
                ("peak memory, MB", Some(peer.peak), Some(ours.peak), 1.0),
            ];
            for (figure, theirs, than, sign) in figures {
                if let (Some(theirs), Some(than)) = (theirs, than)
                    && theirs * sign < than * sign
                {
                    let (mode, ours, peer) = (ours.mode, ours.subject, peer.subject);
                    found.push(Ahead { mode, ours, peer, figure, theirs, than });
                }
            }
        }
    }
    found
}

/// All of it, for programs.
pub(crate) fn as_json(cells: &[Cell]) -> Value {
    let runs = |cell: &Cell| -> Vec<Value> {
        let run = |run: &Run| {
            json!({
                "calls": run.calls, "cpu_us": run.cpu, "multiple": run.multiple, "rate": run.rate, "p50_us": run.p50,
                "p99_us": run.p99, "peak_kb": run.peak, "connections": run.connections, "failed": run.failed,
                "others": run.others, "disturbed": run.others > DISTURBED,
            })
        };
        cell.runs.iter().map(run).collect()
    };
    let cell = |cell: &Cell| {
        json!({
            "language": cell.subject.language, "subject": cell.subject.name, "ours": cell.subject.ours,
            "mode": cell.mode.key(), "runs": runs(cell), "trouble": cell.trouble,
        })
    };
    cells.iter().map(cell).collect()
}

/// What had to be reached, with what was.
pub(crate) fn limits(summaries: &[Summary]) -> Vec<(&'static super::subject::Limit, Option<&Summary>)> {
    let reached = |limit: &super::subject::Limit| {
        summaries.iter().find(|summary| {
            let subject = &summary.subject;
            (subject.language, subject.name, summary.mode) == (limit.language, limit.name, limit.mode)
        })
    };
    LIMITS.iter().map(|limit| (limit, reached(limit))).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::figures::Run;
    use super::super::modes::Mode;
    use super::super::rounds::Cell;
    use super::super::subject::SUBJECTS;
    use super::{ahead, summary};

    /// A cell with these multiples of a floor of 10 µs.
    pub(crate) fn cell(language: &str, name: &str, mode: Mode, multiples: &[f64]) -> Cell {
        let is = |subject: &&super::Subject| (subject.language, subject.name) == (language, name);
        let subject = *SUBJECTS.iter().find(is).unwrap();
        let run = |multiple: &f64| Run {
            calls: 100.0,
            cpu: 10.0 * multiple,
            rate: 1e5 / multiple,
            peak: 10_240.0,
            multiple: *multiple,
            ..Run::default()
        };
        Cell { subject, mode, runs: multiples.iter().map(run).collect(), trouble: None, slow: false }
    }

    #[test]
    fn a_row_is_the_median_of_its_runs_and_says_which_were_disturbed() {
        let mut cell = cell("python", "wamid-async", Mode::Many, &[2.0, 9.0, 2.2]);
        cell.runs[1].others = 0.4;
        let row = summary(&cell).unwrap();
        assert_eq!((row.multiple, row.spread, row.cpu), (2.2, (2.0, 9.0), 22.0));
        assert_eq!((row.runs, row.disturbed, row.peak), (3, 1, 10.0));
    }

    #[test]
    fn a_peer_that_is_ahead_is_named_with_the_figure_and_one_that_fails_is_not() {
        let ours = summary(&cell("python", "wamid-async", Mode::Many, &[5.0])).unwrap();
        let peer = summary(&cell("python", "aiohttp", Mode::Many, &[4.0])).unwrap();
        let mut broken = summary(&cell("python", "pywa-async", Mode::Many, &[1.0])).unwrap();
        broken.failed = 1.0;
        let elsewhere = summary(&cell("node", "undici", Mode::Many, &[1.0])).unwrap();
        let found = ahead(&[ours, peer, broken, elsewhere]);
        let said: Vec<_> = found.iter().map(|ahead| (ahead.peer.name, ahead.figure)).collect();
        assert_eq!(said, [("aiohttp", "CPU a message, µs"), ("aiohttp", "messages a second")]);
    }
}
