//! What a customer orders from a message with products.

use serde_json::{Value, json};

use super::act::Item;
use crate::account::{CATALOG_ID, price_of};
use crate::chats::Entry;
use crate::options::SandboxError;

/// The price of a product that the message names and the sandbox's catalog has not.
const UNKNOWN_PRICE: f64 = 10.0;

/// Whether a customer can order from a message.
pub(super) fn has_products(entry: &Entry) -> bool {
    let interactive = entry.body.pointer("/interactive/type").and_then(Value::as_str);
    let of_template = || {
        let components = entry.template.as_ref().and_then(|template| template.get("components"));
        let buttons = components.and_then(Value::as_array).into_iter().flatten();
        let mut buttons = buttons.filter_map(|component| component.get("buttons")?.as_array()).flatten();
        let kinds = ["catalog", "mpm", "spm"];
        buttons.any(|button| {
            let kind = button.get("type").and_then(Value::as_str).unwrap_or_default();
            kinds.iter().any(|known| kind.eq_ignore_ascii_case(known))
        })
    };
    match interactive {
        Some("product" | "product_list" | "catalog_message") => true,
        Some("carousel") => !named_products(&entry.body).is_empty(),
        _ => of_template(),
    }
}

/// The `order` of the message that the customer sends.
pub(super) fn order(entry: &Entry, items: &[Item], text: Option<String>) -> Result<Value, SandboxError> {
    if items.is_empty() || items.iter().any(|item| item.quantity == 0) {
        return Err(SandboxError::new("an order has at least one product, and at least one of each"));
    }
    let named = named_products(&entry.body);
    let item = |item: &Item| {
        let id = &item.product_retailer_id;
        let known = price_of(id).or_else(|| named.contains(&id.as_str()).then_some(UNKNOWN_PRICE));
        let price = known.ok_or_else(|| {
            SandboxError::new(format!("there is no product {id:?} in the catalog, nor in the message"))
        })?;
        Ok(
            json!({ "product_retailer_id": id, "quantity": item.quantity, "item_price": price, "currency": "INR" }),
        )
    };
    let items = items.iter().map(item).collect::<Result<Vec<Value>, SandboxError>>()?;
    let paths = ["/interactive/action/catalog_id", "/interactive/action/cards/0/action/catalog_id"];
    let mut catalogs = paths.iter().filter_map(|path| entry.body.pointer(path)?.as_str());
    let catalog = catalogs.next().unwrap_or(CATALOG_ID);
    Ok(json!({ "catalog_id": catalog, "text": text.unwrap_or_default(), "product_items": items }))
}

/// The products that a message names, wherever it does.
fn named_products(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("product_retailer_id").and_then(Value::as_str);
            own.into_iter().chain(fields.values().flat_map(named_products)).collect()
        }
        Value::Array(list) => list.iter().flat_map(named_products).collect(),
        _ => Vec::new(),
    }
}
