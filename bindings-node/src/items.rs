//! The keys of parameters and buttons: JavaScript's names become the common ones.

use serde_json::{Map, Value};
use wamid::Error;

use crate::{content, reader};

/// JavaScript's name, and the common one. Keys that are not here have the same name in both.
const NAMES: [(&str, &str); 11] = [
    ("fallbackValue", "fallback_value"),
    ("amount1000", "amount_1000"),
    ("productRetailerId", "product_retailer_id"),
    ("productRetailerIds", "product_retailer_ids"),
    ("catalogId", "catalog_id"),
    ("mimeType", "mime_type"),
    ("subType", "sub_type"),
    ("couponCode", "coupon_code"),
    ("flowToken", "flow_token"),
    ("flowActionData", "flow_action_data"),
    ("thumbnailProductRetailerId", "thumbnail_product_retailer_id"),
];

/// The items of a list under the common names of their keys; of what is inside these only the sections of products. A common name where JavaScript
/// has another is unknown, as it is to its types.
pub(crate) fn named(list: &str, given: Option<Vec<Value>>) -> Result<Vec<Value>, Error> {
    let named = |(at, item)| match item {
        Value::Object(keys) => keys_of(keys, || format!("{list}[{at}]")).map(Value::Object),
        other => Ok(other),
    };
    given.unwrap_or_default().into_iter().enumerate().map(named).collect()
}

fn keys_of(keys: Map<String, Value>, path: impl Fn() -> String) -> Result<Map<String, Value>, Error> {
    let renamed = |(key, value): (String, Value)| {
        if let Some((js, _)) = NAMES.iter().find(|(_, common)| *common == key) {
            return Err(reader::unknown(&format!("{}.{key}", path()), [js]));
        }
        let common = NAMES.iter().find(|(js, _)| *js == key).map(|(_, common)| (*common).to_owned());
        let value = match value {
            Value::Array(sections) if key == "sections" => {
                Value::Array(named(&format!("{}.sections", path()), Some(sections))?)
            }
            value => value,
        };
        // Of what is unknown errors say the common name, too.
        Ok((common.unwrap_or_else(|| content::common(&key)), value))
    };
    keys.into_iter().map(renamed).collect()
}
