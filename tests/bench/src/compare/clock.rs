//! Where the time of the bench goes.

use std::time::Instant;

use super::prepare::LANGUAGES;
use super::rounds::Cell;

/// From its start on, lap by lap.
pub(crate) struct Clock {
    began: Instant,
    lap: Instant,
    laps: Vec<String>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        let now = Instant::now();
        Self { began: now, lap: now, laps: Vec::new() }
    }

    /// Ends a lap.
    pub(crate) fn lap(&mut self, what: &str) {
        self.laps.push(format!("{} {what}", time(self.lap.elapsed().as_secs_f64())));
        self.lap = Instant::now();
    }

    pub(crate) fn told(&self) -> String {
        format!("took {}: {}", time(self.began.elapsed().as_secs_f64()), self.laps.join(", "))
    }
}

/// How long the runs of each language took.
pub(crate) fn by_language(cells: &[Cell]) -> String {
    let of = |language: &&str| {
        let cells = cells.iter().filter(|cell| cell.subject.language == *language);
        let seconds: f64 = cells.flat_map(|cell| &cell.runs).map(|run| run.wall).sum();
        (seconds > 0.0).then(|| format!("{language} {}", time(seconds)))
    };
    LANGUAGES.iter().filter_map(of).collect::<Vec<_>>().join(", ")
}

fn time(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::super::modes::Mode;
    use super::super::summary::tests::cell;

    #[test]
    fn each_language_has_its_share() {
        let mut cells = vec![
            cell("python", "pywa", Mode::Many, &[1.0, 1.0]),
            cell("python", "wamid-async", Mode::Many, &[1.0]),
            cell("node", "undici", Mode::Many, &[]),
        ];
        cells.iter_mut().flat_map(|cell| &mut cell.runs).for_each(|run| run.wall = 30.5);
        assert_eq!(super::by_language(&cells), "python 1:32");
    }
}
