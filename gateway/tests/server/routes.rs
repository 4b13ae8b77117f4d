//! Every route, held against every limit that a key can have. A route that has no rule here fails.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wamid::Timestamp;
use wamid_gateway::{KeyLimits, Keys, NewAccount, Right};

use crate::house::House;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    /// Keys that have one of these rights.
    With(&'static [Right]),
    /// Every key that is in use.
    AnyKey,
    /// Meta, by its signature or the verify token.
    Meta,
    Everybody,
}

/// How an account is named, where that can be.
#[derive(Clone, Copy, PartialEq)]
enum Account {
    InBody,
    InQuery,
    Never,
}

struct Route {
    method: &'static str,
    path: &'static str,
    who: Who,
    account: Account,
    body: fn() -> Value,
}

const PHONE: &str = "+16505551234";

fn none() -> Value {
    Value::Null
}

const fn route(
    method: &'static str,
    path: &'static str,
    who: Who,
    account: Account,
    body: fn() -> Value,
) -> Route {
    Route { method, path, who, account, body }
}

const SEND: Who = Who::With(&[Right::Send]);
const MEDIA: Who = Who::With(&[Right::Media]);

const ROUTES: [Route; 17] = [
    route("POST", "api/send-message/", SEND, Account::InBody, || json!({"phone": PHONE, "message": "Hi"})),
    route(
        "POST",
        "api/send-location/",
        SEND,
        Account::InBody,
        || json!({"phone": PHONE, "latitude": 1, "longitude": 2}),
    ),
    route(
        "POST",
        "api/send-template/",
        Who::With(&[Right::Send, Right::SendTemplate]),
        Account::InBody,
        || json!({"phone": PHONE, "template_name": "hello_world"}),
    ),
    route(
        "POST",
        "api/send/",
        SEND,
        Account::InBody,
        || json!({"phone": PHONE, "content": {"type": "text", "message": "Hi"}}),
    ),
    route("GET", "api/chats/", Who::With(&[Right::Chats]), Account::Never, none),
    route("GET", "api/", Who::AnyKey, Account::Never, none),
    route(
        "POST",
        "api/read/",
        Who::With(&[Right::Read]),
        Account::InBody,
        || json!({"message_id": "wamid.HBgL"}),
    ),
    route("POST", "api/media/", MEDIA, Account::InQuery, none),
    route("GET", "api/media/{id}/", MEDIA, Account::InQuery, none),
    route("DELETE", "api/media/{id}/", MEDIA, Account::InQuery, none),
    route("GET", "api/media/{id}/content/", MEDIA, Account::InQuery, none),
    route("GET", "api/templates/", Who::With(&[Right::Templates]), Account::InQuery, none),
    route("GET", "api/sends/", Who::With(&[Right::Sends]), Account::Never, none),
    route("GET", "webhook/", Who::Meta, Account::Never, none),
    route("POST", "webhook/", Who::Meta, Account::Never, || json!({"entry": []})),
    route("GET", "/healthz", Who::Everybody, Account::Never, none),
    route("GET", "/readyz", Who::Everybody, Account::Never, none),
];

impl Route {
    fn keyed(&self) -> bool {
        matches!(self.who, Who::With(_) | Who::AnyKey)
    }

    /// Whether a key that has this right alone may use it.
    fn allows(&self, right: Right) -> bool {
        match self.who {
            Who::With(rights) => rights.contains(&right),
            _ => true,
        }
    }

    /// Status and answer of a request with that key (a header, or a query), as a sound caller makes it.
    async fn ask(&self, house: &House, key: Option<&str>, query: &str, account: Option<i64>) -> (u16, Value) {
        let mut body = (self.body)();
        let mut path = self.path.replace("{id}", "4711") + query;
        if let Some(account) = account {
            match self.account {
                Account::InBody => body["account_id"] = account.into(),
                Account::InQuery => path += &format!("?account_id={account}"),
                Account::Never => {}
            }
        }
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let key = key.map(|key| format!("X-API-Key: {key}\r\n")).unwrap_or_default();
        let url = house.gateway_url();
        match path.strip_prefix('/') {
            None => House::raw_at(&url, self.method, &path, &key, &body).await,
            // Beside the prefix.
            Some(path) => {
                let url = url.strip_suffix("/whatsapp").unwrap();
                House::raw_at(&format!("{url}/"), self.method, path, &key, &body).await
            }
        }
    }
}

