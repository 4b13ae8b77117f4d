//! `wamid send`, `wamid chats` and `wamid sandbox`.

use std::process::{Output, Stdio};

use serde_json::{Value, json};

use rustix::process::Signal;

use crate::playing::{Playing, signal, stderr, stdout, until, wamid};

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn each_kind_of_message_is_sent() {
    let meta = Playing::start();
    for args in [
        ["send", "message", "+91 98765-43210", "Hello", "--reference", "order-7", "--preview-url"].as_slice(),
        &["send", "location", "919876543210", "-28.6139", "-77.2090", "--name", "Our Office"],
        &["send", "template", "919876543210", "order_update", "--body-param", "Asha", "--body-param", "5"],
        &[
            "send",
            "template",
            "919876543210",
            "order_update",
            "--body-param",
            r#"{"name":"first","text":"Asha"}"#,
            "--body-param",
            r#"{"name":"order","text":"A-1042"}"#,
        ],
    ] {
        let output = meta.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        assert!(stdout(&output).starts_with("sent to 919876543210: wamid."), "{}", stdout(&output));
    }
}

#[test]
fn scripts_get_json_and_an_exit_status_of_the_kind() {
    let meta = Playing::start();
    let sent = meta.run(&["send", "message", "919876543210", "Hello", "--json"]);
    let receipt = json_of(&stdout(&sent));
    assert_eq!(receipt["phone"], "919876543210");
    assert_eq!(receipt["raw"]["messaging_product"], "whatsapp");

    for (recipient, status, kind, maybe_sent) in [
        ("12", 10, "invalid_input", false),
        ("15550000190", 11, "authentication", false),
        ("15550131048", 12, "rate_limited", false),
        ("15550131026", 13, "rejected", false),
        ("15550131000", 34, "server", true),
        ("15550900003", 36, "connection", true),
        ("15550900005", 37, "unexpected_response", true),
    ] {
        let output = meta.run(&["send", "message", recipient, "Hello", "--json", "--max-retries", "0"]);
        let error = &json_of(&stdout(&output))["error"];
        assert_eq!(output.status.code(), Some(status), "{recipient}: {error}");
        assert_eq!((&error["kind"], &error["maybe_sent"]), (&json!(kind), &json!(maybe_sent)), "{recipient}");
    }
    let slow =
        meta.run(&["send", "message", "15550900001", "Hello", "--timeout", "0.2", "--max-retries", "0"]);
    assert_eq!(slow.status.code(), Some(35), "{}", stderr(&slow));
    assert!(stderr(&slow).contains("may have gone out"), "{}", stderr(&slow));
}

#[test]
fn a_dry_run_prints_the_request_and_sends_nothing() {
    let secret = "EAAGverySecretToken";
    let output = wamid(&["send", "message", "+91 98765-43210", "Hello", "--dry-run"])
        .envs([("WAMID_ACCESS_TOKEN", secret), ("WAMID_PHONE_NUMBER_ID", "1066")])
        // Nothing listens here, so a request would fail.
        .env("WAMID_GRAPH_URL", "http://127.0.0.1:9")
        .output()
        .unwrap();
    let shown = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(shown.starts_with("POST http://127.0.0.1:9/v26.0/1066/messages\n"), "{shown}");
    assert!(shown.contains("\"to\": \"+919876543210\"") && !shown.contains(secret), "{shown}");
}

