//! What Meta gets of a kind, with names of fields in place of their values.

use serde_json::{Map, Value};
use wamid::{Client, KindInfo, Presence};

use super::probe::{Mark, Probe};

/// The content of any type: what no other kind is.
const ANY: &str = "raw";

/// The pattern of a kind; none of one whose fields do not stand in Meta's body as they are.
pub(super) fn of_kind(client: &Client, kind: &KindInfo) -> Result<Option<Value>, String> {
    let mut choices: Vec<_> =
        kind.fields.iter().filter(|field| field.presence == Presence::OneOf).map(Some).collect();
    if choices.is_empty() {
        choices.push(None);
    }
    let mut whole = None;
    for choice in choices.into_iter().filter(|_| kind.name != ANY) {
        let mut probe = Probe::new(client, kind);
        let Some(body) = probe.body(choice) else { continue };
        let pattern = part(&own(&body), &[], &probe.marks)
            .map_err(|why| format!("what Meta gets of {}: {why}", kind.name))?;
        // A file has been uploaded, and Meta gets its id.
        if choice.is_some_and(|field| !holds(&pattern, field.name)) {
            continue;
        }
        match &mut whole {
            None => whole = Some(pattern),
            Some(whole) => add(whole, pattern),
        }
    }
    Ok(whole)
}

/// The members of a body that are the kind's.
fn own(body: &Value) -> Value {
    let kind = body.get("type").and_then(Value::as_str).unwrap_or_default();
    let members =
        ["type", kind].into_iter().filter_map(|name| Some((name.to_owned(), body.get(name)?.clone())));
    Value::Object(members.collect::<Map<_, _>>())
}

/// The part of a pattern, within the element of a list at `scope`.
fn part(value: &Value, scope: &[&str], marks: &[Mark]) -> Result<Value, String> {
    if let Some(mark) = marks.iter().find(|mark| mark.value == *value) {
        return match mark.path.strip_prefix(scope) {
            Some([]) => Ok("$".into()),
            Some([name]) => Ok(format!("${name}").into()),
            _ => Err(format!("{} stands in another list", mark.path.join("."))),
        };
    }
    match value {
        Value::Array(items) => list(items, scope, marks),
        Value::Object(members) => {
            if let Some(Value::String(text)) = members.get("text")
                && let Some(mark) = marks.iter().find(|mark| mark.is_text_or && mark.value == **text)
                && members.get("type").is_some_and(|kind| kind == "text")
            {
                return part(&mark.value, scope, marks);
            }
            let parts = members.iter().map(|(name, value)| Ok((name.clone(), part(value, scope, marks)?)));
            Ok(Value::Object(parts.collect::<Result<_, String>>()?))
        }
        constant => Ok(constant.clone()),
    }
}

fn list(items: &[Value], scope: &[&str], marks: &[Mark]) -> Result<Value, String> {
    let [item] = items else { return Err("a list of constants".to_owned()) };
    let inside = marks.iter().find(|mark| contains(item, &mark.value));
    let below = inside.and_then(|mark| mark.path.strip_prefix(scope));
    let Some([name, ..]) = below else { return Err("a list of no field".to_owned()) };
    let scope = [scope, &[*name]].concat();
    Ok(Value::Array(vec![format!("${name}").into(), part(item, &scope, marks)?]))
}

fn contains(value: &Value, part: &Value) -> bool {
    value == part
        || match value {
            Value::Array(items) => items.iter().any(|item| contains(item, part)),
            Value::Object(members) => members.values().any(|member| contains(member, part)),
            _ => false,
        }
}

fn holds(pattern: &Value, name: &str) -> bool {
    contains(pattern, &format!("${name}").into())
}

/// What one pattern has and the other has not.
fn add(whole: &mut Value, other: Value) {
    let (Value::Object(members), Value::Object(others)) = (whole, other) else { return };
    for (name, other) in others {
        match members.get_mut(&name) {
            Some(known) => add(known, other),
            None => drop(members.insert(name, other)),
        }
    }
}
