//! A body as the Graph API reads it.

use std::borrow::Cow;

use serde_json::Value;

/// The body without what the Graph API does not see in it.
pub(super) fn as_graph_reads_it(body: &Value) -> Cow<'_, Value> {
    match decoded(body) {
        Cow::Borrowed(body) => without_nulls(body),
        Cow::Owned(body) => Cow::Owned(without_nulls(&body).into_owned()),
    }
}

/// The same body with the kind's own member as the object or the list that it holds as JSON in a text: the Graph API reads
/// any parameter so, and some SDKs send it so.
fn decoded(body: &Value) -> Cow<'_, Value> {
    let given = |kind: &str| match body.get(kind) {
        Some(Value::String(text)) => {
            serde_json::from_str(text).ok().filter(|value: &Value| !value.is_string())
        }
        _ => None,
    };
    let found =
        body.get("type").and_then(Value::as_str).and_then(|kind| Some((kind.to_owned(), given(kind)?)));
    let Some((kind, value)) = found else { return Cow::Borrowed(body) };
    let mut body = body.clone();
    body[kind] = value;
    Cow::Owned(body)
}

/// The same body without the keys that hold null: to Meta a null is an absent field, wherever it stands. In a list a null
/// has its place and stays.
fn without_nulls(body: &Value) -> Cow<'_, Value> {
    fn has_null(value: &Value) -> bool {
        match value {
            Value::Object(fields) => fields.values().any(|field| field.is_null() || has_null(field)),
            Value::Array(list) => list.iter().any(has_null),
            _ => false,
        }
    }
    fn drop_nulls(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|_, field| !field.is_null());
                fields.values_mut().for_each(drop_nulls);
            }
            Value::Array(list) => list.iter_mut().for_each(drop_nulls),
            _ => {}
        }
    }
    if !has_null(body) {
        return Cow::Borrowed(body);
    }
    let mut body = body.clone();
    drop_nulls(&mut body);
    Cow::Owned(body)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::as_graph_reads_it;

    #[test]
    fn a_parameter_may_be_json_in_a_text() {
        let read = |body| as_graph_reads_it(&body).into_owned();
        let contacts = json!({"type": "contacts", "contacts": "[{\"name\": {\"a\": null, \"b\": 1}}]"});
        assert_eq!(read(contacts), json!({"type": "contacts", "contacts": [{"name": {"b": 1}}]}));
        // A text that holds none stays what it is.
        for text in ["hello", "\"hello\""] {
            let body = json!({"type": "text", "text": text});
            assert_eq!(read(body.clone()), body);
        }
    }
}
