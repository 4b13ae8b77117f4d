//! The business profile. (Meta: "business profiles".)

use serde_json::{Map, Value, json};

use super::{Fields, done, product};
use crate::errors::GraphError;
use crate::state::Shared;

/// The texts of a profile, and their longest.
const TEXTS: [(&str, usize); 5] =
    [("about", 139), ("address", 256), ("description", 512), ("email", 128), ("vertical", 128)];

/// What a picture is given as.
const PICTURE: &str = "profile_picture_handle";

pub(super) fn show(shared: &Shared, query: &Fields) -> Result<Value, GraphError> {
    let known = |name: &str| {
        TEXTS.iter().any(|(text, _)| *text == name)
            || ["websites", "profile_picture_url", "messaging_product"].contains(&name)
    };
    let wanted: Vec<&str> = query.get("fields").map_or_else(Vec::new, |fields| fields.split(',').collect());
    if let Some(unknown) = wanted.iter().find(|name| !known(name)) {
        return Err(GraphError::parameter(format_args!(
            "Tried accessing nonexisting field ({unknown}) on node type (WhatsAppBusinessProfile)"
        )));
    }
    let profile = shared.account().profile.clone();
    let mut shown: Map<String, Value> = profile
        .into_iter()
        .filter(|(name, _)| wanted.is_empty() || wanted.contains(&name.as_str()))
        .collect();
    shown.insert("messaging_product".into(), json!("whatsapp"));
    Ok(json!({ "data": [shown] }))
}

pub(super) fn change(shared: &Shared, mut body: Map<String, Value>) -> Result<Value, GraphError> {
    product(&body)?;
    body.remove("messaging_product");
    for (name, value) in &body {
        match (TEXTS.iter().find(|(text, _)| text == name), value) {
            (Some((_, most)), Value::String(text)) if text.chars().count() <= *most => {}
            (Some((_, most)), Value::String(_)) => {
                return Err(GraphError::parameter(format_args!(
                    "Param {name} must be at most {most} characters long."
                )));
            }
            (None, Value::Array(sites))
                if name == "websites" && sites.len() <= 2 && sites.iter().all(Value::is_string) => {}
            (None, Value::String(handle)) if name == PICTURE && shared.account().uploads.has(handle) => {}
            _ => return Err(GraphError::parameter(format_args!("Param {name} is not valid."))),
        }
    }
    if body.remove(PICTURE).is_some() {
        let url = format!("https://pps.whatsapp.net/v/{}.jpg", shared.random.text(24));
        body.insert("profile_picture_url".into(), url.into());
    }
    shared.account().profile.extend(body);
    Ok(done())
}
