//! The examples of Meta's OpenAPI file, which is not part of this project.

use std::path::Path;

use serde_json::{Map, Value, json};

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
    if let Ok(boolean) = text.parse::<bool>() {
        return json!(boolean);
    }
    match text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        Some(quoted) => json!(quoted.replace("''", "'")),
        None => serde_json::from_str::<serde_json::Number>(text).map_or_else(|_| json!(text), Value::Number),
    }
}

/// The file; where it is not beside the project, says so and gives nothing.
#[allow(clippy::print_stdout, reason = "a test that does nothing says so")]
pub(crate) fn read() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let file = std::fs::read_to_string(&path).ok();
    if file.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    file
}

/// The bodies under the `examples:` of the request of the one operation of a path.
pub(crate) fn request_examples(file: &str, path: &str) -> Vec<(String, Value)> {
    let after = |from: usize, what: &str| from + file[from..].find(what).unwrap() + what.len();
    let from = after(after(0, &format!("\n  {path}:\n")), "            examples:\n");
    let to = from + file[from..].find("\n      responses:").unwrap();
    let Value::Object(examples) = Yaml::new(&file[from..to]).block() else { panic!("no mapping") };
    examples.into_iter().map(|(name, example)| (name, example["value"].clone())).collect()
}
