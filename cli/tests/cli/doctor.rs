//! `wamid doctor --listen`: what a running gateway has, told on its own machine, without its secrets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::playing::{Playing, fed, stderr, stdout, wamid};

/// A running gateway with one account of a sandbox.
struct Serving {
    child: Child,
    meta: Playing,
    address: String,
    store: String,
    _folder: tempfile::TempDir,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn start(flags: &[&str]) -> Self {
        let (meta, folder) = (Playing::start(), tempfile::tempdir().unwrap());
        let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
        let graph = meta.export("WAMID_GRAPH_URL").to_owned();
        let mut serve = wamid(
            &[&["serve", "--listen", "127.0.0.1:0", "--store", &store, "--graph-url", &graph], flags]
                .concat(),
        );
        let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().strip_prefix("listening on http://").unwrap().split('/').next().unwrap().to_owned();
        Self { child, meta, address, store, _folder: folder }
    }

    fn account(&self, name: &str, token: &str, secret: &str) {
        let number = self.meta.export("WAMID_PHONE_NUMBER_ID");
        let add = ["account", "add", "--name", name, "--phone-number-id", number, "--store", &self.store];
        let added = fed(wamid(&add), format!("{token}\n{secret}\n\n").as_bytes());
        assert!(added.status.success(), "{}", stderr(&added));
    }

    /// Exit status and report, and all that was written.
    fn doctor(&self, more: &[&str]) -> (i32, Value, String) {
        let output =
            wamid(&[&["doctor", "--json", "--listen", &self.address], more].concat()).output().unwrap();
        let report = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
        (output.status.code().unwrap(), report, stdout(&output) + &stderr(&output))
    }

    fn ask(&self, host: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET /config HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

/// The checks of that name, as `outcome: detail`.
fn said(report: &Value, check: &str) -> Vec<String> {
    let checks = report["checks"].as_array().unwrap().iter().filter(|it| it["check"] == check);
    checks
        .map(|it| format!("{}: {}", it["outcome"].as_str().unwrap(), it["detail"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_running_gateway_is_looked_at_where_it_runs() {
    let serving = Serving::start(&[]);
    let (status, report, _) = serving.doctor(&[]);
    assert_eq!(status, 1, "{report}");
    assert!(said(&report, "accounts")[0].starts_with("failed: there is none"), "{report}");
    assert_eq!(said(&report, "keys"), ["failed: 0 in use, 0 expired, 0 revoked"]);

    let token = serving.meta.export("WAMID_ACCESS_TOKEN").to_owned();
    serving.account("shop", &token, "APP-SECRET-1");
    let key = wamid(&["key", "create", "--name", "app", "--store", &serving.store]).output().unwrap();
    let key = stdout(&key).trim().to_owned();
    let (status, report, written) = serving.doctor(&["--store", &serving.store]);
    assert_eq!(status, 0, "{report}");
    assert!(said(&report, "gateway")[0].contains(&serving.address), "{report}");
    assert!(
        said(&report, "gateway")[0].ends_with(&format!("/whatsapp, store {}", serving.store)),
        "{report}"
    );
    assert!(said(&report, "accounts")[0].starts_with("ok: 1; account 1 (shop, "), "{report}");
    assert!(said(&report, "account")[0].contains("Meta takes its token"), "{report}");
    assert_eq!(said(&report, "keys"), ["ok: 1 in use, 0 expired, 0 revoked"]);
    assert!(said(&report, "webhooks")[0].starts_with("ok"), "{report}");
    // Nothing of a client is described here.
    assert!(said(&report, "configuration")[0].starts_with("skipped"), "{report}");
    let told = serving.ask(&serving.address, "");
    for secret in [token.as_str(), "APP-SECRET-1", &key] {
        assert!(!written.contains(secret) && !told.contains(secret), "a secret is shown");
    }

    // A token that Meta does not take any more, and a shell that works on another store.
    serving.account("shop", "ANOTHER-TOKEN", "");
    // A gateway believes for half a second what it has looked up.
    std::thread::sleep(Duration::from_secs(1));
    let (status, report, written) = serving.doctor(&["--store", "sqlite:/tmp/another.db"]);
    assert_eq!(status, 1, "{report}");
    assert!(said(&report, "account")[0].starts_with("failed: account 1 (shop"), "{report}");
    assert!(said(&report, "gateway")[1].contains("sqlite:/tmp/another.db"), "{report}");
    assert!(!written.contains("ANOTHER-TOKEN"), "{written}");
}

#[test]
fn the_settings_are_for_requests_of_the_same_machine_alone() {
    let serving = Serving::start(&["--open-docs", "--allow-query-key", "--allow-unsigned-webhooks"]);
    let key = wamid(&["key", "create", "--name", "app", "--store", &serving.store]).output().unwrap();
    let key = format!("X-API-Key: {}\r\n", stdout(&key).trim());
    assert!(serving.ask(&serving.address, "").starts_with("HTTP/1.1 200"));
    for (host, headers) in [
        ("shop.example", ""),
        ("shop.example", key.as_str()),
        (serving.address.as_str(), "X-Forwarded-For: 203.0.113.7\r\n"),
    ] {
        let answer = serving.ask(host, headers);
        assert!(
            answer.starts_with("HTTP/1.1 401") && !answer.contains("settings"),
            "{host} {headers}: {answer}"
        );
    }
    let (_, report, _) = serving.doctor(&[]);
    assert!(said(&report, "gateway")[1].contains("in the query"), "{report}");
    assert!(said(&report, "webhooks")[0].starts_with("failed: unsigned"), "{report}");
}

#[test]
fn where_no_gateway_runs_it_says_so() {
    let sandbox = Playing::start();
    let graph = sandbox.export("WAMID_GRAPH_URL").strip_prefix("http://").unwrap();
    for (listen, what) in
        [("127.0.0.1:1", "nothing answers at 127.0.0.1:1"), (graph, "no gateway that tells")]
    {
        let output = wamid(&["doctor", "--json", "--listen", listen]).output().unwrap();
        let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&report, "gateway")[0].contains(what), "{report}");
    }
    // What a client's environment describes is looked at as well.
    let output = sandbox.command(&["doctor", "--json", "--listen", "127.0.0.1:1"]).output().unwrap();
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert!(said(&report, "credentials")[0].starts_with("ok"), "{report}");
}
