//! Reads one case, strictly.

use std::path::Path;
use std::time::Duration;

use base64::Engine;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::LANGUAGES;
use crate::case::{Answer, Call, Case, Elapsed, Expect, ExpectedBody, ExpectedRequest, Reply, Script};
use crate::json::{Fields, compact};

/// The calls that every binding has by hand; the operations are declared in the core. Another name in a case is a typing error.
const WRITTEN: [&str; 10] = [
    "send_message",
    "send_location",
    "send_template",
    "send",
    "send_many",
    "chats",
    "receive_webhook",
    "build_template_components",
    "verify_webhook",
    "parse_webhook",
];

/// Reads a case. A message says which file, which case and which place in it is wrong.
pub(crate) fn read_case(file: &Path, number: usize, raw: &RawValue) -> Result<Case, String> {
    let nameless = format!("{}: case {number}", file.display());
    let mut fields = Fields::read(&nameless, raw)?;
    let name: String = fields
        .typed("name")?
        .filter(|name: &String| !name.is_empty())
        .ok_or(format!("{nameless}: no name"))?;
    read_named(file, &name, raw).map_err(|why| format!("{}: case `{name}`: {why}", file.display()))
}

fn read_named(file: &Path, name: &str, raw: &RawValue) -> Result<Case, String> {
    let mut fields = Fields::read("", raw)?;
    fields.raw("name");
    let calls = match fields.typed::<Vec<Box<RawValue>>>("calls")? {
        Some(calls) if !calls.is_empty() => read_list("calls", &calls, read_call)?,
        _ => return Err("calls: there must be at least one".to_owned()),
    };
    let expect = fields.given("expect").ok_or("expect: missing")?;
    let case = Case {
        name: name.to_owned(),
        file: file.to_owned(),
        client: fields.object("client")?,
        only: read_languages(&mut fields, "only")?,
        skip: read_languages(&mut fields, "skip")?.unwrap_or_default(),
        files: read_files(&mut fields)?,
        server: read_server(fields.given("server").as_deref())?,
        expect: read_expect(&expect, calls.len())?,
        calls,
    };
    fields.finish()?;
    if LANGUAGES.iter().any(|language| case.is_for(language)) {
        Ok(case)
    } else {
        Err("only and skip leave no language".to_owned())
    }
}

fn read_list<T>(
    place: &str,
    list: &[Box<RawValue>],
    read: impl Fn(String, &RawValue) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    list.iter().enumerate().map(|(index, raw)| read(format!("{place}[{index}]"), raw)).collect()
}

fn read_languages(fields: &mut Fields, key: &str) -> Result<Option<Vec<String>>, String> {
    let Some(list) = fields.typed::<Vec<String>>(key)? else {
        return Ok(None);
    };
    match list.iter().find(|name| !LANGUAGES.contains(&name.as_str())) {
        None => Ok(Some(list)),
        Some(name) => Err(fields.problem(key, format!("there is no language `{name}`"))),
    }
}

/// The files that the case brings, by name.
fn read_files(fields: &mut Fields) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut files = Vec::new();
    for (name, file) in fields.object("files")?.unwrap_or_default() {
        let wrong = |why: &str| format!("files.{name}: {why}");
        if name.is_empty() || name.contains(['/', '\\', '"']) || name.starts_with('.') {
            return Err(wrong("is no name of a file"));
        }
        let only = |key| file.as_object().filter(|file| file.len() == 1)?.get(key)?.as_str();
        let bytes = match (only("text"), only("base64")) {
            (Some(text), _) => text.as_bytes().to_vec(),
            (None, Some(text)) => decoded(text).map_err(|why| wrong(&why))?,
            (None, None) => return Err(wrong("must be {\"text\": …} or {\"base64\": …}")),
        };
        files.push((name, bytes));
    }
    Ok(files)
}

/// The bytes that a base64 text stands for.
pub(crate) fn decoded(text: &str) -> Result<Vec<u8>, String> {
    base64::engine::general_purpose::STANDARD.decode(text).map_err(|why| format!("is no base64: {why}"))
}

fn read_call(place: String, raw: &RawValue) -> Result<Call, String> {
    let mut fields = Fields::read(place, raw)?;
    let op = fields.typed::<String>("op")?.unwrap_or_default();
    let declared = || wamid::Client::operations().iter().any(|declared| declared.name == op);
    if !WRITTEN.contains(&op.as_str()) && !declared() {
        return Err(fields.problem("op", format!("there is no operation `{op}`")));
    }
    let args = fields.given("args").map_or("{}".to_owned(), |raw| compact(&raw));
    if !args.starts_with('{') {
        return Err(fields.problem("args", "must be an object"));
    }
    fields.finish()?;
    Ok(Call { op, args })
}

