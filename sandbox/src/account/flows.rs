//! Flows: made as drafts, given their JSON, published, deprecated, deleted. (Meta: "Flows API" reference.)

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Fields, done, fields_of, multipart, object, query_of, text_of};
use crate::errors::GraphError;
use crate::random::Random;
use crate::state::Shared;

/// What is shown of a Flow where nothing else is asked for.
const SHOWN: [&str; 5] = ["id", "name", "status", "categories", "validation_errors"];
/// What else may be asked for.
const MORE: [&str; 3] = ["json_version", "endpoint_uri", "preview"];

const CATEGORIES: [&str; 8] = [
    "SIGN_UP",
    "SIGN_IN",
    "APPOINTMENT_BOOKING",
    "LEAD_GENERATION",
    "CONTACT_US",
    "CUSTOMER_SUPPORT",
    "SURVEY",
    "OTHER",
];

/// The Flows of one sandbox, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    all: Vec<Map<String, Value>>,
    /// The JSON of those that were given one, by id.
    files: HashMap<String, Arc<Value>>,
}

impl Flows {
    pub(super) fn has(&self, id: &str) -> bool {
        self.all.iter().any(|flow| flow["id"] == id)
    }

    /// The JSON of the Flow of that id or name.
    pub(super) fn json(&self, flow: &str) -> Option<Arc<Value>> {
        let known = self.all.iter().find(|known| known["id"] == flow || known["name"] == flow)?;
        self.files.get(known["id"].as_str()?).cloned()
    }

    fn of(&mut self, id: &str) -> Option<&mut Map<String, Value>> {
        self.all.iter_mut().find(|flow| flow["id"] == id)
    }

    pub(super) fn list(&self) -> Value {
        let shown: Vec<Value> = self.all.iter().map(|flow| fields_of(flow, &SHOWN)).collect();
        json!({ "data": shown, "paging": { "cursors": { "before": "", "after": "" } } })
    }

    pub(super) fn show(&self, id: &str, query: &Fields) -> Option<Result<Value, GraphError>> {
        let flow = self.all.iter().find(|flow| flow["id"] == id)?;
        let mut wanted: Vec<&str> =
            query.get("fields").map_or_else(|| SHOWN.to_vec(), |fields| fields.split(',').collect());
        if let Some(unknown) = wanted.iter().find(|name| !SHOWN.contains(name) && !MORE.contains(name)) {
            return Some(Err(GraphError::parameter(format_args!(
                "Tried accessing nonexisting field ({unknown}) on node type (WhatsAppFlow)"
            ))));
        }
        wanted.push("id");
        Some(Ok(fields_of(flow, &wanted)))
    }

    fn create(&mut self, random: &Random, body: &Map<String, Value>) -> Result<Value, GraphError> {
        let name = text_of(body, "name").ok_or_else(|| required("name"))?;
        if self.all.iter().any(|flow| flow["name"] == name) {
            return Err(GraphError::parameter("Flow name is not unique"));
        }
        let id = random.digits(16);
        let flow = json!({
            "id": id,
            "name": name,
            "status": "DRAFT",
            "categories": categories(body)?,
            "validation_errors": [],
        });
        if let Value::Object(mut flow) = flow {
            if let Some(uri) = text_of(body, "endpoint_uri") {
                flow.insert("endpoint_uri".into(), uri.into());
            }
            self.all.push(flow);
        }
        Ok(json!({ "id": id }))
    }

    /// Changes the name or the categories of a draft.
    pub(super) fn edit(&mut self, id: &str, body: &Map<String, Value>) -> Option<Result<Value, GraphError>> {
        let flow = self.of(id)?;
        if flow["status"] != "DRAFT" {
            return Some(Err(not_a_draft()));
        }
        if let Some(name) = text_of(body, "name") {
            flow.insert("name".into(), name.into());
        }
        if body.contains_key("categories") {
            match categories(body) {
                Ok(categories) => flow.insert("categories".into(), categories),
                Err(error) => return Some(Err(error)),
            };
        }
        Some(Ok(done()))
    }

    pub(super) fn delete(&mut self, id: &str) -> Option<Result<Value, GraphError>> {
        let at = self.all.iter().position(|flow| flow["id"] == id)?;
        if self.all.get(at)?["status"] != "DRAFT" {
            return Some(Err(refused(
                139_004,
                "Deleting failed",
                "Only a Flow that was never published can be deleted. You can deprecate it instead.",
            )));
        }
        self.all.remove(at);
        self.files.remove(id);
        Some(Ok(done()))
    }

    fn put_json(&mut self, id: &str, file: &[u8]) -> Result<Value, GraphError> {
        let flow = self.of(id).ok_or_else(|| GraphError::unknown_object("post", id))?;
        if flow["status"] != "DRAFT" {
            return Err(not_a_draft());
        }
        let json = serde_json::from_slice(file).ok();
        let (version, errors) = validated(json.as_ref());
        flow.insert("json_version".into(), version);
        flow.insert("validation_errors".into(), errors.clone());
        match json {
            Some(json) => self.files.insert(id.to_owned(), Arc::new(json)),
            None => self.files.remove(id),
        };
        Ok(json!({ "success": true, "validation_errors": errors }))
    }

