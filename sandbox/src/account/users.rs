//! Blocked users. (Meta: "block users".)

use serde_json::{Map, Value, json};

use super::product;
use crate::checks::phone_digits;
use crate::errors::GraphError;
use crate::random::Random;
use crate::state::Shared;

/// As many as Meta takes at once.
const AT_ONCE: usize = 1000;

pub(super) fn list(shared: &Shared) -> Value {
    json!({ "data": shared.account().blocked, "paging": { "cursors": { "before": "", "after": "" } } })
}

pub(super) fn block(shared: &Shared, body: &Map<String, Value>) -> Result<Value, GraphError> {
    change(&shared.random, body, "added_users", |entry| {
        let mut account = shared.account();
        if !account.blocked.iter().any(|known| known == entry) {
            account.blocked.push(entry.clone());
        }
    })
}

pub(super) fn unblock(shared: &Shared, body: &Map<String, Value>) -> Result<Value, GraphError> {
    change(&shared.random, body, "removed_users", |entry| {
        shared.account().blocked.retain(|known| known != entry)
    })
}

/// Whether a customer is among them.
pub(super) fn has(blocked: &[Value], phone: &str) -> bool {
    let id = whatsapp_id(phone.to_owned());
    blocked.iter().any(|user| user["wa_id"] == id || user["user_id"] == phone)
}

fn change(
    random: &Random,
    body: &Map<String, Value>,
    list: &'static str,
    mut act: impl FnMut(&Value),
) -> Result<Value, GraphError> {
    product(body)?;
    let users = body.get("block_users").and_then(Value::as_array);
    let Some(users) = users.filter(|users| (1..=AT_ONCE).contains(&users.len())) else {
        return Err(GraphError::parameter("Param block_users must be a list of 1 to 1000 users."));
    };
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for user in users {
        let text = |name: &str| user.get(name).and_then(Value::as_str).unwrap_or_default();
        let (phone, id) = (text("user"), text("user_id"));
        match phone_digits(phone) {
            Some(digits) => {
                let id = whatsapp_id(digits);
                act(&json!({ "messaging_product": "whatsapp", "wa_id": id }));
                done.push(json!({ "input": phone, "wa_id": id }));
            }
            None if !id.is_empty() => {
                act(&json!({ "messaging_product": "whatsapp", "user_id": id }));
                done.push(json!({ "input": id, "user_id": id }));
            }
            None => failed.push(json!({
                "input": phone,
                "errors": [{ "code": 131_021, "message": "Invalid user", "error_data": { "details": "It is no phone number." } }],
            })),
        }
    }
    let mut lists = json!({ list: done });
    let mut answer = json!({ "messaging_product": "whatsapp" });
    if !failed.is_empty() {
        lists["failed_users"] = failed.into();
        // Beside the lists, so that a caller who looks only at errors learns of it.
        let details = "Failed for some of the users. See the list block_users for each of them.";
        let mut error = GraphError::detailed(139_100, details).body(&random.text(23));
        answer["error"] = error["error"].take();
    }
    answer["block_users"] = lists;
    Ok(answer)
}

/// The WhatsApp id of a number. A Mexican one has a 1 behind the country's code, so that it is not always the number's digits.
fn whatsapp_id(digits: String) -> String {
    match digits.strip_prefix("52") {
        Some(rest) if rest.len() == 10 => format!("521{rest}"),
        _ => digits,
    }
}
