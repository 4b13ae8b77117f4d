//! Templates: listed, made, changed, deleted. Who names one `rejected` something sees it rejected; all others are approved at once.
//! (Meta: "message templates" reference.)

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Fields, done};
use crate::errors::GraphError;
use crate::options::{Template, is_template_name};
use crate::random::Random;

/// A new template of a name that begins so is rejected.
const REJECTED: &str = "rejected";

/// The templates of one sandbox, as Meta describes them.
#[derive(Debug)]
pub(crate) struct Templates {
    all: Vec<Arc<Map<String, Value>>>,
    /// Those of the sandbox's options, which a send may use in whatever language.
    given: Vec<Template>,
}

/// A template that a send may use.
#[derive(Debug)]
pub(crate) enum Known<'a> {
    /// One of the options': how many parameters it takes.
    Counts(&'a Template),
    /// One that was made, as Meta describes it.
    Made(&'a Map<String, Value>),
}

impl Templates {
    pub(crate) fn new(random: &Random, known: Vec<Template>) -> Self {
        Self {
            all: known.iter().map(|template| Arc::new(described(random, template))).collect(),
            given: known,
        }
    }

    /// The template of that name, where it can be sent in that language.
    pub(crate) fn sendable(&self, name: &str, language: &str) -> Result<Known<'_>, GraphError> {
        if let Some(known) = self.given.iter().find(|known| known.name() == name) {
            return Ok(Known::Counts(known));
        }
        let made = self.all.iter().find(|made| made["name"] == name && made["language"] == language);
        match made.map(|made| (made, made.get("status").and_then(Value::as_str).unwrap_or_default())) {
            Some((made, "APPROVED")) => Ok(Known::Made(made)),
            Some((_, "PAUSED")) => Err(GraphError::of_code(132_015)),
            Some((_, "DISABLED")) => Err(GraphError::of_code(132_016)),
            _ => Err(GraphError::detailed(
                132_001,
                format!("template name ({name}) does not exist in {language}"),
            )),
        }
    }

    /// The definition of the template that such a send fills.
    pub(crate) fn defined(&self, name: &str, language: &str) -> Option<Arc<Map<String, Value>>> {
        let named = || self.all.iter().filter(|template| template["name"] == name);
        let found = named().find(|template| template["language"] == language);
        found
            .or_else(|| named().next().filter(|_| self.given.iter().any(|given| given.name() == name)))
            .cloned()
    }

    pub(super) fn list(&self, query: &Fields, address: &str) -> Value {
        let fits = |template: &Map<String, Value>, name: &str| {
            let asked = query.get(name).filter(|asked| !asked.is_empty());
            asked.is_none_or(|asked| {
                let value = template.get(name).and_then(Value::as_str).unwrap_or_default();
                if name == "name" {
                    value.contains(asked.as_str())
                } else {
                    value.eq_ignore_ascii_case(asked)
                }
            })
        };
        let found: Vec<&Map<String, Value>> = self
            .all
            .iter()
            .map(Arc::as_ref)
            .filter(|template| {
                ["name", "status", "language", "category"].iter().all(|name| fits(template, name))
            })
            .collect();
        let number = |name: &str, default: usize| {
            query.get(name).and_then(|text| text.parse().ok()).unwrap_or(default)
        };
        let (from, limit) = (number("after", 0), number("limit", 25).clamp(1, 1000));
        let page: Vec<_> = found.iter().skip(from).take(limit).collect();
        let next = from + page.len();
        let mut paging = json!({ "cursors": { "before": from.to_string(), "after": next.to_string() } });
        if next < found.len() {
            let mut pairs: Vec<String> = query
                .iter()
                .filter(|(name, _)| *name != "after")
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            pairs.sort_unstable();
            pairs.push(format!("after={next}"));
            paging["next"] = format!("{address}?{}", pairs.join("&")).into();
        }
        json!({ "data": page, "paging": paging })
    }

    pub(super) fn one(&self, id: &str) -> Option<Value> {
        self.all
            .iter()
            .find(|template| template["id"] == id)
            .map(|template| Value::Object(template.as_ref().clone()))
    }

    pub(crate) fn create(
        &mut self,
        random: &Random,
        mut body: Map<String, Value>,
    ) -> Result<Value, GraphError> {
        let text =
            |body: &Map<String, Value>, name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let name = text(&body, "name").filter(|name| is_template_name(name)).ok_or_else(|| {
            GraphError::parameter("Param name must be 1 to 512 lower-case letters, digits and underscores.")
        })?;
        let language = text(&body, "language")
            .filter(|language| !language.is_empty())
            .ok_or_else(|| GraphError::parameter("The parameter language is required."))?;
        let category = text(&body, "category").unwrap_or_default().to_ascii_uppercase();
        if !["UTILITY", "MARKETING", "AUTHENTICATION"].contains(&category.as_str()) {
            return Err(GraphError::parameter(
                "Param category must be one of {UTILITY, MARKETING, AUTHENTICATION}.",
            ));
        }
        if !body.get("components").is_some_and(Value::is_array) && !body.contains_key("library_template_name")
        {
            return Err(GraphError::parameter("The parameter components is required."));
        }
        if self.all.iter().any(|known| known["name"] == name && known["language"] == language) {
            return Err(GraphError {
                subcode: Some(2_388_024),
                ..GraphError::parameter("Content in this language already exists")
            });
        }
        let status = if name.starts_with(REJECTED) { "REJECTED" } else { "APPROVED" };
        let id = random.digits(15);
        for (key, value) in [("id", json!(id)), ("status", json!(status)), ("category", json!(category))] {
            body.insert(key.into(), value);
        }
        body.entry("rejected_reason").or_insert(json!(if status == "REJECTED" {
            "INVALID_FORMAT"
        } else {
            "NONE"
        }));
        self.all.push(Arc::new(body));
        Ok(json!({ "id": id, "status": status, "category": category }))
    }

    /// None where there is no template of that id.
    pub(super) fn edit(&mut self, id: &str, body: Map<String, Value>) -> Option<Result<Value, GraphError>> {
        let template = self.all.iter_mut().find(|template| template["id"] == id)?;
        if body.contains_key("name") || body.contains_key("language") {
            return Some(Err(GraphError::parameter("A template's name and language cannot be changed.")));
        }
        Arc::make_mut(template).extend(body);
        Some(Ok(done()))
    }

    pub(super) fn delete(&mut self, query: &Fields) -> Result<Value, GraphError> {
        let Some(name) = query.get("name").filter(|name| !name.is_empty()) else {
            return Err(GraphError::parameter("The parameter name is required."));
        };
        let id = query.get("hsm_id");
        let before = self.all.len();
        self.all.retain(|template| !(template["name"] == *name && id.is_none_or(|id| template["id"] == *id)));
        if self.all.len() == before {
            return Err(GraphError::parameter("Message Template Not Found"));
        }
        if !self.all.iter().any(|template| template["name"] == *name) {
            self.given.retain(|template| template.name() != name);
        }
        Ok(done())
    }
}

