//! Texts of others, which must not act on the terminal that shows them.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Output;

use serde_json::{Value, json};

use crate::playing::{Playing, stderr, stdout, wamid};

/// Clears the screen, sets a title, moves up, turns the direction of writing, makes a row of its own.
const EVIL: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}1A\u{202e}\u{2066}\u{200b}\u{85}\rx\ny";

fn harmless(output: &Output) {
    for text in [stdout(output), stderr(output)] {
        let acts = |c: &char| (c.is_control() && *c != '\n') || "\u{202e}\u{2066}\u{200b}".contains(*c);
        assert_eq!(text.chars().find(acts), None, "{text:?}");
        assert!(!text.lines().any(|line| line.starts_with('y')), "a row of its own: {text:?}");
    }
}

/// A host that answers every request so, until the test ends.
fn answering(status: &'static str, body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                head.push(byte[0]);
            }
            let length = String::from_utf8_lossy(&head).to_ascii_lowercase();
            let length =
                length.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            let mut sent = vec![0; length.unwrap_or(0)];
            let _ = stream.read_exact(&mut sent);
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n");
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len());
        }
    });
    url
}

#[test]
fn references_and_names_stay_in_their_rows() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let sent =
        meta.run(&["send", "message", "919876543210", "Hello", "--reference", EVIL, "--store", &store]);
    assert!(sent.status.success(), "{}", stderr(&sent));
    harmless(&sent);
    let listed = meta.run(&["messages", "--store", &store]);
    harmless(&listed);
    assert_eq!(stdout(&listed).lines().count(), 1, "{}", stdout(&listed));
    assert!(stdout(&listed).contains("\\u{1b}[2J"), "{}", stdout(&listed));
    let json = meta.run(&["messages", "--store", &store, "--json"]);
    let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(json[0]["reference"], EVIL, "programs get it as it is");

    assert!(meta.run(&["key", "create", "--name", EVIL, "--store", &store]).status.success());
    let keys = meta.run(&["key", "list", "--store", &store]);
    harmless(&keys);
    assert_eq!(stdout(&keys).lines().count(), 2, "{}", stdout(&keys));
    let added = meta.run(&["account", "add", "--name", EVIL, "--phone-number-id", "1066", "--store", &store]);
    harmless(&added);
    assert!(added.status.success(), "{}", stderr(&added));
    let accounts = meta.run(&["account", "list", "--store", &store]);
    harmless(&accounts);
    assert_eq!(stdout(&accounts).lines().count(), 2, "{}", stdout(&accounts));
}

#[test]
fn what_a_host_answers_is_shown_as_a_text() {
    let error = json!({"error": {"message": EVIL, "type": EVIL, "code": 131_009, "error_user_title": EVIL,
        "error_data": {"details": EVIL}, "fbtrace_id": EVIL}});
    let receipt = json!({"messaging_product": "whatsapp", "contacts": [{"input": "1", "wa_id": EVIL}],
        "messages": [{"id": format!("wamid.{EVIL}"), "message_status": EVIL}]});
    let info =
        json!({"verified_name": EVIL, "display_phone_number": EVIL, "quality_rating": EVIL, "id": "1066"});
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("rows.csv");
    std::fs::write(&csv, "phone,message\n919876543210,Hello\n").unwrap();
    let csv = csv.to_str().unwrap();
    let mut said = String::new();
    for (status, body) in [("400 Bad Request", error), ("200 OK", receipt), ("200 OK", info)] {
        let url = answering(status, body.to_string());
        for args in [
            &["send", "message", "919876543210", "Hello"][..],
            &["send", "many", "--csv", csv, "--retry-unknown", "--retry-failed"],
            &["doctor"],
        ] {
            let mut command = wamid(args);
            command.env("WAMID_ACCESS_TOKEN", "TOKEN-TOKEN").env("WAMID_PHONE_NUMBER_ID", "1066");
            let output = command.env("WAMID_GRAPH_URL", &url).env("WAMID_LOG", "trace").output().unwrap();
            harmless(&output);
            said += &(stdout(&output) + &stderr(&output));
        }
        let _ = std::fs::remove_file(format!("{csv}.ledger"));
    }
    assert!(said.matches("\\u{1b}[2J").count() > 5, "it is shown, as a text: {said}");
}

#[test]
fn columns_paths_and_arguments_are_shown_as_texts() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("ro\u{1b}[2J\nws.csv");
    std::fs::write(&csv, format!("phone,\"{EVIL}\"\n919876543210,Hello\n")).unwrap();
    let csv = csv.to_str().unwrap();
    for args in [
        &["send", "many", "--csv", csv][..],
        &["send", "many", "--csv", csv, "--ignore-columns"],
        &["send", "many", "--csv", EVIL],
        &["send", "message", EVIL, "Hello"],
        &["send", "template", "919876543210", EVIL],
        &["send", "message", "919876543210", "Hello", "--reply-to", EVIL, "--dry-run"],
        &["messages", "--store", &format!("sqlite:{EVIL}")],
        &["man", EVIL],
    ] {
        let output = meta.run(args);
        harmless(&output);
        assert!(!stdout(&output).is_empty() || !stderr(&output).is_empty(), "{args:?}");
    }
}