    fn publish(&mut self, id: &str) -> Result<Value, GraphError> {
        let flow = self.of(id).ok_or_else(|| GraphError::unknown_object("post", id))?;
        let failed = |why| Err(refused(139_002, "Publishing failed", why));
        if flow["status"] != "DRAFT" {
            return failed("You attempted to publish a Flow that is no draft.");
        }
        if flow["validation_errors"].as_array().is_some_and(|errors| !errors.is_empty()) {
            return failed("The Flow has validation errors. Correct them before you publish it.");
        }
        if flow.get("json_version").is_none_or(Value::is_null) {
            return failed("The Flow has no Flow JSON yet.");
        }
        flow.insert("status".into(), "PUBLISHED".into());
        Ok(done())
    }

    fn deprecate(&mut self, id: &str) -> Result<Value, GraphError> {
        let flow = self.of(id).ok_or_else(|| GraphError::unknown_object("post", id))?;
        if flow["status"] != "PUBLISHED" {
            let why = "The Flow is not published yet, or it is deprecated already.";
            return Err(refused(139_003, "Deprecating failed", why));
        }
        flow.insert("status".into(), "DEPRECATED".into());
        Ok(done())
    }
}

/// `POST /{account}/flows`, as JSON or as a form.
pub(super) fn create(shared: &Shared, content_type: Option<&str>, bytes: &[u8]) -> Result<Value, GraphError> {
    let body = form_or_object(content_type, bytes)?;
    shared.account().flows.create(&shared.random, &body)
}

/// `POST /{flow}/assets`
pub(super) fn upload(
    shared: &Shared,
    id: &str,
    content_type: Option<&str>,
    bytes: &[u8],
) -> Result<Value, GraphError> {
    let parts = content_type.and_then(|kind| multipart::read(kind, bytes)).unwrap_or_default();
    let part = |name: &str| parts.iter().find(|part| part.name == name);
    for name in ["name", "asset_type"] {
        part(name).ok_or_else(|| required(name))?;
    }
    if part("asset_type").is_none_or(|part| part.content != b"FLOW_JSON") {
        return Err(GraphError::parameter("Param asset_type must be one of {FLOW_JSON}."));
    }
    let file = part("file").filter(|part| part.filename.is_some()).ok_or_else(|| required("file"))?;
    shared.account().flows.put_json(id, file.content)
}

/// `POST /{flow}/publish` and `POST /{flow}/deprecate`
pub(super) fn change_status(shared: &Shared, id: &str, what: &str) -> Result<Value, GraphError> {
    match what {
        "publish" => shared.account().flows.publish(id),
        _ => shared.account().flows.deprecate(id),
    }
}

/// The members of a body, whichever of Meta's two forms it has.
pub(super) fn form_or_object(
    content_type: Option<&str>,
    bytes: &[u8],
) -> Result<Map<String, Value>, GraphError> {
    let Some(kind) = content_type.filter(|kind| !kind.contains("json")) else {
        return object(bytes);
    };
    if let Some(parts) = multipart::read(kind, bytes) {
        let text = |part: &multipart::Part<'_>| String::from_utf8_lossy(part.content).into_owned().into();
        return Ok(parts.iter().map(|part| (part.name.clone(), text(part))).collect());
    }
    let fields = query_of(std::str::from_utf8(bytes).unwrap_or_default());
    Ok(fields.into_iter().map(|(name, value)| (name, value.into())).collect())
}

/// The categories of a body: a list, or in a form the list's JSON.
fn categories(body: &Map<String, Value>) -> Result<Value, GraphError> {
    let given = match body.get("categories") {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or(Value::Null),
        given => given.cloned().unwrap_or(Value::Null),
    };
    let known = |category: &Value| category.as_str().is_some_and(|name| CATEGORIES.contains(&name));
    if given.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(known)) {
        return Ok(given);
    }
    Err(GraphError::parameter(format_args!(
        "Param categories must be a list of {{{}}}.",
        CATEGORIES.join(", ")
    )))
}

/// The version of a Flow JSON, and what is wrong with it.
fn validated(flow: Option<&Value>) -> (Value, Value) {
    let error = |error: &str, message: &str| {
        json!([{
            "error": error,
            "error_type": "JSON_SCHEMA_ERROR",
            "message": message,
            "line_start": 1,
            "line_end": 1,
            "column_start": 1,
            "column_end": 1,
        }])
    };
    let Some(flow) = flow else {
        return (Value::Null, error("INVALID_FLOW_JSON", "The file is no valid JSON."));
    };
    let version = flow.get("version").cloned().unwrap_or(Value::Null);
    if !version.is_string() {
        return (
            version,
            error("MISSING_REQUIRED_PROPERTY", "The property \"version\" is missing at \"$root\"."),
        );
    }
    if flow.get("screens").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        return (
            version,
            error("MISSING_REQUIRED_PROPERTY", "The property \"screens\" is missing at \"$root\"."),
        );
    }
    (version, json!([]))
}

fn required(name: &str) -> GraphError {
    GraphError::parameter(format_args!("The parameter {name} is required."))
}

fn not_a_draft() -> GraphError {
    refused(139_001, "Updating failed", "You attempted to update a Flow that has already been published.")
}

fn refused(code: u32, title: &'static str, why: &'static str) -> GraphError {
    GraphError {
        message: format!("(#{code}) {title}"),
        details: None,
        user: Some((title, why)),
        ..GraphError::of_code(code)
    }
}
