//! The JSON of a template's parameter. What is taken is written as Meta has it, and read again it is the same; a parameter in a list is
//! read as one by itself.

use serde_json::{Value, json};
use wamid::{Content, Message, Parameter, build_template_components};

use crate::json::plain;
use crate::requests::{assert_is_rule, to_meta};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "parameter", run, seeds };

fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let in_list =
        Content::from_json(&format!(r#"{{"type":"template","template_name":"t","body_params":[{text}]}}"#));
    let parameter = match Parameter::from_json(text) {
        Ok(parameter) => parameter,
        Err(error) => {
            assert_is_rule(&error);
            assert!(error.field().is_some_and(|field| field.starts_with("parameter")), "{error:?}");
            return;
        }
    };
    let content = match in_list {
        Ok(content) => content,
        Err(error) => panic!("{text} is a parameter, but not in a list: {error:?}"),
    };
    let written = content.to_json().unwrap_or_else(|error| panic!("{text} cannot be written: {error:?}"));
    let read =
        Content::from_json(&written).unwrap_or_else(|error| panic!("{written} cannot be read: {error:?}"));
    let preview = |content: Content| to_meta(&Message::new("+919876543210", content), 0).ok();
    assert_eq!(preview(read), preview(content), "{written}");
    match build_template_components(&[], std::slice::from_ref(&parameter), &[]) {
        Ok(components) => {
            let components: Value = serde_json::to_value(components).unwrap_or_default();
            let meta = &components[0]["parameters"][0];
            if let Some(value) = plain(text) {
                assert_is_meant(text, &value, meta);
            }
        }
        Err(error) => {
            assert_is_rule(&error);
            assert!(error.field().is_some_and(|field| field.starts_with("body_params[0]")), "{error:?}");
        }
    }
}

/// Meta's parameter says what was written, and nothing else.
fn assert_is_meant(written: &str, given: &Value, meta: &Value) {
    match given {
        Value::String(text) => assert_eq!(meta, &json!({"type": "text", "text": text})),
        Value::Number(_) => {
            // By the text: a value is not always the nearest float.
            let number = written.trim();
            let text = meta["text"].as_str().unwrap_or_default();
            assert_eq!(meta["type"], "text");
            assert!(!text.contains(['e', 'E', '+']), "{number} became {text}");
            assert_eq!(text.parse::<f64>().ok(), number.parse().ok(), "{number} became {text}");
            assert!(text.strip_suffix('0').is_none_or(|rest| !rest.contains('.')), "{number} became {text}");
        }
        Value::Object(members) if !members.contains_key("type") || members["type"].is_null() => {
            assert_eq!(
                meta,
                &json!({"type": "text", "parameter_name": members["name"], "text": members["text"]})
            );
        }
        Value::Object(members) => {
            let kind = members["type"].as_str().unwrap_or_default();
            let mut inner = members.clone();
            inner.remove("type");
            inner.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
            if kind == "text" {
                assert_eq!(meta["text"], members["text"]);
                return;
            }
            assert_eq!(meta["type"], members["type"]);
            let Some(said) = meta[kind].as_object() else { panic!("{given} became {meta}") };
            for (name, value) in &inner {
                match (value, &said[name]) {
                    (Value::Number(given), Value::Number(said)) => {
                        assert_eq!(given.as_f64(), said.as_f64(), "{name}")
                    }
                    (given, said) => assert_eq!(given, said, "{name}"),
                }
            }
            assert_eq!(said.len(), inner.len(), "{given} became {meta}");
        }
        other => panic!("{other} is no parameter, and became {meta}"),
    }
}

fn seeds() -> Vec<String> {
    let mut all = seeds::elements_of("header_params");
    all.extend(seeds::elements_of("body_params"));
    all
}
