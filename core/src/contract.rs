//! The contract in one machine-readable piece, taken from the code itself: every other language tests itself against
//! it, so that a kind, a field or an option that one of them misses fails a test there.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::client::{Client, Options};
use crate::delivery::Receipt;
use crate::error::{Error, ErrorKind};
use crate::media::TransferProgress;
use crate::message::{Content, Conversation, FieldInfo, SendOptions, Shape};
use crate::webhook::{Event, EventInfo};

/// The names of a struct's fields. Taking the struct apart without a rest makes a new field a compile error here.
macro_rules! fields {
    ($type:ident { $($name:ident),* $(,)? }) => {{
        fn _all_fields_are_listed(value: $type) {
            let $type { $($name: _),* } = value;
        }
        [$(stringify!($name)),*]
    }};
}

/// Operations with their arguments, options, results, events, error kinds and error fields, by their common names.
///
/// ```
/// let contract = wamid::contract();
/// assert_eq!(contract["error_kinds"][0], "invalid_input");
/// ```
#[must_use]
pub fn contract() -> Value {
    let common = fields!(SendOptions { account_id, reply_to, reference, idempotency_key, extra });
    let with_common = |own: &[&'static str]| -> Vec<&'static str> {
        std::iter::once(&"phone").chain(own).chain(&common).copied().collect()
    };
    // In the call Meta's own components stand last.
    let mut template = kind_fields("template");
    template.sort_by_key(|name| *name == "components");
    // The call under the original's name is as the original has it; what is newer stands in the content alone.
    template.retain(|name| !["one_time_code", "limited_time_offer_expires_at", "carousel"].contains(name));
    let cloud_only = [
        "graph_version",
        "graph_url",
        "app_secret",
        "business_account_id",
        "app_id",
        "check_templates",
        "store",
    ];
    let options = fields!(Options {
        timeout,
        connect_timeout,
        total_timeout,
        max_retries,
        max_per_second,
        default_country_code,
        user_agent,
        proxy,
        allow_http,
        ca_file,
        pool_idle_timeout,
        pool_max_idle,
        max_connections,
        graph_version,
        graph_url,
        app_secret,
        business_account_id,
        app_id,
        check_templates,
        store,
    });
    let both: Vec<_> = options.iter().filter(|name| !cloud_only.contains(name)).collect();
    let mut operations = json!({
        "send_message": with_common(&kind_fields("text")),
        "send_location": with_common(&kind_fields("location")),
        "send_template": with_common(&template),
        "send": with_common(&["content"]),
        "chats": [],
        "send_many": ["sends", "concurrency", "progress"],
        "receive_webhook": ["body", "signature"],
        "build_template_components": ["header_params", "body_params", "buttons"],
        "verify_webhook": ["body", "signature", "app_secret"],
        "parse_webhook": ["body"],
    });
    let mut results = json!({});
    for operation in Client::operations() {
        let mut arguments: Vec<&str> = operation.fields.iter().map(|field| field.name).collect();
        if operation.progress {
            arguments.push("progress");
        }
        operations[operation.name] = json!(arguments);
        operation.returns.iter().for_each(|shape| add_results(shape, &mut results));
    }
    json!({
        "clients": {
            "cloud": {"arguments": ["access_token", "phone_number_id"], "options": cloud_only},
            "gateway": {"arguments": ["base_url", "api_key"], "options": []},
            "options": both,
        },
        "operations": operations,
        "content_types": Content::TYPES,
        "json_fields": json_fields(),
        "receipt_fields": fields!(Receipt { id, phone, wa_id, user_id, address, status, reference, attempts, raw }),
        "conversation_fields": fields!(Conversation { id, phone_number, address, label, unread_count, last_message_at }),
        "result_fields": results,
        "progress_fields": ["sent", "failed", "unknown", "left"],
        "transfer_progress_fields": fields!(TransferProgress { bytes, total }),
        "event_fields": event_fields(),
        "event_parts": event_parts(),
        "error_kinds": ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
        "error_fields": keys(&Error::new(ErrorKind::Store, "")),
    })
}

fn names(fields: &[FieldInfo]) -> Value {
    fields.iter().map(|field| field.name).collect()
}

/// Adds the types that declared operations answer with, each with its fields; those that others hold too.
fn add_results(shape: &Shape, results: &mut Value) {
    match shape {
        Shape::List(of) => add_results(of, results),
        Shape::Record(record) => {
            record.fields.iter().for_each(|field| add_results(&field.shape, results));
            results[record.class] = names(&record.fields);
        }
        _ => {}
    }
}

/// The names of the fields that hold JSON of the caller's own, whose keys no language may rename.
fn json_fields() -> BTreeSet<&'static str> {
    let kinds = Content::kinds().into_iter().flat_map(|kind| kind.fields);
    let operations = Client::operations().into_iter().flat_map(|operation| operation.fields);
    let mut names = BTreeSet::new();
    for field in kinds.chain(operations) {
        if matches!(field.shape, Shape::Json) {
            names.insert(field.name);
        }
    }
    for event in Event::all() {
        add_json(&event.record.fields, &mut names);
    }
    names
}

/// Adds those of events and of what they hold.
fn add_json(fields: &[FieldInfo], names: &mut BTreeSet<&'static str>) {
    for field in fields {
        match &field.shape {
            Shape::Json => _ = names.insert(field.name),
            Shape::Record(part) => add_json(&part.fields, names),
            _ => {}
        }
    }
}

/// The names of a kind's fields.
fn kind_fields(kind: &str) -> Vec<&'static str> {
    let kinds = Content::kinds();
    let fields = kinds.iter().filter(|info| info.name == kind).flat_map(|info| &info.fields);
    fields.map(|field| field.name).collect()
}

/// The events, each with its fields.
fn event_fields() -> Value {
    let of_event = |info: &EventInfo| -> Vec<&str> {
        std::iter::once("event").chain(info.record.fields.iter().map(|field| field.name)).collect()
    };
    Event::all()
        .iter()
        .map(|info| (info.name.to_owned(), json!(of_event(info))))
        .collect::<Map<_, _>>()
        .into()
}

/// The types of what events hold, each with its fields.
fn event_parts() -> Value {
    let mut parts = json!({});
    for field in Event::all().iter().flat_map(|info| &info.record.fields) {
        add_results(&field.shape, &mut parts);
    }
    parts
}

/// The keys that a value is written with.
fn keys(value: &impl Serialize) -> Vec<String> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => map.into_iter().map(|(key, _)| key).collect(),
        _ => Vec::new(),
    }
}
