//! A runner process: one JSON line in, one JSON line out.

use std::fmt;
use std::io;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::languages::RunnerCommand;

/// How much of what a runner wrote to standard error is kept.
const TAIL: usize = 2000;
/// How long a process that closed its output may take to end, and its last words to arrive.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Why a runner gave no answer. It is not used again.
#[derive(Debug)]
pub enum NoAnswer {
    /// It could not be started.
    NotStarted(io::Error),
    /// It ended, or closed its input or output.
    Ended {
        /// How, where that is known.
        status: Option<ExitStatus>,
        /// What it wrote to its standard error at last.
        last_words: String,
    },
    /// It took too long.
    Late {
        /// How long was waited.
        limit: Duration,
        /// What it wrote to its standard error at last.
        last_words: String,
    },
    /// It printed something that is no answer.
    Garbage {
        /// What it printed.
        line: String,
        /// Why that is no answer.
        why: String,
    },
}

impl NoAnswer {
    /// Whether waiting for it took the whole limit.
    pub fn was_late(&self) -> bool {
        matches!(self, Self::Late { .. })
    }
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(why) => write!(f, "the runner could not be started: {why}"),
            Self::Ended { status: Some(status), last_words } => {
                write!(f, "the runner ended ({status}){}", Said(last_words))
            }
            Self::Ended { status: None, last_words } => {
                write!(f, "the runner closed its output and runs on{}", Said(last_words))
            }
            Self::Late { limit, last_words } => {
                write!(f, "no answer within {} s{}", limit.as_secs_f64(), Said(last_words))
            }
            Self::Garbage { line, why } => {
                write!(f, "the runner printed {line:?}, which is no answer: {why}")
            }
        }
    }
}

struct Said<'a>(&'a str);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "; on its standard error: {:?}", self.0) }
    }
}

/// A running runner. Dropping it kills it.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Gone once it is closed.
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    stderr: Arc<Mutex<Vec<u8>>>,
    /// A set, because a set ends its task when it is dropped.
    stderr_reader: JoinSet<()>,
}

impl Process {
    /// Starts a runner.
    ///
    /// # Errors
    /// It could not be started.
    pub fn start(command: &RunnerCommand) -> Result<Self, NoAnswer> {
        Self::spawn(command).map_err(|why| {
            let why = io::Error::new(why.kind(), format!("{}: {why}", command.program.display()));
            NoAnswer::NotStarted(why)
        })
    }

    fn spawn(command: &RunnerCommand) -> io::Result<Self> {
        let mut process = Command::new(&command.program);
        process.args(&command.args).envs(command.env.iter().map(|(name, value)| (name, value)));
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        if let Some(folder) = &command.folder {
            process.current_dir(folder);
        }
        let mut child = process.spawn()?;
        let no_pipe = || io::Error::other("a pipe is missing");
        let stdin = child.stdin.take().ok_or_else(no_pipe)?;
        let stdout = BufReader::new(child.stdout.take().ok_or_else(no_pipe)?);
        let stderr = Arc::new(Mutex::new(Vec::new()));
        let pipe = child.stderr.take().ok_or_else(no_pipe)?;
        let mut stderr_reader = JoinSet::new();
        stderr_reader.spawn(keep_tail(pipe, Arc::clone(&stderr)));
        Ok(Self { child, stdin: Some(stdin), stdout, stderr, stderr_reader })
    }

    /// The process's id, as long as it runs.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Sends one line and reads one. After an error the process must be dropped: its answers are out of step.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn ask(&mut self, line: &str, limit: Duration) -> Result<Map<String, Value>, NoAnswer> {
        // What stands here already was printed without being asked for, and would be taken for the answer.
        if let Ok(Ok(printed @ [_, ..])) = timeout(Duration::ZERO, self.stdout.fill_buf()).await {
            let line = String::from_utf8_lossy(printed).trim_end().to_owned();
            return Err(NoAnswer::Garbage { line, why: "nothing was asked".to_owned() });
        }
        let answer = match timeout(limit, self.exchange(line)).await {
            Ok(Ok(answer)) if answer.ends_with('\n') => answer,
            // A line cut off by the end is shown, unless there is none.
            Ok(Ok(part)) if !part.is_empty() => {
                return Err(NoAnswer::Garbage { line: part, why: "the line has no end".to_owned() });
            }
            Ok(Ok(_)) | Ok(Err(_)) => return Err(self.ended().await),
            Err(_) => {
                return Err(NoAnswer::Late { limit, last_words: self.last_words() });
            }
        };
        read_answer(&answer).map_err(|why| NoAnswer::Garbage { line: answer.trim_end().to_owned(), why })
    }

    async fn exchange(&mut self, line: &str) -> io::Result<String> {
        if let Some(stdin) = &mut self.stdin {
            stdin.write_all(line.as_bytes()).await?;
            stdin.flush().await?;
        }
        let mut answer = Vec::new();
        self.stdout.read_until(b'\n', &mut answer).await?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    async fn ended(&mut self) -> NoAnswer {
        let status = timeout(LAST_WORDS, self.child.wait()).await.ok().and_then(Result::ok);
        if status.is_some() {
            // A child of its own may hold the pipe open; then what came so far must do.
            let _ = timeout(LAST_WORDS, self.stderr_reader.join_next()).await;
        }
        NoAnswer::Ended { status, last_words: self.last_words() }
    }

    fn last_words(&self) -> String {
        let kept = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept).trim().to_owned()
    }

    /// Closes the runner's input. It must print nothing more and end by itself, without complaint.
    ///
    /// # Errors
    /// It did not.
    pub async fn finish(mut self, limit: Duration) -> Result<(), String> {
        drop(self.stdin.take());
        let mut rest = Vec::new();
        let end = async {
            let read = self.stdout.read_to_end(&mut rest).await;
            read.and(self.child.wait().await)
        };
        let status = timeout(limit, end).await;
        if status.is_ok() {
            let _ = timeout(LAST_WORDS, self.stderr_reader.join_next()).await;
        }
        let words = self.last_words();
        match status {
            Err(_) => {
                let limit = limit.as_secs_f64();
                Err(format!("it still ran {limit} s after its input was closed{}", Said(&words)))
            }
            Ok(Err(why)) => Err(format!("its end could not be awaited: {why}")),
            Ok(Ok(status)) if !status.success() => Err(format!("{status}{}", Said(&words))),
            Ok(Ok(_)) if !rest.is_empty() => {
                Err(format!("it printed {:?} without being asked", String::from_utf8_lossy(&rest)))
            }
            Ok(Ok(_)) => Ok(()),
        }
    }
}

fn read_answer(line: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(line).map_err(|why| why.to_string())? {
        Value::Object(answer)
            if answer.len() == 1 && (answer.contains_key("ok") || answer.contains_key("error")) =>
        {
            Ok(answer)
        }
        _ => Err("an answer is {\"ok\": …} or {\"error\": …}".to_owned()),
    }
}

async fn keep_tail(mut pipe: ChildStderr, kept: Arc<Mutex<Vec<u8>>>) {
    let mut part = [0; 1024];
    while let Ok(length @ 1..) = pipe.read(&mut part).await {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(&part[..length]);
        let over = kept.len().saturating_sub(TAIL);
        kept.drain(..over);
    }
}
