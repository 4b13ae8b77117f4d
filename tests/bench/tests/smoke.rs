//! Every subject in Rust makes its calls, over TLS too, and the server has seen them: otherwise a table would compare what
//! was never sent.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_wamid-bench");

struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(how: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM).arg("server").args(how).stdout(Stdio::piped()).spawn().unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { child, url: url.trim().to_owned() }
    }

    /// Requests and connections since last asked; without TLS, whatever the server speaks.
    fn counts(&self) -> (u64, u64) {
        let port = self.url.rsplit_once(':').unwrap().1;
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: smoke\r\n\r\n").unwrap();
        let mut answer = [0; 1024];
        let mut filled = 0;
        while !answer[..filled].ends_with(b"}") {
            let read = stream.read(&mut answer[filled..]).unwrap();
            assert_ne!(read, 0, "no counts");
            filled += read;
        }
        let text = String::from_utf8_lossy(&answer[..filled]).into_owned();
        let counts: Value = serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap();
        (counts["requests"].as_u64().unwrap(), counts["connections"].as_u64().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn client(subject: &str, server: &Server, more: &[&str]) -> Value {
    let mut command = Command::new(PROGRAM);
    command.args(["client", subject, "--url", &server.url, "--calls", "300", "--in-flight", "8"]).args(more);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{subject}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn each_subject_sends_what_it_says_over_kept_connections() {
    let server = Server::start(&[]);
    for subject in ["hyper", "reqwest", "wamid", "wamid-many"] {
        server.counts();
        let told = client(subject, &server, &[]);
        let (requests, connections) = server.counts();
        // With the 200 of the warm-up; the connection that asks is counted.
        assert_eq!(requests, 500, "{subject}");
        assert!(connections <= 9, "{subject} opened {connections}");
        for figure in ["cpu_us", "rate", "peak_kb"] {
            assert!(told[figure].as_f64().unwrap() > 0.0, "{subject}: {told}");
        }
        assert_eq!(told["p50_us"].is_f64(), subject != "wamid-many", "{subject}: {told}");
    }
}

#[test]
fn by_time_they_send_until_it_is_up() {
    let server = Server::start(&[]);
    for subject in ["hyper", "wamid", "wamid-many"] {
        server.counts();
        let told = client(subject, &server, &["--seconds", "0.2"]);
        let calls = told["calls"].as_u64().unwrap();
        assert!(calls >= 300, "{subject}: {told}");
        assert_eq!(server.counts().0, calls + 200, "{subject}");
        if subject == "wamid-many" {
            assert_eq!(calls % 1000, 0, "a bulk that was not whole: {told}");
        }
        let seconds = calls as f64 / told["rate"].as_f64().unwrap();
        assert!(seconds >= 0.2, "{subject} took {seconds} s");
    }
}

#[test]
fn the_server_ends_with_whoever_started_it() {
    let mut command = Command::new(PROGRAM);
    command.args(["server", "--until-stdin-ends"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
    assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn over_tls_too() {
    let file = std::env::temp_dir().join(format!("wamid-bench-smoke-{}.pem", std::process::id()));
    let file = file.to_str().unwrap();
    let server = Server::start(&["--tls", file]);
    for subject in ["reqwest", "wamid", "wamid-many"] {
        server.counts();
        client(subject, &server, &["--ca-file", file]);
        assert_eq!(server.counts().0, 500, "{subject}");
    }
    std::fs::remove_file(file).unwrap();
}
