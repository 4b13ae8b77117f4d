//! Inputs to begin with: taken from the conformance cases and the examples of the kinds, so that they follow what the project says.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde_json::Value;
use wamid::Content;

use crate::Target;

/// The longest that is worth to begin with.
const LONGEST: usize = 4096;

/// Writes a target's inputs into a folder, and `FOLDER.dict` with the words in them, which libFuzzer tries too.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(target: &Target, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut words = BTreeSet::new();
    for (at, seed) in of(target).iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{at:04}")), seed)?;
        let quoted = seed.split('"').skip(1).step_by(2);
        words.extend(
            quoted
                .filter(|word| (2..40).contains(&word.len()) && word.bytes().all(is_word))
                .map(str::to_owned),
        );
    }
    let lines: String = words.iter().take(2000).map(|word| format!("\"{word}\"\n")).collect();
    std::fs::write(folder.with_extension("dict"), lines)
}

/// A target's inputs to begin with.
#[must_use]
pub fn of(target: &Target) -> Vec<String> {
    let all: BTreeSet<String> = (target.seeds)().into_iter().filter(|seed| seed.len() <= LONGEST).collect();
    all.into_iter().collect()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.:/+-# ()".contains(&byte)
}

/// The conformance cases.
pub(crate) fn cases() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/cases");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| serde_json::from_slice(&std::fs::read(path).ok()?).ok();
    files
        .iter()
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .filter_map(read)
        .flat_map(|cases: Vec<Value>| cases)
        .collect()
}

/// What stands under a name, anywhere in the cases.
fn under(name: &str) -> Vec<Value> {
    fn walk(value: &Value, name: &str, found: &mut Vec<Value>) {
        match value {
            Value::Array(list) => list.iter().for_each(|value| walk(value, name, found)),
            Value::Object(map) => {
                found.extend(map.get(name).cloned());
                map.values().for_each(|value| walk(value, name, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    cases().iter().for_each(|case| walk(case, name, &mut found));
    found
}

/// The texts under a name.
pub(crate) fn values_of(name: &str) -> Vec<String> {
    under(name).iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// The elements of the lists under a name, as JSON.
pub(crate) fn elements_of(name: &str) -> Vec<String> {
    under(name).iter().filter_map(Value::as_array).flatten().map(Value::to_string).collect()
}

/// Contents of all kinds, as JSON.
pub(crate) fn contents() -> Vec<String> {
    let examples = Content::kinds().into_iter().map(|kind| kind.example.to_owned());
    let with_type =
        under("content").into_iter().filter(|value| value["type"].is_string()).map(|value| value.to_string());
    let short = with_type.filter(|text| text.len() < 700);
    examples.chain(short).collect()
}

/// Bodies of webhooks, as JSON without line breaks.
pub(crate) fn webhooks() -> Vec<String> {
    let bodies = values_of("body").into_iter().filter(|body| body.contains("\"entry\""));
    bodies.filter_map(|body| Some(serde_json::from_str::<Value>(&body).ok()?.to_string())).collect()
}