#[test]
fn an_extra_stands_beside_the_content() {
    let run = |extra: &str| {
        wamid(&["send", "message", "+91 98765-43210", "Hello", "--dry-run", "--extra", extra])
            .envs([("WAMID_ACCESS_TOKEN", "TOKEN"), ("WAMID_PHONE_NUMBER_ID", "1066")])
            .output()
            .unwrap()
    };
    let output = run(r#"{"category": "utility"}"#);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("\"category\": \"utility\""), "{}", stdout(&output));
    for (extra, field) in [("utility", "extra"), (r#"{"to": "+1"}"#, "extra.to")] {
        let output = run(extra);
        assert_eq!(output.status.code(), Some(10), "{}", stdout(&output));
        assert!(stderr(&output).contains(field), "{}", stderr(&output));
    }
}

#[test]
fn chats_of_a_cloud_client_come_from_its_store() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let none = meta.run(&["chats"]);
    assert_eq!(none.status.code(), Some(18));
    assert!(stderr(&none).contains("store"), "{}", stderr(&none));

    let sent = meta.run(&["send", "message", "919876543210", "Hello", "--store", &store]);
    assert_eq!(sent.status.code(), Some(0), "{}", stderr(&sent));
    let chats = meta.run(&["chats", "--store", &store, "--json"]);
    let chats = json_of(&stdout(&chats));
    assert_eq!(chats[0]["phone_number"], "919876543210");
    assert_eq!(chats[0]["unread_count"], 0);
    let table = stdout(&meta.run(&["chats", "--store", &store]));
    assert!(table.contains("phone number") && table.contains("919876543210"), "{table}");
}

#[test]
fn without_a_host_the_command_says_which_variables_to_set() {
    let output = wamid(&["chats"]).output().unwrap();
    assert_eq!(output.status.code(), Some(10));
    for name in ["WAMID_ACCESS_TOKEN", "WAMID_PHONE_NUMBER_ID", "WAMID_GATEWAY_URL", "WAMID_API_KEY"] {
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
    }
}

#[test]
fn a_broken_button_is_named_by_its_place() {
    let meta = Playing::start();
    let output = meta.run(&[
        "send",
        "template",
        "919876543210",
        "order_update",
        "--button",
        r#"{"sub_type":"url","text":"x"}"#,
        "--button",
        "{not json",
        "--json",
    ]);
    let error = &json_of(&stdout(&output))["error"];
    assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_input"), &json!("buttons[1]")), "{error}");
}

#[test]
fn a_number_that_would_change_on_its_way_into_a_button_is_refused() {
    let meta = Playing::start();
    for number in ["18446744073709551616", "-9223372036854775809"] {
        let button = format!(r#"{{"sub_type":"flow","flow_action_data":{{"n":[{number}]}}}}"#);
        let args = ["send", "template", "919876543210", "order_update", "--button", &button, "--json"];
        let error = &json_of(&stdout(&meta.run(&args)))["error"];
        assert_eq!(
            (&error["kind"], &error["field"]),
            (&json!("invalid_input"), &json!("buttons[0]")),
            "{error}"
        );
        assert!(error["message"].as_str().unwrap().contains(number), "{error}");
    }
    assert_eq!(meta.ask("GET", "messages"), r#"{"messages":[]}"#);
}

#[test]
fn the_list_of_magic_recipients_is_what_the_sandbox_plays() {
    let output = wamid(&["sandbox", "--list"]).output().unwrap();
    let list = stdout(&output);
    for number in ["15550131056", "15550000190", "15550900001", "15550900024"] {
        assert!(list.lines().any(|line| line.starts_with(number)), "{list}");
    }
}

#[test]
fn logs_are_silent_unless_asked_for_and_hold_no_content() {
    let meta = Playing::start();
    let quiet = meta.run(&["send", "message", "919876543210", "Pssst"]);
    assert_eq!(stderr(&quiet), "");
    let token = meta.export("WAMID_ACCESS_TOKEN");
    let loud = wamid(&["send", "message", "919876543210", "Pssst"])
        .envs(
            ["WAMID_GRAPH_URL", "WAMID_ACCESS_TOKEN", "WAMID_PHONE_NUMBER_ID"]
                .map(|name| (name, meta.export(name))),
        )
        .env("WAMID_LOG", "trace")
        .output()
        .unwrap();
    let log = stderr(&loud);
    assert!(log.contains("wamid.send") && log.contains("…3210"), "{log}");
    assert!(!log.contains("Pssst") && !log.contains("919876543210") && !log.contains(token), "{log}");
}

#[test]
fn a_receipt_that_cannot_be_written_is_not_a_failed_send() {
    let meta = Playing::start();
    let full = || std::fs::File::create("/dev/full").unwrap();
    for args in [
        ["send", "message", "919876543210", "Hello"].as_slice(),
        &["send", "message", "919876543210", "Hello", "--json"],
    ] {
        let output = meta
            .command(args)
            .stdout(full())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert!(stderr(&output).contains("sent: wamid."), "{}", stderr(&output));
    }
}

#[test]
fn an_interrupted_send_says_that_it_may_have_gone_out() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wamid.db");
    let store = format!("sqlite:{}", path.display());
    let args = [
        "send",
        "message",
        "15550900002",
        "Hello",
        "--store",
        &store,
        "--total-timeout",
        "1",
        "--reference",
        "r-1",
    ];
    let child = meta.command(&args).stderr(Stdio::piped()).spawn().unwrap();
    // Recorded is just before sent: what is asked here holds from the record on.
    let listed = || meta.run(&["messages", "--store", &store, "--json"]);
    until(|| path.exists() && stdout(&listed()).contains("r-1"));
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("may have gone out") && stderr(&output).contains("r-1"),
        "{}",
        stderr(&output)
    );
    // Past its deadline it shows as unknown, without any sweep.
    until(|| stdout(&meta.run(&["messages", "--store", &store, "--status", "unknown"])).contains("r-1"));
}

#[test]
fn options_that_a_gateway_cannot_keep_are_refused() {
    for (flag, value) in
        [("--store", "sqlite:x.db"), ("--graph-url", "http://127.0.0.1:9"), ("--graph-version", "v25.0")]
    {
        let output = wamid(&["send", "message", "919876543210", "Hello", flag, value])
            .envs([("WAMID_GATEWAY_URL", "http://127.0.0.1:9"), ("WAMID_API_KEY", "KEY-KEY-KEY")])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(18), "{flag}: {}", stderr(&output));
    }
    let empty = wamid(&["send", "message", "919876543210", "Hello", "--store", ""])
        .envs([("WAMID_ACCESS_TOKEN", "TOKEN-TOKEN"), ("WAMID_PHONE_NUMBER_ID", "1066")])
        .output()
        .unwrap();
    assert_eq!(empty.status.code(), Some(10), "an empty variable in a script must not send unrecorded");
}

