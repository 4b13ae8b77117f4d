//! The forms that a message opens: a Flow, or an address; and what the customer sends back.

use serde_json::{Map, Value, json};

use super::buttons::{list, text};
use crate::chats::Entry;

/// Whether a message opens a form.
pub(super) fn has_form(entry: &Entry) -> bool {
    is_address(entry) || flow_token(entry).is_some()
}

/// The `interactive` of the message that sends a form back.
pub(super) fn filled(entry: &Entry, mut answers: Map<String, Value>) -> Value {
    let (name, response) = match flow_token(entry) {
        Some(token) if !is_address(entry) => {
            answers.insert("flow_token".to_owned(), token.into());
            ("flow", Value::Object(answers))
        }
        _ => ("address_message", json!({ "values": answers })),
    };
    let reply = json!({ "name": name, "body": "Sent", "response_json": response.to_string() });
    json!({ "type": "nfm_reply", "nfm_reply": reply })
}

fn is_address(entry: &Entry) -> bool {
    entry.body.get("interactive").is_some_and(|it| text(it, "type") == Some("address_message"))
}

/// The token of the Flow that a message opens, if it opens one.
fn flow_token(entry: &Entry) -> Option<String> {
    const NO_TOKEN: &str = "unused";
    if let Some(flow) = entry.body.get("interactive").filter(|it| text(it, "type") == Some("flow")) {
        let token = flow.pointer("/action/parameters/flow_token").and_then(Value::as_str);
        return Some(token.unwrap_or(NO_TOKEN).to_owned());
    }
    let components = entry.template.as_ref()?.get("components")?.as_array()?;
    let mut buttons = components.iter().flat_map(|component| list(component, "buttons"));
    buttons.find(|button| text(button, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("flow")))?;
    let sent = list(entry.body.get("template")?, "components").iter();
    let token =
        sent.filter_map(|of| list(of, "parameters").first()?.pointer("/action/flow_token")?.as_str()).next();
    Some(token.unwrap_or(NO_TOKEN).to_owned())
}