fn read_server(raw: Option<&RawValue>) -> Result<Script, String> {
    let Some(raw) = raw else {
        return Ok(Script::Replies(Vec::new()));
    };
    if raw.get() == "\"refuse\"" {
        return Ok(Script::Refuse);
    }
    let list: Vec<Box<RawValue>> =
        serde_json::from_str(raw.get()).map_err(|_| "server: must be a list of replies or \"refuse\"")?;
    read_list("server", &list, read_reply).map(Script::Replies)
}

fn read_reply(place: String, raw: &RawValue) -> Result<Reply, String> {
    let mut fields = Fields::read(place, raw)?;
    let hang = fields.typed::<u64>("hang_ms")?;
    let close = fields.typed::<String>("close")?;
    let reply = match (hang, close.as_deref()) {
        (Some(hang), None) => Reply::Hang(Duration::from_millis(hang)),
        (None, Some("on_accept")) => Reply::CloseOnAccept,
        (None, Some("after_read")) => Reply::CloseAfterRead { delay: read_delay(&mut fields)? },
        (None, Some("mid_body")) => Reply::CloseMidBody(with_body(read_answer(&mut fields, Some(200))?)),
        (None, None) => Reply::Answer(read_answer(&mut fields, None)?),
        (Some(_), Some(_)) => return Err(fields.problem("close", "cannot stand beside hang_ms")),
        (None, Some(other)) => return Err(fields.problem("close", format!("there is no way `{other}`"))),
    };
    fields.finish()?;
    Ok(reply)
}

/// A body that is cut off has a beginning.
fn with_body(answer: Answer) -> Answer {
    if answer.body.is_empty() {
        let content_type = Some("application/json");
        Answer { body: b"{\"messaging_product\":".to_vec(), content_type, ..answer }
    } else {
        answer
    }
}

fn read_delay(fields: &mut Fields) -> Result<Duration, String> {
    Ok(Duration::from_millis(fields.typed("delay_ms")?.unwrap_or(0)))
}

fn read_answer(fields: &mut Fields, default: Option<u16>) -> Result<Answer, String> {
    let status = fields.typed::<u16>("status")?.or(default);
    let status = status.ok_or_else(|| fields.problem("status", "a reply has one, or hang_ms, or close"))?;
    if !(100..=999).contains(&status) {
        return Err(fields.problem("status", "must have three digits"));
    }
    let mut headers = Vec::new();
    for (name, value) in fields.object("headers")?.unwrap_or_default() {
        let value = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => return Err(fields.problem("headers", format!("`{name}` must be a text"))),
        };
        if name.is_empty() || (name.clone() + &value).contains(['\r', '\n']) {
            return Err(fields.problem("headers", format!("`{name}` is no header")));
        }
        headers.push((name, value));
    }
    let json = fields.raw("json").map(|raw| compact(&raw));
    let text = fields.typed::<String>("text")?;
    let bytes = fields.typed::<String>("base64")?;
    let is_text = bytes.is_none();
    let (content_type, body) = match (json, text, bytes) {
        (Some(_), Some(_), _) => return Err(fields.problem("text", "cannot stand beside json")),
        (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => {
            return Err(fields.problem("base64", "cannot stand beside json or text"));
        }
        (Some(json), None, None) => (Some("application/json"), json.into_bytes()),
        (None, Some(text), None) => (Some("text/plain; charset=utf-8"), text.into_bytes()),
        (None, None, Some(text)) => {
            let body = decoded(&text).map_err(|why| fields.problem("base64", why))?;
            (Some("application/octet-stream"), body)
        }
        (None, None, None) => (None, Vec::new()),
    };
    Ok(Answer { status, headers, content_type, is_text, body, delay: read_delay(fields)? })
}

fn read_expect(raw: &RawValue, calls: usize) -> Result<Expect, String> {
    let mut fields = Fields::read("expect", raw)?;
    let requests = match fields.typed::<Vec<Box<RawValue>>>("requests")? {
        None => None,
        Some(list) => Some(read_list("expect.requests", &list, read_request)?),
    };
    let results = match fields.value("results")? {
        None | Some(Value::Null) => None,
        Some(Value::Array(results)) => Some(results),
        Some(_) => return Err(fields.problem("results", "must be a list")),
    };
    if let Some(results) = &results {
        if results.len() != calls {
            let why = format!("one a call: {calls} calls, {} results", results.len());
            return Err(fields.problem("results", why));
        }
        for (index, result) in results.iter().enumerate() {
            check_result(result).map_err(|why| fields.problem(&format!("results[{index}]"), why))?;
        }
    }
    let elapsed = match fields.given("elapsed_ms") {
        None => None,
        Some(raw) => Some(read_elapsed(&raw)?),
    };
    if requests.is_none() && results.is_none() && elapsed.is_none() {
        return Err("expect: nothing is expected, so the case could not fail".to_owned());
    }
    let unordered = fields.typed::<bool>("unordered")?;
    if unordered.is_some() && requests.is_none() {
        return Err(fields.problem("unordered", "there are no requests beside it"));
    }
    fields.finish()?;
    let (unordered, elapsed) = (unordered.unwrap_or(false), elapsed.unwrap_or_default());
    Ok(Expect { requests, unordered, results, elapsed })
}

