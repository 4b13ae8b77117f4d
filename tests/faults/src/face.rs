//! One face: its runner processes, and the cells that they play.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use wamid_conformance::RunnerCommand;

use crate::cell::{Cell, Scene, play};
use crate::certificates::Certificates;
use crate::descriptors;
use crate::families::sound;
use crate::fault::{Fault, Surroundings};
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::runner::Runner;

/// How long a runner may take to end after its input was closed.
const EXIT: Duration = Duration::from_secs(20);

/// How a face went.
#[derive(Debug)]
pub struct FaceReport {
    /// Its name.
    pub face: String,
    /// How many cells were played.
    pub cells: usize,
    /// How many of them were wrong; what is wrong with its processes counts as one each.
    pub wrong: usize,
    /// Why it was not played.
    pub skipped: Option<String>,
    /// What is wrong with its processes: open files, a bad end.
    pub(crate) processes: Vec<String>,
    pub(crate) played: Vec<Played>,
}

/// A cell that was played.
#[derive(Debug)]
pub(crate) struct Played {
    /// Which fault, in the order of the table.
    pub(crate) fault: usize,
    pub(crate) operation: Operation,
    pub(crate) said: Outcome,
    pub(crate) wrong: Vec<String>,
}

impl FaceReport {
    pub(crate) fn skipped(face: &str, why: &str) -> Self {
        let skipped = Some(why.to_owned());
        Self { face: face.to_owned(), cells: 0, wrong: 0, skipped, processes: Vec::new(), played: Vec::new() }
    }
}

/// How many processes a face has at a time, and how long they are waited for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    pub(crate) jobs: usize,
    /// For what is under way to arrive, and for what is closed to be seen as closed.
    pub(crate) settle: Duration,
    /// For an answer, where it is not as the fault needs.
    pub(crate) hang: Option<Duration>,
}

/// The cells of a face that one sort of process plays.
struct Queue {
    cells: Vec<(usize, Arc<Fault>, Operation)>,
    next: AtomicUsize,
    surroundings: Surroundings,
}

impl Queue {
    fn take(&self) -> Option<&(usize, Arc<Fault>, Operation)> {
        self.cells.get(self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// Plays all cells.
pub(crate) async fn play_face(
    face: &str,
    command: &RunnerCommand,
    faults: &[Arc<Fault>],
    certificates: &Certificates,
    folder: &Path,
    patience: Patience,
) -> FaceReport {
    let mut workers = JoinSet::new();
    for surroundings in [Surroundings::Usual, Surroundings::NoCertificates] {
        let cells = cells(faults, surroundings);
        let jobs = if surroundings == Surroundings::Usual { patience.jobs } else { 1 }.min(cells.len());
        let queue = Arc::new(Queue { cells, next: AtomicUsize::new(0), surroundings });
        for job in 0..jobs {
            let folder = folder.join(format!("{face}-{surroundings:?}-{job}"));
            let worker =
                Worker { command: command.clone(), certificates: certificates.clone(), folder, patience };
            let queue = Arc::clone(&queue);
            workers.spawn(async move { worker.work(&queue).await });
        }
    }
    let (mut played, mut processes) = (Vec::new(), Vec::new());
    while let Some(done) = workers.join_next().await {
        match done {
            Ok((cells, wrong)) => {
                played.extend(cells);
                processes.extend(wrong);
            }
            Err(why) => processes.push(format!("the matrix itself failed: {why}")),
        }
    }
    played.sort_by_key(|cell| {
        (cell.fault, Operation::ALL.iter().position(|operation| *operation == cell.operation))
    });
    let wrong = played.iter().filter(|cell| !cell.wrong.is_empty()).count() + processes.len();
    FaceReport { face: face.to_owned(), cells: played.len(), wrong, skipped: None, processes, played }
}

/// What takes long comes first, so that no process is left with it at the end.
fn cells(faults: &[Arc<Fault>], surroundings: Surroundings) -> Vec<(usize, Arc<Fault>, Operation)> {
    let mut cells: Vec<_> = faults
        .iter()
        .enumerate()
        .filter(|(_, fault)| fault.surroundings == surroundings)
        .flat_map(|(index, fault)| Operation::ALL.map(|operation| (index, Arc::clone(fault), operation)))
        .collect();
    cells.sort_by_key(|(_, fault, _)| !fault.takes_long());
    cells
}

struct Worker {
    command: RunnerCommand,
    certificates: Certificates,
    folder: PathBuf,
    patience: Patience,
}

impl Worker {
    async fn work(&self, queue: &Queue) -> (Vec<Played>, Vec<String>) {
        let (mut played, mut wrong) = (Vec::new(), Vec::new());
        if let Err(why) = std::fs::create_dir_all(&self.folder) {
            return (played, vec![format!("{}: {why}", self.folder.display())]);
        }
        let mut runner = Runner::new(self.command(queue.surroundings));
        // What a process opens once and keeps is open after this.
        for operation in Operation::ALL {
            let cell = self.play(&mut runner, &Arc::new(sound()), operation).await;
            wrong.extend(
                cell.wrong
                    .into_iter()
                    .map(|why| format!("before the first fault: {}: {why}", operation.name())),
            );
        }
        let before = runner.process().and_then(|id| Some((id, descriptors::count(id)?)));
        while let Some((fault, of, operation)) = queue.take() {
            let Cell { said, wrong } = self.play(&mut runner, of, *operation).await;
            played.push(Played { fault: *fault, operation: *operation, said, wrong });
        }
        // Where the process is another one by now, a cell has said why.
        if let Some((id, before)) = before.filter(|(id, _)| runner.process() == Some(*id)) {
            match descriptors::settled(id, before, self.patience.settle).await {
                Some(after) if after > before => wrong.push(format!(
                    "{after} files and sockets are open after the last fault, and {before} were before the first: {}",
                    descriptors::named(id).join(", ")
                )),
                _ => {}
            }
        }
        wrong.extend(runner.finish(EXIT).await.err());
        (played, wrong)
    }

    async fn play(&self, runner: &mut Runner, fault: &Arc<Fault>, operation: Operation) -> Cell {
        let scene = Scene {
            fault,
            operation,
            certificates: &self.certificates,
            folder: &self.folder,
            patience: self.patience,
        };
        play(&scene, runner).await
    }

    fn command(&self, surroundings: Surroundings) -> RunnerCommand {
        // A proxy of the machine's would stand before names that do not resolve.
        let command = self.command.clone().env("NO_PROXY", "*").env("no_proxy", "*");
        match surroundings {
            Surroundings::Usual => command,
            Surroundings::NoCertificates => {
                command.env("SSL_CERT_FILE", "/nowhere/at/all").env("SSL_CERT_DIR", "/nowhere/at/all")
            }
        }
    }
}
