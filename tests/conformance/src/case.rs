//! What a case is, once read. `parse.rs` reads one, `load.rs` a folder of them.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Map, Value};

/// One case: what is called, what the server answers, what is expected.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) file: PathBuf,
    pub(crate) client: Option<Map<String, Value>>,
    pub(crate) only: Option<Vec<String>>,
    pub(crate) skip: Vec<String>,
    pub(crate) calls: Vec<Call>,
    /// Files for the calls, by name.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    pub(crate) server: Script,
    pub(crate) expect: Expect,
}

impl Case {
    /// Whether the case is for this language.
    pub(crate) fn is_for(&self, language: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|name| name == language);
        self.only.as_deref().is_none_or(named) && !named(&self.skip)
    }
}

/// One call; `args` is JSON text on one line.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) op: String,
    pub(crate) args: String,
}

/// What the server does.
#[derive(Debug)]
pub(crate) enum Script {
    /// Nothing listens.
    Refuse,
    /// One reply a request.
    Replies(Vec<Reply>),
}

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Answer(Answer),
    Hang(Duration),
    CloseAfterRead { delay: Duration },
    CloseOnAccept,
    CloseMidBody(Answer),
}

impl Reply {
    /// The reply with `$server` in its headers, its JSON or its text being the server's own address: where a redirect would
    /// lead, or a file lies.
    pub(crate) fn at(mut self, url: &str) -> Self {
        if let Self::Answer(answer) | Self::CloseMidBody(answer) = &mut self {
            for (_, value) in &mut answer.headers {
                *value = value.replace("$server", url);
            }
            if let Some(text) = str::from_utf8(&answer.body).ok().filter(|_| answer.is_text) {
                answer.body = text.replace("$server", url).into_bytes();
            }
        }
        self
    }
}

/// An HTTP answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    /// Added unless `headers` has one.
    pub(crate) content_type: Option<&'static str>,
    /// Whether the body was written as JSON or text.
    pub(crate) is_text: bool,
    pub(crate) body: Vec<u8>,
    pub(crate) delay: Duration,
}

/// What is expected; what is absent is not compared.
#[derive(Debug)]
pub(crate) struct Expect {
    pub(crate) requests: Option<Vec<ExpectedRequest>>,
    pub(crate) unordered: bool,
    pub(crate) results: Option<Vec<Value>>,
    pub(crate) elapsed: Elapsed,
}

/// The bounds of a case's time, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Elapsed {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

/// One expected request; what is absent is not compared.
#[derive(Debug, Default)]
pub(crate) struct ExpectedRequest {
    pub(crate) method: Option<Value>,
    pub(crate) path: Option<Value>,
    pub(crate) headers: Map<String, Value>,
    pub(crate) absent_headers: Vec<String>,
    pub(crate) body: Option<ExpectedBody>,
}

/// How a request's body is compared.
#[derive(Debug)]
pub(crate) enum ExpectedBody {
    Json(Value),
    Text(Value),
    Multipart(Value),
}
