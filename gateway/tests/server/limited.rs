//! Keys with limits: what is beyond them is refused before anything is sent, and the answer says what the key lacks.

use std::time::Duration;

use serde_json::json;
use sqlx::{AssertSqlSafe, Row as _};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use wamid::{Client, Error, ErrorKind, Image, Json, Migration, Raw, Store, Template, Timestamp};
use wamid_gateway::{Accounts, KeyLimits, Keys, NewAccount, Right};
use wamid_sandbox::SandboxOptions;

use crate::house::{House, SECRET_KEY};
use crate::postgres::Database;

const PHONE: &str = "+16505551234";

impl House {
    /// A client with a key of those limits, and the key.
    async fn limited(&self, limits: &KeyLimits) -> (Client, String) {
        let key = Keys::open(&self.store).await.unwrap().create_limited("app", limits).await.unwrap();
        (self.client_with(&key), key)
    }
}

fn allowing(rights: &[Right]) -> KeyLimits {
    let mut limits = KeyLimits::default();
    limits.allow = Some(rights.to_vec());
    limits
}

fn templates(names: &[&str]) -> KeyLimits {
    let mut limits = KeyLimits::default();
    limits.templates = Some(names.iter().map(|name| (*name).to_owned()).collect());
    limits
}

/// The refusal of a limit, whose text has this in it.
fn lacks<T: std::fmt::Debug>(answer: Result<T, Error>, what: &str) -> Error {
    let error = answer.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Authentication, Some(403)), "{error}");
    assert_eq!((error.maybe_sent(), error.retryable()), (false, false), "{error}");
    assert!(error.message().contains("API key") && error.message().contains(what), "{error}");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_may_do_what_it_is_allowed_and_nothing_else() {
    let house = House::build().await;
    let id =
        house.client().upload_media().data(b"%PDF-1.4".to_vec()).mime_type("application/pdf").await.unwrap();
    let received = house.sandbox.phone("16505551234").named("Sheena").text("Hi").unwrap();
    for right in Right::ALL {
        let (client, _) = house.limited(&allowing(&[right])).await;
        let sent = house.sandbox.messages().len();
        let answers = [
            (Right::Send, client.send_message(PHONE, "Hello").await.map(drop)),
            (Right::Send, client.send_location(PHONE, 1.0, 2.0).await.map(drop)),
            (Right::Send, client.send(PHONE, Image::link("https://example.com/a.jpg")).await.map(drop)),
            (Right::SendTemplate, client.send_template(PHONE, "hello_world").await.map(drop)),
            (Right::Chats, client.chats().await.map(drop)),
            (Right::Media, client.media_info(id.as_str()).await.map(drop)),
            (Right::Media, client.download_media(id.as_str()).await.map(drop)),
            (
                Right::Media,
                client.upload_media().data(b"%PDF-1.4".to_vec()).mime_type("application/pdf").await.map(drop),
            ),
            (Right::Read, client.mark_read(received.as_str()).await.map(drop)),
            (Right::Templates, client.templates().await.map(drop)),
            (Right::Sends, client.sends().await.map(drop)),
        ];
        for (needed, answer) in answers {
            // To send anything is to send templates, too.
            if needed == right || (right, needed) == (Right::Send, Right::SendTemplate) {
                answer.unwrap_or_else(|error| panic!("{right:?} {needed:?}: {error}"));
            } else {
                lacks(answer, &format!("lacks the right {}", needed.as_str()));
            }
        }
        let more = house.sandbox.messages().len() - sent;
        let expected = match right {
            Right::Send => 4,
            Right::SendTemplate => 1,
            _ => 0,
        };
        assert_eq!(more, expected, "{right:?}");
    }
    let (client, _) = house.limited(&allowing(&[Right::Chats])).await;
    lacks(client.delete_media(id.as_str()).await, "media");
    house.client().media_info(id.as_str()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_of_one_key_that_do_not_come_hold_up_no_other_key() {
    let house = House::build().await;
    let (_, slow) = house.limited(&allowing(&[Right::Media])).await;
    let (address, prefix) = house.address();
    let mut begun = Vec::new();
    for _ in 0..20 {
        let mut connection = TcpStream::connect(&address).await.unwrap();
        let head = format!(
            "POST /{prefix}/api/media/ HTTP/1.1\r\nHost: {address}\r\nX-API-Key: {slow}\r\nContent-Length: 1000\r\n\
             Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
        );
        connection.write_all(head.as_bytes()).await.unwrap();
        begun.push(connection);
    }
    let (client, _) = house.limited(&allowing(&[Right::Media])).await;
    for _ in 0..20 {
        let upload = client.upload_media().data(b"%PDF-1.4".to_vec()).mime_type("application/pdf");
        tokio::time::timeout(Duration::from_secs(20), async { upload.await }).await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_for_templates_sends_no_other_kind_under_any_name() {
    let house = House::build().await;
    let (client, key) = house.limited(&allowing(&[Right::SendTemplate])).await;
    // Through `api/send/`, since the original has no offers.
    let offer = Template::new("hello_world").one_time_code("123456");
    let error = client.send(PHONE, offer).await.unwrap_err();
    assert_ne!(error.status(), Some(403), "the sandbox refuses it, not the key: {error}");
    let arrived = house.sandbox.messages().len();
    let template = json!({"name": "hello_world", "language": {"code": "en"}});
    let raw = Raw::new("template", Json::from(template.clone()));
    lacks(client.send(PHONE, raw).await, "lacks the right send:");
    lacks(client.send(PHONE, wamid::Text::new("Hi")).extra(Json::from(json!({"a": 1}))).await, "send");
    let body = json!({"phone": PHONE, "content": {"type": "text", "message": "Hi"}, "extra": {"template": template}});
    let (status, answer) = house.raw("POST", "api/send/", Some(&key), &body.to_string()).await;
    assert_eq!((status, &answer["kind"]), (403, &json!("authentication")), "{answer}");
    let (status, answer) =
        house.raw("POST", "api/send-message", Some(&key), r#"{"phone": 16505551234, "message": "Hi"}"#).await;
    assert_eq!((status, &answer["maybe_sent"]), (403, &json!(false)), "{answer}");
    assert_eq!(house.sandbox.messages().len(), arrived);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_names_of_templates_are_bounded_on_every_way() {
    let house = House::build().await;
    let (client, key) = house.limited(&templates(&["order_update"])).await;
    let order = || client.send_template(PHONE, "order_update").body_params(["Asha", "A-1042"]);
    order().await.unwrap();
    // With `extra` it goes to `api/send/`.
    order().extra(Json::from(json!({"ttl_seconds": 60}))).await.unwrap();
    let error = lacks(client.send_template(PHONE, "hello_world").await, "order_update");
    assert_eq!(error.field(), Some("template_name"));
    lacks(
        client.send_template(PHONE, "hello_world").extra(Json::from(json!({"ttl_seconds": 60}))).await,
        "the template hello_world",
    );
    let hello = json!({"name": "hello_world", "language": {"code": "en"}});
    for kind in ["template", "text", "interactive"] {
        let error = lacks(client.send(PHONE, Raw::new(kind, Json::from(hello.clone()))).await, "raw");
        assert_eq!(error.field(), Some("content"));
    }
    let sent = house.sandbox.messages().len();
    for (content, extra) in [
        (json!({"type": "text", "message": "Hi"}), json!({"template": hello})),
        (json!({"type": "text", "message": "Hi"}), json!({"Template": hello, "category": "utility"})),
        (json!({"type": "text", "message": "Hi"}), json!({"template[name]": "hello_world"})),
        // Direct Send: Meta makes a template of the text.
        (json!({"type": "text", "message": "Hi"}), json!({"category": "utility"})),
        (
            json!({"type": "text", "message": "Hi"}),
            json!({"direct_send_config": {"template_name": "any"}, "ttl_seconds": 60}),
        ),
        (json!({"type": "text", "message": "Hi"}), json!({"direct_send_config[template_name]": "any"})),
        (json!({"type": "template", "template_name": "order_update"}), json!({"type": "template"})),
        (json!({"type": "template", "template_name": "order_update"}), json!({"template": hello})),
    ] {
        let body = json!({"phone": PHONE, "content": content, "extra": extra});
        let (status, answer) = house.raw("POST", "api/send/", Some(&key), &body.to_string()).await;
        assert_eq!((status, &answer["maybe_sent"]), (403, &json!(false)), "{body}: {answer}");
        assert!(answer["field"].as_str().unwrap().starts_with("extra."), "{answer}");
    }
    assert_eq!(house.sandbox.messages().len(), sent);
    // Other kinds are not what the limit is for.
    client.send_message(PHONE, "Hello").await.unwrap();
    let told = client.templates().await.unwrap();
    assert_eq!(told.iter().map(|template| &*template.name).collect::<Vec<_>>(), ["order_update"]);
    assert_eq!(client.templates().limit(1).await.unwrap().len(), 1, "the first of its own, not of all");
    assert!(client.templates().name("hello_world").await.unwrap().is_empty());
    assert!(house.client().templates().await.unwrap().len() > 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_uses_its_accounts_alone() {
    let numbers = ["2222", "3333"].map(str::to_owned).to_vec();
    let mut client = wamid::Options::default();
    client.max_retries = Some(0);
    let sandbox = SandboxOptions { more_phone_number_ids: numbers.clone(), ..SandboxOptions::default() };
    let house = House::with(sandbox, client).await;
    let first = house.accounts.list().await.unwrap()[0].id;
    let mut ids = Vec::new();
    for number in numbers {
        let account = NewAccount {
            name: number.clone(),
            phone_number_id: number,
            business_account_id: Some(house.sandbox.business_account_id().to_owned()),
            access_token: house.sandbox.access_token().to_owned(),
            app_secret: None,
            verify_token: None,
        };
        ids.push(house.accounts.add(&account).await.unwrap());
    }
    let from = || house.sandbox.messages().last().unwrap().phone_number_id.clone();
    let keyed = async |accounts: Vec<i64>| {
        let mut limits = KeyLimits::default();
        limits.accounts = Some(accounts);
        house.limited(&limits).await
    };

    // Of one account: it is meant where none is named, also by calls that cannot name one.
    let (one, key) = keyed(vec![ids[0]]).await;
    one.send_message(PHONE, "Hello").await.unwrap();
    assert_eq!(from(), "2222");
    one.send_message(PHONE, "Hello").account_id(ids[0]).await.unwrap();
    assert_eq!(one.chats().await.unwrap().len(), 1);
    assert!(house.client().chats().await.unwrap().is_empty(), "the default account has sent nothing");
    let sent = house.sandbox.messages().len();
    for other in [first, ids[1], 4711] {
        let error =
            lacks(one.send_message(PHONE, "Hello").account_id(other).await, &format!("account {other}"));
        assert_eq!(error.field(), Some("account_id"));
        for (method, path, body) in [
            (
                "POST",
                "api/send/".to_owned(),
                json!({"phone": PHONE, "content": {"type": "text", "message": "Hi"}, "account_id": other})
                    .to_string(),
            ),
            (
                "POST",
                "api/read/".to_owned(),
                json!({"message_id": "wamid.A", "account_id": other}).to_string(),
            ),
            ("GET", format!("api/templates/?account_id={other}"), String::new()),
            ("GET", format!("api/media/1/?account_id={other}"), String::new()),
            ("GET", format!("api/media/1/content/?account_id={other}"), String::new()),
            ("DELETE", format!("api/media/1/?account_id={other}"), String::new()),
            ("POST", format!("api/media/?account_id={other}"), String::new()),
        ] {
            let (status, answer) = house.raw(method, &path, Some(&key), &body).await;
            assert_eq!((status, &answer["field"]), (403, &json!("account_id")), "{method} {path}: {answer}");
        }
    }

    // Of several: the default one is none of them, so one has to be named.
    let (two, _) = keyed(ids.clone()).await;
    lacks(two.send_message(PHONE, "Hello").await, "name one of them as account_id");
    lacks(two.chats().await, "the default account");
    assert_eq!(house.sandbox.messages().len(), sent);
    two.send_message(PHONE, "Hello").account_id(ids[1]).await.unwrap();
    assert_eq!(from(), "3333");
    assert!(house.accounts.set_default(ids[1]).await.unwrap());
    two.send_message(PHONE, "Hello").await.unwrap();
    assert_eq!(from(), "3333");

    assert!(house.accounts.remove(ids[0]).await.unwrap());
    lacks(one.send_message(PHONE, "Hello").await, "does not have any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_of_its_own_is_beside_that_of_the_gateway() {
    let house = House::build().await;
    let mut limits = KeyLimits::default();
    limits.rate = Some("2/h".parse().unwrap());
    let (client, key) = house.limited(&limits).await;
    // The client's own question does not count.
    for _ in 0..5 {
        assert_eq!(house.raw("GET", "api/", Some(&key), "").await.0, 200);
    }
    client.send_message(PHONE, "Hello").await.unwrap();
    client.chats().await.unwrap();
    let error = client.send_message(PHONE, "Hello").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::RateLimited, Some(429)), "{error}");
    assert_eq!((error.retryable(), error.maybe_sent()), (true, false));
    let wait = error.retry_after().unwrap();
    assert!((Duration::from_secs(1700)..=Duration::from_secs(1800)).contains(&wait), "{wait:?}");
    assert_eq!(house.sandbox.messages().len(), 1);
    // Another key of the same rate has its own.
    house.limited(&limits).await.0.send_message(PHONE, "Hello").await.unwrap();
    for _ in 0..5 {
        house.client().chats().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_ends_at_its_time() {
    let house = House::build().await;
    let keys = Keys::open(&house.store).await.unwrap();
    let mut limits = KeyLimits::default();
    limits.expires_at = Some(Timestamp::now() + Duration::from_secs(2));
    let (client, key) = house.limited(&limits).await;
    client.send_message(PHONE, "Hello").await.unwrap();
    assert!(keys.accepts(&key).await.unwrap().is_some());
    tokio::time::sleep(Duration::from_secs(2)).await;
    lacks(client.send_message(PHONE, "Hello").await, "expired at 2");
    lacks(client.chats().await, "expired");
    assert_eq!(house.raw("GET", "api/", Some(&key), "").await.0, 403);
    assert!(keys.accepts(&key).await.unwrap().is_none());
    assert_eq!(house.sandbox.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_root_says_what_a_limited_key_may() {
    let house = House::build().await;
    let mut limits = allowing(&[Right::SendTemplate, Right::Media]);
    limits.rate = Some("10/min".parse().unwrap());
    let (_, key) = house.limited(&limits).await;
    let (status, root) = house.raw("GET", "api/", Some(&key), "").await;
    let expected = json!({"allow": ["send_template", "media"], "accounts": null, "templates": null, "rate": "10/min", "expires_at": null});
    assert_eq!((status, &root["limits"]), (200, &expected), "{root}");
    let (_, whole) = house.raw("GET", "api/", Some(&house.key), "").await;
    assert!(whole.get("limits").is_none(), "{whole}");
    assert_eq!(whole["extensions"], root["extensions"], "so that a call's answer says what the key lacks");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_operator_sees_is_nothing_for_a_key_that_an_app_ships() {
    let house = House::build().await;
    let (address, _) = house.address();
    let ask = async |key: &str, path: &str| {
        let request = format!(
            "GET /{path} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nX-API-Key: {key}\r\n\r\n"
        );
        let answer = crate::house::answer_of(&address, &request).await;
        answer.split(' ').nth(1).unwrap().parse::<u16>().unwrap()
    };
    let mut rated = KeyLimits::default();
    rated.rate = Some("10/s".parse().unwrap());
    for (limits, status) in [
        (KeyLimits::default(), 200),
        (rated, 200),
        (allowing(&Right::ALL), 401),
        (templates(&["order_update"]), 401),
    ] {
        let (_, key) = house.limited(&limits).await;
        for path in ["metrics", "openapi.json"] {
            assert_eq!(ask(&key, path).await, status, "{path} {limits}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_that_no_key_can_have_are_refused() {
    let house = House::build().await;
    let keys = Keys::open(&house.store).await.unwrap();
    let mut no_account = KeyLimits::default();
    no_account.accounts = Some(vec![1, 4711]);
    let mut over = KeyLimits::default();
    over.expires_at = Some(Timestamp::now());
    let mut useless = templates(&["order_update"]);
    useless.allow = Some(vec![Right::Chats]);
    for (limits, field) in [
        (allowing(&[]), "allow"),
        (no_account, "account"),
        (templates(&[]), "template"),
        (templates(&["Order"]), "template"),
        (templates(&["a,b"]), "template"),
        (useless, "template"),
        (over, "expires"),
    ] {
        let error = keys.create_limited("app", &limits).await.unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some(field)), "{error}");
    }
    assert_eq!(keys.list().await.unwrap().len(), 1);
}

/// The tables of gateways before keys had limits.
const BEFORE: [Migration; 4] = [
    Migration {
        version: 1,
        statements: &[
            "CREATE TABLE gateway_keys (id {id}, name TEXT NOT NULL, prefix TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, \
             created_at BIGINT NOT NULL, last_used_at BIGINT, revoked_at BIGINT)",
            "CREATE INDEX gateway_keys_prefix ON gateway_keys (prefix)",
            "CREATE TABLE gateway_accounts (id {id}, name TEXT NOT NULL, phone_number_id TEXT NOT NULL UNIQUE, \
             access_token {bytes} NOT NULL, app_secret {bytes}, verify_token {bytes}, is_default BIGINT NOT NULL, \
             created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL)",
            "CREATE TABLE gateway_secrets (name TEXT NOT NULL PRIMARY KEY, value {bytes} NOT NULL)",
            "CREATE TABLE gateway_idempotency (key_id BIGINT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, \
             deadline BIGINT NOT NULL, created_at BIGINT NOT NULL, status BIGINT, answer {bytes}, \
             PRIMARY KEY (key_id, key))",
            "CREATE INDEX gateway_idempotency_age ON gateway_idempotency (created_at)",
        ],
    },
    Migration {
        version: 2,
        statements: &[
            "ALTER TABLE gateway_idempotency DROP COLUMN answer",
            "ALTER TABLE gateway_idempotency ADD COLUMN body TEXT",
            "ALTER TABLE gateway_idempotency ADD COLUMN owner TEXT",
        ],
    },
    Migration {
        version: 3,
        statements: &[
            "ALTER TABLE gateway_idempotency ADD COLUMN reference TEXT",
            "ALTER TABLE gateway_idempotency ADD COLUMN refused BIGINT",
        ],
    },
    Migration {
        version: 4,
        statements: &["ALTER TABLE gateway_accounts ADD COLUMN business_account_id TEXT"],
    },
];

#[tokio::test]
async fn keys_of_before_keep_all_their_rights() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create();
    let sqlite = format!("sqlite:{}", folder.path().join("wamid.db").display());
    for url in [Some(sqlite), database.as_ref().map(|database| database.url.clone())].into_iter().flatten() {
        let store = Store::open(&url).await.unwrap();
        store.migrate("gateway", &BEFORE).await.unwrap();
        let key = format!("wamid_{}", "7".repeat(64));
        let hash: String = ring::digest::digest(&ring::digest::SHA256, key.as_bytes())
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        for (name, hash, revoked) in [("old", hash.as_str(), "NULL"), ("revoked", "ff", "2")] {
            let sql = format!(
                "INSERT INTO gateway_keys (name, prefix, hash, created_at, revoked_at) VALUES ('{name}', '{}', '{hash}', 1, {revoked})",
                &hash[..hash.len().min(8)]
            );
            let mut tx = store.begin().await.unwrap();
            sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
        }
        let keys = Keys::open(&store).await.unwrap();
        let listed = keys.list().await.unwrap();
        assert_eq!(listed.len(), 2);
        assert!(listed.iter().all(|key| key.limits == KeyLimits::default()), "{listed:?}");
        assert!(listed[0].revoked_at.is_none() && listed[1].revoked_at.is_some());
        assert_eq!(keys.accepts(&key).await.unwrap(), Some(listed[0].id));

        // And new limits are what they were made as.
        let mut limits = allowing(&[Right::Send, Right::Sends]);
        limits.templates = Some(vec!["a".to_owned(), "b".to_owned()]);
        limits.rate = Some("10/min".parse().unwrap());
        limits.expires_at = Some(Timestamp::from_second(4_000_000_000).unwrap());
        keys.create_limited("app", &limits).await.unwrap();
        assert_eq!(keys.list().await.unwrap()[2].limits, limits);
        assert_eq!(limits.to_string(), "send, sends; template a, b; 10/min; until 2096-10-02 07:06:40");

        // There is no account yet.
        limits.accounts = Some(vec![1]);
        assert_eq!(keys.create_limited("app", &limits).await.unwrap_err().field(), Some("account"));
        let account = NewAccount {
            name: "shop".to_owned(),
            phone_number_id: "1066".to_owned(),
            business_account_id: None,
            access_token: "TOKEN".to_owned(),
            app_secret: None,
            verify_token: None,
        };
        let accounts =
            Accounts::open(&store, &url, Some(SECRET_KEY), wamid::Options::default()).await.unwrap();
        limits.accounts = Some(vec![accounts.add(&account).await.unwrap()]);
        keys.create_limited("app", &limits).await.unwrap();
        assert_eq!(keys.list().await.unwrap()[3].limits, limits);

        // A limit that cannot be read is an error, never the absence of one.
        let mut tx = store.begin().await.unwrap();
        sqlx::query("UPDATE gateway_keys SET rate = 'fast', accounts = NULL")
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            Keys::open(&store).await.unwrap().accepts(&key).await.unwrap_err().kind(),
            ErrorKind::Store
        );
        let rows = sqlx::query("SELECT COUNT(*) FROM gateway_keys").fetch_one(store.pool()).await.unwrap();
        assert_eq!(rows.try_get::<i64, _>(0).unwrap(), 4);
        store.close().await;
    }
}
