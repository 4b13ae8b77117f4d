//! `--profile`

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use serde_json::Value;

use crate::playing::{Playing, stderr, stdout, wamid};

/// A home with one profile of this text.
fn home(name: &str, text: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/wamid");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.env"));
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    home
}

fn at(home: &tempfile::TempDir, args: &[&str]) -> Command {
    let mut command = wamid(args);
    command.env("HOME", home.path()).env_remove("XDG_CONFIG_HOME");
    command
}

#[test]
fn a_profile_is_the_whole_host() {
    let meta = Playing::start();
    let mut text = "# what the sandbox printed\n".to_owned();
    for name in ["WAMID_GRAPH_URL", "WAMID_ACCESS_TOKEN", "WAMID_PHONE_NUMBER_ID"] {
        text += &format!("export {name}={}\n", meta.export(name));
    }
    let folder = tempfile::tempdir().unwrap();
    text += &format!("WAMID_STORE='sqlite:{}'\n", folder.path().join("wamid.db").display());
    let home = home("shop", &text);
    // The environment names another host, whose variables must not be mixed with these.
    let run = |args: &[&str]| -> Output {
        let mut command = at(&home, args);
        command.env("WAMID_GATEWAY_URL", "http://127.0.0.1:9").env("WAMID_API_KEY", "KEY-KEY-KEY");
        command.env("WAMID_ACCESS_TOKEN", "OTHER-TOKEN").output().unwrap()
    };
    for args in [
        &["--profile", "shop", "send", "message", "919876543210", "Hello"][..],
        &["send", "message", "919876543210", "Hello", "--profile=shop"],
        &["send", "--profile", "shop", "message", "919876543210", "--", "--profile"],
    ] {
        let sent = run(args);
        assert_eq!(sent.status.code(), Some(0), "{args:?}: {}", stderr(&sent));
        assert_eq!(stderr(&sent), "");
    }
    // A command that asks for no host has its store from there too.
    let listed = run(&["messages", "--json", "--profile", "shop"]);
    let listed: Value =
        serde_json::from_str(&stdout(&listed)).unwrap_or_else(|_| panic!("{}", stderr(&listed)));
    assert_eq!(listed.as_array().unwrap().len(), 3);
    let refused = run(&["send", "message", "12", "Hello", "--profile", "shop"]);
    assert_eq!(refused.status.code(), Some(10), "the status is that of the command");
}

#[test]
fn a_profile_that_is_not_there_or_not_one_is_named_and_shows_no_secret() {
    let home = home("shop", "WAMID_ACCESS_TOKEN=x\nEAAGsecret\n");
    let run = |name: &str| at(&home, &["chats", "--json", "--profile", name]).output().unwrap();
    for (name, said) in [("nobody", "There are shop."), ("shop", "line 2"), ("../shop", "letters, digits")] {
        let output = run(name);
        let error: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(error["error"]["message"].as_str().unwrap().contains(said), "{error}");
        assert!(!stderr(&output).contains("EAAGsecret"), "{}", stderr(&output));
    }
}

#[test]
fn secrets_that_others_can_read_are_told_of() {
    let home = home("open", "WAMID_ACCESS_TOKEN=TOKEN-TOKEN\nWAMID_PHONE_NUMBER_ID=1066\n");
    let run = || {
        let output = at(&home, &["send", "message", "919876543210", "x", "--dry-run", "--profile", "open"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stderr(&output)
    };
    assert_eq!(run(), "");
    let path = home.path().join(".config/wamid/open.env");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(run().contains("chmod 600"), "{}", run());
}
