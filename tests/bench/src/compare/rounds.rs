//! The runs: all subjects in turns, each beside the floor of the same round.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::figures::Run;
use super::modes::{MODES, Mode};
use super::program::{Load, Program};
use super::scale::Scale;
use super::server::Server;
use super::subject::{Kind, Subject};
use crate::shell::say;

/// Above this share of the machine taken by others a run counts as disturbed.
pub(crate) const DISTURBED: f64 = 0.10;

/// Of so many runs one may be made again: on a busy machine nothing gets better by trying for twice as long.
const ONE_AGAIN_IN: usize = 10;

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
            plain: Server::start(program, &["server".to_owned()])?,
            slow: Server::start(program, &["server", "--delay-ms", "50"].map(str::to_owned))?,
            tls: Server::start(
                program,
                &["server", "--tls", &certificate.display().to_string()].map(str::to_owned),
            )?,
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
}

/// Makes all runs.
pub(crate) fn run(all: &[Measured], servers: &Servers, scale: Scale) -> Result<Vec<Cell>, String> {
    let planned = |mode| all.iter().map(move |measured| scale.rounds_of(&measured.subject, mode));
    let planned: usize = MODES.into_iter().flat_map(planned).sum();
    let mut rounds =
        Rounds { all, servers, scale, again: planned.div_ceil(ONE_AGAIN_IN), cells: BTreeMap::new() };
    for round in 0..scale.rounds() {
        for (place, mode) in MODES.into_iter().enumerate() {
            rounds.turn(round, place, mode)?;
        }
    }
    Ok(rounds.cells.into_values().collect())
}

struct Rounds<'a> {
    all: &'a [Measured],
    servers: &'a Servers,
    scale: Scale,
    /// How many runs may still be made again.
    again: usize,
    /// By the places of the mode and of the subject.
    cells: BTreeMap<(usize, usize), Cell>,
}

impl Rounds<'_> {
    /// A round of one mode.
    fn turn(&mut self, round: usize, place: usize, mode: Mode) -> Result<(), String> {
        let is_due = |index: &usize| {
            let done = self.cells.get(&(place, *index));
            let over = done.is_some_and(|cell| cell.trouble.is_some() || cell.slow);
            !over && round < self.scale.rounds_of(&self.all[*index].subject, mode)
        };
        let due: Vec<usize> = (0..self.all.len()).filter(is_due).collect();
        let is_floor = |measured: &Measured| measured.subject.is_floor(mode);
        let floor = self.all.iter().position(is_floor).ok_or("no floor")?;
        if due.is_empty() {
            return Ok(());
        }
        say(&format!("round {} of {}: {}", round + 1, self.scale.rounds(), mode.title()));
        let mut beside: Option<(Instant, f64)> = None;
        for index in due {
            let fresh = |at: &Instant| at.elapsed().as_secs_f64() <= self.scale.floor_lasts();
            let floor_cpu = match beside.filter(|(at, _)| fresh(at)) {
                Some((_, cpu)) => cpu,
                None => {
                    let run = self.run_quietly(floor, mode)?;
                    let cpu = run.cpu;
                    self.cell(place, mode, floor).runs.push(Run { multiple: 1.0, ..run });
                    beside = Some((Instant::now(), cpu));
                    cpu
                }
            };
            let began = Instant::now();
            match self.run_quietly(index, mode) {
                Ok(run) => {
                    let slow = began.elapsed().as_secs_f64() > self.scale.patience();
                    let cell = self.cell(place, mode, index);
                    // However slow, ours is what this is about.
                    cell.slow = slow && !cell.subject.ours();
                    cell.runs.push(Run { multiple: run.cpu / floor_cpu, ..run });
                }
                Err(why) => {
                    let cell = self.cell(place, mode, index);
                    say(&format!("  {} {}: {why}", cell.subject.language, cell.subject.name));
                    cell.trouble = Some(why);
                }
            }
        }
        Ok(())
    }

    fn cell(&mut self, place: usize, mode: Mode, index: usize) -> &mut Cell {
        let subject = self.all[index].subject;
        let new = || Cell { subject, mode, runs: Vec::new(), trouble: None, slow: false };
        self.cells.entry((place, index)).or_insert_with(new)
    }

    /// Runs once, and once more where others took part in it; the quieter run counts.
    fn run_quietly(&mut self, index: usize, mode: Mode) -> Result<Run, String> {
        let run = self.run_once(index, mode)?;
        if run.others <= DISTURBED || self.again == 0 || run.wall > self.scale.patience() {
            return Ok(run);
        }
        self.again -= 1;
        let again = self.run_once(index, mode)?;
        Ok(if again.others < run.others { again } else { run })
    }

    fn run_once(&self, index: usize, mode: Mode) -> Result<Run, String> {
        let measured = &self.all[index];
        let load = Load {
            subject: measured.subject.name,
            calls: mode.least(),
            // What all else is divided by has to be as sure as ours.
            seconds: self.scale.seconds(if measured.subject.is_floor(mode) {
                Kind::Ours
            } else {
                measured.subject.kind
            }),
            in_flight: mode.in_flight(),
            ca_file: (mode == Mode::Tls).then(|| self.servers.certificate.clone()),
        };
        let run = measured.program.run(&load, self.servers.of(mode));
        run.map_err(|why| format!("{}: {why}", measured.subject.name))
    }
}
