//! For which numbers a webhook speaks: those whose account has the app secret that signed it.

use serde_json::{Value, json};
use wamid::{Options, Store};
use wamid_gateway::{Accounts, NewAccount};

use crate::house::{House, signature};

fn account(number: &str, app_secret: Option<&str>) -> NewAccount {
    NewAccount {
        name: number.to_owned(),
        phone_number_id: number.to_owned(),
        business_account_id: None,
        access_token: "ACCESS-TOKEN".to_owned(),
        app_secret: app_secret.map(str::to_owned),
        verify_token: None,
    }
}

/// A change with a text from `from` to a number.
fn change(number: &str, from: &str) -> Value {
    json!({"field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": number},
        "contacts": [{"profile": {"name": "Sheena"}, "wa_id": from}],
        "messages": [{"from": from, "id": format!("wamid.{number}.{from}"), "timestamp": "1749416383", "type": "text",
                      "text": {"body": "Is it open?"}}],
    }})
}

fn body(changes: &[Value]) -> String {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}).to_string()
}

/// Who has written to a number, as its own client sees it.
async fn writers(house: &House, number: &str) -> Vec<String> {
    let store = Store::open(&house.url).await.unwrap();
    let client = wamid::Client::cloud("ACCESS-TOKEN", number).open_store(store).build().unwrap();
    let mut writers: Vec<_> =
        client.chats().await.unwrap().into_iter().map(|chat| chat.phone_number).collect();
    writers.sort();
    writers
}

async fn house() -> House {
    let house = House::build().await;
    for (number, secret) in [("201", "first secret"), ("202", "first secret"), ("203", "second secret")] {
        house.accounts.add(&account(number, Some(secret))).await.unwrap();
    }
    house.accounts.add(&account("204", None)).await.unwrap();
    house
}

#[tokio::test]
async fn each_secret_speaks_for_its_own_numbers_and_the_rest_is_left_alone() {
    let house = house().await;
    // Known and unknown, of one's own secret and of another's, without a secret: Meta would repeat the whole.
    let all = ["201", "202", "203", "204", "999"].map(|number| change(number, "16505551234"));
    let all = body(&all);
    let send = async |body: &str, secret: &str| {
        house.raw_with("POST", "webhook/", &signature(secret, body), body).await.0
    };
    assert_eq!(send(&all, "first secret").await, 200);
    for (number, known) in [("201", 1), ("202", 1), ("203", 0), ("204", 0), ("999", 0)] {
        assert_eq!(writers(&house, number).await.len(), known, "{number}");
    }
    assert_eq!(send(&all, "second secret").await, 200);
    assert_eq!(writers(&house, "203").await, ["16505551234"]);
    assert!(writers(&house, "204").await.is_empty());

    // Alone, too.
    let alone = body(&[change("999", "16505551235")]);
    assert_eq!(send(&alone, "first secret").await, 200);
    assert!(writers(&house, "999").await.is_empty());
    let others = body(&[change("203", "16505551235")]);
    assert_eq!(send(&others, "first secret").await, 200);
    assert_eq!(writers(&house, "203").await, ["16505551234"]);

    // No account's secret.
    assert_eq!(send(&all, "third secret").await, 401);
    assert_eq!(house.raw_with("POST", "webhook/", "", &all).await.0, 401);
    let other = body(&[json!({"field": "account_update", "value": {"event": "X"}})]);
    assert_eq!(send(&other, "second secret").await, 200);
    assert_eq!(send(&other, "third secret").await, 401);
}

#[tokio::test]
async fn where_the_flag_is_given_what_is_unsigned_speaks_for_those_without_a_secret_alone() {
    let house = house().await;
    let store = Store::open(&house.url).await.unwrap();
    let accounts = Accounts::open(&store, &house.url, None, Options::default()).await.unwrap();
    let gateway = house.taking_unsigned(store, accounts).await;
    let all = body(&["201", "204", "999"].map(|number| change(number, "16505551234")));
    let (status, _) = House::raw_at(&gateway.url(), "POST", "webhook/", "", &all).await;
    assert_eq!(status, 200);
    for (number, known) in [("201", 0), ("204", 1), ("999", 0)] {
        assert_eq!(writers(&house, number).await.len(), known, "{number}");
    }
}

#[tokio::test]
async fn what_a_database_says_of_itself_stays_in_the_log() {
    let house = House::build().await;
    house.store.close().await;
    let key = format!("X-API-Key: {}\r\n", house.key);
    let body = body(&[change("201", "16505551234")]);
    for (method, path, headers, body) in [
        ("GET", "api/", key.clone(), ""),
        ("GET", "api/chats/", key.clone(), ""),
        ("POST", "api/send-message/", key, r#"{"phone": "919876543210", "message": "Hello"}"#),
        ("POST", "webhook/", house.signature(&body), body.as_str()),
        ("GET", "webhook/?hub.mode=subscribe&hub.verify_token=x", String::new(), ""),
        ("GET", "api/", "X-API-Key: guess\r\n".to_owned(), ""),
    ] {
        let (status, answer) = house.raw_with(method, path, &headers, body).await;
        assert_eq!((status, &answer["kind"]), (503, &json!("store")), "{method} {path}: {answer}");
        let shown = answer.to_string().to_lowercase();
        for inner in ["pool", "sqlite", "select", "gateway_", "look an", "closed", "database"] {
            assert!(!shown.contains(inner), "{method} {path} shows {inner}: {answer}");
        }
    }
}

#[tokio::test]
async fn the_challenge_is_plain_text() {
    let house = House::build().await;
    let (address, prefix) = house.address();
    let path = "webhook/?hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=%3Cscript%3E";
    let answer = crate::house::answer_of(
        &address,
        &format!("GET /{prefix}/{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
    )
    .await
    .to_lowercase();
    assert!(answer.starts_with("http/1.1 200") && answer.ends_with("<script>"), "{answer}");
    assert!(answer.contains("content-type: text/plain"), "{answer}");
    assert!(answer.contains("x-content-type-options: nosniff"), "{answer}");
}
