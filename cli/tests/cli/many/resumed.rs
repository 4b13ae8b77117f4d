//! A run that goes on where another ended, by its ledger.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use rustix::process::Signal;
use serde_json::{Value, json};

use super::{House, objects, status, texts, with_outcome};
use crate::playing::{signal, stderr, stdout, until};

#[test]
fn a_run_that_was_killed_is_resumed_and_no_row_goes_out_twice() {
    killed_and_resumed("--csv", &texts(KILLED_ROWS), 2);
}

#[test]
fn so_is_one_of_lines_of_json() {
    let lines = (0..KILLED_ROWS).map(|n| {
        let content = json!({"type": "text", "message": format!("Text {n}")});
        json!({"phone": format!("9198765{n:05}"), "content": content}).to_string() + "\n"
    });
    killed_and_resumed("--jsonl", &lines.collect::<String>(), 1);
}

const KILLED_ROWS: usize = 600;

/// Kills runs of a file that has a text a row, the first of them in the line `first`.
fn killed_and_resumed(option: &str, rows: &str, first: u64) {
    const COUNT: usize = KILLED_ROWS;
    let house = House::new(rows);
    let command = || {
        let mut command = house.meta.command(&["send", "many", "--json", option]);
        command.arg(house.csv());
        command
    };
    let mut kills = 0;
    // Several crashes, each somewhere else in the file.
    for after in [50, 200, 350] {
        // Nobody reads its rows: a pipe would be full after some 300 of them, and the run would wait.
        let mut child = command().stdout(Stdio::null()).spawn().unwrap();
        until(|| {
            child.try_wait().unwrap().is_some() || house.ledger().matches(r#""state":"sent""#).count() > after
        });
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        kills += usize::from(!ended);
    }
    assert!(kills > 0, "no run was killed");
    let last = command().output().unwrap();
    let (rows, _) = objects(&last);
    let unknown = with_outcome(&rows, "unknown");
    assert_eq!(status(&last), if unknown.is_empty() { 0 } else { 5 }, "{}", stderr(&last));
    assert!(unknown.len() <= 64 * kills, "{}", unknown.len());
    let arrived = house.texts();
    assert!(arrived.values().all(|times| *times == 1), "a row went out twice");
    assert_eq!(rows.len(), COUNT, "every row is told of once");
    for n in 0..COUNT {
        let line = n as u64 + first;
        let lost = !arrived.contains_key(&format!("Text {n}"));
        assert!(!lost || unknown.contains(&line), "line {line} was lost and nobody was told");
    }
    assert_eq!(with_outcome(&rows, "sent").len() + unknown.len(), COUNT);
}

#[test]
fn unknown_rows_are_sent_again_only_when_asked_for() {
    // Taken without an answer; refused for good; throttled; fine.
    let house = House::new("phone,message\n15550900003,a\n15550131026,b\n15550130429,c\n919876543210,d\n");
    let times = |text: &str| house.texts().get(text).copied().unwrap_or_default();
    let run = |args: &[&str]| {
        let output = house.run(&[&["--json", "--max-retries", "0"], args].concat());
        (status(&output), objects(&output).1)
    };
    let (first, summary) = run(&[]);
    assert_eq!(first, 5, "{summary}");
    assert_eq!(
        (&summary["sent"], &summary["failed"], &summary["unknown"]),
        (&json!(1), &json!(2), &json!(1))
    );
    assert_eq!(summary["failed_by_kind"], json!({"rejected": 1, "rate_limited": 1}));
    assert_eq!([times("a"), times("b"), times("c"), times("d")], [1, 1, 1, 1]);

    let (second, summary) = run(&[]);
    assert_eq!((second, &summary["unknown_before"], &summary["failed_before"]), (5, &json!(1), &json!(1)));
    assert_eq!([times("a"), times("b"), times("c"), times("d")], [1, 1, 2, 1], "the retryable one alone");

    run(&["--retry-failed"]);
    assert_eq!([times("a"), times("b"), times("c"), times("d")], [1, 2, 3, 1]);
    let (_, summary) = run(&["--retry-unknown"]);
    assert_eq!((&summary["unknown"], times("a")), (&json!(1), 2), "{summary}");
    let human = house.run(&["--max-retries", "0"]);
    assert!(stdout(&human).contains("line 2 (…0003) unknown"), "{}", stdout(&human));
    assert_eq!(times("a"), 2);
}

#[test]
fn rows_may_move_and_a_changed_row_is_a_new_one() {
    let house = House::new("phone,message\n919876543210,a\n919876543211,b\n919876543210,a\n");
    let first = house.run(&[]);
    assert_eq!(status(&first), 0, "{}", stdout(&first));
    assert!(stderr(&first).contains("1 rows are equal"), "{}", stderr(&first));
    house.write("message,phone\nnew,919876543212\na,919876543210\nB,919876543211\na,919876543210\n");
    let moved = house.run(&[]);
    assert_eq!(status(&moved), 0, "{}", stdout(&moved));
    assert_eq!(
        house.texts(),
        HashMap::from([("a", 2), ("b", 1), ("B", 1), ("new", 1)].map(|(t, n)| (t.to_owned(), n)))
    );
    assert!(stderr(&moved).contains("2 rows are new"), "{}", stderr(&moved));
    house.write("phone,message\n919876543212,New\n");
    let changed = house.run(&[]);
    assert!(stderr(&changed).contains("line 2 (…3212) has changed"), "{}", stderr(&changed));
}

#[test]
fn a_ledger_belongs_to_one_run_and_one_sender() {
    let house = House::new("phone,message\n15550900002,a\n");
    let child = house.spawn(&["--timeout", "5", "--total-timeout", "5"]);
    until(|| !house.arrived().is_empty());
    let second = house.run(&[]);
    assert_eq!((status(&second), house.arrived().len()), (1, 1), "{}", stderr(&second));
    assert!(stderr(&second).contains("another run"), "{}", stderr(&second));
    let first = child.wait_with_output().unwrap();
    assert_eq!(status(&first), 5, "{}", stdout(&first));

    let other = house.run(&["--phone-number-id", "1066"]);
    assert_eq!((status(&other), house.arrived().len()), (1, 1), "{}", stderr(&other));
    assert!(stderr(&other).contains("--ledger"), "{}", stderr(&other));
}

#[test]
fn a_ledger_is_a_file_and_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new("phone,message\n919876543210,a\n");
    for device in ["/dev/full", "/dev/null", "/dev/zero"] {
        for more in [&[][..], &["--dry-run"], &["--json"]] {
            let output = house.run(&[&["--ledger", device], more].concat());
            assert_eq!((status(&output), house.arrived().len()), (1, 0), "{device}: {}", stderr(&output));
            assert!(stderr(&output).contains("--ledger"), "{}", stderr(&output));
        }
    }
    let nowhere = house.run(&["--ledger", "/nowhere/at/all"]);
    assert_eq!((status(&nowhere), house.arrived().len()), (1, 0));
    assert!(stderr(&nowhere).contains("Nothing was sent"), "{}", stderr(&nowhere));
    for device in ["/dev/zero", "/dev/full"] {
        let endless = house.meta.run(&["send", "many", "--csv", device, "--ledger", "x"]);
        assert_eq!(status(&endless), 10, "{}", stderr(&endless));
    }

    assert_eq!(status(&house.run(&[])), 0);
    let mode = std::fs::metadata(house.folder.path().join("rows.csv.ledger")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn whatever_is_wrong_with_a_ledger_a_script_gets_json() {
    let house = House::new("phone,message\n15550900002,a\n");
    let ledger = house.folder.path().join("rows.csv.ledger");
    for damaged in ["no ledger\n", "{\"wamid_ledger\":99,\"sender\":\"x\"}\n"] {
        std::fs::write(&ledger, damaged).unwrap();
        let output = house.run(&["--json"]);
        let error: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!((status(&output), &error["error"]["maybe_sent"]), (1, &json!(false)), "{error}");
        assert!(error["error"]["message"].as_str().unwrap().contains("ledger"), "{error}");
    }
    std::fs::remove_file(&ledger).unwrap();
    let mut child = house.spawn(&["--json", "--total-timeout", "60", "--timeout", "60"]);
    until(|| !house.arrived().is_empty());
    let locked = house.run(&["--json"]);
    let error: Value = serde_json::from_str(&stdout(&locked)).unwrap();
    assert!(error["error"]["message"].as_str().unwrap().contains("another run"), "{error}");
    // Twice interrupted, the row is named by the reference under which Meta knows it.
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    signal(&child, Signal::INT);
    errors.read_line(&mut String::new()).unwrap();
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let (rows, _) = objects(&output);
    assert_eq!((status(&output), &rows[0]["outcome"]), (130, &json!("unknown")));
    let sent = house.arrived()[0]["body"]["biz_opaque_callback_data"].clone();
    assert!(sent.is_string() && rows[0]["reference"] == sent, "{rows:?} {sent}");

    // The next run still knows it, and one that sends again tells of both.
    let (rows, _) = objects(&house.run(&["--json"]));
    assert_eq!((&rows[0]["outcome"], &rows[0]["reference"]), (&json!("unknown"), &sent));
    let human = house.run(&[]);
    assert!(stdout(&human).contains(sent.as_str().unwrap()), "{}", stdout(&human));
    let again = house.run(&["--json", "--retry-unknown", "--timeout", "1", "--total-timeout", "1"]);
    let (rows, _) = objects(&again);
    let second = &house.arrived()[1]["body"]["biz_opaque_callback_data"];
    assert_eq!(rows[0]["references"], json!([sent, second]), "{rows:?}");
    // A reference that nothing went out under is not told.
    house.write("phone,message\n919876543210,a\n");
    let (rows, _) = objects(&house.run(&["--json", "--dry-run"]));
    assert_eq!((&rows[0]["outcome"], rows[0].get("reference")), (&json!("would_send"), None));
}