#[test]
fn a_parameter_that_is_broken_json_does_not_reach_the_customer() {
    let meta = Playing::start();
    let broken = r#"{"type":"image""#;
    let output = meta.run(&[
        "send",
        "template",
        "919876543210",
        "order_update",
        "--body-param",
        "A",
        "--body-param",
        broken,
    ]);
    assert_eq!(output.status.code(), Some(10), "{}", stdout(&output));
    assert!(stderr(&output).contains("body_params[1]"), "{}", stderr(&output));
}

#[test]
fn looking_at_messages_makes_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("mistyped.db").display());
    let output = wamid(&["messages", "--store", &store]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn old_messages_can_be_forgotten_and_unknown_ones_only_when_asked_for() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let send = |phone: &str| meta.run(&["send", "message", phone, "Hi", "--store", &store]);
    assert!(send("919876543210").status.success());
    // Taken, and lost.
    assert_eq!(send("15550900003").status.code(), Some(36));
    let prune =
        |args: &[&str]| meta.run(&[&["messages", "prune", "--json", "--store", &store], args].concat());
    let count = |output: &Output| {
        assert!(output.status.success(), "{}", stderr(output));
        serde_json::from_str::<Value>(&stdout(output)).unwrap()["sends"].as_u64().unwrap()
    };
    assert_eq!(count(&prune(&["--older-than", "1d"])), 0, "they are of today");
    for wrong in [&[][..], &["--before", "2999-01-01"], &["--older-than", "1d", "--before", "2026-01-01"]] {
        assert!(!prune(wrong).status.success(), "{wrong:?}");
    }
    let listed = || stdout(&meta.run(&["messages", "--store", &store])).lines().count();
    assert_eq!(listed(), 2);
    assert_eq!(count(&prune(&["--older-than", "0s"])), 1);
    assert_eq!(listed(), 1, "the unknown one stays");
    assert_eq!(count(&prune(&["--older-than", "0s", "--with-unknown"])), 1);
    let chats = meta.run(&["chats", "--json", "--store", &store]);
    let chats: Value = serde_json::from_str(&stdout(&chats)).unwrap();
    assert_eq!(chats.as_array().unwrap().len(), 2, "conversations stay");
}
