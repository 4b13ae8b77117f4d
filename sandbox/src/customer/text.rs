//! The text of a message as the customer reads it.

use serde_json::{Map, Value};

use crate::chats::Entry;

/// The text of a message; of a template its body with the parameters filled in. Empty where it has none.
pub(crate) fn text_of(entry: &Entry) -> String {
    let body = &entry.body;
    let at = |path: &str| body.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    match entry.kind.as_str() {
        "text" => at("/text/body"),
        kind @ ("image" | "video" | "document") => at(&format!("/{kind}/caption")),
        "interactive" => {
            let paths = [
                "/interactive/body/text",
                "/interactive/button_reply/title",
                "/interactive/list_reply/title",
            ];
            paths.into_iter().map(at).find(|text| !text.is_empty()).unwrap_or_default()
        }
        "button" => at("/button/text"),
        "location" => at("/location/name"),
        "contacts" => at("/contacts/0/name/formatted_name"),
        "reaction" => at("/reaction/emoji"),
        "order" => at("/order/text"),
        "template" => {
            entry.template.as_deref().map(|definition| filled(definition, body)).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The body of a template with what the message fills in.
fn filled(definition: &Map<String, Value>, body: &Value) -> String {
    let is_body = |component: &&Value| {
        component.get("type").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("body"))
    };
    let component = |list: Option<&Value>| list?.as_array()?.iter().find(is_body).cloned();
    let defined = component(definition.get("components")).unwrap_or_default();
    let sent = component(body.pointer("/template/components")).unwrap_or_default();
    let parameters = sent.get("parameters").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let value = |placeholder: &str| {
        let named = parameters
            .iter()
            .find(|parameter| parameter.get("parameter_name").and_then(Value::as_str) == Some(placeholder));
        let place = || parameters.get(placeholder.parse::<usize>().ok()?.checked_sub(1)?);
        written(named.or_else(place)?)
    };
    let Some(mut rest) = defined.get("text").and_then(Value::as_str) else {
        return if defined.is_object() { authentication(&defined, value("1")) } else { String::new() };
    };
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        rest = match after.split_once("}}") {
            Some((placeholder, after)) => {
                match value(placeholder.trim()) {
                    Some(value) => text.push_str(&value),
                    None => text.push_str(&format!("{{{{{placeholder}}}}}")),
                }
                after
            }
            None => {
                text.push_str("{{");
                after
            }
        };
    }
    text.push_str(rest);
    text
}

/// The body of an authentication template, whose words are Meta's own.
fn authentication(defined: &Value, code: Option<String>) -> String {
    let code = code.unwrap_or_else(|| "••••••".to_owned());
    let is_safe = defined.get("add_security_recommendation").and_then(Value::as_bool) == Some(true);
    let advice = if is_safe { " For your security, do not share this code." } else { "" };
    format!("*{code}* is your verification code.{advice}")
}

/// What stands in the place of a parameter.
fn written(parameter: &Value) -> Option<String> {
    let kind = parameter.get("type")?.as_str()?.to_ascii_lowercase();
    let text = match kind.as_str() {
        "text" => parameter.get("text"),
        kind => parameter.get(kind)?.get("fallback_value"),
    };
    text?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parameters_stand_in_their_places() {
        let definition =
            json!({"components": [{"type": "BODY", "text": "{{1}}: {{2}} for {{name}}, {{3}} {{ {{1"}]});
        let parameters = json!([{"type": "text", "text": "{{2}}"},
            {"type": "currency", "currency": {"fallback_value": "$5"}},
            {"type": "text", "parameter_name": "name", "text": "Ada"}]);
        let body = json!({"template": {"components": [{"type": "body", "parameters": parameters}]}});
        let text = filled(definition.as_object().unwrap(), &body);
        assert_eq!(text, "{{2}}: $5 for Ada, Ada {{ {{1");
        assert_eq!(
            filled(definition.as_object().unwrap(), &json!({})),
            "{{1}}: {{2}} for {{name}}, {{3}} {{ {{1"
        );
    }

    #[test]
    fn a_code_can_be_read_from_an_authentication_template() {
        let definition = json!({"category": "AUTHENTICATION", "components": [
            {"type": "BODY", "add_security_recommendation": true}, {"type": "BUTTONS", "buttons": []}]});
        let parameters = json!([{"type": "text", "text": "123456"}]);
        let body = json!({"template": {"components": [{"type": "body", "parameters": parameters}]}});
        assert_eq!(
            filled(definition.as_object().unwrap(), &body),
            "*123456* is your verification code. For your security, do not share this code."
        );
        assert_eq!(filled(json!({"components": []}).as_object().unwrap(), &body), "");
    }
}
