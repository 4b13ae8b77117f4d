use super::*;

const HEAD: &str = "{\"wamid_ledger\":1,\"sender\":\"s\"}\n";

fn line(row: &str, n: usize, state: &str) -> String {
    format!(
        "{{\"row\":\"{row}\",\"n\":{n},\"line\":2,\"phone\":\"…1\",\"state\":\"{state}\",\"at\":\"2026-01-01T00:00:00Z\"}}\n"
    )
}

fn state(text: &str, occurrence: usize) -> Option<State> {
    parse(text.as_bytes(), "s").unwrap().of("a", occurrence).map(|entry| entry.state)
}

#[test]
fn once_unknown_is_unknown_until_sent() {
    let story = |states: &[&str]| {
        state(&states.iter().fold(HEAD.to_owned(), |text, state| text + &line("a", 1, state)), 1)
    };
    assert_eq!(story(&["sending", "failed", "sending", "failed"]), Some(State::Failed));
    assert_eq!(story(&["sending", "sending", "failed"]), Some(State::Unknown));
    assert_eq!(story(&["sending", "unknown", "sending", "withdrawn"]), Some(State::Unknown));
    assert_eq!(story(&["sending", "unknown", "sending", "sent"]), Some(State::Sent));
    assert_eq!(story(&["sending", "withdrawn"]), Some(State::Withdrawn));
}

#[test]
fn a_row_in_doubt_is_known_by_the_references_of_all_its_tries() {
    let tries = [("sending", "A"), ("unknown", "A"), ("sending", "B"), ("failed", "B"), ("sending", "C")];
    let mut text = HEAD.to_owned();
    let mut seen = Vec::new();
    for (state, reference) in tries {
        text += &line("a", 1, state).replace("\"at\"", &format!("\"reference\":\"{reference}\",\"at\""));
        seen.push(parse(text.as_bytes(), "s").unwrap().of("a", 1).unwrap().references().concat());
    }
    assert_eq!(seen, ["A", "A", "AB", "AB", "ABC"]);
}

#[test]
fn of_equal_rows_those_that_went_out_come_first() {
    let text = [HEAD, &line("a", 1, "failed"), &line("a", 2, "sent")].concat();
    assert_eq!((state(&text, 1), state(&text, 2)), (Some(State::Sent), Some(State::Failed)));
    assert_eq!(state(&text, 3), None);
    let crashed = parse([HEAD, &line("a", 2, "sending")].concat().as_bytes(), "s").unwrap();
    assert_eq!((crashed.of("a", 1).map(|entry| entry.n), crashed.free("a", 2)), (Some(2), 3));
}

#[test]
fn a_torn_last_line_is_mended_and_other_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.ledger");
    for (torn, kept) in [
        (HEAD.to_owned() + "{\"row\":\"a\"", Some(HEAD.to_owned())),
        ("{\"wamid_led".to_owned(), Some(HEAD.to_owned())),
        (String::new(), Some(HEAD.to_owned())),
        (HEAD.to_owned() + line("a", 1, "sent").trim_end(), Some(HEAD.to_owned() + &line("a", 1, "sent"))),
        ("phone,message".to_owned(), None),
        ("phone,message\n1,x\n".to_owned(), None),
        (HEAD.to_owned() + "broken\n" + &line("a", 1, "sent"), None),
    ] {
        std::fs::write(&path, &torn).unwrap();
        assert_eq!(open(&path, "s").is_ok(), kept.is_some(), "{torn}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), kept.unwrap_or(torn));
    }
    assert!(open(&path, "other").is_err());
}
