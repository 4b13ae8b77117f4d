//! The runs of a cell in a row of figures.

use serde_json::{Value, json};

use super::figures::{Run, Spread, median};
use super::modes::Mode;
use super::rounds::{Cell, DISTURBED};
use super::subject::Subject;

/// Medians over the runs of a cell.
pub(crate) struct Summary {
    pub(crate) subject: Subject,
    pub(crate) mode: Mode,
    pub(crate) cpu: f64,
    pub(crate) multiple: Spread,
    pub(crate) rate: f64,
    pub(crate) p50: Option<f64>,
    pub(crate) p99: Option<f64>,
    /// Megabytes.
    pub(crate) peak: Spread,
    pub(crate) connections: f64,
    /// Share of the calls.
    pub(crate) failed: f64,
    pub(crate) runs: usize,
    pub(crate) disturbed: usize,
}

/// None of a cell without a run.
pub(crate) fn summary(cell: &Cell) -> Option<Summary> {
    let of = |what: &dyn Fn(&Run) -> f64| median(&cell.runs.iter().map(what).collect::<Vec<_>>());
    let spread = |what: &dyn Fn(&Run) -> f64| Spread::of(&cell.runs.iter().map(what).collect::<Vec<_>>());
    let maybe =
        |what: &dyn Fn(&Run) -> Option<f64>| median(&cell.runs.iter().filter_map(what).collect::<Vec<_>>());
    Some(Summary {
        subject: cell.subject,
        mode: cell.mode,
        cpu: of(&|run| run.cpu)?,
        multiple: spread(&|run| run.multiple)?,
        rate: of(&|run| run.rate)?,
        p50: maybe(&|run| run.p50),
        p99: maybe(&|run| run.p99),
        peak: spread(&|run| run.peak / 1024.0)?,
        connections: of(&|run| run.connections)?,
        failed: of(&|run| run.failed / run.calls)?,
        runs: cell.runs.len(),
        disturbed: cell.runs.iter().filter(|run| run.others > DISTURBED).count(),
    })
}

/// All of it, for programs.
pub(crate) fn as_json(cells: &[Cell]) -> Value {
    let runs = |cell: &Cell| -> Vec<Value> {
        let run = |run: &Run| {
            json!({
                "calls": run.calls, "cpu_us": run.cpu, "multiple": run.multiple, "rate": run.rate, "p50_us": run.p50,
                "p99_us": run.p99, "peak_kb": run.peak, "connections": run.connections, "failed": run.failed,
                "others": run.others, "disturbed": run.others > DISTURBED, "wall_s": run.wall,
            })
        };
        cell.runs.iter().map(run).collect()
    };
    let cell = |cell: &Cell| {
        json!({
            "language": cell.subject.language, "subject": cell.subject.name, "kind": cell.subject.kind.name(),
            "mode": cell.mode.key(), "runs": runs(cell), "trouble": cell.trouble,
        })
    };
    cells.iter().map(cell).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::figures::Run;
    use super::super::modes::Mode;
    use super::super::rounds::Cell;
    use super::super::subject::SUBJECTS;
    use super::summary;

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
        assert_eq!((row.multiple.to_string().as_str(), row.cpu), ("2.20 (2.00 to 9.00)", 22.0));
        assert_eq!((row.runs, row.disturbed, row.peak.median), (3, 1, 10.0));
    }
}
