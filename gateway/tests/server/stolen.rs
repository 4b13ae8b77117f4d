//! What whoever gets hold of the database can read in it, and what not.

use std::path::Path;

use serde_json::json;
use wamid_gateway::{AccountForward, ForwardTarget};

use crate::house::{House, SECRET_KEY};

const FORWARD_SECRET: &str = "a forward secret of its own";
const CUSTOMER: &str = "16505551234";
const WORDS: &str = "dinner at nine, the usual table";

/// All bytes of the store's files, the log that is not checked in yet among them.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A gateway that has sent, received, and been asked with an idempotency key.
async fn lived_in(secret_key: Option<&str>) -> House {
    let house = match secret_key {
        Some(_) => House::set(None, |_| {}).await,
        None => House::build().await,
    };
    let id = house.accounts.list().await.unwrap()[0].id;
    let target = ForwardTarget::new("http://127.0.0.1:9/events", FORWARD_SECRET, false).unwrap();
    assert!(house.accounts.set_forward(id, &AccountForward::To(target)).await.unwrap());
    house.accounts.set_forward(id, &AccountForward::Never).await.unwrap();
    let target = ForwardTarget::new("http://127.0.0.1:9/events", FORWARD_SECRET, false).unwrap();
    house.accounts.set_forward(id, &AccountForward::To(target)).await.unwrap();
    let client = house.client();
    client
        .send_message(format!("+{CUSTOMER}"), WORDS)
        .reference("order-4711")
        .idempotency_key("once")
        .await
        .unwrap();
    let error = client.send_message("+15550131047", WORDS).idempotency_key("twice").await.unwrap_err();
    assert!(!error.message().contains(WORDS));
    house
}

/// The secrets that open something elsewhere.
fn secrets(house: &House) -> [(&'static str, String); 6] {
    [
        ("an API key", house.key.clone()),
        ("an access token", house.sandbox.access_token().to_owned()),
        ("an app secret", house.sandbox.app_secret().to_owned()),
        ("a verify token", "verify-me".to_owned()),
        ("a forward secret", FORWARD_SECRET.to_owned()),
        ("the secret key", SECRET_KEY.to_owned()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_database_gives_away_whom_one_writes_to_and_no_secret() {
    let house = lived_in(Some(SECRET_KEY)).await;
    let secrets = secrets(&house);
    house.store.close().await;
    let folder = house.stop().await;
    let files = files(folder.path());
    let all: Vec<u8> = files.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
    for (what, secret) in &secrets {
        assert!(!has(&all, secret), "{what} is in the database as it is");
    }
    // No content of a message, also not for idempotency.
    assert!(!has(&all, WORDS));
    // What docs/security.md says is to be read there.
    for known in [CUSTOMER, "order-4711", "once", "http://127.0.0.1:9/events", "sandbox", "wamid."] {
        assert!(has(&all, known), "docs/security.md says that {known} stands there in clear");
    }
    assert!(
        !files.iter().any(|(name, _)| name.contains(".key")),
        "with WAMID_SECRET_KEY there is no key file: {files:.0?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_file_opens_what_is_encrypted_so_a_backup_of_both_is_a_backup_of_the_tokens() {
    let house = lived_in(None).await;
    let secrets = secrets(&house);
    let (token, url) = (house.sandbox.access_token().to_owned(), house.url.clone());
    house.store.close().await;
    let folder = house.stop().await;
    for (name, bytes) in files(folder.path()) {
        for (what, secret) in &secrets {
            assert!(!has(&bytes, secret), "{what} is in {name}");
        }
    }
    // With the file beside it, it opens; without, it does not, and no other key takes its place.
    let key_file = folder.path().join("wamid.db.key");
    let key = std::fs::read_to_string(&key_file).unwrap();
    let open = async |key: Option<&str>| {
        let store = wamid::Store::open(&url).await.unwrap();
        wamid_gateway::Accounts::open(&store, &url, key, wamid::Options::default()).await.map(drop)
    };
    open(None).await.unwrap();
    open(Some(&key)).await.unwrap();
    std::fs::remove_file(&key_file).unwrap();
    assert_eq!(open(None).await.unwrap_err().field(), Some("secret_key"));
    assert_eq!(open(Some(&token.repeat(4))).await.unwrap_err().field(), Some("secret_key"));
    assert!(!key_file.exists());
}

/// A sealed secret is bound to its place: whoever may write the database cannot make one account use the token of another.
#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_token_is_of_no_use_in_another_place() {
    let house = House::build().await;
    let other = wamid_gateway::NewAccount {
        name: "other".to_owned(),
        phone_number_id: "2222".to_owned(),
        business_account_id: None,
        access_token: "ANOTHER-TOKEN".to_owned(),
        app_secret: None,
        verify_token: None,
    };
    let id = house.accounts.add(&other).await.unwrap();
    let mut tx = house.store.begin().await.unwrap();
    sqlx::query(
        "UPDATE gateway_accounts SET changed_at = changed_at + 1, \
         access_token = (SELECT access_token FROM gateway_accounts WHERE phone_number_id <> '2222') WHERE phone_number_id = '2222'",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let body = json!({"phone": "+16505551234", "message": "Hi", "account_id": id}).to_string();
    let (status, answer) = house.raw("POST", "api/send-message/", Some(&house.key), &body).await;
    assert!(status >= 400 && answer["maybe_sent"] == json!(false), "{status} {answer}");
    assert!(house.sandbox.messages().is_empty());
}
