//! Keys and accounts: who may send, and from which number.

use std::time::{Duration, Instant};

use serde_json::json;
use wamid::{Error, ErrorKind, Message, Store, Text};
use wamid_gateway::{Accounts, Keys, NewAccount};
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::house::House;

fn account(sandbox: &Sandbox, number: &str) -> NewAccount {
    NewAccount {
        name: number.to_owned(),
        phone_number_id: number.to_owned(),
        business_account_id: None,
        access_token: sandbox.access_token().to_owned(),
        app_secret: None,
        verify_token: None,
    }
}

#[tokio::test]
async fn a_revoked_key_is_refused_within_a_second_on_every_gateway() {
    let house = House::build().await;
    let (_gateway, second) = house.second().await;
    let keys = Keys::open(&house.store).await.unwrap();
    let key = keys.list().await.unwrap()[0].clone();
    second.chats().await.unwrap();
    house.client().chats().await.unwrap();
    assert!(keys.revoke(key.id).await.unwrap());
    let revoked = Instant::now();
    assert!(!keys.revoke(key.id).await.unwrap(), "there is nothing left to revoke");
    for client in [house.client(), second] {
        let error = refused_within_a_second(revoked, async || client.chats().await).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Authentication, Some(401)));
        assert!(error.message().contains("API key"), "{error}");
    }
}

/// The error of the first call that is refused. None that began a second after the change, or later, may succeed.
async fn refused_within_a_second<T>(changed: Instant, call: impl AsyncFn() -> Result<T, Error>) -> Error {
    loop {
        let began = changed.elapsed();
        match call().await {
            Err(error) => return error,
            Ok(_) => assert!(began < Duration::from_secs(1), "still taken {began:?} after the change"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_key_is_stored_as_its_hash_and_its_last_use_is_known() {
    let house = House::build().await;
    house.client().chats().await.unwrap();
    let keys = Keys::open(&house.store).await.unwrap();
    let used = async {
        while keys.list().await.unwrap()[0].last_used_at.is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), used).await.unwrap();
    house.store.close().await;
    let folder = std::path::Path::new(house.url.strip_prefix("sqlite:").unwrap()).parent().unwrap();
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for secret in [house.key.as_str(), house.sandbox.access_token(), house.sandbox.app_secret()] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "a secret is in the database as it is");
        }
    }
}

#[tokio::test]
async fn account_id_chooses_the_number_on_all_three_sends() {
    let two = SandboxOptions { more_phone_number_ids: vec!["2222".to_owned()], ..SandboxOptions::default() };
    let house = House::with(two, {
        let mut made = wamid::Options::default();
        made.max_retries = Some(0);
        made
    })
    .await;
    let id = house.accounts.add(&account(&house.sandbox, "2222")).await.unwrap();
    let key = Some(house.key.as_str());
    let from = || house.sandbox.messages().last().unwrap().phone_number_id.clone();
    for (path, body) in [
        ("api/send-message/", json!({"phone": "919876543210", "message": "Hi", "account_id": id})),
        (
            "api/send-location/",
            json!({"phone": "919876543210", "latitude": 1, "longitude": 2, "account_id": id}),
        ),
        (
            "api/send-template/",
            json!({"phone": "919876543210", "template_name": "hello_world", "account_id": id}),
        ),
    ] {
        let (status, answer) = house.raw("POST", path, key, &body.to_string()).await;
        assert_eq!((status, from().as_str()), (200, "2222"), "{path}: {answer}");
        let mut default = body.clone();
        default.as_object_mut().unwrap().remove("account_id");
        let (status, answer) = house.raw("POST", path, key, &default.to_string()).await;
        assert_eq!((status, from().as_str()), (200, house.sandbox.phone_number_id()), "{path}: {answer}");

        let arrived = house.sandbox.messages().len();
        let mut unknown = body.clone();
        unknown["account_id"] = json!(4711);
        let (status, answer) = house.raw("POST", path, key, &unknown.to_string()).await;
        assert_eq!((status, &answer["field"]), (400, &json!("account_id")), "{answer}");
        assert_eq!(house.sandbox.messages().len(), arrived, "never the default in silence");
    }
    assert!(house.accounts.set_default(id).await.unwrap());
    house.client().send_built(Message::new("919876543210", Text::new("Hi"))).await.unwrap();
    assert_eq!(from(), "2222");
    assert!(house.accounts.remove(id).await.unwrap() && !house.accounts.remove(id).await.unwrap());
    let error = house.client().send_built(Message::new("919876543210", Text::new("Hi"))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.message().contains("wamid account add"), "{error}");
}

#[tokio::test]
async fn a_new_token_counts_within_a_second_in_every_process() {
    let house = House::build().await;
    let (_gateway, second) = house.second().await;
    second.send_built(Message::new("919876543210", Text::new("Hi"))).await.unwrap();
    let stale = NewAccount {
        access_token: "expired-token".to_owned(),
        ..account(&house.sandbox, house.sandbox.phone_number_id())
    };
    house.accounts.add(&stale).await.unwrap();
    let changed = Instant::now();
    let send = async || second.send_built(Message::new("919876543210", Text::new("Hi"))).await;
    let error = refused_within_a_second(changed, send).await;
    assert_eq!((error.kind(), error.code()), (ErrorKind::Authentication, Some(190)));
    assert!(!error.message().contains("expired-token"));
}

#[tokio::test]
async fn a_wrong_secret_key_is_a_clear_error_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let store = Store::open(&url).await.unwrap();
    let open = |key: &'static str| Accounts::open(&store, &url, Some(key), wamid::Options::default());
    open("correct horse battery staple 0123456789").await.unwrap();
    let error = open("another horse battery staple 0123456789").await.unwrap_err();
    assert_eq!(error.field(), Some("secret_key"));
    assert!(error.message().contains("WAMID_SECRET_KEY"), "{error}");
    assert_eq!(open("short").await.unwrap_err().field(), Some("secret_key"));
}

#[tokio::test]
async fn webhooks_are_checked_with_the_secret_of_their_number() {
    let house = House::build().await;
    // An account without an app secret: its webhooks could be anybody's.
    house.accounts.add(&account(&house.sandbox, "2222")).await.unwrap();
    let body = r#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
        "messaging_product":"whatsapp","metadata":{"display_phone_number":"1","phone_number_id":"2222"},
        "messages":[{"from":"16505551234","id":"wamid.X","timestamp":"1749416383","type":"text","text":{"body":"Hi"}}]}}]}]}"#;
    let header = house.signature(body);
    // Signed by the app of another number: taken, so that Meta does not repeat it, and left alone.
    assert_eq!(house.raw_with("POST", "webhook/", &header, body).await.0, 200);
    let own = body.replace("2222", house.sandbox.phone_number_id());
    assert_eq!(
        house.raw_with("POST", "webhook/", &header, &own).await.0,
        401,
        "the body was changed after signing"
    );
    assert!(house.client().chats().await.unwrap().is_empty());
}
