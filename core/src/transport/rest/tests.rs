//! Content on its way, and the hosts that it comes from. What callers can reach already is tried in `core/tests/reads.rs`.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::HeaderValue;
use http_body::Frame;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{Sleep, sleep};

use super::*;
use crate::transport::Transport;
use crate::transport::content::ContentSlot;
use crate::transport::headers::bearer;
use crate::transport::request::{Pieces, Source};

/// Each pause is well within it, and all of them together are beyond it.
const LIMIT: Duration = Duration::from_millis(1500);
const PAUSE: Duration = Duration::from_millis(500);

/// What a server does with a request: writes, and waits in between.
type Script = Vec<(&'static str, Duration)>;

/// Answers by `script`, and notes what it was asked.
async fn server(
    script: impl Fn(&str) -> Script + Send + Sync + 'static,
) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (script, noted) = (Arc::new(script), seen.clone());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (script, noted) = (script.clone(), noted.clone());
            tokio::spawn(async move {
                let mut all = Vec::new();
                while stream.read_buf(&mut all).await.is_ok_and(|read| read > 0) {
                    let text = String::from_utf8_lossy(&all).into_owned();
                    let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                    if body.len() < length.map_or(0, |length| length.parse().unwrap()) {
                        continue;
                    }
                    noted.lock().unwrap().push(text.clone());
                    all.clear();
                    for (piece, pause) in script(&text) {
                        if stream.write_all(piece.as_bytes()).await.is_err() {
                            return;
                        }
                        sleep(pause).await;
                    }
                }
            });
        }
    });
    (url, seen)
}

fn transport(url: &str) -> (Transport, Endpoint) {
    let endpoint = Endpoint::new(format!("{url}/content").parse().unwrap(), "graph_url").unwrap();
    let settings = Settings {
        timeout: LIMIT,
        connect_timeout: Duration::from_secs(10),
        max_connections: 256,
        user_agent: None,
        proxy: None,
        ca_file: None,
        pool_idle_timeout: None,
        pool_max_idle: None,
    };
    let transport =
        Transport::new((&endpoint, HostKind::Cloud), bearer("TOKEN").unwrap(), &settings).unwrap();
    (transport, endpoint)
}

/// Tells the two clocks apart: connecting has 10 s, which is more than [`LIMIT`].
async fn attempt(transport: &Transport, request: &Request<'_>) -> Result<Answer, FailedAttempt> {
    transport.attempt(request, &Arc::default(), LIMIT).await
}

/// Two pieces, and a pause before each; or one piece, and nothing after it.
#[derive(Debug)]
struct Slow {
    stalls: bool,
}

const FIRST: &str = "first piece, ";
const SECOND: &str = "second piece";

impl Source for Slow {
    fn length(&self) -> u64 {
        (FIRST.len() + SECOND.len()) as u64
    }

    fn open(&self) -> Pieces {
        let pause = || Box::pin(sleep(PAUSE * 2));
        let second = if self.stalls { Box::pin(sleep(LIMIT * 100)) } else { pause() };
        Box::pin(Paused([(pause(), FIRST), (second, SECOND)].into()))
    }
}

