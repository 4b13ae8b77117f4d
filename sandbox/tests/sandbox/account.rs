//! What Meta keeps besides messages and files: Flows, the products of a catalog, a key, blocked users.

use serde_json::{Value, json};

use crate::host::{Answer, Host, start};

const CATALOG: &str = "194836987003835";
const FLOW: &str = r#"{"version": "7.2", "screens": [{"id": "FIRST"}]}"#;

fn ask(host: &Host, method: &str, path: &str, body: &Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    host.request(method, &format!("/v26.0/{path}"), Some(host.access_token()), &body).unwrap()
}

fn new_flow(host: &Host, name: &str) -> String {
    let path = format!("{}/flows", host.business_account_id());
    let made = ask(host, "POST", &path, &json!({"name": name, "categories": ["SURVEY"]}));
    assert_eq!(made.status, 200, "{made:?}");
    made.json()["id"].as_str().unwrap().to_owned()
}

fn put_json(host: &Host, id: &str, file: &str) -> Answer {
    let part = |name: &str, more: &str, content: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n")
    };
    let body = [
        part("name", "", "flow.json"),
        part("asset_type", "", "FLOW_JSON"),
        part("file", "; filename=\"flow.json\"", file),
        "--B--\r\n".to_owned(),
    ];
    let path = format!("/v26.0/{id}/assets");
    host.post_as("multipart/form-data; boundary=B", &path, &body.concat()).unwrap()
}

fn status(host: &Host, id: &str) -> Value {
    ask(host, "GET", &format!("{id}?fields=status"), &Value::Null).json()["status"].take()
}

#[test]
fn a_flow_is_made_given_its_json_published_and_deprecated() {
    let host = start();
    let id = new_flow(&host, "survey");
    let publish = format!("{id}/publish");
    let deprecate = format!("{id}/deprecate");
    // Without its JSON, with a faulty one, and as a draft.
    assert_eq!(ask(&host, "POST", &publish, &Value::Null).code(), 139_002);
    let faulty = put_json(&host, &id, "{}").json();
    assert_eq!(faulty["success"], true);
    assert_eq!(faulty["validation_errors"][0]["error"], "MISSING_REQUIRED_PROPERTY");
    assert_eq!(ask(&host, "POST", &publish, &Value::Null).code(), 139_002);
    assert_eq!(ask(&host, "POST", &deprecate, &Value::Null).code(), 139_003);
    assert_eq!(put_json(&host, &id, FLOW).json(), json!({"success": true, "validation_errors": []}));
    assert_eq!(status(&host, &id), "DRAFT");
    assert_eq!(ask(&host, "POST", &publish, &Value::Null).json(), json!({"success": true}));
    assert_eq!(status(&host, &id), "PUBLISHED");
    // What is published stays as it is.
    assert_eq!(put_json(&host, &id, FLOW).code(), 139_001);
    assert_eq!(ask(&host, "POST", &id, &json!({"name": "other"})).code(), 139_001);
    assert_eq!(ask(&host, "DELETE", &id, &Value::Null).code(), 139_004);
    assert_eq!(ask(&host, "POST", &deprecate, &Value::Null).json(), json!({"success": true}));
    assert_eq!(status(&host, &id), "DEPRECATED");
    host.finish();
}

#[test]
fn flows_are_listed_changed_and_deleted() {
    let host = start();
    let (first, second) = (new_flow(&host, "first"), new_flow(&host, "second"));
    let path = format!("{}/flows", host.business_account_id());
    let again = ask(&host, "POST", &path, &json!({"name": "first", "categories": ["SURVEY"]}));
    assert_eq!(again.code(), 100, "a name is there once");
    let wrong = ask(&host, "POST", &path, &json!({"name": "third", "categories": ["FUN"]}));
    assert_eq!(wrong.code(), 100);
    assert_eq!(ask(&host, "POST", &second, &json!({"name": "renamed"})).status, 200);
    assert_eq!(ask(&host, "DELETE", &first, &Value::Null).json(), json!({"success": true}));
    let list = ask(&host, "GET", &path, &Value::Null).json();
    let expected = json!([{
        "id": second, "name": "renamed", "status": "DRAFT", "categories": ["SURVEY"], "validation_errors": [],
    }]);
    assert_eq!(list["data"], expected);
    let fields = ask(&host, "GET", &format!("{second}?fields=name,color"), &Value::Null);
    assert_eq!(fields.code(), 100);
    assert_eq!(ask(&host, "GET", &first, &Value::Null).code(), 100);
    host.finish();
}

