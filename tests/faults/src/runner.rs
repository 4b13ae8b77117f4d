//! A runner process, which is started when it is needed, and again where it gave no answer.

use std::time::Duration;

use serde_json::{Map, Value, json};
use wamid_conformance::{NoAnswer, Process, RunnerCommand};

use crate::operation::Operation;

/// After that many answers in a row that never came, no more is asked.
const MOST_LATE: usize = 3;

#[derive(Debug)]
pub(crate) struct Runner {
    command: RunnerCommand,
    process: Option<Process>,
    late: usize,
}

impl Runner {
    pub(crate) fn new(command: RunnerCommand) -> Self {
        Self { command, process: None, late: 0 }
    }

    /// The process's id, where one runs.
    pub(crate) fn process(&self) -> Option<u32> {
        self.process.as_ref().and_then(Process::id)
    }

    /// Makes a call. The error says why there is no answer.
    pub(crate) async fn call(
        &mut self,
        client: &Value,
        operation: Operation,
        args: &Value,
        limit: Duration,
    ) -> Result<Map<String, Value>, String> {
        self.ask(&json!({"client": client, "op": operation.name(), "args": args}), limit).await
    }

    /// Closes a client.
    pub(crate) async fn close(&mut self, client: &Value, limit: Duration) -> Result<(), String> {
        let answer = self.ask(&json!({"client": client, "op": "close", "args": {}}), limit).await?;
        match answer.get("error") {
            Some(error) => Err(format!("the client cannot be closed: {error}")),
            None => Ok(()),
        }
    }

    async fn ask(&mut self, call: &Value, limit: Duration) -> Result<Map<String, Value>, String> {
        if self.late >= MOST_LATE {
            return Err("not played: the runner gave no answer to several calls".to_owned());
        }
        let mut process = match self.process.take() {
            Some(process) => process,
            None => Process::start(&self.command).map_err(|why| why.to_string())?,
        };
        match process.ask(&format!("{call}\n"), limit).await {
            Ok(answer) => {
                self.process = Some(process);
                self.late = 0;
                Ok(answer)
            }
            Err(why @ NoAnswer::Late { .. }) => {
                self.late += 1;
                Err(format!("the call hangs: {why}"))
            }
            Err(why) => Err(why.to_string()),
        }
    }

    /// Lets the process end, if one runs.
    pub(crate) async fn finish(self, limit: Duration) -> Result<(), String> {
        match self.process {
            Some(process) => process.finish(limit).await,
            None => Ok(()),
        }
    }
}
