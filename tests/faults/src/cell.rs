//! One cell: a fault, an operation, a face.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::certificates::Certificates;
use crate::face::Patience;
use crate::fault::Fault;
use crate::judge::{judge, must_be_closed, tries};
use crate::operation::{CONTENT, Class, Operation};
use crate::outcome::Outcome;
use crate::play::Asked;
use crate::runner::Runner;
use crate::server::Server;
use crate::stage::Stage;

/// The size of a file that is uploaded.
const UPLOAD: usize = 300_000;
/// More than a system keeps in its buffers for a connection.
const LARGE_UPLOAD: usize = 16_000_000;

/// What a cell needs.
pub(crate) struct Scene<'a> {
    pub(crate) fault: &'a Arc<Fault>,
    pub(crate) operation: Operation,
    pub(crate) certificates: &'a Certificates,
    /// A folder of the worker's own.
    pub(crate) folder: &'a Path,
    pub(crate) patience: Patience,
}

impl Scene<'_> {
    /// After that long without an answer a call hangs.
    fn limit(&self) -> Duration {
        self.patience.hang.unwrap_or(self.fault.clock.limit())
    }

    fn settle(&self) -> Duration {
        self.patience.settle
    }
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) said: Outcome,
    pub(crate) wrong: Vec<String>,
}

pub(crate) async fn play(scene: &Scene<'_>, runner: &mut Runner) -> Cell {
    match try_play(scene, runner).await {
        Ok(cell) => cell,
        Err(why) => Cell { said: Outcome::Broken(why.clone()), wrong: vec![why] },
    }
}

async fn try_play(scene: &Scene<'_>, runner: &mut Runner) -> Result<Cell, String> {
    let Scene { fault, operation, certificates, folder, .. } = scene;
    let stage = Stage::set(fault, *operation, certificates).map_err(|why| format!("no server: {why}"))?;
    let fetched = tempfile::tempdir_in(folder).map_err(|why| format!("no folder: {why}"))?;
    let path = fetched.path().join("fetched");
    let args = operation.args(&upload(scene, fault.large_upload)?, &path);
    let limit = scene.limit();
    let server = stage.server.as_ref();

    if let (true, Some(server)) = (fault.after_success, server) {
        let answer = runner.call(&stage.client, *operation, &args, limit).await?;
        if Outcome::of(&answer) != Outcome::Done {
            return Err(format!("the call before the fault failed: {}", Value::Object(answer)));
        }
        if fault.idle {
            server.counter.until(scene.settle(), |seen| seen.open == 0).await;
        }
        server.counter.restart();
        let _ = std::fs::remove_file(&path);
    }

    let answer = runner.call(&stage.client, *operation, &args, limit).await?;
    let said = Outcome::of(&answer);
    if let Some(server) = server {
        server.call_is_over();
    }
    let mut wrong = Vec::new();
    let seen = match server {
        Some(server) => {
            let expected = fault.expected.of(operation.class()).tries;
            Some(server.counter.until(scene.settle(), |seen| tries(fault, seen) >= expected).await)
        }
        None => None,
    };
    wrong.extend(judge(fault, *operation, &answer, seen.as_ref()));
    wrong.extend(left_behind(&said, *operation, fetched.path(), &path));
    if let Some(server) = server {
        wrong.extend(closed_after_the_call(scene, server).await);
        if fault.heals() {
            let args = operation.args(&upload(scene, false)?, &path);
            wrong.extend(recovers(scene, runner, &stage.client, &args, server).await?);
        }
    }
    runner.close(&stage.client, limit).await?;
    if let Some(server) = server {
        let open = server.counter.until(scene.settle(), |seen| seen.open == 0).await.open;
        if open > 0 {
            wrong.push(format!("{open} connections are open after the client was closed"));
        }
    }
    Ok(Cell { said, wrong })
}

/// The file that is uploaded, written once.
fn upload(scene: &Scene<'_>, large: bool) -> Result<PathBuf, String> {
    let (name, size) = if large { ("large.txt", LARGE_UPLOAD) } else { ("file.txt", UPLOAD) };
    let path = scene.folder.join(name);
    if scene.operation.class() == Class::Upload && !path.exists() {
        std::fs::write(&path, vec![b'a'; size]).map_err(|why| format!("{}: {why}", path.display()))?;
    }
    Ok(path)
}

/// A download is whole or absent, and nothing stands beside it.
fn left_behind(said: &Outcome, operation: Operation, folder: &Path, path: &Path) -> Option<String> {
    if operation != Operation::DownloadTo {
        return None;
    }
    let names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    match said {
        Outcome::Done if names.len() == 1 && std::fs::read(path).is_ok_and(|content| content == CONTENT) => {
            None
        }
        Outcome::Done => Some(format!("the file that was fetched is not what the host has: {names:?}")),
        _ if names.is_empty() => None,
        _ => Some(format!("a partial download is left: {names:?}")),
    }
}

/// A connection with half an exchange in it is of no use to anybody.
async fn closed_after_the_call(scene: &Scene<'_>, server: &Server) -> Option<String> {
    let asked = Asked { operation: scene.operation, base: "" };
    if !must_be_closed(scene.fault, scene.operation.class(), scene.fault.play.hangs(asked)) {
        return None;
    }
    let faulty = server.counter.until(scene.settle(), |seen| seen.faulty == 0).await.faulty;
    (faulty > 0).then(|| format!("{faulty} connections are open after the call, which can be of no more use"))
}

/// The fault is over: the next call of the same client must succeed, with one request.
async fn recovers(
    scene: &Scene<'_>,
    runner: &mut Runner,
    client: &Value,
    args: &Value,
    server: &Server,
) -> Result<Option<String>, String> {
    if scene.fault.idle {
        // The connection of the call before meets its end as that of the first did.
        server.counter.until(scene.settle(), |seen| seen.open == 0).await;
    }
    server.heal();
    let before = server.counter.seen().after;
    let answer = runner.call(client, scene.operation, args, scene.limit()).await?;
    if Outcome::of(&answer) != Outcome::Done {
        return Ok(Some(format!("the next call fails, and the host is well: {}", Value::Object(answer))));
    }
    let came = server.counter.seen().after - before;
    Ok((came != 1).then(|| format!("the next call made {came} requests to a host that is well")))
}
