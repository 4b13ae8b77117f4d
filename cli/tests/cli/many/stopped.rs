//! A run that is stopped, or whose log cannot be written.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::json;

use super::{House, objects, status, texts, with_outcome};
use crate::playing::{signal, stderr, stdout, until};

#[test]
fn ctrl_c_finishes_what_is_under_way_and_sends_nothing_more() {
    // One that takes two seconds, and others that would follow it.
    let house = House::new(
        &texts(100).replace("9198765000000", "15550900001").replace("919876500000", "15550900001"),
    );
    let child = house.spawn(&["--json", "--concurrency", "1"]);
    until(|| !house.arrived().is_empty() || house.ledger().contains("sending"));
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let (rows, summary) = objects(&output);
    assert_eq!(status(&output), 130, "{}", stderr(&output));
    assert_eq!((&summary["sent"], &summary["not_tried"]), (&json!(1), &json!(99)), "{summary}");
    assert_eq!((rows.len(), house.arrived().len()), (100, 1));
    assert!(stderr(&output).contains("nothing more goes out"), "{}", stderr(&output));

    let resumed = house.run(&[]);
    assert_eq!((status(&resumed), house.arrived().len()), (0, 100), "{}", stdout(&resumed));
}

#[test]
fn a_second_ctrl_c_leaves_what_is_under_way_unknown() {
    let house = House::new("phone,message\n15550900002,a\n");
    let mut child = house.spawn(&[]);
    until(|| !house.arrived().is_empty());
    let began = Instant::now();
    signal(&child, Signal::INT);
    until(|| {
        std::thread::sleep(Duration::from_millis(200));
        signal(&child, Signal::INT);
        std::thread::sleep(Duration::from_millis(200));
        child.try_wait().unwrap().is_some()
    });
    assert!(began.elapsed() < Duration::from_secs(20), "it waited for the time-out");
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 130, "{}", stderr(&output));
    let next = house.run(&[]);
    assert_eq!((status(&next), house.arrived().len()), (5, 1), "{}", stdout(&next));
}

#[test]
fn after_a_second_ctrl_c_people_hear_what_was_not_tried() {
    let house = House::new(&texts(20).replacen('\n', "\n15550900002,Silent\n", 1));
    let mut child = house.spawn(&["--concurrency", "1"]);
    until(|| !house.arrived().is_empty());
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    signal(&child, Signal::INT);
    let mut line = String::new();
    errors.read_line(&mut line).unwrap();
    assert!(line.contains("waiting for 1 under way"), "{line}");
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let said = stdout(&output);
    assert!(said.contains("line 2 (") && said.contains("was left under way"), "{said}");
    let not_tried = said.lines().find(|line| line.starts_with("not tried")).unwrap_or_default();
    assert!(not_tried.contains(" 20 ") && not_tried.ends_with("the next run sends them"), "{said}");
}

#[test]
fn after_a_second_ctrl_c_a_script_hears_of_every_row() {
    // Three that are never answered, and others that have to wait for them.
    let silent = (0..3).fold(String::new(), |rows, n| rows + &format!("15550900002,Silent {n}\n"));
    let house = House::new(&texts(20).replacen('\n', &format!("\n{silent}"), 1));
    let mut child = house.spawn(&["--json", "--concurrency", "3"]);
    until(|| house.arrived().len() == 3);
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    signal(&child, Signal::INT);
    let mut line = String::new();
    errors.read_line(&mut line).unwrap();
    assert!(line.contains("waiting for 3 under way"), "{line}");
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let (rows, summary) = objects(&output);
    assert_eq!((status(&output), house.arrived().len()), (130, 3));
    assert_eq!(with_outcome(&rows, "unknown"), HashSet::from([2, 3, 4]));
    assert_eq!(with_outcome(&rows, "not_tried"), (5..25).collect());
    assert_eq!((&summary["unknown"], &summary["not_tried"]), (&json!(3), &json!(20)), "{summary}");

    let (next, _) = objects(&house.run(&["--json"]));
    assert_eq!(with_outcome(&next, "unknown"), HashSet::from([2, 3, 4]), "the ledger says the same");
    assert_eq!((with_outcome(&next, "sent").len(), house.arrived().len()), (20, 23));
}

#[test]
fn refused_credentials_stop_the_run() {
    let house = House::new(&texts(500));
    let refused = house.command(&["--json"]).env("WAMID_ACCESS_TOKEN", "another-token").output().unwrap();
    let (_, summary) = objects(&refused);
    assert_eq!(status(&refused), 4, "{}", stderr(&refused));
    assert!(summary["not_tried"].as_u64().unwrap() > 400, "{summary}");
    let resumed = house.run(&["--json"]);
    assert_eq!((status(&resumed), house.texts().len()), (0, 500), "{}", stderr(&resumed));
}

#[test]
fn a_log_that_nobody_reads_holds_neither_rows_nor_signals_up() {
    // Nobody reads the other end, which stays open.
    let (unread, full) = std::io::pipe().unwrap();
    let house = House::new(&texts(300));
    let mut command = house.command(&["--json"]);
    command.env("WAMID_LOG", "trace").stdout(Stdio::piped()).stderr(full.try_clone().unwrap());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    let (_, summary) = objects(&output);
    assert_eq!((status(&output), &summary["sent"]), (0, &json!(300)), "{summary}");

    // The pipe is full by now. One that takes two seconds, and others that would follow it.
    house.write(texts(100).replacen("9198765", "15550900001,Slow\n9198765", 1));
    let mut command = house.command(&["--json", "--concurrency", "1", "--ledger"]);
    command.arg(house.folder.path().join("other.ledger")).env("WAMID_LOG", "trace");
    let child = command.stdout(Stdio::piped()).stderr(full).spawn().unwrap();
    until(|| house.meta.ask("GET", "messages").contains("Slow"));
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let (_, summary) = objects(&output);
    assert_eq!((status(&output), &summary["sent"], &summary["not_tried"]), (130, &json!(1), &json!(100)));

    drop(unread);
}

#[test]
fn logs_that_cannot_be_written_change_nothing() {
    let house = House::new(&texts(20));
    for log in ["debug", "trace"] {
        let mut command = house.command(&["--json", "--ledger", "/dev/stdout-is-no-ledger"]);
        command.args(["--dry-run"]).env("WAMID_LOG", log);
        command.stderr(std::fs::File::create("/dev/full").unwrap());
        assert_eq!(status(&command.output().unwrap()), 0);
    }
    let mut command = house.command(&["--json"]);
    command.env("WAMID_LOG", "trace").stderr(std::fs::File::create("/dev/full").unwrap());
    let output = command.stdout(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    let (rows, summary) = objects(&output);
    assert_eq!((status(&output), rows.len(), &summary["sent"]), (0, 20, &json!(20)), "{summary}");
    assert_eq!(house.arrived().len(), 20);
}
