//! What Meta checks of the action of an interactive message: its buttons, rows and products.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::checklist::Checklist;
use super::errors::GraphError;
use super::fields::{self, invalid, missing};

type Object = Map<String, Value>;

const ACTION: &str = "interactive['action']";

/// Checks the action of a message of that type. Of types without a check here only its name is looked at.
pub(super) fn check(kind: &str, action: &Object, checks: &mut Checklist) -> Result<(), GraphError> {
    let (what, found) = match kind {
        "button" => ("1 to 3 reply buttons, each with an id and a title of its own", buttons(action)),
        "list" => {
            ("1 to 10 rows in all, each with an id of its own, and a button that opens them", list(action))
        }
        "product" => ("catalog_id and product_retailer_id", product(action)),
        "product_list" => ("catalog_id and 1 to 30 products in titled sections", product_list(action)),
        "cta_url" => ("a button text of 1 to 20 characters and an address of the web", link(action)),
        "flow" => ("a Flow by its id or name, and what opens it", named(action, "flow").and_then(flow)),
        "location_request_message" => ("the name send_location", name(action, "send_location")),
        "request_contact_info" => ("the name request_contact_info", name(action, "request_contact_info")),
        "catalog_message" => ("the name catalog_message", catalog(action)),
        _ => return Ok(()),
    };
    checks.note(format!("interactive: the action has {what}"), found)
}

fn product(action: &Object) -> Result<(), GraphError> {
    fields::check_keys(action, ACTION, &["catalog_id", "product_retailer_id"])?;
    fields::needed_text(action, ACTION, "catalog_id", usize::MAX)?;
    fields::needed_text(action, ACTION, "product_retailer_id", usize::MAX).map(|_| ())
}

fn link(action: &Object) -> Result<(), GraphError> {
    let parameters = named(action, "cta_url")?;
    fields::needed_text(parameters, PARAMETERS, "display_text", usize::MAX)?;
    fields::length(parameters, "display_text", "Button text", 1, 20)?;
    let url = fields::needed_text(parameters, PARAMETERS, "url", usize::MAX)?;
    fields::check_url(url, PARAMETERS, "url")
}

fn catalog(action: &Object) -> Result<(), GraphError> {
    name(action, "catalog_message")?;
    if !action.contains_key("parameters") {
        return Ok(());
    }
    let parameters = fields::object(action, ACTION, "parameters")?;
    fields::needed_text(parameters, PARAMETERS, "thumbnail_product_retailer_id", usize::MAX).map(|_| ())
}

const PARAMETERS: &str = "interactive['action']['parameters']";

fn name(action: &Object, wanted: &str) -> Result<(), GraphError> {
    match fields::needed_text(action, ACTION, "name", usize::MAX)? {
        name if name == wanted => Ok(()),
        name => Err(GraphError::parameter(format_args!(
            "Param {ACTION}['name'] must be one of {{{}}} - got \"{name}\".",
            wanted.to_ascii_uppercase()
        ))),
    }
}

/// The parameters of an action of that name.
fn named<'body>(action: &'body Object, wanted: &str) -> Result<&'body Object, GraphError> {
    name(action, wanted)?;
    fields::object(action, ACTION, "parameters")
}

fn buttons(action: &Object) -> Result<(), GraphError> {
    fields::check_keys(action, ACTION, &["buttons"])?;
    let buttons = fields::list(action, ACTION, "buttons")?;
    if !(1..=3).contains(&buttons.len()) {
        return Err(invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"));
    }
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for (at, button) in buttons.iter().enumerate() {
        let path = format!("{ACTION}['buttons'][{at}]");
        let button = fields::element(button, &path)?;
        match fields::needed_text(button, &path, "type", usize::MAX)? {
            "reply" => {}
            other => {
                return Err(GraphError::parameter(format_args!(
                    "Param {path}['type'] must be one of {{REPLY}} - got \"{other}\"."
                )));
            }
        }
        let reply = fields::object(button, &path, "reply")?;
        let path = format!("{path}['reply']");
        let id = fields::needed_text(reply, &path, "id", usize::MAX)?;
        fields::length(reply, "id", "Button id", 1, 256)?;
        let title = fields::needed_text(reply, &path, "title", usize::MAX)?;
        fields::length(reply, "title", "Button title", 1, 20)?;
        if id.trim() != id {
            return Err(invalid("Button id must not begin or end with white space"));
        }
        if !ids.insert(id) {
            return Err(invalid("Duplicated button id"));
        }
        if !titles.insert(title) {
            return Err(invalid("Duplicated button title"));
        }
    }
    Ok(())
}

/// The sections of an action, each with its path. Of more than one each needs a title.
fn sections(action: &Object) -> Result<Vec<(&Object, String)>, GraphError> {
    let sections = fields::list(action, ACTION, "sections")?;
    if !(1..=10).contains(&sections.len()) {
        return Err(invalid("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10"));
    }
    let mut found = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        let path = format!("{ACTION}['sections'][{at}]");
        let section = fields::element(section, &path)?;
        match fields::text(section, &path, "title", usize::MAX)? {
            Some(title) if !title.trim().is_empty() => {
                fields::length(section, "title", "Section title", 1, 24)?;
            }
            _ if sections.len() > 1 => return Err(missing(&path, "title")),
            _ => {}
        }
        found.push((section, path));
    }
    Ok(found)
}

