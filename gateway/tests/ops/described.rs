//! `/openapi.json` against what the gateway does, and the page that shows it.

use serde_json::{Value, json};
use wamid::{Client, Message, Store};
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::docs;
use crate::house::House;
use crate::openapi::document;

fn described() -> Value {
    serde_json::to_value(document("/whatsapp")).unwrap()
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let document = described();
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    for name in schemas.keys() {
        assert!(text.contains(&format!("\"#/components/schemas/{name}\"")), "{name} is not used");
    }
    assert_eq!(document["components"]["securitySchemes"]["api_key"]["name"], "X-API-Key");
    assert_eq!(document["openapi"].as_str().unwrap().split('.').next(), Some("3"));
}

#[test]
fn examples_are_those_of_the_original_s_page() {
    let document = described();
    let example = |name: &str| &document["components"]["schemas"][name]["example"];
    assert_eq!(example("SendMessage")["phone"], "919876543210");
    assert_eq!(example("SendLocation")["latitude"], json!(28.6139));
    assert_eq!(example("SendLocation")["address"], "Connaught Place, New Delhi");
}

#[tokio::test]
async fn examples_are_valid_requests_whose_answers_are_as_described() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.unwrap();
    let document = described();
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id())
        .graph_url(sandbox.url())
        .open_store(store)
        .build()
        .unwrap();
    let example = |name: &str| &document["components"]["schemas"][name]["example"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();

    let message = example("SendMessage");
    client
        .send_built(Message::new(text(&message["phone"]), wamid::Text::new(text(&message["message"]))))
        .await
        .unwrap();
    let template = example("SendTemplate");
    let mut order = wamid::Template::new(text(&template["template_name"]));
    order.body_params =
        template["body_params"].as_array().unwrap().iter().cloned().map(wamid::Parameter::Json).collect();
    order.language = template["language"].as_str().map(str::to_owned);
    client.send_built(Message::new(text(&template["phone"]), order)).await.unwrap();
    let chats = client.chats().await.unwrap();
    let mut chat = serde_json::to_value(&chats[0]).unwrap();
    // The client works it out; the gateway answers with the original's fields alone.
    chat.as_object_mut().unwrap().remove("address");
    holds(&document, "Conversation", &chat);

    let error = client.send_built(Message::new("", wamid::Text::new("x"))).await.unwrap_err();
    let mut failed = serde_json::to_value(&error).unwrap();
    let fields = failed.as_object_mut().unwrap();
    let message = fields.remove("message").unwrap();
    fields.retain(|_, value| !value.is_null());
    fields.insert("error".to_owned(), message);
    holds(&document, "Failed", &failed);
    holds(&document, "Failed", example("Failed"));
}

/// Each member is described and of its type, and the required ones are there.
fn holds(document: &Value, name: &str, value: &Value) {
    let schema = &document["components"]["schemas"][name];
    let value = value.as_object().unwrap();
    for (key, member) in value {
        let wanted = &schema["properties"][key]["type"];
        let found = match member {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let fits = wanted == found || wanted.as_array().is_some_and(|all| all.contains(&found.into()));
        assert!(fits, "{name}.{key} is {found}, described as {wanted}");
    }
    for key in schema["required"].as_array().unwrap() {
        assert!(value.contains_key(key.as_str().unwrap()), "{name} lacks {key}");
    }
}

#[tokio::test]
async fn the_page_brings_everything_itself() {
    let house = House::build(docs::router("/whatsapp")).await;
    let redirected = house.get("/docs").await;
    assert_eq!((redirected.status, redirected.header("location")), (307, Some("docs/")));
    let page = house.get("/docs/").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    let linked = page.body.split(['"']).filter(|part| {
        [".js", ".css", ".png"].iter().any(|end| part.ends_with(end)) && !part.contains(char::is_whitespace)
    });
    let mut count = 0;
    for link in linked {
        assert!(!link.contains("//"), "{link} is elsewhere");
        let asset = house.get(&format!("/docs/{}", link.trim_start_matches("./"))).await;
        assert_eq!(asset.status, 200, "{link}");
        count += 1;
    }
    assert!(count >= 4);
    assert!(house.get("/docs/swagger-initializer.js").await.body.contains("../openapi.json"));
    assert_eq!(house.get("/docs/nothing.js").await.status, 404);
    assert_eq!(house.get("/openapi.json").await.json(), described());
}
