//! How a language's client is started, and what one run of it gives.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::figures::Run;
use super::machine::Watch;
use super::server::Server;

/// A client, ready to be started.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// The program and its first arguments.
    pub(crate) line: Vec<String>,
    /// Where it is started.
    pub(crate) folder: PathBuf,
    pub(crate) env: Vec<(&'static str, String)>,
    /// Where it sees the folder of the bench, if not where that is.
    pub(crate) inside: Option<String>,
}

/// What a client is asked for.
pub(crate) struct Load<'a> {
    pub(crate) subject: &'a str,
    /// So many at least,
    pub(crate) calls: usize,
    /// and for so long.
    pub(crate) seconds: f64,
    pub(crate) in_flight: usize,
    /// A file in the folder of the bench.
    pub(crate) ca_file: Option<PathBuf>,
}

/// Seconds. Longer than this no run takes that is of any use.
const PATIENCE: &str = "90";

impl Program {
    pub(crate) fn new(line: &[String], folder: PathBuf) -> Self {
        Self { line: line.to_vec(), folder, env: Vec::new(), inside: None }
    }

    /// The last line that it prints.
    pub(crate) fn last_line(&self, arguments: &[String]) -> Result<String, String> {
        self.lines(arguments)?.lines().last().map(str::to_owned).ok_or_else(|| "no line".to_owned())
    }

    /// What it prints, on the core that clients run on. What it complains of is part of the error.
    pub(crate) fn lines(&self, arguments: &[String]) -> Result<String, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", self.line.join(" "));
        let mut command = Command::new("timeout");
        command.args([PATIENCE, "taskset", "-c", "0"]).args(&self.line).args(arguments);
        command.current_dir(&self.folder);
        command.envs(self.env.iter().cloned());
        // A proxy would stand between the client and loopback, or cost a look at whether it does.
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(name);
        }
        let output = command.stdin(Stdio::null()).output().map_err(failed)?;
        if output.status.code() == Some(124) {
            return Err(format!("ended after {PATIENCE} s"));
        }
        let (out, complaint) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        match output.status.success() && !out.trim().is_empty() {
            true => Ok(out.into_owned()),
            false => Err(complaint
                .lines()
                .rev()
                .find(|line| !line.trim().is_empty())
                .unwrap_or("no line")
                .to_owned()),
        }
    }

    /// One run against a server, and how much others took meanwhile.
    pub(crate) fn run(&self, load: &Load<'_>, server: &Server) -> Result<Run, String> {
        let mut arguments: Vec<String> =
            ["client", load.subject, "--url", &server.url].map(str::to_owned).to_vec();
        let how = [
            ("--calls", load.calls.to_string()),
            ("--seconds", load.seconds.to_string()),
            ("--in-flight", load.in_flight.to_string()),
        ];
        arguments.extend(how.into_iter().flat_map(|(name, value)| [name.to_owned(), value]));
        if let Some(file) = &load.ca_file {
            let name = file.file_name().unwrap_or_default();
            let seen =
                self.inside.as_ref().map_or_else(|| file.clone(), |folder| PathBuf::from(folder).join(name));
            arguments.extend(["--ca-file".to_owned(), seen.display().to_string()]);
        }
        server.counts()?;
        let (watch, began) = (Watch::start(vec![server.id()]), Instant::now());
        let line = self.last_line(&arguments)?;
        let wall = began.elapsed().as_secs_f64();
        let others = watch.others();
        let (requests, connections) = server.counts()?;
        let run = Run { others, wall, connections: connections as f64, ..Run::read(&line)? };
        // What a client claims, the server has seen.
        if (requests as f64) < run.calls - run.failed {
            return Err(format!("{} calls claimed, {requests} seen", run.calls));
        }
        Ok(run)
    }
}