async fn key_of(house: &House, limits: &KeyLimits) -> String {
    Keys::open(&house.store).await.unwrap().create_limited("app", limits).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_has_a_rule() {
    let house = House::build().await;
    let request = "GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    let answer = crate::house::answer_of(&house.address().0, request).await;
    let described: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let described: BTreeSet<String> = described["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let ruled: BTreeSet<String> = ROUTES
        .iter()
        .map(|route| match route.path.strip_prefix('/') {
            None => format!("{} /whatsapp/{}", route.method, route.path),
            Some(path) => format!("{} /{path}", route.method),
        })
        .collect();
    assert_eq!(
        described, ruled,
        "described, ruled: a new route needs its line in ROUTES and in docs/security.md"
    );
    // Nor is there one that the description does not have.
    let source = include_str!("../../src/routes.rs");
    for path in source.split("at(\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(ROUTES.iter().any(|route| route.path == format!("{path}/")), "{path} has no rule");
    }
    for path in source.split(".route(\"/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        // Those inside are for the operator: `what_the_operator_sees_is_nothing_for_a_key_that_an_app_ships`.
        let known = ["metrics", "config", "healthz", "readyz"];
        assert!(known.contains(&path), "/{path} has no rule");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_key_in_use_gets_nothing_from_any_route() {
    let house = House::build().await;
    let keys = Keys::open(&house.store).await.unwrap();
    let revoked = key_of(&house, &KeyLimits::default()).await;
    assert!(keys.revoke(keys.list().await.unwrap().last().unwrap().id).await.unwrap());
    let mut limits = KeyLimits::default();
    limits.expires_at = Some(Timestamp::now() + std::time::Duration::from_secs(2));
    let expired = key_of(&house, &limits).await;
    while keys.accepts(&expired).await.unwrap().is_some() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let (wrong, upper) = (format!("{}0", house.key), house.key.to_uppercase());
    let mut hash = ring::digest::digest(&ring::digest::SHA256, house.key.as_bytes())
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    hash.insert_str(0, "wamid_");
    for route in &ROUTES {
        let shown = format!("{} {}", route.method, route.path);
        let expected = match route.who {
            Who::Everybody => continue,
            Who::Meta if route.method == "GET" => 403,
            _ => 401,
        };
        // A key opens no door of Meta's, and what is in the database is no key.
        let keys =
            [None, Some(""), Some(&*wrong), Some(&*upper), Some(&*hash), Some(&hash[6..]), Some(&*revoked)];
        for key in keys.into_iter().chain((!route.keyed()).then_some(Some(&*house.key))) {
            let (status, answer) = route.ask(&house, key, "", None).await;
            assert_eq!(status, expected, "{shown} {key:?}: {answer}");
        }
        if route.keyed() {
            let query = format!("?api_key={}", house.key);
            assert_eq!(
                route.ask(&house, None, &query, None).await.0,
                401,
                "{shown}: a key in the query ends up in logs"
            );
            let (status, answer) = route.ask(&house, Some(&expired), "", None).await;
            assert_eq!((status, &answer["maybe_sent"]), (403, &json!(false)), "{shown}: {answer}");
            // With its key each is let through, so that the refusals above were of the key.
            let (status, answer) = route.ask(&house, Some(&house.key), "", None).await;
            assert!(status != 401 && status != 403, "{shown}: {status} {answer}");
        }
    }
    let sends =
        ROUTES.iter().filter(|route| route.path.starts_with("api/send") && route.method == "POST").count();
    assert_eq!(house.sandbox.messages().len(), sends, "one each, of the sound key");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_right_opens_its_routes_and_no_other() {
    let house = House::build().await;
    for right in Right::ALL {
        let mut limits = KeyLimits::default();
        limits.allow = Some(vec![right]);
        let key = key_of(&house, &limits).await;
        for route in ROUTES.iter().filter(|route| route.keyed()) {
            let sent = house.sandbox.messages().len();
            let (status, answer) = route.ask(&house, Some(&key), "", None).await;
            let shown = format!("{right:?}: {} {}: {status} {answer}", route.method, route.path);
            if route.allows(right) {
                assert!(status != 401 && status != 403, "{shown}");
            } else {
                assert_eq!((status, &answer["kind"]), (403, &json!("authentication")), "{shown}");
                assert_eq!(answer["maybe_sent"], json!(false), "{shown}");
                assert_eq!(house.sandbox.messages().len(), sent, "{shown}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_takes_a_key_to_an_account_that_is_not_its_own() {
    let house = House::build().await;
    let first = house.accounts.list().await.unwrap()[0].id;
    let account = NewAccount {
        name: "second".to_owned(),
        phone_number_id: "2222".to_owned(),
        business_account_id: None,
        access_token: "ANOTHER-TOKEN".to_owned(),
        app_secret: None,
        verify_token: None,
    };
    let second = house.accounts.add(&account).await.unwrap();
    let mut limits = KeyLimits::default();
    limits.accounts = Some(vec![second]);
    let key = key_of(&house, &limits).await;
    house.client().send_message(PHONE, "Hi").await.unwrap();
    for route in ROUTES.iter().filter(|route| route.keyed()) {
        let shown = format!("{} {}", route.method, route.path);
        for other in [first, 4711] {
            let (status, answer) = route.ask(&house, Some(&key), "", Some(other)).await;
            match route.account {
                Account::Never => {
                    // It is of the key's own account. What `api/sends/` lists is of the key itself.
                    assert_eq!(
                        answer["conversations"].as_array().map_or(0, Vec::len),
                        0,
                        "{shown}: {answer}"
                    );
                }
                _ => assert_eq!((status, &answer["field"]), (403, &json!("account_id")), "{shown}: {answer}"),
            }
        }
        let (status, answer) = route.ask(&house, Some(&key), "", None).await;
        assert!(status != 403, "{shown}: {answer}");
    }
    assert_eq!(house.sandbox.messages().len(), 1, "nothing went out from the account of others");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rate_of_a_key_counts_on_every_route() {
    let house = House::build().await;
    for route in ROUTES.iter().filter(|route| route.keyed()) {
        let mut limits = KeyLimits::default();
        limits.rate = Some("1/h".parse().unwrap());
        let key = key_of(&house, &limits).await;
        let (first, _) = route.ask(&house, Some(&key), "", None).await;
        let sent = house.sandbox.messages().len();
        let (second, answer) = route.ask(&house, Some(&key), "", None).await;
        let shown = format!("{} {}: {first} {second} {answer}", route.method, route.path);
        assert_ne!(first, 429, "{shown}");
        // What a client asks of its own accord does not count.
        assert_eq!(second == 429, route.who != Who::AnyKey, "{shown}");
        assert_eq!(house.sandbox.messages().len(), sent, "{shown}");
    }
}
