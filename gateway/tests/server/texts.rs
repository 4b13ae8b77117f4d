//! Whatever a text holds, the gateway's own tables keep it as a text: no part of it becomes SQL or a pattern.

use serde_json::json;
use wamid::{Options, Store};
use wamid_gateway::{Accounts, KeyLimits, Keys, NewAccount};

use crate::house::{House, SECRET_KEY};
use crate::postgres::Database;

const TEXTS: [&str; 10] = [
    "'; DROP TABLE gateway_keys; --",
    "\"; DELETE FROM gateway_accounts; --",
    "' OR '1'='1",
    "%",
    "_",
    "$1 ?1 :a {id}",
    "\u{0}a\u{0}",
    "\u{202e}\u{ffff}\u{1b}[2J\r\n",
    "[\"a\",\"b\"], NULL",
    "a,b",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_texts_of_a_request_are_texts() {
    let database = Database::create();
    for url in [None, database.as_ref().map(|database| database.url.as_str())]
        .into_iter()
        .take(1 + usize::from(database.is_some()))
    {
        let house = House::set(url, |_| {}).await;
        let key = Some(house.key.as_str());
        let other = Keys::open(&house.store).await.unwrap().create("other").await.unwrap();
        for (at, text) in TEXTS.iter().enumerate() {
            // Each is one message, however its key looks: it is in a header, so without what a header cannot hold.
            let plain: String = text.chars().filter(|c| (' '..='~').contains(c)).collect();
            let plain = format!("{at}{plain}");
            let idempotency = format!("X-API-Key: {}\r\nIdempotency-Key: {plain}\r\n", house.key);
            let body = json!({"phone": "+16505551234", "message": text, "reference": text, "reply_to": text})
                .to_string();
            let sent = house.sandbox.messages().len();
            for _ in 0..2 {
                let (status, answer) = house.raw_with("POST", "api/send-message/", &idempotency, &body).await;
                assert_eq!(status, 200, "{text:?}: {answer}");
            }
            assert_eq!(house.sandbox.messages().len(), sent + 1, "{text:?} as a key is one message");
            // Filters find what they name, and nothing of another key.
            let query: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
            for (key, found) in [(key, 1), (Some(other.as_str()), 0)] {
                let (status, answer) =
                    house.raw("GET", &format!("api/sends/?reference={query}"), key, "").await;
                assert_eq!(
                    (status, answer["sends"].as_array().map(Vec::len)),
                    (200, Some(found)),
                    "{text:?}: {answer}"
                );
            }
            for name in ["message_id", "status", "limit"] {
                let (status, answer) = house.raw("GET", &format!("api/sends/?{name}={query}"), key, "").await;
                let none = answer["sends"].as_array().is_some_and(Vec::is_empty);
                assert!(status == 400 || (status == 200 && none), "{name} {text:?}: {status} {answer}");
            }
            // As a key it opens nothing.
            let (status, _) = house.raw("GET", "api/chats/", Some(&plain), "").await;
            assert_eq!(status, 401, "{text:?}");
        }
        assert_eq!(house.raw("GET", "api/chats/", key, "").await.0, 200);
        house.store.close().await;
        house.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_names_of_keys_and_accounts_are_texts() {
    let database = Database::create();
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("wamid.db").display());
    for url in [Some(sqlite), database.as_ref().map(|database| database.url.clone())].into_iter().flatten() {
        let store = Store::open(&url).await.unwrap();
        let keys = Keys::open(&store).await.unwrap();
        let accounts = Accounts::open(&store, &url, Some(SECRET_KEY), Options::default()).await.unwrap();
        for (at, text) in TEXTS.iter().enumerate() {
            let key = keys.create(text).await.unwrap();
            assert!(keys.accepts(&key).await.unwrap().is_some());
            assert!(keys.accepts(text).await.unwrap().is_none(), "{text:?}");
            let account = |phone_number_id: String| NewAccount {
                name: (*text).to_owned(),
                phone_number_id,
                business_account_id: Some((*text).to_owned()),
                access_token: "TOKEN".to_owned(),
                app_secret: Some((*text).to_owned()),
                verify_token: Some((*text).to_owned()),
            };
            // What an address would be made of is digits alone.
            let error = accounts.add(&account((*text).to_owned())).await.unwrap_err();
            assert_eq!(error.kind(), wamid::ErrorKind::InvalidInput, "{text:?}: {error}");
            let error = accounts.add(&account(at.to_string())).await.unwrap_err();
            assert_eq!(error.field(), Some("business_account_id"), "{text:?}: {error}");
            let sound = NewAccount { business_account_id: None, ..account(at.to_string()) };
            accounts.add(&sound).await.unwrap();
            // A list with commas in one column: no name brings another with it. A lone `_` is a name.
            if *text == "_" {
                continue;
            }
            let mut limits = KeyLimits::default();
            limits.templates = Some(vec![(*text).to_owned()]);
            assert_eq!(
                keys.create_limited("app", &limits).await.unwrap_err().field(),
                Some("template"),
                "{text:?}"
            );
        }
        let named: Vec<String> = TEXTS.map(|text| text.replace('\0', "\u{fffd}")).to_vec();
        assert_eq!(keys.list().await.unwrap().into_iter().map(|key| key.name).collect::<Vec<_>>(), named);
        assert_eq!(
            accounts.list().await.unwrap().into_iter().map(|account| account.name).collect::<Vec<_>>(),
            named
        );
        store.close().await;
    }
}
