//! `wamid listen`: with the sandbox, with Meta's own requests, and in front of an app.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::Signal;
use serde_json::{Value, json};
use wamid::sign_webhook;

use crate::playing::{Playing, signal, stderr, wamid};

const SECRET: &str = "app-secret-789";

/// `wamid listen` on a free port; it ends with the test.
struct Listening {
    child: Child,
    url: String,
    /// What else it said before the first event.
    said: String,
    printed: BufReader<ChildStdout>,
}

impl Listening {
    /// `last` is in the last line that it says at the beginning.
    fn start(mut command: Command, last: &str) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let url = first.strip_prefix("listening on ").unwrap().split(' ').next().unwrap().to_owned();
        let mut said = String::new();
        while !said.contains(last) {
            said.push_str(&lines.next().unwrap().unwrap());
            said.push('\n');
        }
        // It goes on writing there.
        std::thread::spawn(move || lines.for_each(drop));
        let printed = BufReader::new(child.stdout.take().unwrap());
        Self { child, url, said, printed }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.printed.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn json(&mut self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    /// Status and body of what it answers.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> (String, String) {
        let address = self.url.strip_prefix("http://").unwrap().trim_end_matches('/');
        request(address, method, path, headers, body)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn request(address: &str, method: &str, path: &str, headers: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}");
    write!(stream, "{head}Content-Length: {length}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().to_owned(), body.to_owned())
}

fn write_in(sandbox: &str, text: &str) {
    let (status, answer) = play(sandbox, text);
    assert_eq!(status, "200", "{answer}");
}

/// A customer of the sandbox writes.
fn play(sandbox: &str, text: &str) -> (String, String) {
    let address = sandbox.strip_prefix("http://").unwrap();
    let act = |body: Value| {
        let path = "/_sandbox/phone/chats/16505551234";
        request(address, "POST", path, "Content-Type: application/json\r\n", &body.to_string())
    };
    act(json!({"act": "set", "name": "Sheena"}));
    act(json!({"act": "text", "text": text}))
}

fn webhook(text: &str) -> String {
    let message = json!({"from": "16505551234", "id": "wamid.1", "timestamp": "1749416383", "type": "text", "text": {"body": text}});
    let value = json!({"metadata": {"phone_number_id": "1066"}, "messages": [message]});
    json!({"entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}).to_string()
}

fn signed(body: &str) -> String {
    format!("X-Hub-Signature-256: {}\r\n", sign_webhook(body.as_bytes(), SECRET))
}

#[test]
fn a_sandbox_of_its_own_needs_nothing_else() {
    let mut listening = Listening::start(wamid(&["listen", "--port", "0", "--sandbox", "--json"]), "curl");
    let exports: Vec<(String, String)> = listening
        .said
        .lines()
        .filter_map(|line| line.strip_prefix("export ")?.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    assert_eq!(exports.len(), 6, "{}", listening.said);
    write_in(&exports[0].1, "Is it open?");
    let event = listening.json();
    assert_eq!(
        (&event["event"], &event["type"], &event["text"]),
        (&json!("message"), &json!("text"), &json!("Is it open?"))
    );
    assert_eq!(event["raw"]["message"]["text"]["body"], "Is it open?");
    let sent = wamid(&["send", "message", "16505551234", "Yes"]).envs(exports).output().unwrap();
    assert!(sent.status.success(), "{}", stderr(&sent));
    for status in ["sent", "delivered", "read"] {
        let event = listening.json();
        assert_eq!((&event["event"], &event["status"]), (&json!("status"), &json!(status)));
    }
}

#[test]
fn a_sandbox_in_another_terminal_sends_its_webhooks_there_until_it_ends() {
    let meta = Playing::start();
    let mut listening = Listening::start(meta.command(&["listen", "--port", "0"]), "curl");
    write_in(meta.export("WAMID_GRAPH_URL"), "Is it \u{1b}[2J open?");
    let line = listening.line();
    assert!(line.contains("message  text          +16505551234 Sheena  Is it \\u{1b}[2J open?"), "{line}");
    assert!(!line.contains('\u{1b}'), "no colours in a pipe");
    signal(&listening.child, Signal::INT);
    assert!(listening.child.wait().unwrap().success());
    let (status, answer) = play(meta.export("WAMID_GRAPH_URL"), "Hello?");
    assert!(status == "200" && answer.contains("\"webhook_sent\":false"), "{answer}");
    let mut coloured =
        Listening::start(meta.command(&["listen", "--port", "0", "--color", "always"]), "curl");
    write_in(meta.export("WAMID_GRAPH_URL"), "Hello?");
    assert!(coloured.line().contains("\u{1b}[32mmessage"));

    // Whose webhooks it borrows gets them again.
    let mut second = Listening::start(meta.command(&["listen", "--port", "0"]), "curl");
    write_in(meta.export("WAMID_GRAPH_URL"), "Second");
    assert!(second.line().contains("Second"));
    signal(&second.child, Signal::INT);
    assert!(second.child.wait().unwrap().success());
    write_in(meta.export("WAMID_GRAPH_URL"), "First again");
    assert!(coloured.line().contains("First again"));
}

#[test]
fn what_meta_asks_is_answered_and_what_nobody_signed_is_refused() {
    let mut command = wamid(&["listen", "--port", "0", "--json"]);
    command
        .env("WAMID_APP_SECRET", SECRET)
        .env("WAMID_VERIFY_TOKEN", "verify-me")
        .env("WAMID_ACCESS_TOKEN", "x");
    let mut listening = Listening::start(command, "tunnel");
    let check =
        |token: &str| format!("/any/path?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=42");
    assert_eq!(listening.ask("GET", &check("verify-me"), "", ""), ("200".to_owned(), "42".to_owned()));
    assert_eq!(listening.json(), json!({"check": {"confirmed": true}}));
    assert_eq!(listening.ask("GET", &check("guess"), "", "").0, "403");
    assert_eq!(listening.json(), json!({"check": {"confirmed": false}}));
    let body = webhook("Is it open?");
    assert_eq!(listening.ask("POST", "/webhook/", &signed("other"), &body).0, "401");
    assert_eq!(listening.json(), json!({"refused": "the app secret did not sign it"}));
    assert_eq!(listening.ask("POST", "/", "", &body).0, "401");
    listening.json();
    assert_eq!(listening.ask("POST", "/", &signed("[]"), "[]").0, "400");
    assert!(listening.json()["refused"].as_str().unwrap().contains("JSON object"));
    assert_eq!(listening.ask("POST", "/webhook/", &signed(&body), &body).0, "200");
    assert_eq!(listening.json()["text"], "Is it open?");
}

#[test]
fn an_app_gets_each_webhook_as_it_came_and_its_answer_is_given_back() {
    let app = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", app.local_addr().unwrap());
    let body = webhook("Is it open?");
    let expected = body.clone();
    let serving = std::thread::spawn(move || {
        for status in ["200 OK", "500 Oops"] {
            let (mut stream, _) = app.accept().unwrap();
            let mut read = Vec::new();
            while !String::from_utf8_lossy(&read).ends_with(&expected) {
                let mut piece = [0; 4096];
                let length = stream.read(&mut piece).unwrap();
                assert!(length > 0, "{}", String::from_utf8_lossy(&read));
                read.extend_from_slice(&piece[..length]);
            }
            let head = String::from_utf8(read).unwrap().to_lowercase();
            assert!(head.starts_with("post /hook http/1.1\r\n"), "{head}");
            assert!(head.contains(&signed(&expected).to_lowercase()), "{head}");
            write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")
                .unwrap();
        }
    });
    let mut command = wamid(&["listen", "--port", "0", "--json", "--forward", &url]);
    command.env("WAMID_APP_SECRET", SECRET).env("WAMID_ACCESS_TOKEN", "x");
    let mut listening = Listening::start(command, "tunnel");
    for status in ["200", "500"] {
        let answer = listening.ask("POST", "/", &signed(&body), &body);
        assert_eq!(answer, (status.to_owned(), "hello".to_owned()));
        assert_eq!(listening.json()["text"], "Is it open?");
        let number: u16 = status.parse().unwrap();
        assert_eq!(listening.json(), json!({"answer": {"status": number, "body": "hello"}}));
    }
    serving.join().unwrap();
    assert_eq!(listening.ask("POST", "/", &signed(&body), &body).0, "502");
    listening.json();
    assert!(listening.json()["answer"]["error"].as_str().unwrap().to_lowercase().contains("refused"));
    let refused = wamid(&["listen", "--port", "0", "--forward", "http://example.com/"]).output().unwrap();
    assert!(
        !refused.status.success() && stderr(&refused).contains("must be https://"),
        "{}",
        stderr(&refused)
    );
}