fn list(action: &Object) -> Result<(), GraphError> {
    fields::check_keys(action, ACTION, &["button", "sections"])?;
    fields::needed_text(action, ACTION, "button", usize::MAX)?;
    fields::length(action, "button", "Button text", 1, 20)?;
    let mut ids = HashSet::new();
    let mut count = 0;
    for (section, path) in sections(action)? {
        let rows = fields::list(section, &path, "rows")?;
        if rows.is_empty() {
            return Err(invalid("Invalid rows count. Min allowed rows: 1"));
        }
        count += rows.len();
        for (at, row) in rows.iter().enumerate() {
            let path = format!("{path}['rows'][{at}]");
            let row = fields::element(row, &path)?;
            fields::check_keys(row, &path, &["id", "title", "description"])?;
            let id = fields::needed_text(row, &path, "id", usize::MAX)?;
            fields::longest(row, "id", "Row id", 200)?;
            fields::needed_text(row, &path, "title", usize::MAX)?;
            fields::longest(row, "title", "Row title", 24)?;
            if fields::text(row, &path, "description", usize::MAX)?.is_some_and(|text| text.trim().is_empty())
            {
                return Err(missing(&path, "description"));
            }
            fields::longest(row, "description", "Row description", 72)?;
            if !ids.insert(id) {
                return Err(invalid(format!("Duplicated row id: {id}")));
            }
        }
    }
    if count > 10 {
        return Err(invalid("Total row count exceed max allowed count: 10"));
    }
    Ok(())
}

fn product_list(action: &Object) -> Result<(), GraphError> {
    fields::check_keys(action, ACTION, &["catalog_id", "sections"])?;
    fields::needed_text(action, ACTION, "catalog_id", usize::MAX)?;
    let mut count = 0;
    for (section, path) in sections(action)? {
        fields::check_keys(section, &path, &["title", "product_items"])?;
        let products = fields::list(section, &path, "product_items")?;
        if products.is_empty() {
            return Err(invalid("Invalid product items count. Min allowed product items: 1"));
        }
        count += products.len();
        for (at, product) in products.iter().enumerate() {
            let path = format!("{path}['product_items'][{at}]");
            fields::needed_text(fields::element(product, &path)?, &path, "product_retailer_id", usize::MAX)?;
        }
    }
    if count > 30 {
        return Err(invalid("Total product items count exceed max allowed count: 30"));
    }
    Ok(())
}

fn flow(parameters: &Object) -> Result<(), GraphError> {
    let needed = |key| fields::needed_text(parameters, PARAMETERS, key, usize::MAX);
    let one_of = |key: &str, words: [&str; 2]| match fields::text(parameters, PARAMETERS, key, usize::MAX)? {
        Some(word) if !words.contains(&word) => Err(GraphError::parameter(format_args!(
            "Param {PARAMETERS}['{key}'] must be one of {{{}}} - got \"{word}\".",
            words.join(", ").to_ascii_uppercase()
        ))),
        word => Ok(word),
    };
    if needed("flow_message_version")? != "3" {
        return Err(invalid("flow_message_version must be 3"));
    }
    needed("flow_cta")?;
    fields::length(parameters, "flow_cta", "Flow CTA", 1, 30)?;
    let id = fields::text(parameters, PARAMETERS, "flow_id", usize::MAX)?;
    let flow_name = fields::text(parameters, PARAMETERS, "flow_name", usize::MAX)?;
    if id.is_some() == flow_name.is_some() {
        return Err(GraphError::parameter(format_args!(
            "Param {PARAMETERS} must have one of 'flow_id' and 'flow_name'."
        )));
    }
    fields::text(parameters, PARAMETERS, "flow_token", usize::MAX)?;
    one_of("mode", ["draft", "published"])?;
    let action = one_of("flow_action", ["navigate", "data_exchange"])?;
    if !parameters.contains_key("flow_action_payload") {
        return Ok(());
    }
    if action == Some("data_exchange") {
        return Err(invalid("flow_action_payload is not allowed with flow_action data_exchange"));
    }
    let payload = fields::object(parameters, PARAMETERS, "flow_action_payload")?;
    let path = format!("{PARAMETERS}['flow_action_payload']");
    fields::needed_text(payload, &path, "screen", usize::MAX)?;
    match payload.get("data") {
        None => Ok(()),
        Some(Value::Object(data)) if !data.is_empty() => Ok(()),
        Some(_) => Err(invalid("flow_action_payload data must be a JSON object that is not empty")),
    }
}