/// A template that the sandbox has from the start, as Meta would describe it.
fn described(random: &Random, template: &Template) -> Map<String, Value> {
    let counted = |count: usize| (1..=count).map(|at| format!("{{{{{at}}}}}")).collect::<Vec<_>>().join(" ");
    let mut components = Vec::new();
    if template.header_params() > 0 {
        components
            .push(json!({ "type": "HEADER", "format": "TEXT", "text": counted(template.header_params()) }));
    }
    let body = match (template.name(), template.body_params()) {
        ("hello_world", 0) => {
            "Hello World. This message shows that you can send WhatsApp messages.".to_owned()
        }
        ("order_update", 2) => "Hello {{1}}, your order {{2}} is on its way.".to_owned(),
        ("appointment_reminder", 2) => "Hello {{1}}, we expect you {{2}}.".to_owned(),
        (name, count) => format!("{name} {}", counted(count)).trim_end().to_owned(),
    };
    components.push(json!({ "type": "BODY", "text": body }));
    let all = json!({
        "id": random.digits(15),
        "name": template.name(),
        "language": "en_US",
        "status": "APPROVED",
        "category": "UTILITY",
        "parameter_format": "POSITIONAL",
        "components": components,
        "rejected_reason": "NONE",
    });
    match all {
        Value::Object(all) => all,
        _ => Map::new(),
    }
}
