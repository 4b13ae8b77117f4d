//! The examples of Meta's OpenAPI file, which is not part of this project.

use std::path::Path;

use serde_json::{Map, Value, json};

const FILE: &str = "../../shared/reference/meta-business-messaging-v23.0.yaml";

/// The lines of a block, each with its depth, and where in them the reader is.
struct Yaml<'a> {
    lines: Vec<(usize, &'a str)>,
    at: usize,
}

impl<'a> Yaml<'a> {
    fn new(text: &'a str) -> Self {
        let lines = text.lines().map(|line| (line.len() - line.trim_start().len(), line.trim()));
        Self { lines: lines.filter(|(_, line)| !line.is_empty()).collect(), at: 0 }
    }

    /// The next line, if it is one of these.
    fn next_if(&mut self, is: impl Fn(usize, &str) -> bool) -> Option<&'a str> {
        let (depth, line) = *self.lines.get(self.at)?;
        is(depth, line).then(|| {
            self.at += 1;
            line
        })
    }

    /// The block that begins here: a list, a mapping or a scalar, as the examples have them.
    fn block(&mut self) -> Value {
        let (depth, first) = self.lines[self.at];
        if first.starts_with("- ") {
            let mut list = Vec::new();
            while let Some((_, item)) =
                self.lines.get(self.at).filter(|(at, line)| *at == depth && line.starts_with("- "))
            {
                // What stands behind the dash is a block too.
                self.lines[self.at] = (depth + 2, &item[2..]);
                list.push(self.block());
            }
            return Value::Array(list);
        }
        if key(first).is_none() {
            self.at += 1;
            return scalar(first);
        }
        let mut map = Map::new();
        while let Some(line) = self.next_if(|at, line| at == depth && !line.starts_with("- ")) {
            let (name, value) = key(line).unwrap();
            let value = match value {
                // A list may stand as deep as its key.
                "" => self.block(),
                text => scalar(text),
            };
            map.insert(name.trim_matches('\'').to_owned(), value);
        }
        Value::Object(map)
    }
}

/// A member's name and what stands behind it.
fn key(line: &str) -> Option<(&str, &str)> {
    if line.starts_with('\'') && line.ends_with('\'') {
        return None;
    }
    line.split_once(": ")
        .or_else(|| Some((line.strip_suffix(':')?, "")))
        .map(|(name, value)| (name, value.trim()))
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

/// The bodies under the `examples:` of the request of the first operation of a path that has such.
#[allow(dead_code, reason = "not every test that reads the file asks for it")]
pub(crate) fn request_examples(file: &str, path: &str) -> Vec<(String, Value)> {
    examples_after(file, after(file, 0, &format!("\n  {path}:\n")))
}

/// The same of one operation, by its method in small letters.
#[allow(dead_code, reason = "not every test that reads the file asks for it")]
pub(crate) fn examples_of(file: &str, method: &str, path: &str) -> Vec<(String, Value)> {
    let path = after(file, 0, &format!("\n  {path}:\n"));
    examples_after(file, after(file, path - 1, &format!("\n    {method}:\n")))
}

fn examples_after(file: &str, from: usize) -> Vec<(String, Value)> {
    let from = after(file, from, "            examples:\n");
    // To the first line that is not as deep as a name.
    let lines = file[from..]
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty() || line.starts_with("              "));
    let to = from + lines.map(str::len).sum::<usize>();
    let Value::Object(examples) = Yaml::new(&file[from..to]).block() else { panic!("no mapping") };
    examples.into_iter().map(|(name, example)| (name, example["value"].clone())).collect()
}

fn after(file: &str, from: usize, what: &str) -> usize {
    from + file[from..].find(what).unwrap() + what.len()
}

/// Holds a part of `docs/meta-examples.md`, between its marks, to what a test has counted.
#[allow(dead_code, reason = "not every test that reads the file asks for it")]
pub(crate) fn assert_in_page(part: &str, counted: &[String]) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/meta-examples.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, rest) = page
        .split_once(&format!("<!-- {part} -->\n"))
        .unwrap_or_else(|| panic!("the page has no part {part}"));
    let (written, _) = rest.split_once("<!-- end -->").unwrap();
    let rows: Vec<&str> = written.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    assert!(rows == counted, "docs/meta-examples.md, {part}, must be:\n{}", counted.join("\n"));
}