struct Paused(VecDeque<(Pin<Box<Sleep>>, &'static str)>);

impl http_body::Body for Paused {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let Some((pause, _)) = self.0.front_mut() else { return Poll::Ready(None) };
        if pause.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        Poll::Ready(self.0.pop_front().map(|(_, piece)| Ok(Frame::data(Bytes::from(piece)))))
    }
}

const DONE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"id\":\"123\"}";

#[tokio::test]
async fn a_form_goes_out_piece_by_piece_and_again_for_each_attempt() {
    let (url, seen) = server(|_| vec![(DONE, Duration::ZERO)]).await;
    let (transport, endpoint) = transport(&url);
    let file = Part::File {
        name: "file",
        filename: "a \"b\".png".to_owned(),
        mime_type: "image/png".to_owned(),
        source: Arc::new(Slow { stalls: false }),
    };
    let text = Part::Text { name: "messaging_product", value: "whatsapp".to_owned() };
    let request = Request::change(Method::POST, &endpoint, Body::Form(vec![text, file]));
    // A second and a second: more than the limit, but something moves.
    for _ in 0..2 {
        let answer = attempt(&transport, &request).await.unwrap();
        assert_eq!((answer.status, &answer.body[..]), (200, &b"{\"id\":\"123\"}"[..]));
    }
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 2);
    for seen in seen.iter() {
        assert!(seen.starts_with("POST /content HTTP/1.1\r\n"), "{seen}");
        assert!(seen.contains("authorization: Bearer TOKEN\r\n"), "{seen}");
        assert!(seen.contains("content-type: multipart/form-data; boundary="), "{seen}");
        assert!(seen.contains("name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"), "{seen}");
        assert!(seen.contains("Content-Type: image/png\r\n\r\nfirst piece, second piece\r\n"), "{seen}");
        assert!(!seen.contains("chunked"), "Meta wants to know the length: {seen}");
    }
}

#[tokio::test]
async fn content_goes_out_under_its_type_and_length() {
    let (url, seen) = server(|_| vec![(DONE, Duration::ZERO)]).await;
    let (transport, endpoint) = transport(&url);
    let body = Body::Stream {
        mime_type: HeaderValue::from_static("image/jpeg"),
        source: Arc::new(Slow { stalls: false }),
    };
    attempt(&transport, &Request::change(Method::POST, &endpoint, body)).await.unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen[0].contains("content-type: image/jpeg\r\n"), "{}", seen[0]);
    assert_eq!(seen[0].matches("content-length: 25\r\n").count(), 1, "{}", seen[0]);
    assert!(seen[0].ends_with("\r\n\r\nfirst piece, second piece"), "{}", seen[0]);
}

#[tokio::test]
async fn content_that_stands_still_is_given_up_and_never_leaves_a_doubt() {
    let (url, seen) = server(|_| Vec::new()).await;
    let (transport, endpoint) = transport(&url);
    let body = Body::Stream {
        mime_type: HeaderValue::from_static("image/jpeg"),
        source: Arc::new(Slow { stalls: true }),
    };
    let request = Request::change(Method::POST, &endpoint, body);
    let judged = request.effect().settle(attempt(&transport, &request).await.unwrap_err());
    assert_eq!((judged.error.kind(), judged.error.maybe_sent()), (ErrorKind::Timeout, false));
    assert_eq!(judged.again, Retry::Backoff);
    assert!(seen.lock().unwrap().is_empty());
}

const TYPED: &str = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 12\r\n\r\n";

async fn read(slot: &ContentSlot) -> Result<Vec<u8>, FailedAttempt> {
    let mut content = slot.take().unwrap();
    let mut all = Vec::new();
    while let Some(piece) = content.piece().await? {
        all.extend_from_slice(&piece);
    }
    Ok(all)
}

#[tokio::test]
async fn content_comes_in_as_long_as_something_moves() {
    let script = || vec![(TYPED, PAUSE), ("one-", PAUSE), ("two-", PAUSE), ("four", PAUSE)];
    let (url, _) = server(move |_| script()).await;
    let (transport, endpoint) = transport(&url);
    let slot = ContentSlot::default();
    let answer = attempt(&transport, &Request::read(&endpoint).streamed(&slot)).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    {
        let content = slot.take().unwrap();
        assert_eq!((content.length(), content.mime_type().as_deref()), (Some(12), Some("image/png")));
        slot.put(Some(content));
    }
    assert_eq!(read(&slot).await.unwrap(), b"one-two-four");
}

