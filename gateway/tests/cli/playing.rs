//! Runs the binary; plays Meta for it with its own `wamid sandbox`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// The binary without anything of this machine's environment that would choose a host.
pub(crate) fn wamid(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wamid"));
    command.args(args).stdin(Stdio::null());
    for name in [
        "WAMID_ACCESS_TOKEN",
        "WAMID_PHONE_NUMBER_ID",
        "WAMID_APP_SECRET",
        "WAMID_GRAPH_URL",
        "WAMID_STORE",
        "WAMID_GATEWAY_URL",
        "WAMID_API_KEY",
        "WAMID_LOG",
    ] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// `wamid sandbox` on a free port, ended with the test.
pub(crate) struct Playing {
    child: Child,
    /// Open as long as the sandbox has something to print.
    _shown: BufReader<ChildStdout>,
    exports: Vec<(String, String)>,
}

impl Playing {
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// With further arguments.
    pub(crate) fn with(args: &[&str]) -> Self {
        let mut sandbox = wamid(&[&["sandbox", "--listen", "127.0.0.1:0"], args].concat());
        let mut child = sandbox.stdout(Stdio::piped()).spawn().unwrap();
        let mut shown = BufReader::new(child.stdout.take().unwrap());
        let exports: Vec<(String, String)> = shown
            .by_ref()
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| {
                let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
                Some((name.to_owned(), value.to_owned()))
            })
            .take(4)
            .collect();
        assert_eq!(exports.len(), 4, "the sandbox prints what the other terminal needs");
        Self { child, exports, _shown: shown }
    }

    /// A command with the exports that the sandbox printed.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = wamid(args);
        command.envs(self.exports.iter().cloned());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// From now on commands get these variables; gives those that they got so far.
    pub(crate) fn replace_exports(&mut self, exports: Vec<(String, String)>) -> Vec<(String, String)> {
        std::mem::replace(&mut self.exports, exports)
    }

    pub(crate) fn export(&self, name: &str) -> &str {
        &self.exports.iter().find(|(known, _)| known == name).unwrap().1
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
