//! Files with a message in JSON on each line.

use std::collections::HashSet;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::{Value, json};

use super::{House, objects, status, with_outcome};
use crate::playing::{fed, signal, silent, stderr, stdout};

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\x68\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

fn line(reference: &str, content: &Value) -> String {
    json!({"phone": "919876543210", "content": content, "reference": reference}).to_string() + "\n"
}

fn lines(house: &House, args: &[&str]) -> std::process::Output {
    let mut command = house.meta.command(&["send", "many", "--jsonl"]);
    command.arg(house.csv()).args(args).output().unwrap()
}

#[test]
fn messages_of_all_kinds_are_sent_once_and_a_file_is_uploaded_once() {
    let house = House::new("");
    let picture = house.folder.path().join("menu.png");
    std::fs::write(&picture, PICTURE).unwrap();
    let menu = json!({"type": "image", "file": picture, "caption": "Our menu"});
    let all = [
        line("r-1", &json!({"type": "text", "message": "Hello"})),
        line("r-2", &menu),
        "\n".to_owned(),
        line("r-3", &menu),
        line(
            "r-4",
            &json!({"type": "reply_buttons", "body": "Today?", "buttons": [{"id": "y", "title": "Yes"}]}),
        ),
    ];
    house.write(format!("\u{feff}{}", all.concat()));
    let first = lines(&house, &["--json"]);
    assert_eq!(status(&first), 0, "{}{}", stdout(&first), stderr(&first));
    let (rows, summary) = objects(&first);
    assert_eq!(with_outcome(&rows, "sent"), HashSet::from([1, 2, 4, 5]));
    assert_eq!(summary["sent"], 4);
    let arrived = house.arrived();
    let ids: HashSet<String> = arrived
        .iter()
        .filter_map(|message| Some(message["body"]["image"]["id"].as_str()?.to_owned()))
        .collect();
    assert_eq!((arrived.len(), ids.len()), (4, 1), "one upload for both: {arrived:?}");

    // Written otherwise, and in another order: the same rows. A changed one is new.
    let mut moved: Vec<String> = all.iter().rev().map(|line| line.replace(':', " : ")).collect();
    moved.push(line("r-1", &json!({"type": "text", "message": "Hello again"})));
    house.write(moved.concat());
    let again = lines(&house, &[]);
    assert_eq!((status(&again), house.arrived().len()), (0, 5), "{}", stdout(&again));
    for text in [stdout(&first), stderr(&first), stdout(&again), house.ledger()] {
        assert!(!text.contains("98765") && !text.contains("Hello") && !text.contains("menu"), "{text}");
    }
}

#[test]
fn a_run_that_ends_while_a_file_goes_up_leaves_no_row_in_doubt() {
    let house = House::new("");
    let picture = house.folder.path().join("menu.png");
    std::fs::write(&picture, PICTURE).unwrap();
    let menu = json!({"type": "image", "file": picture});
    house.write([line("r-1", &menu), line("r-2", &menu)].concat());
    let (url, requests) = silent();
    let command = |args: &[&str]| {
        let mut command = house.meta.command(&["send", "many", "--json", "--jsonl"]);
        command.arg(house.csv()).args(args).env("WAMID_GRAPH_URL", &url);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    for kill in [true, false] {
        let mut child = command(&[]).spawn().unwrap();
        let asked = requests.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(asked.contains("/media"), "{asked}");
        if kill {
            child.kill().unwrap();
            child.wait().unwrap();
        } else {
            // One is enough: there is nothing under way that could go out.
            signal(&child, Signal::INT);
            let (rows, summary) = objects(&child.wait_with_output().unwrap());
            assert_eq!((with_outcome(&rows, "not_tried").len(), &summary["unknown"]), (2, &json!(0)));
        }
        assert!(!house.ledger().contains("sending"), "{}", house.ledger());
        let (rows, _) = objects(&command(&["--dry-run"]).output().unwrap());
        assert_eq!(with_outcome(&rows, "would_send").len(), 2, "{rows:?}");
    }
}

#[test]
fn a_row_in_doubt_whose_file_cannot_go_up_stays_in_doubt() {
    let house = House::new("");
    let picture = house.folder.path().join("menu.png");
    std::fs::write(&picture, PICTURE).unwrap();
    // Taken without an answer.
    let lost = json!({"phone": "15550900003", "content": {"type": "image", "file": picture}});
    house.write(lost.to_string());
    let unknown = |args: &[&str]| {
        let output = lines(&house, &[&["--json", "--max-retries", "0"], args].concat());
        (status(&output), with_outcome(&objects(&output).0, "unknown").len())
    };
    assert_eq!(unknown(&[]), (5, 1));
    // As a run that is killed leaves it: `sending`, and nothing more.
    let ledger = house
        .ledger()
        .lines()
        .filter(|line| !line.contains("unknown"))
        .fold(String::new(), |all, line| all + line + "\n");
    assert!(ledger.contains("sending"), "{ledger}");
    std::fs::write(house.folder.path().join("rows.csv.ledger"), ledger).unwrap();
    std::fs::rename(&picture, house.folder.path().join("elsewhere.png")).unwrap();
    assert_eq!(unknown(&["--retry-unknown"]), (5, 1));
    std::fs::rename(house.folder.path().join("elsewhere.png"), &picture).unwrap();
    assert_eq!((unknown(&[]), house.arrived().len()), ((5, 1), 1), "it is not sent again by itself");
}

#[test]
fn broken_lines_are_named_and_stop_everything() {
    let house = House::new("");
    house.write(
        [
            line("r-1", &json!({"type": "text", "message": "Hello"})),
            "{\"phone\":\n".to_owned(),
            line("r-2", &json!({"type": "image"})),
            line("r-3", &json!({"type": "text", "message": "Hello", "preview": true})),
            "{\"phone\":\"12\",\"content\":{\"type\":\"text\",\"message\":\"Hello\"}}\n".to_owned(),
            "[]\n".to_owned(),
        ]
        .concat(),
    );
    let refused = lines(&house, &[]);
    assert_eq!(status(&refused), 10, "{}", stderr(&refused));
    for place in ["line 2 ", "line 3 ", "line 4 ", "line 5 ", "line 6 ", "preview", "phone must"] {
        assert!(stdout(&refused).contains(place), "{place}: {}", stdout(&refused));
    }
    assert!(house.arrived().is_empty() && house.ledger().is_empty());
    let skipped = lines(&house, &["--skip-invalid"]);
    assert_eq!((status(&skipped), house.arrived().len()), (4, 1), "{}", stdout(&skipped));
    for args in [&["--delimiter", ";"][..], &["--ignore-columns"], &["--csv", "x.csv"]] {
        assert_eq!(status(&lines(&house, args)), 2, "{args:?}");
    }
}

#[test]
fn lines_come_from_standard_input_too() {
    let house = House::new("");
    let text = line("r-1", &json!({"type": "text", "message": "Hello"}));
    let without = fed(house.meta.command(&["send", "many", "--jsonl", "-"]), text.as_bytes());
    assert_eq!(status(&without), 10, "{}", stderr(&without));
    let ledger = house.folder.path().join("rows.csv.ledger");
    let args = ["send", "many", "--jsonl", "-", "--ledger", ledger.to_str().unwrap()];
    for _ in 0..2 {
        let output = fed(house.meta.command(&args), text.as_bytes());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }
    assert_eq!(house.arrived().len(), 1);
}
