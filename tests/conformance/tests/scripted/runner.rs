//! A runner that does what the arguments of a call say, for the tests of the driver. `args` holds `steps`, done in
//! order, and `answer`, printed at the end; without one the answer is what was heard:
//! `{"ok": {"client": CLIENT, "args": TEXT OF THE LINE, "heard": […]}}`.

use std::error::Error;
use std::io::{BufRead, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut runner = Scripted::default();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let call: Value = serde_json::from_str(&line).unwrap_or_default();
        let heard = runner.play(&call)?;
        let all = json!({ "ok": { "client": call["client"], "line": line, "heard": heard } });
        let answer = call["args"].get("answer").unwrap_or(&all).to_string();
        match call["args"]["then_print"].as_str() {
            Some(more) => say(&format!("{answer}\n{more}"))?,
            None => say(&answer)?,
        }
    }
    if runner.stays {
        std::thread::sleep(Duration::from_secs(600));
    }
    std::process::exit(runner.status)
}

fn say(line: &str) -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    // In one piece, so that a line too many does not come later than the answer.
    out.write_all(format!("{line}\n").as_bytes())?;
    Ok(out.flush()?)
}

#[derive(Default)]
struct Scripted {
    kept: Option<TcpStream>,
    stays: bool,
    status: i32,
}

impl Scripted {
    fn play(&mut self, call: &Value) -> Outcome<Vec<Value>> {
        let client = &call["client"];
        let url = client["graph_url"].as_str().or(client["base_url"].as_str()).unwrap_or_default();
        let address = url.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
        let mut heard = Vec::new();
        for step in call["args"]["steps"].as_array().into_iter().flatten() {
            let number = |key: &str| step[key].as_u64();
            if step.get("send").is_some() {
                heard.push(self.request(&address, step));
            } else if let Some(all) = step["together"].as_array() {
                heard.extend(together(&address, all));
            } else if let Some(time) = number("sleep_ms") {
                std::thread::sleep(Duration::from_millis(time));
            } else if let Some(text) = step["complain"].as_str() {
                std::io::stderr().write_all(text.as_bytes())?;
            } else if let Some(text) = step["print"].as_str() {
                say(text)?;
            } else if let Some(status) = step["exit"].as_i64() {
                std::process::exit(i32::try_from(status)?);
            } else if let Some(status) = step["end_with"].as_i64() {
                self.status = i32::try_from(status)?;
            } else if step.get("stay").is_some() {
                self.stays = true;
            }
        }
        Ok(heard)
    }

    /// A request on the kept connection, or on a new one, which is then kept.
    fn request(&mut self, address: &str, step: &Value) -> Value {
        if step.get("fresh").is_some() {
            self.kept = None;
        }
        let new = self.kept.is_none();
        let mut stream = match self.kept.take().map_or_else(|| TcpStream::connect(address), Ok) {
            Ok(stream) => stream,
            Err(why) => return json!({ "failed": why.kind().to_string() }),
        };
        let mut answer =
            exchange(&mut stream, step).unwrap_or_else(|why| json!({ "failed": why.to_string() }));
        answer["new_connection"] = new.into();
        let keeps = answer["head"].as_str().is_some_and(|head| !head.contains("Connection: close"));
        self.kept = keeps.then_some(stream);
        answer
    }
}

/// Requests at the same time, each on a connection of its own.
fn together(address: &str, steps: &[Value]) -> Vec<Value> {
    std::thread::scope(|scope| {
        let send = |step| scope.spawn(move || Scripted::default().request(address, step));
        let threads: Vec<_> = steps.iter().map(send).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

fn exchange(stream: &mut TcpStream, step: &Value) -> Outcome<Value> {
    let patience = step["patience_ms"].as_u64().unwrap_or(10_000);
    stream.set_read_timeout(Some(Duration::from_millis(patience)))?;
    stream.write_all(message(step).as_bytes())?;
    let mut came = Vec::new();
    let head_length = loop {
        if let Some(end) = came.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end + 4;
        }
        read_more(stream, &mut came)?;
    };
    let head = String::from_utf8_lossy(&came[..head_length]).into_owned();
    let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    let length: usize = length.unwrap_or("0").parse()?;
    let done = |came: &[u8]| {
        if chunked { came.ends_with(b"0\r\n\r\n") } else { came.len() >= head_length + length }
    };
    while !done(&came) {
        if read_more(stream, &mut came).is_err() {
            return Ok(json!({ "failed": "cut off" }));
        }
    }
    let body = String::from_utf8_lossy(&came[head_length..]);
    Ok(json!({ "status": head.get(9..12), "head": head, "body": body }))
}

fn read_more(stream: &mut TcpStream, came: &mut Vec<u8>) -> Outcome<()> {
    let mut part = [0; 1024];
    match stream.read(&mut part) {
        Ok(0) => Err("closed".into()),
        Ok(length) => {
            came.extend_from_slice(&part[..length]);
            Ok(())
        }
        Err(why) if why.kind() == std::io::ErrorKind::WouldBlock => Err("timeout".into()),
        Err(_) => Err("closed".into()),
    }
}

/// `send` is the request line without its version, or with `raw` all there is.
fn message(step: &Value) -> String {
    let line = step["send"].as_str().unwrap_or_default();
    if step.get("raw").is_some() {
        return line.to_owned();
    }
    let mut text = format!("{line} HTTP/1.1\r\nHost: test\r\n");
    for (name, value) in step["headers"].as_object().into_iter().flatten() {
        text += &format!("{name}: {}\r\n", value.as_str().unwrap_or_default());
    }
    let body = step.get("json").map(Value::to_string).or(step["body"].as_str().map(str::to_owned));
    match (body, step["chunks"].as_u64()) {
        (None, _) => text + "\r\n",
        (Some(body), None) => text + &format!("Content-Length: {}\r\n\r\n{body}", body.len()),
        (Some(body), Some(size)) => {
            text += "Transfer-Encoding: chunked\r\n\r\n";
            for chunk in body.as_bytes().chunks(usize::try_from(size).unwrap_or(1)) {
                text += &format!("{:x}\r\n{}\r\n", chunk.len(), String::from_utf8_lossy(chunk));
            }
            text + "0\r\n\r\n"
        }
    }
}
