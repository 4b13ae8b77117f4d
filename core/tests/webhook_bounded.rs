//! A body of nothing that means anything makes few events, however large it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use wamid::{Event, parse_webhook};

/// Large enough to tell once from many times; Meta's largest has 3 MB.
const LARGEST: usize = 200_000;

fn full_of(before: &str, piece: &str, after: &str) -> String {
    let pieces = (LARGEST - before.len() - after.len()) / (piece.len() + 1);
    format!("{before}{}{after}", vec![piece; pieces].join(","))
}

#[test]
fn what_is_not_of_its_shape_is_told_once_where_there_is_much_of_it() {
    for piece in ["0", "{}", "null", "\"\"", "[]", "{\"field\":\"f\"}", "{\"value\":null}"] {
        let changes = full_of("{\"entry\":[{\"changes\":[", piece, "]}]}");
        let events = parse_webhook(changes.as_bytes()).unwrap();
        let [Event::Other(other)] = events.as_slice() else { panic!("{piece}: {} events", events.len()) };
        assert_eq!(other.field, "", "{piece}");
        assert!(other.raw.as_str().starts_with('[') && other.raw.as_str().len() > LARGEST - 100, "{piece}");
    }
    for piece in ["0", "{}", "null", "[]", "{\"changes\":0}", "{\"changes\":null}", "{\"id\":\"1\"}"] {
        let entries = full_of("{\"entry\":[", piece, "]}");
        let events = parse_webhook(entries.as_bytes()).unwrap();
        let [Event::Other(other)] = events.as_slice() else { panic!("{piece}: {} events", events.len()) };
        assert_eq!(other.field, "entry", "{piece}");
    }
    for list in ["messages", "statuses"] {
        let value = full_of(
            &format!("{{\"entry\":[{{\"changes\":[{{\"field\":\"messages\",\"value\":{{\"{list}\":["),
            "0",
            "]}}]}]}",
        );
        assert_eq!(parse_webhook(value.as_bytes()).unwrap().len(), 1, "{list}");
    }
}

#[test]
fn what_is_of_its_shape_is_told_beside_it() {
    let body = r#"{"entry":[{"changes":[0,{"field":"x","value":{"y":1}},{}]},7,{"changes":[{"field":"z","value":2}]},8]}"#;
    let fields: Vec<_> = parse_webhook(body.as_bytes())
        .unwrap()
        .into_iter()
        .map(|event| match event {
            Event::Other(other) => other.field,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(fields, ["x", "", "z", "entry"]);
}
