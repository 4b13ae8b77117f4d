//! Runs the binary; plays Meta for it with its own `wamid sandbox`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// The binary without anything of this machine's environment that would choose a host.
pub(crate) fn wamid(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wamid"));
    command.args(args).stdin(Stdio::null());
    for name in [
        "WAMID_ACCESS_TOKEN",
        "WAMID_PHONE_NUMBER_ID",
        "WAMID_APP_SECRET",
        "WAMID_BUSINESS_ACCOUNT_ID",
        "WAMID_APP_ID",
        "WAMID_GRAPH_URL",
        "WAMID_STORE",
        "WAMID_GATEWAY_URL",
        "WAMID_API_KEY",
        "WAMID_LOG",
        "WAMID_LISTEN",
    ] {
        command.env_remove(name);
    }
    command
}

/// Sends it a signal. Slim images have no program `kill`.
pub(crate) fn signal(child: &Child, signal: rustix::process::Signal) {
    let process = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(process, signal).unwrap();
}

/// A host that never answers; gives its address, and the first line of each request.
pub(crate) fn silent() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (told, requests) = channel();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let mut line = String::new();
            let mut stream = BufReader::new(stream);
            let read = stream.read_line(&mut line);
            if read.is_err() || told.send(line).is_err() {
                return;
            }
            open.push(stream);
        }
    });
    (url, requests)
}

/// What the command says with `text` on its standard input.
pub(crate) fn fed(mut command: Command, text: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // One that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(text);
    child.wait_with_output().unwrap()
}

/// Waits until it is so; fails instead of hanging.
pub(crate) fn until(mut so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < Duration::from_secs(60), "it never came about");
        std::thread::sleep(Duration::from_millis(5));
    }
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
            .take(6)
            .collect();
        assert_eq!(exports.len(), 6, "the sandbox prints what the other terminal needs");
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

    /// What one of the sandbox's own endpoints answers.
    pub(crate) fn ask(&self, method: &str, what: &str) -> String {
        let address = self.export("WAMID_GRAPH_URL").strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let host = format!("Host: {address}\r\nConnection: close\r\n\r\n");
        write!(stream, "{method} /_sandbox/{what} HTTP/1.1\r\n{host}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// Forgets what arrived.
    pub(crate) fn forget(&self) {
        self.ask("DELETE", "messages");
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
