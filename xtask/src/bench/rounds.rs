//! The runs: all subjects in turns, each beside the floor of the same round.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::figures::Run;
use super::modes::{MODES, Mode};
use super::program::{Load, Program};
use super::server::Server;
use super::subject::Subject;
use crate::shell::say;

/// Above this share of the machine taken by others a run counts as disturbed.
pub(crate) const DISTURBED: f64 = 0.10;

/// How many rounds of how long runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) rounds: usize,
    pub(crate) seconds: f64,
    /// What takes more seconds than this, with so few calls as mean something, is not run again.
    pub(crate) patience: f64,
}

/// All runs of one subject in one mode, and why there are none.
pub(crate) struct Cell {
    pub(crate) subject: Subject,
    pub(crate) mode: Mode,
    pub(crate) runs: Vec<Run>,
    pub(crate) trouble: Option<String>,
    /// It took longer than there was patience for.
    pub(crate) slow: bool,
}

/// What is measured, with the program that does it.
pub(crate) struct Measured {
    pub(crate) subject: Subject,
    pub(crate) program: Program,
}

/// The servers, one for each kind.
pub(crate) struct Servers {
    plain: Server,
    slow: Server,
    tls: Server,
    certificate: PathBuf,
}

impl Servers {
    pub(crate) fn start(program: &Path, folder: &Path) -> Result<Self, String> {
        let certificate = folder.join("certificate.pem");
        Ok(Self {
            plain: Server::start(program, &[])?,
            slow: Server::start(program, &["--delay-ms".to_owned(), "50".to_owned()])?,
            tls: Server::start(program, &["--tls".to_owned(), certificate.display().to_string()])?,
            certificate,
        })
    }

    pub(crate) fn of(&self, mode: Mode) -> &Server {
        match mode {
            Mode::One | Mode::Many => &self.plain,
            Mode::Crowd => &self.slow,
            Mode::Tls => &self.tls,
        }
    }

    fn run(&self, measured: &Measured, mode: Mode, calls: usize) -> Result<Run, String> {
        let ca_file = (mode == Mode::Tls).then(|| self.certificate.clone());
        let load = Load { subject: measured.subject.name, calls, in_flight: mode.in_flight(), ca_file };
        measured.program.run(&load, self.of(mode))
    }

    /// Runs once, and once more where others took part in it; the quieter run counts.
    fn run_quietly(&self, measured: &Measured, mode: Mode, calls: usize) -> Result<Run, String> {
        let run = self.run(measured, mode, calls)?;
        if run.others <= DISTURBED {
            return Ok(run);
        }
        let again = self.run(measured, mode, calls)?;
        Ok(if again.others < run.others { again } else { run })
    }
}

/// Makes all runs.
pub(crate) fn run(all: &[Measured], servers: &Servers, extent: Extent) -> Result<Vec<Cell>, String> {
    let pace = paces(all, servers);
    let mut cells: BTreeMap<(usize, usize), Cell> = BTreeMap::new();
    for round in 0..extent.rounds {
        for (place, mode) in MODES.into_iter().enumerate() {
            say(&format!("round {} of {}: {}", round + 1, extent.rounds, mode.title()));
            let floor = all.iter().position(|measured| measured.subject.is_floor(mode)).ok_or("no floor")?;
            let mut order: Vec<usize> =
                (0..all.len()).filter(|index| *index != floor && all[*index].subject.in_mode(mode)).collect();
            order.insert(0, floor);
            let mut floor_cpu = None;
            for index in order {
                let measured = &all[index];
                let cell = cells.entry((place, index)).or_insert_with(|| Cell {
                    subject: measured.subject,
                    mode,
                    runs: Vec::new(),
                    trouble: None,
                    slow: false,
                });
                if cell.trouble.is_some() || cell.slow {
                    continue;
                }
                let (one, many) = pace[index];
                let began = Instant::now();
                match servers.run_quietly(measured, mode, mode.calls(one, many, extent.seconds)) {
                    Ok(run) => {
                        let floor = *floor_cpu.get_or_insert(run.cpu);
                        cell.slow = began.elapsed().as_secs_f64() > extent.patience;
                        cell.runs.push(Run { multiple: run.cpu / floor, ..run });
                    }
                    // Without its floor a round is worth nothing.
                    Err(why) if index == floor => return Err(format!("{}: {why}", measured.subject.name)),
                    Err(why) => {
                        say(&format!("  {} {}: {why}", measured.subject.language, measured.subject.name));
                        cell.trouble = Some(why);
                    }
                }
            }
        }
    }
    Ok(cells.into_values().collect())
}

/// How fast each is, one at a time and with 64 in flight, from short runs that are not counted.
fn paces(all: &[Measured], servers: &Servers) -> Vec<(f64, f64)> {
    let pace = |measured: &Measured, mode: Mode, calls: usize| {
        let run = measured.subject.in_mode(mode).then(|| servers.run(measured, mode, calls));
        run.and_then(Result::ok).map_or(1000.0, |run| run.rate)
    };
    say("finding out how fast each is");
    all.iter().map(|measured| (pace(measured, Mode::One, 300), pace(measured, Mode::Many, 1000))).collect()
}
