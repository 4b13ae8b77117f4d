//! The products of one catalog. (Meta: "product catalog, products" reference.)

use serde_json::{Map, Value, json};

use super::{Fields, fields_of};
use crate::errors::GraphError;

/// The id of the sandbox's catalog: Meta's own example.
pub(crate) const CATALOG_ID: &str = "194836987003835";

/// One more than the usual page has, so that the list has a second one.
const PRODUCTS: usize = 101;

const KNOWN: [&str; 7] = ["id", "retailer_id", "name", "price", "currency", "image_url", "availability"];

/// One page of the products.
pub(super) fn products(query: &Fields, address: &str) -> Result<Value, GraphError> {
    let mut wanted: Vec<&str> =
        query.get("fields").map_or_else(|| vec!["name", "retailer_id"], |fields| fields.split(',').collect());
    if let Some(unknown) = wanted.iter().find(|name| !KNOWN.contains(name)) {
        return Err(GraphError::parameter(format_args!(
            "Tried accessing nonexisting field ({unknown}) on node type (ProductItem)"
        )));
    }
    wanted.push("id");
    let number =
        |name: &str, default: usize| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(default);
    let (from, limit) = (number("after", 0), number("limit", 25).clamp(1, 100));
    let page: Vec<Value> =
        (from..PRODUCTS).take(limit).map(|at| fields_of(&product(at + 1), &wanted)).collect();
    let next = from + page.len();
    let mut paging = json!({ "cursors": { "before": from.to_string(), "after": next.to_string() } });
    if next < PRODUCTS {
        let fields = query.get("fields").map(|fields| format!("fields={fields}&")).unwrap_or_default();
        paging["next"] = format!("{address}?{fields}limit={limit}&after={next}").into();
    }
    Ok(json!({ "data": page, "paging": paging }))
}

/// All products, as the catalog describes them.
pub(crate) fn all_products() -> Vec<Map<String, Value>> {
    (1..=PRODUCTS).map(product).collect()
}

/// What a product costs, in rupees.
pub(crate) fn price_of(retailer_id: &str) -> Option<f64> {
    let number: u32 = retailer_id.strip_prefix("SKU-")?.parse().ok()?;
    usize::try_from(number).is_ok_and(|number| (1..=PRODUCTS).contains(&number)).then(|| f64::from(number))
}

fn product(number: usize) -> Map<String, Value> {
    let product = json!({
        "id": (7_000_000_000_000_000 + number).to_string(),
        "retailer_id": format!("SKU-{number}"),
        "name": format!("Product {number}"),
        "price": format!("\u{20b9}{number}.00"),
        "currency": "INR",
        "image_url": format!("https://example.com/products/{number}.jpg"),
        "availability": "in stock",
    });
    match product {
        Value::Object(product) => product,
        _ => Map::new(),
    }
}
