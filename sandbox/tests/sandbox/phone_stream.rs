//! What changes, as server-sent events.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::host::{Host, PATIENCE, start};
use crate::phone_acts::act;
use crate::phone_page::own;

const ADA: &str = "15551234567";

/// A stream of events that is read as they come.
struct Events(BufReader<TcpStream>);

impl Events {
    fn open(host: &Host, query: &str, headers: &str) -> Self {
        let mut stream = TcpStream::connect(host.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET /_sandbox/phone/events{query} HTTP/1.1\r\n{}{headers}\r\n", own(host)).unwrap();
        let mut events = Self(BufReader::new(stream));
        while events.line() != "retry: 1000" {}
        events
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream ended");
        line.trim_end().to_owned()
    }

    /// The next event of that name: its id and its data.
    fn next(&mut self, name: &str) -> (u64, Value) {
        let (mut id, mut event) = (0, String::new());
        loop {
            let line = self.line();
            match line.split_once(": ") {
                Some(("id", number)) => id = number.parse().unwrap(),
                Some(("event", name)) => event = name.to_owned(),
                Some(("data", data)) if event == name => return (id, serde_json::from_str(data).unwrap()),
                _ => {}
            }
        }
    }
}

#[test]
fn two_streams_tell_the_same() {
    let host = start();
    let mut streams = [Events::open(&host, "", ""), Events::open(&host, "", "")];
    let id = host.send_text(ADA).unwrap().message_id();
    for events in &mut streams {
        let mut entry = events.next("entry").1;
        // Without a webhook it is read at once; an event tells the newest.
        while entry["status"] != "read" {
            entry = events.next("entry").1;
        }
        assert_eq!((&entry["id"], &entry["phone"]), (&json!(id), &json!(ADA)));
    }
    act(&host, &json!({"act": "set", "name": "Ada"}));
    host.set_webhook("http://127.0.0.1:9/hook").unwrap();
    for events in &mut streams {
        let mut chat = events.next("chat").1;
        while chat["name"] != "Ada" {
            chat = events.next("chat").1;
        }
        assert_eq!((&chat["phone"], &chat["last"]), (&json!(ADA), &Value::Null));
        assert_eq!(events.next("webhook").1, json!({"url": "http://127.0.0.1:9/hook"}));
    }
}

#[test]
fn a_stream_resumes_where_it_ended_or_begins_anew() {
    let host = start();
    let seq = host.request("GET", "/_sandbox/phone/state", None, "").unwrap().json()["seq"].as_u64().unwrap();
    let first = host.send_text(ADA).unwrap().message_id();
    let (last, entry) = Events::open(&host, &format!("?after={seq}"), "").next("entry");
    assert_eq!(entry["id"], json!(first));
    let second = host.send_text(ADA).unwrap().message_id();
    let mut resumed = Events::open(&host, "?after=1", &format!("Last-Event-ID: {last}\r\n"));
    while resumed.next("entry").1["id"] != json!(second) {}
    // Of another run, or of the future.
    for after in [1, seq * 2] {
        let (id, _) = Events::open(&host, &format!("?after={after}"), "").next("reset");
        assert!(id > seq);
    }
    host.clear();
    resumed.next("reset");
    let state = host.request("GET", "/_sandbox/phone/state", None, "").unwrap().json();
    assert_eq!(state["chats"], json!([]));
}
