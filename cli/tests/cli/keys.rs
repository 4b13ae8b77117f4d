//! `wamid key`: keys with limits, made, listed, and used.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::playing::{stderr, stdout, wamid};

struct Shop {
    store: String,
    _folder: tempfile::TempDir,
}

impl Shop {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
        let shop = Self { store, _folder: folder };
        let mut add =
            wamid(&["account", "add", "--name", "shop", "--phone-number-id", "1066", "--store", &shop.store]);
        assert!(add.env("WAMID_ACCESS_TOKEN", "TOKEN").output().unwrap().status.success());
        shop
    }

    /// Exit status, output, and what was said beside it.
    fn key(&self, args: &[&str]) -> (i32, String, String) {
        let output = wamid(&[&["key"], args, &["--store", &self.store]].concat()).output().unwrap();
        (output.status.code().unwrap(), stdout(&output), stderr(&output))
    }
}

#[test]
fn limits_are_listed_as_they_were_given() {
    let shop = Shop::open();
    for args in [
        &["create", "--name", "all"][..],
        &[
            "create",
            "--name",
            "app",
            "--allow",
            "send_template,media",
            "--account",
            "1",
            "--template",
            "order_update",
            "hello_world",
            "--rate",
            "10/min",
            "--expires",
            "90d",
        ],
        &["create", "--name", "reader", "--allow", "chats", "--allow", "read", "sends", "--rate", "5/sec"],
    ] {
        let (status, key, said) = shop.key(args);
        assert!(status == 0 && key.starts_with("wamid_"), "{args:?}: {key} {said}");
    }
    let (_, table, _) = shop.key(&["list"]);
    let lines: Vec<_> = table.lines().collect();
    assert!(lines[0].ends_with("limits") && lines[1].ends_with("in use"), "{table}");
    assert!(
        lines[2].contains(
            "send_template, media; account 1; template order_update, hello_world; 10/min; until 20"
        ),
        "{table}"
    );
    assert!(lines[3].ends_with("chats, read, sends; 5/s"), "{table}");
    let (_, listed, _) = shop.key(&["list", "--json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed[0]["allow"], Value::Null);
    assert_eq!(listed[1]["allow"], json!(["send_template", "media"]));
    assert_eq!(listed[1]["accounts"], json!([1]));
    assert_eq!(listed[1]["templates"], json!(["order_update", "hello_world"]));
    assert_eq!(listed[1]["rate"], "10/min");
    assert!(listed[1]["expires_at"].as_str().unwrap().starts_with("20"), "{listed}");
    assert_eq!(listed[2]["expires_at"], Value::Null);
}

#[test]
fn limits_that_no_key_can_have_make_none() {
    let shop = Shop::open();
    for (args, what) in [
        (&["--allow", "everything"][..], "send_template"),
        (&["--rate", "10/week"], "10/min"),
        (&["--rate", "0/s"], "10/min"),
        (&["--expires", "0d"], "above 0"),
        (&["--expires", "soon"], "90d"),
        (&["--account", "7"], "wamid account list"),
        (&["--template", "Order"], "a-z"),
        (&["--allow", "chats", "--template", "order_update"], "send_template"),
    ] {
        let (status, key, said) = shop.key(&[&["create", "--name", "app"], args].concat());
        assert!(status != 0 && key.is_empty() && said.contains(what), "{args:?}: {status} {said}");
    }
    assert_eq!(shop.key(&["list", "--json"]).1.trim(), "[]");
}

/// A process that is gone by the end of the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_key_that_an_app_ships_sends_its_templates_and_nothing_else() {
    let shop = Shop::open();
    let made = ["create", "--name", "app", "--allow", "send_template", "--template", "hello_world"];
    let (_, key, _) = shop.key(&made);
    let mut serve = wamid(&["serve", "--sandbox", "--listen", "127.0.0.1:0", "--store", &shop.store]);
    let mut serving = Killed(serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(serving.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();
    let run = |args: &[&str]| {
        let mut command = wamid(args);
        command.env("WAMID_GATEWAY_URL", &url).env("WAMID_API_KEY", key.trim()).output().unwrap()
    };
    let sent = run(&["send", "template", "919876543210", "hello_world"]);
    assert!(sent.status.success(), "{}", stderr(&sent));
    for (args, lacks) in [
        (&["send", "message", "919876543210", "Hello"][..], "lacks the right send"),
        (&["send", "template", "919876543210", "order_update"], "limited to the templates hello_world"),
        (&["chats"], "lacks the right chats"),
        (&["sends"], "lacks the right sends"),
    ] {
        let refused = run(args);
        assert!(
            !refused.status.success() && stderr(&refused).contains(lacks),
            "{args:?}: {}",
            stderr(&refused)
        );
    }
}
