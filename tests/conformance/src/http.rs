//! As much HTTP/1.1 as a server in a test needs, on the raw stream, so that it can also break the rules.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::case::Answer;

const MOST_HEADERS: usize = 128;
/// How many more bytes than it sends a cut-off body promises.
const MISSING_BYTES: usize = 100;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// As in the request line, with the query.
    pub(crate) path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    last: bool,
}

impl Request {
    /// The header's value, of several joined with commas.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(held, _)| held.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Method and path.
    pub(crate) fn summary(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether the client wants the connection closed after the answer.
    pub(crate) fn is_last(&self) -> bool {
        self.last
    }

    fn header_has(&self, name: &str, text: &str) -> bool {
        self.header(name)
            .is_some_and(|value| value.to_ascii_lowercase().contains(text))
    }
}

/// Why there is no request.
#[derive(Debug)]
pub(crate) enum NoRequest {
    /// The client closed the connection, or it broke. Half a request is none.
    Gone,
    /// What came is not HTTP.
    NotHttp(String),
}

impl From<io::Error> for NoRequest {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

impl From<httparse::Error> for NoRequest {
    fn from(why: httparse::Error) -> Self {
        Self::NotHttp(why.to_string())
    }
}

/// One accepted connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Takes over an accepted stream.
    pub(crate) fn new(stream: TcpStream) -> Self {
        // Answers are written in one piece; without the option being set they are merely slower.
        let _ = stream.set_nodelay(true);
        Self {
            stream,
            buffer: Vec::new(),
        }
    }

    /// Reads the next request to its end.
    pub(crate) async fn read(&mut self) -> Result<Request, NoRequest> {
        let mut request = loop {
            if let Some((length, request)) = parse_head(&self.buffer)? {
                self.buffer.drain(..length);
                break request;
            }
            self.fill().await?;
        };
        if request.header_has("expect", "100-continue") {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        request.body = if request.header_has("transfer-encoding", "chunked") {
            self.read_chunks().await?
        } else {
            let length = request
                .header("content-length")
                .map_or(Ok(0), |length| length.parse());
            let length =
                length.map_err(|_| NoRequest::NotHttp("a Content-Length is no number".to_owned()))?;
            self.read_bytes(length).await?
        };
        Ok(request)
    }

    async fn read_chunks(&mut self) -> Result<Vec<u8>, NoRequest> {
        let mut body = Vec::new();
        loop {
            let line = self.read_line().await?;
            let size = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(size, 16)
                .map_err(|_| NoRequest::NotHttp(format!("`{line}` is no size of a chunk")))?;
            if size == 0 {
                while !self.read_line().await?.is_empty() {}
                return Ok(body);
            }
            body.extend(self.read_bytes(size).await?);
            if !self.read_line().await?.is_empty() {
                return Err(NoRequest::NotHttp("a chunk is longer than its size".to_owned()));
            }
        }
    }

    async fn read_line(&mut self) -> Result<String, NoRequest> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line: Vec<u8> = self.buffer.drain(..end + 2).take(end).collect();
                return Ok(String::from_utf8_lossy(&line).into_owned());
            }
            self.fill().await?;
        }
    }

    async fn read_bytes(&mut self, length: usize) -> Result<Vec<u8>, NoRequest> {
        while self.buffer.len() < length {
            self.fill().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn fill(&mut self) -> Result<(), NoRequest> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(NoRequest::Gone),
            _ => Ok(()),
        }
    }

    /// Waits, but no longer than the client stays.
    pub(crate) async fn hang(&mut self, time: Duration) {
        let mut next = [0];
        let gone = async {
            // A byte that can be peeked at belongs to a next request: the client is still there.
            if let Ok(1..) = self.stream.peek(&mut next).await {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            () = gone => {}
        }
    }

    /// Writes an answer and says whether the connection can be used again. A client that hung up is no failure.
    pub(crate) async fn write(&mut self, request: &Request, answer: &Answer, close: bool) -> bool {
        let bytes = encode(answer, request.method == "HEAD", 0, close);
        self.stream.write_all(&bytes).await.is_ok() && !close && !says_close(answer)
    }

    /// Writes less than it promises.
    pub(crate) async fn write_part(&mut self, answer: &Answer) {
        let bytes = encode(answer, false, MISSING_BYTES, false);
        let _ = self.stream.write_all(&bytes).await;
    }

    /// Ends the connection in an orderly way: all that was written arrives.
    pub(crate) async fn close(mut self) {
        let _ = self.stream.shutdown().await;
    }
}

fn parse_head(buffer: &[u8]) -> Result<Option<(usize, Request)>, NoRequest> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = head.parse(buffer)? else {
        return Ok(None);
    };
    let mut request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        path: head.path.unwrap_or_default().to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
        last: head.version == Some(0),
    };
    for header in head.headers.iter() {
        let value = String::from_utf8_lossy(header.value).into_owned();
        request.headers.push((header.name.to_owned(), value));
    }
    request.last |= request.header_has("connection", "close");
    Ok(Some((length, request)))
}

fn says_close(answer: &Answer) -> bool {
    given(answer, "connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
}

fn given<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer
        .headers
        .iter()
        .find(|(held, _)| held.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

/// The bytes of an answer. What the case gives stands as given; the rest is added.
fn encode(answer: &Answer, no_body: bool, missing: usize, close: bool) -> Vec<u8> {
    let body = answer.body.as_str();
    let bodiless = matches!(answer.status, 100..=199 | 204 | 304);
    let mut text = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        text += &format!("{name}: {value}\r\n");
    }
    if let Some(content_type) = answer
        .content_type
        .filter(|_| given(answer, "content-type").is_none())
    {
        text += &format!("Content-Type: {content_type}\r\n");
    }
    let chunked = given(answer, "transfer-encoding").is_some();
    if !bodiless && !chunked && given(answer, "content-length").is_none() {
        text += &format!("Content-Length: {}\r\n", body.len() + missing);
    }
    if close && given(answer, "connection").is_none() {
        text += "Connection: close\r\n";
    }
    text += "\r\n";
    match (no_body || bodiless, chunked) {
        (true, _) => {}
        (false, false) => text += body,
        (false, true) => {
            if !body.is_empty() || missing > 0 {
                text += &format!("{:x}\r\n{body}", body.len() + missing);
                text += if missing == 0 { "\r\n" } else { "" };
            }
            text += if missing == 0 { "0\r\n\r\n" } else { "" };
        }
    }
    text.into_bytes()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Answer",
    }
}
