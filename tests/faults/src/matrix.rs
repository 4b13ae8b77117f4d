//! All faces, side by side.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use wamid_conformance::{Language, Runner};

use crate::certificates::Certificates;
use crate::face::{FaceReport, Patience, play_face};
use crate::families;
use crate::fault::{Family, Fault};
use crate::table;

/// What to play, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The faces, from [`Registry::select`](wamid_conformance::Registry::select).
    pub faces: Vec<Language>,
    /// Only faults with this text in their name.
    pub filter: Option<String>,
    /// How many runner processes a face has at the same time: 4.
    pub jobs: usize,
    /// How long what is under way may take to arrive, and what is closed to be seen as closed: 20 s.
    pub settle: Duration,
    /// After that long without an answer a call hangs. Without it, it is a minute or less, as the fault needs.
    pub hang: Option<Duration>,
}

impl Options {
    /// Every fault in these faces.
    pub fn new(faces: Vec<Language>) -> Self {
        Self { faces, filter: None, jobs: 4, settle: Duration::from_secs(20), hang: None }
    }
}

/// How the matrix went.
#[derive(Debug)]
pub struct Matrix {
    /// Face by face.
    pub faces: Vec<FaceReport>,
    /// The table, what is wrong below it, and a line for each face.
    pub text: String,
}

impl Matrix {
    /// Whether cells were played, and none was wrong.
    pub fn is_right(&self) -> bool {
        self.faces.iter().any(|face| face.cells > 0) && self.faces.iter().all(|face| face.wrong == 0)
    }
}

/// Plays every fault with each kind of operation in these faces.
///
/// # Errors
/// The matrix could not be set up, or there is no such fault. A wrong cell is no error.
pub async fn run(options: &Options) -> Result<Matrix, String> {
    let families = chosen(families::all(), options.filter.as_deref());
    let titles: Vec<(&str, usize)> =
        families.iter().map(|family| (family.title, family.faults.len())).collect();
    let faults: Arc<[Arc<Fault>]> =
        families.into_iter().flat_map(|family| family.faults).map(Arc::new).collect();
    if faults.is_empty() {
        return Err("there is no fault of that name".to_owned());
    }
    let scratch = tempfile::tempdir().map_err(|why| format!("no temporary folder: {why}"))?;
    let certificates = Certificates::make(scratch.path())?;
    let mut faces = JoinSet::new();
    for (index, face) in options.faces.iter().cloned().enumerate() {
        let (faults, certificates) = (Arc::clone(&faults), certificates.clone());
        let folder = scratch.path().to_owned();
        let patience = Patience { jobs: options.jobs, settle: options.settle, hang: options.hang };
        faces.spawn(async move {
            let report = match &face.runner {
                Runner::Missing(why) => FaceReport::skipped(&face.name, why),
                Runner::Command(command) => {
                    play_face(&face.name, command, &faults, &certificates, &folder, patience).await
                }
            };
            (index, report)
        });
    }
    let mut reports = Vec::new();
    while let Some(done) = faces.join_next().await {
        reports.push(done.map_err(|why| format!("the matrix failed: {why}"))?);
    }
    reports.sort_by_key(|(index, _)| *index);
    let faces: Vec<FaceReport> = reports.into_iter().map(|(_, report)| report).collect();
    let text = table::written(&titles, &faults, &faces);
    Ok(Matrix { faces, text })
}

fn chosen(mut families: Vec<Family>, filter: Option<&str>) -> Vec<Family> {
    for family in &mut families {
        family.faults.retain(|fault| filter.is_none_or(|text| fault.name.contains(text)));
    }
    families.retain(|family| !family.faults.is_empty());
    families
}
