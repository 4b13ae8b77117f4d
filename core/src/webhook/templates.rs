//! What webhooks tell of templates.

use super::event::{Event, TemplateEvent};
use crate::json::{Json, Node};

/// What a change of this field to this value tells of a template; none where the field is about none, or the template is not named.
pub(super) fn change(field: &str, value: Node<'_>) -> Option<Event> {
    let (change, now, before) = match field {
        "message_template_status_update" => ("status", "event", None),
        "message_template_quality_update" => ("quality", "new_quality_score", Some("previous_quality_score")),
        "template_category_update" => ("category", "new_category", Some("previous_category")),
        "message_template_components_update" => ("components", "message_template_element", None),
        _ => return None,
    };
    let object = value.as_object()?;
    Some(Event::Template(TemplateEvent {
        template_id: object.id("message_template_id")?,
        change: change.to_owned(),
        name: object.text("message_template_name"),
        language: object.text("message_template_language"),
        value: object.text(now),
        previous: before.and_then(|before| object.text(before)),
        reason: object.text("reason"),
        raw: Json::of(value),
    }))
}
