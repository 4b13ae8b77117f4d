//! Where a gateway passes events on to: it takes what it is posted, or does not.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wamid::verify_webhook;
use wamid_gateway::ForwardTarget;

pub(crate) const SECRET: &str = "a secret of its own";

/// How a post is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Status(&'static str),
    Never,
}

pub(crate) const OK: Answer = Answer::Status("200 OK");
pub(crate) const DOWN: Answer = Answer::Status("503 Service Unavailable");

/// A post as it came.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) event_id: String,
    pub(crate) body: Value,
    pub(crate) raw: Vec<u8>,
    pub(crate) signature: String,
    pub(crate) taken: bool,
}

impl Post {
    pub(crate) fn value(&self) -> &Value {
        &self.body["entry"][0]["changes"][0]["value"]
    }

    /// Sender and id of the message that it tells of.
    pub(crate) fn message(&self) -> (String, String) {
        let message = &self.value()["messages"][0];
        let text = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
        (text("from"), text("id"))
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) url: String,
    posts: Arc<Mutex<Vec<Post>>>,
    answer: Arc<Mutex<Answer>>,
    /// For those bodies that hold this text, another answer.
    special: Arc<Mutex<Option<(String, Answer)>>>,
}

impl Target {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let target = Self {
            url: format!("http://{}/events?key=hunter2", listener.local_addr().unwrap()),
            posts: Arc::default(),
            answer: Arc::new(Mutex::new(OK)),
            special: Arc::default(),
        };
        let serving = target.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let serving = serving.clone();
                tokio::spawn(async move { serving.take(stream).await });
            }
        });
        target
    }

    pub(crate) fn forward(&self) -> ForwardTarget {
        ForwardTarget::new(&self.url, SECRET, false).unwrap()
    }

    pub(crate) fn answers(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    pub(crate) fn answers_to(&self, text: &str, answer: Answer) {
        *self.special.lock().unwrap() = Some((text.to_owned(), answer));
    }

    pub(crate) fn posts(&self) -> Vec<Post> {
        self.posts.lock().unwrap().clone()
    }

    pub(crate) fn taken(&self) -> Vec<Post> {
        self.posts().into_iter().filter(|post| post.taken).collect()
    }

    /// The posts that were taken, once there are so many.
    pub(crate) async fn has_taken(&self, count: usize) -> Vec<Post> {
        let look = async {
            while self.taken().len() < count {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(60), look).await;
        let taken = self.taken();
        assert!(waited.is_ok(), "{count} were to be taken, and {} were", taken.len());
        taken
    }

    /// Once anything was posted.
    pub(crate) async fn was_asked(&self, times: usize) {
        let look = async {
            while self.posts.lock().unwrap().len() < times {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), look).await.expect("nothing more was posted");
    }

    async fn take(&self, mut stream: TcpStream) {
        let mut read = Vec::new();
        let (head, body) = loop {
            if stream.read_buf(&mut read).await.unwrap_or(0) == 0 {
                return;
            }
            let text = String::from_utf8_lossy(&read).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = header(head, "content-length").unwrap().parse::<usize>().unwrap();
            if body.len() >= length {
                break (head.to_owned(), body.to_owned());
            }
        };
        assert!(head.starts_with("POST /events?key=hunter2 HTTP/1.1\r\n"), "{head}");
        assert_eq!(header(&head, "content-type").as_deref(), Some("application/json"));
        let signature = header(&head, "x-hub-signature-256").unwrap();
        assert!(verify_webhook(body.as_bytes(), &signature, SECRET).unwrap(), "{head}");
        let special = self.special.lock().unwrap().clone();
        let answer = special.filter(|(text, _)| body.contains(text)).map(|(_, answer)| answer);
        let answer = answer.unwrap_or(*self.answer.lock().unwrap());
        let taken = matches!(answer, Answer::Status(status) if status.starts_with('2'));
        let event_id = header(&head, "x-wamid-event-id").unwrap();
        let json = serde_json::from_str(&body).unwrap();
        let post = Post { event_id, body: json, raw: body.into_bytes(), signature, taken };
        self.posts.lock().unwrap().push(post);
        match answer {
            Answer::Status(status) => {
                let more = if status.starts_with('3') { "Location: http://127.0.0.1:1/\r\n" } else { "" };
                let answer =
                    format!("HTTP/1.1 {status}\r\n{more}Connection: close\r\nContent-Length: 2\r\n\r\nok");
                let _ = stream.write_all(answer.as_bytes()).await;
            }
            Answer::Never => std::future::pending().await,
        }
    }
}

fn header(head: &str, name: &str) -> Option<String> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let mut named = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value.trim().to_owned())
}

/// That the messages of each sender came in the order of their ids, each once.
pub(crate) fn in_order(posts: &[Post]) -> HashMap<String, usize> {
    let mut last: HashMap<String, usize> = HashMap::new();
    for post in posts {
        let (from, id) = post.message();
        let number: usize = id.rsplit('.').next().unwrap().parse().unwrap();
        let before = last.insert(from.clone(), number);
        assert_eq!(number, before.map_or(0, |before| before + 1), "of {from}, after {before:?}");
    }
    last
}
