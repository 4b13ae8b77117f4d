//! A runner that speaks HTTP by hand, and lies as the variable `LIE` says. Without it, it is honest, as far as the tests of the matrix need that.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let lie = std::env::var("LIE").unwrap_or_default();
    let mut runner = Runner { lie, connections: Vec::new(), files: Vec::new(), failed: HashSet::new() };
    for line in std::io::stdin().lock().lines() {
        let call: Value = serde_json::from_str(&line?)?;
        let answer = runner.answer(&call)?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

struct Runner {
    lie: String,
    connections: Vec<TcpStream>,
    files: Vec<File>,
    /// Addresses of hosts with which a call has failed.
    failed: HashSet<String>,
}

impl Runner {
    fn lies(&self, lie: &str) -> bool {
        self.lie == lie
    }

    fn answer(&mut self, call: &Value) -> Outcome<Value> {
        let op = call["op"].as_str().unwrap_or_default();
        if op == "close" {
            return Ok(json!({"ok": null}));
        }
        let client = &call["client"];
        let base = client["graph_url"].as_str().or(client["base_url"].as_str()).unwrap_or_default();
        let address = base.trim_start_matches("http://").to_owned();
        let (mut attempts, is_send) = (0, op == "send_message");
        let (status, body) = loop {
            attempts += 1;
            let (status, body) = self.tried(&address, op)?;
            let again = !is_send || self.lies("sends twice");
            if status < 500 || !again || attempts > 1 {
                break (status, body);
            }
        };
        if status < 300 && !(self.lies("stays broken") && self.failed.contains(&address)) {
            if let Some(path) = call["args"]["path"].as_str() {
                std::fs::write(path, &body)?;
            }
            return Ok(json!({"ok": {}}));
        }
        self.failed.insert(address);
        Ok(self.failure(call, is_send, attempts))
    }

    fn failure(&mut self, call: &Value, is_send: bool, attempts: u64) -> Value {
        if let (true, Some(folder)) = (
            self.lies("leaves a part"),
            call["args"]["path"].as_str().and_then(|path| Path::new(path).parent()),
        ) {
            let _ = std::fs::write(folder.join("fetched.part"), "half");
        }
        if self.lies("leaks a file") {
            self.files.extend(File::open("/dev/null"));
        }
        if self.lies("hangs") {
            std::thread::sleep(Duration::from_secs(600));
        }
        if self.lies("dies") {
            std::process::exit(3);
        }
        if self.lies("says ok") {
            return json!({"ok": {}});
        }
        if self.lies("is untyped") {
            return json!({"error": {"kind": "UNTYPED", "message": "a panic"}});
        }
        let maybe_sent = is_send && !self.lies("says surely not sent");
        let retryable = !is_send || self.lies("says retryable");
        let attempts = if self.lies("counts wrong") { attempts + 1 } else { attempts };
        let status = if self.lies("hides the status") { Value::Null } else { 500.into() };
        json!({"error": {"kind": "server", "message": "it failed", "status": status, "maybe_sent": maybe_sent, "retryable": retryable,
                         "attempts": attempts}})
    }

    fn tried(&mut self, address: &str, op: &str) -> Outcome<(u16, Vec<u8>)> {
        match op {
            "send_message" => self.request(address, "POST /messages", b"{}"),
            "upload_media" => self.request(address, "POST /media", &[b'a'; 5000]),
            "download_media" | "download_media_to" => {
                self.request(address, "GET /123", b"")?;
                self.request(address, "GET /content", b"")
            }
            _ => self.request(address, "GET /", b""),
        }
    }

    fn request(&mut self, address: &str, line: &str, body: &[u8]) -> Outcome<(u16, Vec<u8>)> {
        let mut stream = TcpStream::connect(address)?;
        let head = format!("{line} HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(&[head.as_bytes(), body].concat())?;
        let mut came = Vec::new();
        let (head, length) = loop {
            let text = String::from_utf8_lossy(&came).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
                let length: usize = length.unwrap_or("0").parse()?;
                if body.len() >= length {
                    break (head.to_owned(), length);
                }
            }
            let mut part = [0; 4096];
            let read = stream.read(&mut part)?;
            if read == 0 {
                return Err("the host closed the connection".into());
            }
            came.extend_from_slice(&part[..read]);
        };
        if self.lies("keeps a connection") {
            self.connections.push(stream);
        }
        let status = head.get(9..12).unwrap_or_default().parse()?;
        Ok((status, came.split_off(came.len() - length)))
    }
}
