//! The requests of operations besides sending, held against the examples of Meta's OpenAPI file.
//!
//! Each example is given to the operation that it is of; what then goes out is that example, or a row of `DIFFERENCES`.
#![allow(clippy::unwrap_used, clippy::panic)]

mod meta_file;
mod support;

use serde_json::{Map, Value, json};
use support::{Server, http, soon};
use wamid::{Client, Json};

/// Where a request of ours is not Meta's example, and why.
const DIFFERENCES: [(&str, usize, &str); 3] = [
    (
        "`POST …/media`: `file`",
        3,
        "Meta writes curl's form, with a path; the content goes out as that part, with a whole MIME type",
    ),
    (
        "`POST …/media`: `type`",
        3,
        "the form has it too, as Meta's page has it; the file's examples leave it out",
    ),
    (
        "`POST …/whatsapp_business_profile`: `profile_picture_handle`",
        1,
        "`photo` uploads the picture first and puts its handle there; a caller gives none",
    ),
];

/// Endpoints with examples, each with the operation that speaks it.
const ENDPOINTS: [(&str, &str, &str); 6] = [
    ("post", "/{Version}/{Phone-Number-ID}/block_users", "`block_users`"),
    ("delete", "/{Version}/{Phone-Number-ID}/block_users", "`unblock_users`"),
    ("post", "/{Version}/{WABA-ID}/message_templates", "`create_template`"),
    ("post", "/{Version}/{TEMPLATE_ID}", "`edit_template`"),
    ("post", "/{Version}/{Phone-Number-ID}/whatsapp_business_profile", "`update_profile`"),
    ("post", "/{Version}/{Phone-Number-ID}/media", "`upload_media`"),
];

const ANSWER: &str = r#"{"success":true,"id":"1","status":"APPROVED","category":"MARKETING","messaging_product":"whatsapp","block_users":{"added_users":[{"input":"+16505551234","wa_id":"16505551234"}]}}"#;

#[tokio::test]
async fn every_example_of_an_operation_is_written_as_meta_has_it() {
    let Some(file) = meta_file::read() else { return };
    let server = Server::new(|_| http(200, "Content-Type: application/json\r\n", ANSWER)).await;
    let client = server.cloud().business_account_id("102").build().unwrap();
    let (mut rows, mut found) = (Vec::new(), [0; DIFFERENCES.len()]);
    for (method, path, name) in ENDPOINTS {
        let examples = meta_file::examples_of(&file, method, path);
        let (count, mut equal) = (examples.len(), 0);
        for (example, body) in examples {
            let before = server.seen().len();
            soon(ask(&client, name, &body)).await;
            let seen = server.seen();
            let [request] = &seen[before..] else { panic!("{example}: {} requests", seen.len() - before) };
            assert!(request.line().starts_with(&method.to_uppercase()), "{example}: {}", request.line());
            let last = path.rsplit('/').next().unwrap();
            assert!(
                last == "{TEMPLATE_ID}" || request.line().contains(&format!("/{last} ")),
                "{}",
                request.line()
            );
            let differences = match name {
                "`upload_media`" => differing_form(&request.body),
                _ => differing(&body, &serde_json::from_str(&request.body).unwrap()),
            };
            equal += usize::from(differences.is_empty());
            for difference in differences {
                let difference = format!("`{} …/{last}`: `{difference}`", method.to_uppercase());
                let at = DIFFERENCES.iter().position(|(known, ..)| *known == difference);
                found[at.unwrap_or_else(|| panic!("{example}: {difference}: {}", request.body))] += 1;
            }
        }
        let place = path.rsplit('/').next().unwrap();
        rows.push(format!(
            "| `{} …/{place}` | {name} | {count} | {equal} | {} |",
            method.to_uppercase(),
            count - equal
        ));
    }
    rows.push(read_and_typing(&file, &server, &client).await);
    assert_eq!(found, DIFFERENCES.map(|(_, count, _)| count), "a difference that is none any more");
    meta_file::assert_in_page("operations", &rows);
    let rows: Vec<String> =
        DIFFERENCES.iter().map(|(what, count, why)| format!("| {what} | {count} | {why} |")).collect();
    meta_file::assert_in_page("differences of operations", &rows);
}