fn read_elapsed(raw: &RawValue) -> Result<Elapsed, String> {
    let mut fields = Fields::read("expect.elapsed_ms", raw)?;
    let elapsed = Elapsed { min: fields.typed("min")?, max: fields.typed("max")? };
    fields.finish()?;
    match (elapsed.min, elapsed.max) {
        (None, None) => Err("expect.elapsed_ms: neither min nor max".to_owned()),
        (Some(min), Some(max)) if min > max => Err("expect.elapsed_ms: min is over max".to_owned()),
        _ => Ok(elapsed),
    }
}

/// A result is `{"ok": …}`, `{"error": …}` or a wildcard.
fn check_result(result: &Value) -> Result<(), String> {
    check_wildcards(result)?;
    match result {
        Value::String(wildcard) if wildcard.starts_with('$') => Ok(()),
        Value::Object(object)
            if !object.is_empty()
                && object
                    .keys()
                    .all(|key| matches!(key.as_str(), "ok" | "error" | "$contains" | "$not_contains")) =>
        {
            Ok(())
        }
        _ => Err("must be {\"ok\": …} or {\"error\": …}".to_owned()),
    }
}

fn read_request(place: String, raw: &RawValue) -> Result<ExpectedRequest, String> {
    if raw.get() == "\"$any\"" {
        return Ok(ExpectedRequest::default());
    }
    let mut fields = Fields::read(place, raw)?;
    let present = |value: Option<Value>| value.filter(|value| !value.is_null());
    let (method, path) = (present(fields.value("method")?), present(fields.value("path")?));
    let headers = fields.object("headers")?.unwrap_or_default();
    let absent_headers = fields.typed("absent_headers")?.unwrap_or_default();
    let parts = fields.object("multipart")?;
    let body = match (fields.value("json")?, present(fields.value("body_text")?), parts) {
        (Some(_), Some(_), _) => return Err(fields.problem("body_text", "cannot stand beside json")),
        (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => {
            return Err(fields.problem("multipart", "cannot stand beside json or body_text"));
        }
        (Some(json), None, None) => Some(ExpectedBody::Json(json)),
        (None, Some(text), None) => Some(ExpectedBody::Text(text)),
        (None, None, Some(parts)) => {
            check_parts(&parts).map_err(|why| fields.problem("multipart", why))?;
            Some(ExpectedBody::Multipart(parts.into()))
        }
        (None, None, None) => None,
    };
    let inside = match &body {
        Some(ExpectedBody::Json(value) | ExpectedBody::Text(value) | ExpectedBody::Multipart(value)) => {
            Some(value)
        }
        None => None,
    };
    for value in [&method, &path].into_iter().flatten().chain(headers.values()).chain(inside) {
        check_wildcards(value).map_err(|why| fields.problem("", why))?;
    }
    fields.finish()?;
    Ok(ExpectedRequest { method, path, headers, absent_headers, body })
}

/// A part is a text, or an object of what is known of it.
fn check_parts(parts: &serde_json::Map<String, Value>) -> Result<(), String> {
    for (name, part) in parts {
        let known = |key: &String| {
            matches!(
                key.as_str(),
                "filename" | "content_type" | "base64" | "text" | "$contains" | "$not_contains"
            )
        };
        match part {
            Value::String(_) => {}
            Value::Object(part) if part.keys().all(known) => {}
            _ => {
                return Err(format!(
                    "`{name}` must be a text or an object of filename, content_type, and base64 or text"
                ));
            }
        }
    }
    Ok(())
}

/// `$contains` and `$not_contains` take a text.
fn check_wildcards(value: &Value) -> Result<(), String> {
    match value {
        Value::Array(list) => list.iter().try_for_each(check_wildcards),
        Value::Object(object) => object.iter().try_for_each(|(key, value)| match key.as_str() {
            "$contains" | "$not_contains" if !value.is_string() => Err(format!("`{key}` takes a text")),
            _ => check_wildcards(value),
        }),
        _ => Ok(()),
    }
}
