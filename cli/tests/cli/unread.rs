//! `wamid serve` whose log or output nobody reads, or that cannot be written: it serves all the same.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;

use crate::playing::{signal, stderr, stdout, wamid};

struct Serving {
    child: Child,
    address: String,
    key: String,
    _folder: tempfile::TempDir,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    /// On a port that was free a moment ago, since its output may not be read.
    fn start(log: Stdio, output: Stdio) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
        let made = wamid(&["key", "create", "--name", "test", "--json", "--store", &store]).output().unwrap();
        let key: Value = serde_json::from_str(&stdout(&made)).unwrap_or_else(|_| panic!("{}", stderr(&made)));
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let child = wamid(&["serve", "--sandbox", "--listen", &address, "--store", &store])
            .stdout(output)
            .stderr(log)
            .spawn()
            .unwrap();
        let serving = Self { child, address, key: key["key"].as_str().unwrap().to_owned(), _folder: folder };
        let began = Instant::now();
        while TcpStream::connect(&serving.address).is_err() {
            assert!(began.elapsed() < Duration::from_secs(120), "it never listened");
            std::thread::sleep(Duration::from_millis(10));
        }
        serving
    }

    /// Status and the rest of an answer.
    fn ask(&self, request: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let (key, length) = (&self.key, body.len());
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nX-API-Key: {key}\r\nContent-Length: {length}\r\n\r\n{body}",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap_or("0").parse().unwrap();
        (status, answer)
    }

    fn send(&self, n: usize) {
        let body = format!(r#"{{"phone": "919876543210", "message": "Number {n}"}}"#);
        let (status, answer) = self.ask("POST /whatsapp/api/send-message/", &body);
        assert_eq!(status, 200, "{answer}");
    }

    /// So many requests over one connection, each of which is a line in the log.
    fn busy(&self, requests: usize) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let request = format!("GET /nothing HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        let mut answers = BufReader::new(stream.try_clone().unwrap());
        for _ in 0..requests {
            stream.write_all(request.as_bytes()).unwrap();
            let (mut line, mut length) = (String::new(), 0);
            while line != "\r\n" {
                line.clear();
                assert!(answers.read_line(&mut line).unwrap() > 0, "it hung up");
                if let Some(given) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = given.trim().parse().unwrap();
                }
            }
            answers.read_exact(&mut vec![0; length]).unwrap();
        }
    }

    fn lost_lines(&self) -> f64 {
        let (_, answer) = self.ask("GET /metrics", "");
        let line = answer.lines().find_map(|line| line.strip_prefix("wamid_logs_dropped_total "));
        line.expect("the metric is there").parse().unwrap()
    }

    fn ended(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "it never ended");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_the_log_takes_no_answer_away() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut serving = Serving::start(full().into(), full().into());
    for n in 0..12 {
        serving.send(n);
    }
    assert!(serving.lost_lines() >= 12.0);
    signal(&serving.child, Signal::TERM);
    assert!(serving.ended().success());
}

#[test]
fn readers_that_have_ended_take_no_answer_away() {
    let mut serving = Serving::start(Stdio::piped(), Stdio::piped());
    drop((serving.child.stderr.take(), serving.child.stdout.take()));
    for n in 0..12 {
        serving.send(n);
    }
    signal(&serving.child, Signal::TERM);
    assert!(serving.ended().success());
}

#[test]
fn a_log_that_nobody_drains_stops_neither_requests_nor_signals() {
    let mut serving = Serving::start(Stdio::piped(), Stdio::piped());
    // A pipe takes 64 KiB; these lines are more than twice that.
    serving.busy(1_500);
    serving.send(0);
    assert_eq!(serving.ask("GET /readyz", "").0, 200);
    signal(&serving.child, Signal::TERM);
    assert!(serving.ended().success());
    let mut log = String::new();
    serving.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("/nothing") || log.contains("request"), "{log}");
}

#[test]
fn a_client_that_never_reads_does_not_hold_the_end_up() {
    let mut serving = Serving::start(Stdio::piped(), Stdio::null());
    let mut silent = TcpStream::connect(&serving.address).unwrap();
    let request = format!("GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: {}\r\n\r\n", serving.address);
    // More than a system keeps for one connection.
    silent.write_all(request.repeat(150).as_bytes()).unwrap();
    assert_eq!(serving.ask("GET /healthz", "").0, 200);
    signal(&serving.child, Signal::TERM);
    assert!(serving.ended().success());
    let mut log = String::new();
    serving.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(!log.contains("still under way"), "it ended by itself: {log}");
}