/// Makes the call of an operation with what its example says. What is answered is not looked at here.
async fn ask(client: &Client, name: &str, body: &Value) {
    let text = |key: &str| body[key].as_str().map(str::to_owned);
    let users = || {
        body["block_users"]
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["user"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let definition = || Json::parse("definition", &body.to_string()).unwrap();
    match name {
        "`block_users`" => _ = client.block_users(users()).await.unwrap(),
        "`unblock_users`" => _ = client.unblock_users(users()).await.unwrap(),
        "`create_template`" => _ = client.create_template(definition()).await.unwrap(),
        "`edit_template`" => client.edit_template("920070352646140", definition()).await.unwrap(),
        "`update_profile`" => {
            let mut update = client.update_profile();
            for (key, value) in body.as_object().unwrap() {
                let value = || value.as_str().unwrap().to_owned();
                update = match key.as_str() {
                    "about" => update.about(value()),
                    "address" => update.address(value()),
                    "description" => update.description(value()),
                    "email" => update.email(value()),
                    "vertical" => update.vertical(value()),
                    "websites" => update.websites(
                        body["websites"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|site| site.as_str().unwrap().to_owned())
                            .collect::<Vec<_>>(),
                    ),
                    "messaging_product" | "profile_picture_handle" => update,
                    other => panic!("{other}"),
                };
            }
            update.await.unwrap();
        }
        "`upload_media`" => {
            let path = text("file").unwrap();
            let (path, kind) = path.trim_start_matches('@').split_once(";type=").unwrap();
            let kind = match kind {
                "ogg" => "audio/ogg",
                "webp" => "image/webp",
                whole => whole,
            };
            // A sticker that Meta takes: its first bytes say that it is one.
            let data = b"RIFF\x1a\0\0\0WEBPVP8 ".to_vec();
            let name = path.rsplit('/').next().unwrap();
            client.upload_media().data(data).mime_type(kind).filename(name).await.unwrap();
        }
        other => panic!("{other}"),
    }
}

/// The members at which the two are not the same.
fn differing(meta: &Value, ours: &Value) -> Vec<String> {
    let none = Map::new();
    let (meta, ours) = (meta.as_object().unwrap_or(&none), ours.as_object().unwrap_or(&none));
    let keys: std::collections::BTreeSet<&String> = meta.keys().chain(ours.keys()).collect();
    keys.into_iter().filter(|key| meta.get(*key) != ours.get(*key)).cloned().collect()
}

/// The parts of a form besides those that the example writes alike.
fn differing_form(body: &str) -> Vec<String> {
    let names = body.split("name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let names: Vec<String> = names.filter(|name| *name != "messaging_product").map(str::to_owned).collect();
    assert!(body.contains("whatsapp"), "{body}");
    names.into_iter().filter(|name| !name.contains('.')).collect()
}

/// The one example of the messages endpoint that no content makes.
async fn read_and_typing(file: &str, server: &Server, client: &Client) -> String {
    let examples = meta_file::request_examples(file, "/{Version}/{Phone-Number-ID}/messages");
    let (_, body) =
        examples.into_iter().find(|(name, _)| name == "Send typing indicator and read receipt").unwrap();
    let id = body["message_id"].as_str().unwrap();
    soon(async { client.mark_read(id).typing(true).await }).await.unwrap();
    let seen = server.seen();
    let ours: Value = serde_json::from_str(&seen.last().unwrap().body).unwrap();
    assert_eq!(ours, body);
    assert_eq!(ours["typing_indicator"], json!({"type": "text"}));
    "| `POST …/messages` | `mark_read` | 1 | 1 | 0 |".to_owned()
}
