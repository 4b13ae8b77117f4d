//! As much HTTP/1.1 as a server in a test needs, on the raw stream, so that it can also break the rules.
//! `answer.rs` has the bytes that go out.

use std::io;
use std::sync::OnceLock;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::answer::{encode, says_close};
use crate::case::Answer;
use crate::json::parse_strict;

/// More than any client sends.
const MOST_HEADERS: usize = 128;
/// How many more bytes than it sends a cut-off body promises.
const MISSING_BYTES: usize = 100;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// As in the request line, with the query.
    pub path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    json: OnceLock<Result<Value, String>>,
    last: bool,
}

impl Request {
    /// The header's value, of several joined with commas.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(held, _)| held.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The body as it came.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, read once; without a body it is null.
    pub(crate) fn json(&self) -> &Result<Value, String> {
        self.json.get_or_init(
            || {
                if self.body.is_empty() { Ok(Value::Null) } else { parse_strict(&self.text()) }
            },
        )
    }

    /// Method and path.
    pub(crate) fn summary(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether the client wants the connection closed after the answer.
    pub fn is_last(&self) -> bool {
        self.last
    }

    fn header_has(&self, name: &str, text: &str) -> bool {
        self.header(name).is_some_and(|value| value.to_ascii_lowercase().contains(text))
    }
}

/// Why there is no request.
#[derive(Debug)]
pub enum NoRequest {
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

/// One accepted connection, plain or encrypted.
#[derive(Debug)]
pub struct Connection<S = TcpStream> {
    stream: S,
    buffer: Vec<u8>,
}

impl Connection {
    /// Takes over an accepted stream.
    pub(crate) fn new(stream: TcpStream) -> Self {
        // Answers are written in one piece; without the option being set they are merely slower.
        let _ = stream.set_nodelay(true);
        Self::over(stream)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    /// Takes over a stream of any sort.
    pub fn over(stream: S) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// Reads the beginning of the next request, and leaves it to be read: at least so many bytes, and its request line. None where it
    /// ends before.
    pub async fn beginning(&mut self, least: usize) -> Option<&[u8]> {
        while self.buffer.len() < least || !self.buffer.contains(&b'\n') {
            self.fill().await.ok()?;
        }
        Some(&self.buffer)
    }

    /// Writes bytes as they are; false where the client is gone.
    pub async fn write_bytes(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok() && self.stream.flush().await.is_ok()
    }

    /// Waits until the client is gone. What it still says is thrown away.
    pub async fn gone(&mut self) {
        self.buffer.clear();
        while self.fill().await.is_ok() {
            self.buffer.clear();
        }
    }

    /// Reads the next request to its end.
    ///
    /// # Errors
    /// There is none: the client is gone, or says something else.
    pub async fn read(&mut self) -> Result<Request, NoRequest> {
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
            let length = request.header("content-length").map_or(Ok(0), |length| length.parse());
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
    pub async fn close(mut self) {
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
        json: OnceLock::new(),
        last: head.version == Some(0),
    };
    for header in head.headers.iter() {
        let value = String::from_utf8_lossy(header.value).into_owned();
        request.headers.push((header.name.to_owned(), value));
    }
    request.last |= request.header_has("connection", "close");
    Ok(Some((length, request)))
}
