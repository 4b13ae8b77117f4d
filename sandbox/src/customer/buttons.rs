//! What a customer can press on a message, and what a press says to the business.

use serde_json::{Map, Value, json};

use crate::chats::Entry;
use crate::options::SandboxError;

/// How long a business may call that was allowed to for a time.
const PERMISSION_SECONDS: i64 = 7 * 24 * 60 * 60;

/// One thing to press.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Button {
    pub(crate) title: String,
    /// What the business knows it by: the id of a button or row, the payload of a quick reply.
    pub(crate) id: String,
    /// The type of the message that a press sends, and that message's member of the same name.
    pub(super) kind: &'static str,
    pub(super) part: Value,
}

/// The buttons, rows and quick replies of a message, in their order.
pub(crate) fn buttons_of(entry: &Entry) -> Vec<Button> {
    match entry.kind.as_str() {
        "interactive" => match entry.body.get("interactive") {
            Some(request) if text(request, "type") == Some("call_permission_request") => {
                call_permissions(entry)
            }
            Some(interactive) => of_interactive(interactive),
            None => Vec::new(),
        },
        "template" => of_template(entry),
        _ => Vec::new(),
    }
}

/// The button of that title that a customer presses: the one of that id, where one is given. None where there is none.
///
/// # Errors
/// Several have the title, and no id says which.
pub(super) fn pressed(entry: &Entry, title: &str, id: Option<&str>) -> Result<Option<Button>, SandboxError> {
    let is_meant = |button: &Button| button.title == title && id.is_none_or(|id| button.id == id);
    let mut meant = buttons_of(entry).into_iter().filter(is_meant);
    let first = meant.next();
    match &first {
        Some(first) if meant.any(|other| other.id != first.id) => {
            Err(SandboxError::new(format!("several buttons are called {title:?}: give the id of one")))
        }
        _ => Ok(first),
    }
}

pub(super) fn list<'body>(of: &'body Value, name: &str) -> &'body [Value] {
    of.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn text<'body>(of: &'body Value, name: &str) -> Option<&'body str> {
    of.get(name).and_then(Value::as_str)
}

fn of_interactive(interactive: &Value) -> Vec<Button> {
    let Some(action) = interactive.get("action") else { return Vec::new() };
    let replies = list(action, "buttons").iter().filter_map(|button| button.get("reply"));
    let rows = list(action, "sections").iter().flat_map(|section| list(section, "rows"));
    let cards = list(action, "cards").iter().filter_map(|card| card.get("action"));
    let quick =
        cards.flat_map(|action| list(action, "buttons")).filter_map(|button| button.get("quick_reply"));
    let all = replies.chain(quick).map(|of| ("button_reply", of)).chain(rows.map(|of| ("list_reply", of)));
    all.filter_map(|(kind, of)| {
        let (title, id) = (text(of, "title")?, text(of, "id")?);
        let mut reply = json!({ "id": id, "title": title });
        if let Some(description) = text(of, "description") {
            reply["description"] = json!(description);
        }
        let part = json!({ "type": kind, kind: reply });
        Some(Button { title: title.to_owned(), id: id.to_owned(), kind: "interactive", part })
    })
    .collect()
}

/// What a customer can say to a business that asks whether it may call. A permission for a time ends 7 days after the question.
/// (Meta: "Interactive call permission request messages".)
fn call_permissions(request: &Entry) -> Vec<Button> {
    let end = request.time.as_second() + PERMISSION_SECONDS;
    let answers = [
        ("Always allow", "always", json!({"response": "accept", "is_permanent": true})),
        (
            "Allow for 7 days",
            "accept",
            json!({"response": "accept", "is_permanent": false, "expiration_timestamp": end}),
        ),
        ("Don't allow", "reject", json!({"response": "reject"})),
    ];
    let button = |(title, id, mut reply): (&str, &str, Value)| {
        reply["response_source"] = json!("user_action");
        let part = json!({ "type": "call_permission_reply", "call_permission_reply": reply });
        Button { title: title.to_owned(), id: id.to_owned(), kind: "interactive", part }
    };
    answers.map(button).into()
}

/// The quick replies of a template. Their titles stand in its definition, their payloads in the message.
fn of_template(entry: &Entry) -> Vec<Button> {
    let Some(definition) = &entry.template else { return Vec::new() };
    let sent = entry.body.get("template").unwrap_or(&Value::Null);
    let components = definition.get("components").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut all = quick_replies(components, list(sent, "components"));
    let carousel = |of: &Value| text(of, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("carousel"));
    let cards = components.iter().filter(|component| carousel(component)).flat_map(|of| list(of, "cards"));
    for (at, card) in cards.enumerate() {
        let filled =
            list(sent, "components").iter().filter(|of| carousel(of)).flat_map(|of| list(of, "cards"));
        let is_here = |card: &&Value| card.get("card_index").and_then(Value::as_u64) == Some(at as u64);
        let filled = filled.clone().find(is_here).map_or(&[][..], |card| list(card, "components"));
        all.extend(quick_replies(list(card, "components"), filled));
    }
    all
}

fn quick_replies(defined: &[Value], sent: &[Value]) -> Vec<Button> {
    let is = |of: &Value, name: &str, wanted: &str| {
        text(of, name).is_some_and(|it| it.eq_ignore_ascii_case(wanted))
    };
    let buttons = defined.iter().filter(|of| is(of, "type", "buttons")).flat_map(|of| list(of, "buttons"));
    let quick = buttons.enumerate().filter(|(_, button)| is(button, "type", "quick_reply"));
    quick
        .filter_map(|(at, button)| {
            let title = text(button, "text")?;
            let filled = sent.iter().find(|of| {
                is(of, "type", "button") && is(of, "sub_type", "quick_reply") && place(of) == Some(at)
            });
            let payload = filled.and_then(|of| text(list(of, "parameters").first()?, "payload"));
            let id = payload.unwrap_or(title).to_owned();
            let part = json!({ "payload": id, "text": title });
            Some(Button { title: title.to_owned(), id, kind: "button", part })
        })
        .collect()
}

/// The place of a button: Meta's own examples have it as a text and as a number.
fn place(button: &Value) -> Option<usize> {
    match button.get("index")? {
        Value::String(text) => text.parse().ok(),
        number => usize::try_from(number.as_u64()?).ok(),
    }
}

/// A template that the sandbox knows, by the member of the message.
pub(crate) fn template_of(body: &Value) -> Option<(&str, &str)> {
    let template = body.get("template")?;
    Some((text(template, "name")?, text(template.get("language")?, "code")?))
}

/// The id or the name of the Flow that a message opens, or that a button of its template does.
pub(crate) fn flow_of<'body>(
    body: &'body Value,
    template: Option<&'body Map<String, Value>>,
) -> Option<&'body str> {
    let named = |of: &'body Value| text(of, "flow_id").or_else(|| text(of, "flow_name"));
    if let Some(parameters) = body.pointer("/interactive/action/parameters") {
        return named(parameters);
    }
    let components = template?.get("components")?.as_array()?;
    components.iter().flat_map(|component| list(component, "buttons")).find_map(named)
}
