//! What a command line tells of itself: help, completions, manual pages, colours.

use std::process::Stdio;

use crate::playing::{Playing, stderr, stdout, wamid};

#[test]
fn help_names_every_column_of_a_file_of_rows() {
    let help = wamid(&["send", "many", "--help"]).output().unwrap();
    assert!(help.status.success());
    for column in [
        "phone",
        "message",
        "preview_url",
        "latitude",
        "longitude",
        "name",
        "address",
        "template_name",
        "language",
        "header_params",
        "body_params",
        "buttons",
        "components",
        "content",
        "reply_to",
        "reference",
        "account_id",
        "extra",
    ] {
        let stands = stdout(&help).lines().any(|line| line.split_whitespace().next() == Some(column));
        assert!(stands, "{column}: {}", stdout(&help));
    }
}

#[test]
fn shells_get_completions_and_packagers_manual_pages() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = wamid(&["completions", shell]).output().unwrap();
        assert!(script.status.success(), "{}", stderr(&script));
        for word in ["wamid", "retry-unknown", "sandbox"] {
            assert!(stdout(&script).contains(word), "{shell} {word}");
        }
    }
    assert_eq!(wamid(&["completions", "cobol"]).output().unwrap().status.code(), Some(2));

    let page = wamid(&["man"]).output().unwrap();
    assert!(page.status.success() && stdout(&page).contains(".TH wamid 1"), "{}", stdout(&page));
    let many = stdout(&wamid(&["man", "send", "many"]).output().unwrap());
    assert!(
        many.contains(".TH wamid-send-many 1") && many.contains("retry") && many.contains("header_params"),
        "{many}"
    );
    assert_eq!(wamid(&["man", "nothing"]).output().unwrap().status.code(), Some(1));

    let folder = tempfile::tempdir().unwrap();
    let written = wamid(&["man", "--dir", folder.path().to_str().unwrap()]).output().unwrap();
    assert!(written.status.success(), "{}", stderr(&written));
    for name in ["wamid.1", "wamid-send.1", "wamid-send-many.1", "wamid-messages-prune.1", "wamid-serve.1"] {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
}

#[test]
fn colours_are_used_when_asked_for() {
    let meta = Playing::start();
    let shown = |args: &[&str], no_color: &str| {
        let args = [&["send", "message", "12", "Hello"], args].concat();
        let output = meta.command(&args).env("NO_COLOR", no_color).output().unwrap();
        assert_eq!(output.status.code(), Some(10));
        assert!(stderr(&output).contains("error:"), "{}", stderr(&output));
        stderr(&output).contains('\u{1b}')
    };
    assert!(!shown(&[], ""), "no terminal");
    assert!(!shown(&["--color", "auto"], ""));
    assert!(!shown(&["--color", "never"], ""));
    assert!(shown(&["--color", "always"], ""));
    assert!(shown(&["--color", "always"], "1"), "what is asked for counts for more than the environment");
    let logged = |color: &str| {
        let args = ["--color", color, "send", "message", "919876543210", "Hello"];
        stderr(&meta.command(&args).env("WAMID_LOG", "debug").output().unwrap())
    };
    assert!(logged("always").contains('\u{1b}') && !logged("never").contains('\u{1b}'));
}

#[test]
fn a_reader_that_leaves_early_breaks_no_command() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    assert!(meta.run(&["send", "message", "919876543210", "Hi", "--store", &store]).status.success());
    for args in [
        &["--help"][..],
        &["send", "many", "--help"],
        &["--version"],
        &["completions", "bash"],
        &["man"],
        &["sandbox", "--list"],
        &["messages", "--store", &store],
        &["messages", "--store", &store, "--json"],
        &["chats", "--store", &store],
        &["key", "list", "--store", &store],
        &["account", "list", "--store", &store],
        &["serve", "--print-config"],
        &["send", "message", "919876543210", "Hi", "--dry-run"],
        &["doctor"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = meta.command(args);
        command.env("WAMID_LOG", "trace").stdout(writer).stderr(Stdio::piped());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        assert!(!stderr(&output).contains("panicked"), "{args:?}: {}", stderr(&output));
        // Neither stream can be written.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = meta.command(args);
        command.env("WAMID_LOG", "trace").stdout(writer.try_clone().unwrap()).stderr(writer);
        assert_eq!(command.status().unwrap().code(), Some(0), "{args:?}");
    }
    // What is wrong is wrong whether anybody reads of it or not.
    let rows = folder.path().join("rows.csv");
    std::fs::write(&rows, "phone,message\n12,x\n919876543210,y\n").unwrap();
    let rows = rows.to_str().unwrap();
    for (args, status) in [
        (&["send", "many", "--csv", rows][..], 10),
        (&["send", "many", "--csv", rows, "--json"], 10),
        (&["send", "many", "--csv", rows, "--dry-run"], 10),
        (&["doctor", "--phone-number-id", "1"], 1),
        (&["doctor", "--phone-number-id", "1", "--json"], 1),
        (&["chats", "--json"], 18),
        (&["key", "create", "--name", "x", "--store", &store], 3),
        (&["key", "create", "--name", "x", "--store", &store, "--json"], 3),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = meta.command(args).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{args:?}: {}", stderr(&output));
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let sent = meta.command(&["send", "message", "919876543210", "Hi"]).stdout(writer).output().unwrap();
    assert_eq!(sent.status.code(), Some(3), "sent, and the receipt is lost: {}", stderr(&sent));
}
