//! The server that all are measured against, on a core of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server, ended with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    pub(crate) fn start(program: &Path, how: &[String]) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", program.display());
        let mut command = Command::new("taskset");
        command.args(["-c", "1"]).arg(program).args(how).arg("--until-stdin-ends");
        // However this process ends, the other end of that pipe is closed then, and the server ends.
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let mut url = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut url).map_err(failed)?;
        }
        let server = Self { child, url: url.trim().to_owned() };
        if server.url.is_empty() { Err("the server did not start".to_owned()) } else { Ok(server) }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Requests and connections since this was last asked.
    pub(crate) fn counts(&self) -> Result<(u64, u64), String> {
        let failed = |error: std::io::Error| format!("{}: {error}", self.url);
        let port = self.url.rsplit_once(':').map_or("", |(_, port)| port);
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).map_err(failed)?;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n").map_err(failed)?;
        // It keeps the connection: what it says is read up to its closing brace.
        let mut answer = Vec::new();
        let mut byte = [0];
        while answer.last() != Some(&b'}') && stream.read(&mut byte).map_err(failed)? > 0 {
            answer.extend(byte);
        }
        read(&String::from_utf8_lossy(&answer)).ok_or_else(|| format!("{} tells no counts", self.url))
    }
}

fn read(answer: &str) -> Option<(u64, u64)> {
    let (_, body) = answer.split_once("\r\n\r\n")?;
    let counts: serde_json::Value = serde_json::from_str(body).ok()?;
    // The connection that asks is one of them.
    Some((counts["requests"].as_u64()?, counts["connections"].as_u64()?.saturating_sub(1)))
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_connection_that_asks_is_not_counted() {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 34\r\n\r\n{\"requests\":500,\"connections\":65}";
        assert_eq!(super::read(answer), Some((500, 64)));
        assert_eq!(super::read("HTTP/1.1 200 OK\r\n\r\n"), None);
    }
}
