//! The examples of Meta's OpenAPI file: nothing of them is lost.
//!
//! The file is not part of this project; where it is not beside it, the test says so and does nothing.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::path::Path;

use serde_json::{Map, Value, json};
use wamid::{Event, parse_webhook};

const FILE: &str = "../../shared/reference/meta-business-messaging-v23.0.yaml";

/// The lines of a block, each with its depth, and where in them the reader is.
struct Yaml<'a>(std::iter::Peekable<std::vec::IntoIter<(usize, &'a str)>>);

impl<'a> Yaml<'a> {
    fn new(text: &'a str) -> Self {
        let lines: Vec<_> =
            text.lines().map(|line| (line.len() - line.trim_start().len(), line.trim())).collect();
        Self(lines.into_iter().peekable())
    }

    /// The block whose lines are all at least as deep as `depth`: a list or a mapping, as the examples have them.
    fn block(&mut self) -> Value {
        let (depth, first) = *self.0.peek().unwrap();
        if first.starts_with("- ") {
            let mut list = Vec::new();
            while let Some((_, rest)) = self.0.next_if(|(at, line)| *at == depth && line.starts_with("- ")) {
                list.push(self.mapping(depth + 2, &rest[2..]));
            }
            return Value::Array(list);
        }
        let (_, first) = self.0.next().unwrap();
        self.mapping(depth, first)
    }

    fn mapping(&mut self, depth: usize, first: &'a str) -> Value {
        let mut map = Map::new();
        let mut line = Some(first);
        while let Some(member) = line {
            let (key, value) = member.split_once(':').unwrap();
            let value = match value.trim() {
                // A list may stand as deep as its key.
                "" => self.block(),
                text => scalar(text),
            };
            map.insert(key.to_owned(), value);
            line = self.0.next_if(|(at, line)| *at == depth && !line.starts_with("- ")).map(|(_, line)| line);
        }
        Value::Object(map)
    }
}

fn scalar(text: &str) -> Value {
    match text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        Some(quoted) => json!(quoted.replace("''", "'")),
        None => serde_json::from_str::<serde_json::Number>(text).map_or_else(|_| json!(text), Value::Number),
    }
}

/// The bodies under the `examples:` of the one webhook operation.
fn examples(file: &str) -> Vec<(String, Value)> {
    let from = file.find("\n  /whatsapp/webhooks:\n").unwrap();
    let from = from + file[from..].find("            examples:\n").unwrap() + "            examples:\n".len();
    let to = from + file[from..].find("\n      responses:").unwrap();
    let Value::Object(examples) = Yaml::new(&file[from..to]).block() else { panic!("no mapping") };
    examples.into_iter().map(|(name, example)| (name, example["value"].clone())).collect()
}

fn leaves(value: &Value, out: &mut Vec<Value>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| leaves(value, out)),
        Value::Object(map) => map.values().for_each(|value| leaves(value, out)),
        scalar => out.push(scalar.clone()),
    }
}

#[test]
fn nothing_of_metas_examples_is_lost() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let Ok(file) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not here", path.display());
        return;
    };
    let examples = examples(&file);
    assert_eq!(examples.len(), 16);
    let mut typed = 0;
    for (name, body) in examples {
        let events = parse_webhook(body.to_string().as_bytes()).unwrap();
        let raws: Vec<Value> = events
            .iter()
            .map(|event| match event {
                Event::Message(message) => message.raw.to_value().unwrap(),
                Event::Status(status) => status.raw.to_value().unwrap(),
                Event::Other(other) => other.raw.to_value().unwrap(),
                _ => unreachable!(),
            })
            .collect();
        let change = &body["entry"][0]["changes"][0];
        let value = &change["value"];
        let Some(message) = value["messages"].get(0) else {
            assert_eq!(raws, std::slice::from_ref(value), "{name}");
            continue;
        };
        typed += 1;
        let [Event::Message(event)] = events.as_slice() else { panic!("{name}: {events:?}") };
        assert_eq!(&raws[0]["message"], message, "{name}");
        assert_eq!(raws[0].get("contact"), value["contacts"].get(0), "{name}");
        let (mut expected, mut told) = (Vec::new(), Vec::new());
        leaves(message, &mut expected);
        leaves(&raws[0]["message"], &mut told);
        assert!(expected.len() >= 4 && expected == told, "{name}");
        assert_eq!(value["metadata"]["phone_number_id"], event.phone_number_id, "{name}");
        assert_eq!(message["id"], event.id, "{name}");
        assert_eq!(message["type"], event.kind, "{name}");
        assert_eq!(message["from"].as_str(), event.from.as_deref(), "{name}");
        assert_eq!(message["context"]["id"].as_str(), event.reply_to.as_deref(), "{name}");
        assert_eq!(message["timestamp"], event.timestamp.as_second().to_string(), "{name}");
        assert_eq!(message["text"]["body"].as_str().is_some(), event.kind == "text", "{name}");
        let contact = &value["contacts"][0];
        assert_eq!(contact["profile"]["name"].as_str(), event.profile_name.as_deref(), "{name}");
        if let Some(wa_id) = contact["wa_id"].as_str() {
            assert_eq!(Some(wa_id), event.from.as_deref(), "{name}");
        }
    }
    assert_eq!(typed, 13);
}
