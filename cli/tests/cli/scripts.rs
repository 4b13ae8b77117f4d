//! `--json` and standard input, as scripts use them.

use std::process::{Output, Stdio};
use std::time::Duration;

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::playing::{Playing, fed, signal, silent, stderr, stdout, until, wamid};

fn error_of(output: &Output) -> Value {
    let text = stdout(output);
    let value: Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text:?} {}", stderr(output)));
    let error = value["error"].clone();
    assert!(error["message"].is_string() && error["kind"].is_string(), "{value}");
    error
}

#[test]
fn json_is_what_a_script_gets_whatever_went_wrong() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let none = format!("sqlite:{}", folder.path().join("none.db").display());
    let broken = folder.path().join("broken.db");
    std::fs::write(&broken, "this is no database, and long enough to be seen as none").unwrap();
    let broken = format!("sqlite:{}", broken.display());
    for (args, status) in [
        (&["messages", "--store", &none, "--json"][..], 1),
        (&["messages", "prune", "--older-than", "1d", "--store", &none, "--json"], 1),
        (&["messages", "--store", &broken, "--json"], 19),
        (&["key", "list", "--store", &broken, "--json"], 19),
        (&["key", "create", "--name", "x", "--store", &broken, "--json"], 19),
        (&["account", "list", "--store", &broken, "--json"], 19),
        (&["chats", "--json"], 18),
        (&["send", "many", "--csv", "/nowhere.csv", "--json"], 10),
        (&["messages", "--status", "lost", "--json"], 2),
        (&["send", "message", "919876543210", "--json"], 2),
    ] {
        let output = meta.run(args);
        let error = error_of(&output);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {error}");
        assert_eq!(error["maybe_sent"], json!(false), "{args:?}: {error}");
    }
    let lacking = error_of(&meta.run(&["send", "message", "--json"]));
    for name in ["<PHONE>", "<MESSAGE>"] {
        assert!(lacking["message"].as_str().unwrap().contains(name), "{lacking}");
    }
    // Two things wrong with a doctor's patient are still one object.
    let sick = wamid(&["doctor", "--json"]).output().unwrap();
    let report: Value = serde_json::from_str(&stdout(&sick)).unwrap();
    assert_eq!((sick.status.code(), &report["ok"]), (Some(1), &json!(false)));
}

#[test]
fn an_interrupted_script_gets_the_reference_to_look_for() {
    let meta = Playing::start();
    for given in [None, Some("r-1")] {
        let mut args = vec!["send", "message", "15550900002", "Hello", "--json"];
        args.extend(given.iter().flat_map(|reference| ["--reference", reference]));
        let child = meta.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let arrived = || meta.ask("GET", "messages");
        until(|| arrived().contains("15550900002"));
        signal(&child, Signal::INT);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
        let error = error_of(&output);
        assert_eq!((&error["maybe_sent"], &error["signal"]), (&json!(true), &json!(2)), "{error}");
        let reference = error["reference"].as_str().unwrap().to_owned();
        assert!(given.is_none_or(|given| given == reference), "{error}");
        assert!(arrived().contains(&reference), "Meta has it under this reference: {error}");
        meta.forget();
    }
}

#[test]
fn a_send_that_is_interrupted_while_its_file_goes_up_was_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("menu.png");
    std::fs::write(&path, b"\x89PNG\r\n\x1a\n").unwrap();
    let (url, requests) = silent();
    let mut command = wamid(&["send", "image", "919876543210", "--file", path.to_str().unwrap(), "--json"]);
    command.env("WAMID_ACCESS_TOKEN", "TOKEN-TOKEN").env("WAMID_PHONE_NUMBER_ID", "1066");
    command.env("WAMID_GRAPH_URL", url).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let asked = requests.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(asked.contains("/media"), "{asked}");
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert!(stderr(&output).contains("was not sent"), "{}", stderr(&output));
    let error = error_of(&output);
    assert_eq!((&error["kind"], &error["maybe_sent"]), (&json!("interrupted"), &json!(false)), "{error}");
}

#[test]
fn json_may_be_as_long_as_a_message_with_a_file_in_it() {
    let meta = Playing::start();
    let long = json!({"type": "text", "message": "Hello", "preview_url": null});
    let long = long.to_string() + &" ".repeat(2 << 20);
    let args = ["send", "json", "919876543210", "-", "--dry-run"];
    let output = fed(meta.command(&args), long.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = fed(meta.command(&args), &vec![b' '; 33 << 20]);
    assert_eq!(output.status.code(), Some(10), "{}", stderr(&output));
    assert!(stderr(&output).contains("over 33554432 bytes"), "{}", stderr(&output));
}

#[test]
fn a_dash_is_standard_input() {
    let meta = Playing::start();
    for (typed, sent) in [
        (&b"Hello\nthere\n"[..], "Hello\\nthere"),
        (b"no line end", "no line end"),
        (b"windows\r\n", "windows"),
        (b"-\n", "-"),
        ("Gr\u{fc}\u{df}e\n\n".as_bytes(), "Gr\u{fc}\u{df}e\\n"),
    ] {
        let output = fed(meta.command(&["send", "message", "919876543210", "-"]), typed);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let arrived = meta.ask("GET", "messages");
        assert!(arrived.contains(&format!(r#""body":"{sent}""#)), "{sent}: {arrived}");
        meta.forget();
    }
    for wrong in [&b""[..], b"\n", b"caf\xe9\n"] {
        let output = fed(meta.command(&["send", "message", "919876543210", "-", "--json"]), wrong);
        assert_eq!(output.status.code(), Some(10), "{}", stderr(&output));
        assert_eq!(error_of(&output)["kind"], "invalid_input");
    }
    let endless = std::fs::File::open("/dev/zero").unwrap();
    let output = meta.command(&["send", "message", "919876543210", "-"]).stdin(endless).output().unwrap();
    assert_eq!(output.status.code(), Some(10), "{}", stderr(&output));
    assert!(!meta.ask("GET", "messages").contains("919876543210"));
}

#[test]
fn what_needs_a_store_says_how_to_name_it() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    for args in [&["chats"][..], &["messages"], &["messages", "prune", "--older-than", "1d"]] {
        let output = meta.command(args).current_dir(folder.path()).output().unwrap();
        assert!(!output.status.success());
        let said = stderr(&output);
        assert!(said.contains("--store") && said.contains("WAMID_STORE"), "{args:?}: {said}");
    }
}
