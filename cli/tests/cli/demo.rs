//! The first thing that a newcomer runs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use crate::playing::{stderr, stdout, wamid};

#[test]
fn the_demo_shows_a_conversation_with_files_and_buttons_and_an_error() {
    let output = wamid(&["demo"]).output().unwrap();
    let shown = stdout(&output);
    assert!(output.status.success(), "{shown}\n{}", stderr(&output));
    for expected in [
        "1. send_message",
        "/whatsapp/api/send-message/",
        "\"message\": \"Your order A-1042 is on its way.",
        "2. send_location",
        "\"latitude\": 28.6139",
        "3. send_template",
        "\"template_name\": \"order_update\"",
        "4. chats",
        "919876543210, 0 unread",
        "5. a picture, uploaded and sent in one step",
        "6. a file, there and back",
        "download_media -> 67 bytes of image/png",
        "7. buttons, and the answer that comes back",
        "1 unread",
        "mark_read",
        "8. an error, typed",
        "code         131047",
        "send a template instead",
        "outcome      not sent",
    ] {
        assert!(shown.contains(expected), "the demo does not show {expected:?}:\n{shown}");
    }
    assert_eq!(shown.matches("-> Receipt wamid.").count(), 5, "{shown}");
}

#[test]
fn the_demo_cleans_up_after_itself() {
    let folder = tempfile::tempdir().unwrap();
    let output = wamid(&["demo"]).env("TMPDIR", folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_kept_demo_answers_the_commands_that_it_prints() {
    let folder = tempfile::tempdir().unwrap();
    let mut child =
        wamid(&["demo", "--keep"]).env("TMPDIR", folder.path()).stdout(Stdio::piped()).spawn().unwrap();
    // Open to the end: a demo that nobody reads any more ends.
    let mut shown = BufReader::new(child.stdout.take().unwrap());
    let lines: Vec<String> = shown
        .by_ref()
        .lines()
        .map_while(Result::ok)
        .take_while(|line| !line.contains("cargo run -p wamid-example"))
        .collect();
    let export = lines.iter().find_map(|line| line.trim().strip_prefix("export WAMID_GATEWAY_URL=")).unwrap();
    let (gateway, key) = export.split_once(" WAMID_API_KEY=").unwrap();
    let curl = lines.iter().find(|line| line.contains("curl $WAMID_GATEWAY_URL/api/send-message/")).unwrap();
    let body = curl.split("-d '").nth(1).unwrap().trim_end_matches('\'');
    let url = format!("{gateway}/api/send-message/");
    let (address, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    // curl's own content type for -d, which the original takes too.
    write!(
        stream,
        "POST /{path} HTTP/1.1\r\nHost: {address}\r\nX-API-Key: {key}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains(r#"{"status":"sent","result":{"messaging_product":"whatsapp""#), "{answer}");
}