#[test]
fn products_come_in_pages() {
    let host = start();
    let first =
        ask(&host, "GET", &format!("{CATALOG}/products?fields=name,price&limit=100"), &Value::Null).json();
    assert_eq!(first["data"].as_array().unwrap().len(), 100);
    assert_eq!(first["data"][0]["name"], "Product 1");
    assert!(first["data"][0].get("currency").is_none());
    let next = first["paging"]["next"].as_str().unwrap();
    let (_, path) = next.split_once("/v26.0/").unwrap();
    let last = ask(&host, "GET", path, &Value::Null).json();
    assert_eq!(last["data"].as_array().unwrap().len(), 1);
    assert_eq!(last["data"][0]["name"], "Product 101");
    assert!(last["paging"].get("next").is_none());
    assert_eq!(ask(&host, "GET", "42/products", &Value::Null).code(), 100);
    host.finish();
}

#[test]
fn a_key_is_kept_whatever_the_form_of_its_body() {
    let host = start();
    let path = format!("{}/whatsapp_business_encryption", host.phone_number_id());
    let key = "-----BEGIN PUBLIC KEY-----\nMIIB+/=\n-----END PUBLIC KEY-----\n";
    assert_eq!(ask(&host, "POST", &path, &json!({"business_public_key": "none"})).code(), 100);
    assert_eq!(ask(&host, "GET", &path, &Value::Null).json(), json!({"data": []}));
    let escaped = key.replace(' ', "+").replace("MIIB+/=", "MIIB%2B%2F%3D").replace('\n', "%0A");
    let body = format!("business_public_key={escaped}");
    let form = "application/x-www-form-urlencoded";
    let kept = host.post_as(form, &format!("/v26.0/{path}"), &body).unwrap();
    assert_eq!(kept.json(), json!({"success": true}));
    let shown = ask(&host, "GET", &path, &Value::Null).json();
    assert_eq!(shown["data"][0]["business_public_key"], key);
    host.finish();
}

#[test]
fn the_token_may_stand_in_the_query() {
    let host = start();
    let path = format!("/v26.0/{}/flows?access_token=", host.business_account_id());
    let right = host.request("GET", &format!("{path}{}", host.access_token()), None, "").unwrap();
    assert_eq!(right.status, 200);
    assert_eq!(host.request("GET", &format!("{path}wrong"), None, "").unwrap().code(), 190);
    host.finish();
}

#[test]
fn where_some_users_are_not_blocked_an_error_stands_beside_the_lists() {
    let host = start();
    let path = format!("{}/block_users", host.phone_number_id());
    let users = json!([{"user": "+919876543210"}, {"user": "nobody"}]);
    let answer = ask(&host, "POST", &path, &json!({"messaging_product": "whatsapp", "block_users": users}));
    assert_eq!((answer.status, answer.code()), (400, 139_100));
    let lists = answer.json()["block_users"].take();
    assert_eq!(lists["added_users"], json!([{"input": "+919876543210", "wa_id": "919876543210"}]));
    assert_eq!(lists["failed_users"][0]["input"], "nobody");
    let users = json!([{"user": "+52 55 1234 5678"}]);
    let answer = ask(&host, "POST", &path, &json!({"messaging_product": "whatsapp", "block_users": users}));
    assert_eq!(answer.json()["block_users"]["added_users"][0]["wa_id"], "5215512345678");
    host.finish();
}
