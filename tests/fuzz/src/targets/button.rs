//! The JSON of a template's button. What is taken is read the same again, and becomes one component of Meta's that says it.

use serde_json::{Value, json};
use wamid::{Button, Content, Message, build_template_components};

use crate::json::plain;
use crate::requests::{assert_is_rule, to_meta};
use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "button", run, seeds };

fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let button = match Button::from_json(text) {
        Ok(button) => button,
        Err(error) => {
            assert_is_rule(&error);
            assert!(error.field().is_some_and(|field| field.starts_with("button")), "{error:?}");
            return;
        }
    };
    let content = format!(r#"{{"type":"template","template_name":"t","buttons":[{text}]}}"#);
    let content = Content::from_json(&content)
        .unwrap_or_else(|error| panic!("{text} is a button, but not in a list: {error:?}"));
    let written = content.to_json().unwrap_or_else(|error| panic!("{text} cannot be written: {error:?}"));
    let read =
        Content::from_json(&written).unwrap_or_else(|error| panic!("{written} cannot be read: {error:?}"));
    let preview = |content: Content| to_meta(&Message::new("+919876543210", content), 0).ok();
    assert_eq!(preview(read), preview(content), "{written}");
    let components = match build_template_components(&[], &[], std::slice::from_ref(&button)) {
        Ok(components) => serde_json::to_value(components).unwrap_or_default(),
        Err(error) => return assert_is_rule(&error),
    };
    let Some(given) = plain(text) else { return };
    let [component] = components.as_array().map(Vec::as_slice).unwrap_or_default() else {
        panic!("{text} became {components}")
    };
    assert_eq!(component["type"], "button", "{component}");
    let kind = given["sub_type"].as_str().unwrap_or("quick_reply");
    assert_eq!(component["sub_type"], kind, "{component}");
    let index = component["index"].as_str().and_then(|index| index.parse::<u8>().ok());
    assert!(index.is_some_and(|index| index <= 9), "{component}");
    let parameter = &component["parameters"][0];
    match kind {
        "quick_reply" => assert_eq!(parameter, &json!({"type": "payload", "payload": given["payload"]})),
        "copy_code" => {
            assert_eq!(parameter, &json!({"type": "coupon_code", "coupon_code": given["coupon_code"]}))
        }
        "url" => assert!(
            parameter["text"] == given["text"] || parameter["text"] == given["payload"],
            "{component}"
        ),
        "flow" if !given["flow_action_data"].is_null() && given["flow_action_data"] != json!({}) => {
            assert_eq!(parameter["action"]["flow_action_data"], given["flow_action_data"], "{component}");
        }
        _ => {}
    }
    assert!(is_known(component), "{component}");
}

/// Nothing but what Meta knows of a button.
fn is_known(component: &Value) -> bool {
    component.as_object().is_some_and(|members| {
        members.keys().all(|key| ["type", "sub_type", "index", "parameters"].contains(&key.as_str()))
    })
}

fn seeds() -> Vec<String> {
    seeds::elements_of("buttons")
}
