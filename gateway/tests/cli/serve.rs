//! `wamid serve`: its settings.

use crate::playing::{stderr, stdout, wamid};

#[test]
fn print_config_shows_no_secret() {
    let mut command =
        wamid(&["serve", "--print-config", "--graph-url", "https://user:hunter2@graph.example.com"]);
    command.args(["--store", "postgres://user:hunter2@db.example.com/wamid?password=hunter2"]);
    for name in ["WAMID_SECRET_KEY", "WAMID_ACCESS_TOKEN", "WAMID_APP_SECRET", "WAMID_VERIFY_TOKEN"] {
        command.env(name, "hunter2 hunter2 hunter2 hunter2 hunter2");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let shown = stdout(&output);
    assert!(shown.contains("db.example.com/wamid") && shown.contains("graph.example.com"), "{shown}");
    assert!(!shown.contains("hunter2") && !stderr(&output).contains("hunter2"), "{shown}");
}

#[test]
fn settings_that_no_send_could_use_are_refused_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    for (arguments, named) in [
        (["--timeout", "0"], "timeout"),
        (["--default-country-code", "abc"], "default_country_code"),
        (["--graph-url", "http://graph.example.com"], "graph_url"),
        (["--graph-url", "nonsense"], "graph_url"),
        (["--prefix", "/*"], "prefix"),
        (["--key-rate", "0"], "--key-rate"),
        (["--key-rate", "nan"], "--key-rate"),
        (["--max-in-flight", "0"], "--max-in-flight"),
    ] {
        let serve = ["serve", "--listen", "127.0.0.1:0", "--store", &store];
        let output = wamid(&[&serve, &arguments[..]].concat()).output().unwrap();
        assert!(!output.status.success() && stdout(&output).is_empty(), "{arguments:?}: {}", stdout(&output));
        assert!(stderr(&output).contains(named), "{arguments:?}: {}", stderr(&output));
    }
}
