//! The example of each kind as a call in every language: for the kind's page, and for a test that makes the call.

mod javascript;
mod kotlin;
mod layout;
mod python;
mod rust;
mod shell;
mod swift;

use serde_json::Value;
use wamid::{Client, Content, FieldInfo, KindInfo, Message, Presence, RecordInfo, Shape, TextOrInfo};

use super::File;

/// Who gets every example.
const PHONE: &str = "+91 98765-43210";

/// How a language writes values.
trait Language {
    /// Its name on a page, and the one by which the page's fences call it.
    const NAMES: [&'static str; 2];

    fn text(&self, text: &str) -> String;

    fn flag(&self, flag: bool) -> String {
        flag.to_string()
    }

    /// What fills a variable of a template.
    fn parameter(&self, text: &str) -> String {
        self.text(text)
    }

    fn json(&self, value: &Value) -> String;
    fn list(&self, items: &[String]) -> String;

    /// A list of texts.
    fn texts(&self, items: &[String]) -> String {
        self.list(items)
    }

    fn record(&self, record: &RecordInfo, given: &[Given<'_>]) -> String;

    /// A value that may be a text or an object.
    fn text_or(&self, _: &TextOrInfo, written: String, _is_text: bool) -> String {
        written
    }

    fn content(&self, kind: &KindInfo, given: &[Given<'_>]) -> String;

    /// The call that sends it.
    fn call(&self, content: &str) -> String;

    /// The test that makes each call.
    fn test(&self, calls: &[Call]) -> File;
}

/// A field that an example has.
struct Given<'a> {
    field: &'a FieldInfo,
    written: String,
}

impl Given<'_> {
    fn is_needed(&self) -> bool {
        self.field.presence == Presence::Required
    }
}

/// A call with what is needed by position where it is the only one that is, and with all else as `named` writes it.
fn called(name: &str, given: &[Given<'_>], named: impl Fn(&FieldInfo, &str) -> String) -> String {
    let alone = given.iter().filter(|given| given.is_needed()).count() == 1;
    let arguments: Vec<_> = given
        .iter()
        .map(|given| match given.is_needed() && alone {
            true => given.written.clone(),
            false => named(given.field, &given.written),
        })
        .collect();
    layout::group(&format!("{name}("), &arguments, ")")
}

/// An example in one language.
struct Call {
    kind: &'static str,
    class: &'static str,
    /// The classes of the parts that it has.
    parts: Vec<&'static str>,
    content: String,
    call: String,
    /// What Meta gets, JSON.
    body: String,
}

/// An example in all languages.
pub(super) struct Snippet {
    /// The language, the word for its fences, and the call.
    pub(super) calls: Vec<[String; 3]>,
    /// What Meta gets.
    pub(super) body: Value,
}

/// The example of this kind.
pub(super) fn snippet(kind: &KindInfo) -> Result<Snippet, String> {
    fn one<L: Language>(language: &L, kind: &KindInfo) -> Result<[String; 3], String> {
        let [name, fence] = L::NAMES.map(str::to_owned);
        Ok([name, fence, call(language, kind)?.call])
    }
    let calls = vec![
        one(&rust::Rust, kind)?,
        one(&python::Python, kind)?,
        one(&javascript::JavaScript, kind)?,
        one(&kotlin::Kotlin, kind)?,
        one(&swift::Swift, kind)?,
        ["Command line".to_owned(), "sh".to_owned(), shell::command(kind)?],
    ];
    Ok(Snippet { calls, body: serde_json::from_str(&body(kind)?).map_err(|error| error.to_string())? })
}

/// The tests of all languages.
pub(super) fn tests(kinds: &[KindInfo]) -> Result<Vec<File>, String> {
    fn one<L: Language>(language: &L, kinds: &[KindInfo]) -> Result<File, String> {
        let calls: Result<Vec<_>, _> = kinds.iter().map(|kind| call(language, kind)).collect();
        Ok(language.test(&calls?))
    }
    Ok(vec![
        one(&rust::Rust, kinds)?,
        one(&python::Python, kinds)?,
        one(&javascript::JavaScript, kinds)?,
        one(&kotlin::Kotlin, kinds)?,
        one(&swift::Swift, kinds)?,
    ])
}

fn call<L: Language>(language: &L, kind: &KindInfo) -> Result<Call, String> {
    let failed = |why: String| format!("the example of {}: {why}", kind.name);
    let example: Value = serde_json::from_str(kind.example).map_err(|error| failed(error.to_string()))?;
    let mut parts = Vec::new();
    let given = given(language, &kind.fields, &example, &mut parts).map_err(failed)?;
    let content = language.content(kind, &given);
    let call = language.call(&content);
    Ok(Call { kind: kind.name, class: kind.class, parts, content, call, body: body(kind)? })
}

/// What Meta gets.
fn body(kind: &KindInfo) -> Result<String, String> {
    let sent = || -> Result<String, wamid::Error> {
        let client = Client::cloud("token", "106540352242922").build()?;
        let message = Message::new(PHONE, Content::from_json(kind.example)?);
        Ok(client.preview(&message)?.body.as_str().to_owned())
    };
    sent().map_err(|error| format!("the example of {}: {error}", kind.name))
}

/// The fields that `example` has, in their order.
fn given<'a, L: Language>(
    language: &L,
    fields: &'a [FieldInfo],
    example: &Value,
    parts: &mut Vec<&'static str>,
) -> Result<Vec<Given<'a>>, String> {
    let there = fields.iter().filter_map(|field| Some((field, example.get(field.name)?)));
    there
        .map(|(field, value)| {
            let written = written(language, &field.shape, value, parts)
                .ok_or_else(|| format!("{} has a value that no snippet can have", field.name))?;
            Ok(Given { field, written })
        })
        .collect()
}

/// A value in the language; none where examples do without it.
fn written<L: Language>(
    language: &L,
    shape: &Shape,
    value: &Value,
    parts: &mut Vec<&'static str>,
) -> Option<String> {
    Some(match shape {
        Shape::Text => language.text(value.as_str()?),
        Shape::Boolean => language.flag(value.as_bool()?),
        Shape::Number | Shape::Integer => value.as_number()?.to_string(),
        Shape::Json => language.json(value),
        Shape::Parameter => language.parameter(value.as_str()?),
        Shape::List(of) => {
            let items: Option<Vec<_>> =
                value.as_array()?.iter().map(|item| written(language, of, item, parts)).collect();
            if matches!(**of, Shape::Text) { language.texts(&items?) } else { language.list(&items?) }
        }
        Shape::Record(record) => object(language, record, value, parts)?,
        Shape::TextOr(of) => match value.as_str() {
            Some(text) => language.text_or(of, language.text(text), true),
            None => language.text_or(of, object(language, &of.object, value, parts)?, false),
        },
        _ => return None,
    })
}

fn object<L: Language>(
    language: &L,
    record: &RecordInfo,
    value: &Value,
    parts: &mut Vec<&'static str>,
) -> Option<String> {
    let given = given(language, &record.fields, value, parts).ok()?;
    if !parts.contains(&record.class) {
        parts.push(record.class);
    }
    Some(language.record(record, &given))
}

/// Text between double quotes, as all these languages read it.
fn quoted(text: &str) -> String {
    // Of what JSON escapes, examples have only quotes and the backslash.
    Value::from(text).to_string()
}