#[tokio::test]
async fn content_that_stops_coming_or_breaks_off_is_told() {
    let (url, _) = server(|_| vec![(TYPED, PAUSE), ("one-", LIMIT * 100)]).await;
    let (stalling, endpoint) = transport(&url);
    let slot = ContentSlot::default();
    attempt(&stalling, &Request::read(&endpoint).streamed(&slot)).await.unwrap();
    assert_eq!(read(&slot).await.unwrap_err().error.kind(), ErrorKind::Timeout);

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        stream.write_all(format!("{TYPED}one-").as_bytes()).unwrap();
    });
    let (breaking, endpoint) = transport(&url);
    attempt(&breaking, &Request::read(&endpoint).streamed(&slot)).await.unwrap();
    let error = read(&slot).await.unwrap_err().error;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Connection, Some(200)), "{error}");
}

#[tokio::test]
async fn what_is_no_content_is_read_as_an_answer_and_leaves_the_slot_empty() {
    let (url, _) =
        server(|_| vec![("HTTP/1.1 404 No\r\nContent-Length: 13\r\n\r\n{\"error\":\"x\"}", PAUSE)]).await;
    let (transport, endpoint) = transport(&url);
    let slot = ContentSlot::default();
    let answer = attempt(&transport, &Request::read(&endpoint).streamed(&slot)).await.unwrap();
    assert_eq!((answer.status, &answer.body[..]), (404, &b"{\"error\":\"x\"}"[..]));
    assert!(slot.take().is_none());
}

const AGAIN: &str = "HTTP/1.1 302 Found\r\nLocation: /content?again\r\nContent-Length: 0\r\n\r\n";
const ELSEWHERE: &str =
    "HTTP/1.1 302 Found\r\nLocation: https://example.invalid/content\r\nContent-Length: 0\r\n\r\n";

#[tokio::test]
async fn content_follows_a_few_redirects_among_trusted_hosts_and_json_none() {
    let moved = Mutex::new(0);
    let (url, seen) = server(move |_| {
        let mut moved = moved.lock().unwrap();
        *moved += 1;
        if *moved <= 5 {
            vec![(AGAIN, Duration::ZERO)]
        } else {
            vec![(TYPED, PAUSE), ("one-two-four", PAUSE)]
        }
    })
    .await;
    let (following, endpoint) = transport(&url);
    let slot = ContentSlot::default();
    attempt(&following, &Request::read(&endpoint).streamed(&slot)).await.unwrap();
    assert_eq!(read(&slot).await.unwrap(), b"one-two-four");
    let asked = seen.lock().unwrap().clone();
    assert_eq!(asked.len(), 6);
    assert!(asked.iter().all(|asked| asked.contains("authorization: Bearer TOKEN\r\n")), "{asked:?}");

    for (script, streamed, times) in [(AGAIN, true, 6), (AGAIN, false, 1), (ELSEWHERE, true, 1)] {
        let (url, seen) = server(move |_| vec![(script, Duration::ZERO)]).await;
        let (transport, endpoint) = transport(&url);
        let request = Request::read(&endpoint);
        let request = if streamed { request.streamed(&slot) } else { request };
        let answer = attempt(&transport, &request).await.unwrap();
        assert_eq!((answer.status, seen.lock().unwrap().len()), (302, times), "{script}");
        assert!(answer.location.is_some() && slot.take().is_none());
    }
}

#[tokio::test]
async fn an_address_that_must_not_get_the_credentials_is_not_asked() {
    let (other, seen) = server(|_| vec![(DONE, Duration::ZERO)]).await;
    let (transport, _) = transport("http://127.0.0.1:9");
    let address = Endpoint::new(other.parse().unwrap(), "url").unwrap();
    let judged = attempt(&transport, &Request::read(&address)).await.unwrap_err();
    assert_eq!(judged.error.kind(), ErrorKind::UnexpectedResponse);
    assert!(judged.error.message().contains("127.0.0.1") && judged.again == Retry::No, "{}", judged.error);
    assert!(seen.lock().unwrap().is_empty());
}
