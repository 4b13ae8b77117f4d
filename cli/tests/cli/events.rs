//! `wamid serve --forward`, `wamid account forward` and `wamid events`.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Output, Stdio};

use serde_json::{Value, json};

use crate::playing::{fed, stderr, stdout, until, wamid};

const SECRET: &str = "a secret of its own";

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A gateway with a sandbox on that store, where it listens, and where its sandbox is.
fn serve(store: &str, target: &str) -> (Serving, String, String) {
    let args = ["serve", "--sandbox", "--listen", "127.0.0.1:0", "--store", store, "--forward", target];
    let mut command = wamid(&args);
    let mut child = command
        .env("WAMID_FORWARD_SECRET", SECRET)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said: Vec<_> =
        BufReader::new(child.stdout.take().unwrap()).lines().take(4).map(Result::unwrap).collect();
    assert!(said[2].starts_with("phone page on http://127.0.0.1:"), "{said:?}");
    assert_eq!(said[3], format!("events go to {}", target.trim_end_matches("/events?key=hunter2")));
    let address = said[0].strip_prefix("listening on http://").unwrap().split('/').next().unwrap();
    (Serving(child), address.to_owned(), said[1].strip_prefix("sandbox on ").unwrap().to_owned())
}

/// What the doctor says of events.
fn examined(address: &str) -> Vec<String> {
    let output = wamid(&["doctor", "--json", "--listen", address]).output().unwrap();
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let checks = report["checks"].as_array().unwrap().iter().filter(|check| check["check"] == "events");
    checks
        .map(|check| format!("{}: {}", check["outcome"].as_str().unwrap(), check["detail"].as_str().unwrap()))
        .collect()
}

fn run(store: &str, args: &[&str]) -> Output {
    wamid(&[args, &["--store", store]].concat()).output().unwrap()
}

fn listed(store: &str) -> Value {
    let output = run(store, &["events", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

fn write_in(sandbox: &str, text: &str) {
    let address = sandbox.strip_prefix("http://").unwrap().split('/').next().unwrap();
    let body = json!({"act": "text", "text": text}).to_string();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = format!(
        "POST /_sandbox/phone/chats/16505551234 HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn what_waits_is_listed_tried_and_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    // Nobody listens there yet.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (_serving, address, sandbox) = serve(&store, &format!("http://127.0.0.1:{port}/events?key=hunter2"));
    assert_eq!(stdout(&run(&store, &["events"])).trim(), "none");
    assert_eq!(examined(&address), [format!("ok: they go to http://127.0.0.1:{port}; none waits")]);
    write_in(&sandbox, "hunter2");
    until(|| listed(&store)["events"][0]["attempts"].as_i64() > Some(0));
    let list = listed(&store);
    let account = &list["accounts"][0];
    assert_eq!(
        (&account["account"], &account["waiting"], &account["given_up"]),
        (&json!("sandbox"), &json!(1), &json!(0))
    );
    let event = &list["events"][0];
    assert_eq!(
        (&event["event"], &event["state"], &event["sender"]),
        (&json!("message text"), &json!("waiting"), &json!("\u{2026}1234"))
    );
    assert!(event["problem"].as_str().unwrap().to_lowercase().contains("refused"), "{event}");
    let shown = stdout(&run(&store, &["events"]));
    assert!(
        shown.contains("message text") && !shown.contains("hunter2") && !shown.contains("16505551234"),
        "{shown}"
    );
    let id = event["id"].to_string();
    let said = examined(&address);
    assert!(
        said.len() == 1 && said[0].starts_with("ok: 1 of ") && said[0].contains("the oldest for 0 min: "),
        "{said:?}"
    );

    assert!(run(&store, &["events", "retry", &id]).status.success());
    assert!(run(&store, &["events", "retry", "--all"]).status.success());
    for wrong in [
        &["events", "retry"][..],
        &["events", "retry", "999"],
        &["events", "drop"],
        &["events", "drop", "999"],
    ] {
        assert!(!run(&store, wrong).status.success(), "{wrong:?}");
    }
    assert_eq!(stdout(&run(&store, &["events", "drop", "--given-up"])).trim(), "0 events are forgotten");
    assert_eq!(stdout(&run(&store, &["events", "drop", &id])).trim(), "1 events are forgotten");
    assert_eq!(listed(&store)["events"], json!([]));
    write_in(&sandbox, "again");
    until(|| listed(&store)["accounts"][0]["waiting"] == 1);
    assert!(run(&store, &["events", "drop", "--all"]).status.success());

    // A target of the account's own is taken up while the gateway runs.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = format!("http://{}/own", listener.local_addr().unwrap());
    let to = ["account", "forward", "1", "--to", &own, "--store", &store];
    let output = fed(wamid(&to), format!("{SECRET}\n").as_bytes());
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&run(&store, &["account", "list"])).contains(own.trim_end_matches("/own")));
    write_in(&sandbox, "to its own");
    let (mut stream, _) = listener.accept().unwrap();
    let mut read = [0; 4096];
    let length = std::io::Read::read(&mut stream, &mut read).unwrap();
    assert!(String::from_utf8_lossy(&read[..length]).starts_with("POST /own HTTP/1.1"));
    for (setting, said) in [("--never", "nowhere"), ("--as-gateway", "wamid serve --forward")] {
        let output = run(&store, &["account", "forward", "1", setting]);
        assert!(stdout(&output).contains(said), "{}", stdout(&output));
    }
    assert!(!run(&store, &["account", "forward", "9", "--never"]).status.success());
}

#[test]
fn targets_that_show_messages_to_others_and_secrets_that_are_none_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    for (url, secret, says) in [
        ("http://example.com/", SECRET, "must be https://"),
        ("https://example.com/", "", "WAMID_FORWARD_SECRET"),
        ("https://example.com/", "short", "16 or more"),
        ("https://user:hunter2@example.com/", SECRET, "must not hold a user"),
    ] {
        let args = ["serve", "--sandbox", "--listen", "127.0.0.1:0", "--store", &store, "--forward", url];
        let output = wamid(&args).env("WAMID_FORWARD_SECRET", secret).output().unwrap();
        assert!(!output.status.success(), "{url}");
        let said = stderr(&output);
        assert!(said.contains(says) && !said.contains("hunter2"), "{said}");
    }
}
