//! The client as a value: what it can be used in, and what it is built from.
#![allow(clippy::unwrap_used)]

#[path = "support/refusing.rs"]
mod refusing;

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use refusing::refusing;
use wamid::{Client, ClientBuilder, ErrorKind, Location, Message, Options, SendMany, Template, Text};

fn assert_send<T: Send>(value: T) -> T {
    value
}

fn assert_shareable<T: Send + Sync + Clone + std::fmt::Debug + Unpin + 'static>() {}

/// Fails to compile where a future could not be spawned on a multi-threaded runtime.
#[test]
fn everything_crosses_threads() {
    fn futures(client: &Client) -> Vec<Box<dyn std::any::Any>> {
        fn check<F: Future + Send>(future: F) -> Box<dyn std::any::Any> {
            drop(assert_send(future));
            Box::new(())
        }
        vec![
            check(client.send_built(Message::new("1", Text::new("x")))),
            check(client.send_built(Message::new("1", Location::new(0.0, 0.0)))),
            check(client.send_built(Message::new("1", Template::new("x")))),
            check(client.send_built(Message::new("1", Text::new("x")))),
            check(client.send_many(Vec::<Message>::new(), SendMany::default().progress(|_| {}))),
            check(client.chats()),
            check(client.receive_webhook(b"", "")),
        ]
    }
    assert_shareable::<Client>();
    assert_shareable::<ClientBuilder>();
    assert_shareable::<Options>();
    assert_shareable::<wamid::Error>();
    assert_shareable::<wamid::Receipt>();
    assert_shareable::<wamid::Conversation>();
    assert_shareable::<Message>();
    assert_send(SendMany::default());
    assert_eq!(futures(&Client::cloud("TOKEN", "1066").build().unwrap()).len(), 7);
}

/// A clone shares connections and pace; it is the size of a pointer.
#[test]
fn a_clone_is_a_handle() {
    assert_eq!(size_of::<Client>(), size_of::<usize>());
    assert_eq!(size_of::<wamid::Error>(), size_of::<usize>(), "results stay small");
}

#[test]
fn building_and_previewing_need_no_runtime() {
    let client = Client::gateway("https://example.com/whatsapp/", "KEY").build().unwrap();
    let preview = client.preview(&Message::new("+91 98765-43210", Text::new("hello"))).unwrap();
    assert_eq!(preview.url, "https://example.com/whatsapp/api/send-message/");
    assert!(preview.headers.iter().all(|(_, value)| !value.contains("KEY")), "{:?}", preview.headers);
    assert_eq!(preview.headers.iter().filter(|(name, _)| name == "Idempotency-Key").count(), 1);
}

#[test]
fn a_wrong_option_is_named() {
    let cloud = || Client::cloud("TOKEN", "1066");
    let gateway = || Client::gateway("https://example.com", "KEY");
    let zero = Duration::ZERO;
    let rows: Vec<(ClientBuilder, &str)> = vec![
        (Client::cloud("", "1066"), "access_token"),
        (Client::cloud("TO\nKEN", "1066"), "access_token"),
        (Client::cloud("TOKEN", ""), "phone_number_id"),
        (Client::cloud("TOKEN", "1066/../me"), "phone_number_id"),
        (Client::cloud("TOKEN", "my-number_7"), "phone_number_id"),
        (Client::cloud("TOKEN", "\u{661}\u{662}\u{663}"), "phone_number_id"),
        (Client::gateway("", "KEY"), "base_url"),
        (Client::gateway("http://example.com", "KEY"), "base_url"),
        (Client::gateway("https://user:pw@example.com", "KEY"), "base_url"),
        (Client::gateway("https://example.com", ""), "api_key"),
        (cloud().graph_url("http://example.com"), "graph_url"),
        (cloud().graph_version("26"), "graph_version"),
        (cloud().graph_version("v26.0/me"), "graph_version"),
        (cloud().app_secret(""), "app_secret"),
        (cloud().timeout(zero), "timeout"),
        (cloud().connect_timeout(zero), "connect_timeout"),
        (cloud().total_timeout(zero), "total_timeout"),
        (cloud().max_per_second(0.0), "max_per_second"),
        (cloud().max_per_second(-1.0), "max_per_second"),
        (cloud().max_per_second(f64::NAN), "max_per_second"),
        (cloud().max_per_second(f64::INFINITY), "max_per_second"),
        (cloud().default_country_code(""), "default_country_code"),
        (cloud().default_country_code("+91"), "default_country_code"),
        (cloud().default_country_code("0"), "default_country_code"),
        (cloud().default_country_code("9111"), "default_country_code"),
        (cloud().user_agent("a\r\nb"), "user_agent"),
        (cloud().user_agent(""), "user_agent"),
        (cloud().proxy("example.com:8080"), "proxy"),
        (cloud().proxy("ftp://example.com"), "proxy"),
        (cloud().proxy(""), "proxy"),
        (gateway().proxy("nonsense"), "proxy"),
    ];
    for (builder, field) in rows {
        let shown = format!("{builder:?}");
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some(field)), "{shown}: {error}");
        assert!(error.message().starts_with(field), "{error}");
    }
    for (builder, field) in [
        (gateway().graph_version("v26.0"), "graph_version"),
        (gateway().graph_url("https://example.com"), "graph_url"),
        (gateway().app_secret("S"), "app_secret"),
        (gateway().store("sqlite:x.db"), "store"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::Unsupported, Some(field)), "{error}");
    }
}

/// Options that nobody sensible sets, but that a config file can hold: no panic, now or at the first send.
#[tokio::test]
async fn extreme_options_do_not_panic() {
    let (_held, closed) = refusing();
    let client = Client::cloud("TOKEN", "1066")
        .graph_url(format!("http://{closed}"))
        .timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .total_timeout(Duration::MAX)
        .pool_idle_timeout(Duration::MAX)
        .pool_max_idle(usize::MAX)
        .max_per_second(f64::MAX)
        .max_retries(0)
        .build()
        .unwrap();
    let error = client.send_built(Message::new("919876543210", Text::new("hello"))).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
}

const CLOUD: [&str; 2] = ["WAMID_ACCESS_TOKEN", "WAMID_PHONE_NUMBER_ID"];
const GATEWAY: [&str; 2] = ["WAMID_GATEWAY_URL", "WAMID_API_KEY"];

/// All sixteen combinations of the four variables, with the absent ones missing or empty.
#[test]
fn the_environment_describes_one_host_or_says_what_is_wrong() {
    for bits in 0..16_u8 {
        let set: Vec<&str> = CLOUD
            .into_iter()
            .chain(GATEWAY)
            .enumerate()
            .filter_map(|(at, name)| (bits >> at & 1 == 1).then_some(name))
            .collect();
        for absent in [None, Some(String::new())] {
            let built = ClientBuilder::from_vars(|name| match name {
                "WAMID_GATEWAY_URL" if set.contains(&name) => Some("https://example.com/whatsapp".to_owned()),
                name if set.contains(&name) => Some("1066".to_owned()),
                _ => absent.clone(),
            });
            let expected = match set.as_slice() {
                ["WAMID_ACCESS_TOKEN", "WAMID_PHONE_NUMBER_ID"] | ["WAMID_GATEWAY_URL", "WAMID_API_KEY"] => {
                    None
                }
                ["WAMID_ACCESS_TOKEN"] => Some("phone_number_id"),
                ["WAMID_PHONE_NUMBER_ID"] => Some("access_token"),
                ["WAMID_GATEWAY_URL"] => Some("api_key"),
                ["WAMID_API_KEY"] => Some("base_url"),
                _ => Some("environment"),
            };
            let error = built.and_then(ClientBuilder::build).err();
            assert_eq!(error.as_ref().and_then(wamid::Error::field), expected, "{set:?}");
            let Some(error) = error else { continue };
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            let both =
                set.iter().any(|name| CLOUD.contains(name)) && set.iter().any(|name| GATEWAY.contains(name));
            // Whoever set too many must be told which; whoever set none, which there are.
            let named =
                if both || set.is_empty() { CLOUD.into_iter().chain(GATEWAY).collect() } else { set.clone() };
            for name in named.iter().filter(|name| set.is_empty() || set.contains(name)) {
                assert!(error.message().contains(name), "{set:?}: {error}");
            }
        }
    }
}

#[test]
fn the_environment_may_hold_the_cloud_client_s_options() {
    let vars: HashMap<&str, &str> = [
        ("WAMID_ACCESS_TOKEN", "TOKEN"),
        ("WAMID_PHONE_NUMBER_ID", "1066"),
        ("WAMID_GRAPH_URL", "http://127.0.0.1:9/graph/"),
        ("WAMID_APP_SECRET", "SECRET"),
    ]
    .into();
    let from = |vars: &HashMap<&str, &str>| {
        ClientBuilder::from_vars(|name| vars.get(name).map(|value| (*value).to_owned()))
    };
    let client = from(&vars).unwrap().build().unwrap();
    let url = client.preview(&Message::new("919876543210", Text::new("hello"))).unwrap().url;
    assert_eq!(url, "http://127.0.0.1:9/graph/v26.0/1066/messages");

    let mut wrong = vars.clone();
    wrong.insert("WAMID_GRAPH_URL", "http://example.com");
    assert_eq!(from(&wrong).unwrap().build().unwrap_err().field(), Some("graph_url"));
    let mut stored = vars;
    stored.insert("WAMID_STORE", "sqlite::memory:");
    let built = from(&stored).unwrap().build();
    if cfg!(feature = "store") {
        built.unwrap();
    } else {
        assert_eq!(
            built.unwrap_err().field(),
            Some("store"),
            "a build without a store must not drop the wish for one"
        );
    }
}

#[tokio::test]
async fn a_cloud_client_without_a_store_says_how_to_get_chats() {
    let error = Client::cloud("TOKEN", "1066").build().unwrap().chats().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Unsupported, 0));
    // A package without a store names what its users can do.
    let remedy = if cfg!(feature = "store") { "the option store" } else { "make a gateway client" };
    assert!(error.message().contains(remedy), "{error}");
}

/// A token in the place of the id would become a part of the address.
#[test]
fn a_token_in_the_place_of_the_id_is_shown_nowhere() {
    let token = "EAAGm0PX4ZCpsBOsecretToken";
    let builder = Client::cloud("106540352242922", token);
    let shown = format!("{builder:?}");
    let error = builder.build().unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("phone_number_id")));
    for text in [shown, format!("{error:?} {error}"), serde_json::to_string(&error).unwrap()] {
        assert!(!text.contains("EAAG") && !text.contains("secretToken"), "{text}");
    }
}

/// Every call on a runtime that lacks a driver is a typed error, as without any runtime.
#[test]
fn a_runtime_without_timers_or_sockets_is_told_of() {
    type Build = fn(&mut tokio::runtime::Builder) -> &mut tokio::runtime::Builder;
    let client =
        Client::cloud("TOKEN", "1066").graph_url("http://127.0.0.1:9").max_retries(0).build().unwrap();
    let gateway = Client::gateway("http://127.0.0.1:9", "KEY").max_retries(0).build().unwrap();
    let lacking: [Build; 3] =
        [|builder| builder, |builder| builder.enable_io(), |builder| builder.enable_time()];
    for (at, build) in lacking.into_iter().enumerate() {
        let mut threads = tokio::runtime::Builder::new_multi_thread();
        threads.worker_threads(1);
        for mut builder in [tokio::runtime::Builder::new_current_thread(), threads] {
            let runtime = build(&mut builder).build().unwrap();
            let errors = runtime.block_on(async {
                [
                    client.send_built(Message::new("919876543210", Text::new("Hello"))).await.unwrap_err(),
                    gateway.chats().await.unwrap_err(),
                    client
                        .send_many([Message::new("919876543210", Text::new("Hello"))], SendMany::default())
                        .await
                        .unwrap()
                        .remove(0)
                        .unwrap_err(),
                ]
            });
            for error in errors {
                let judged = (error.kind(), error.maybe_sent(), error.attempts());
                assert_eq!(judged, (ErrorKind::Unsupported, false, 0), "{at}: {error}");
                assert!(error.message().contains("time and I/O"), "{at}: {error}");
            }
        }
    }
    let whole = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let error =
        whole.block_on(client.send_built(Message::new("919876543210", Text::new("Hello")))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}

#[cfg(feature = "store")]
#[test]
fn a_webhook_with_a_store_outside_a_runtime_is_a_typed_error() {
    let client =
        Client::cloud("TOKEN", "1066").app_secret("app-secret").store("sqlite::memory:").build().unwrap();
    let signature = "sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f";
    let body = br#"{"object":"whatsapp_business_account","entry":[]}"#;
    let mut call = Box::pin(client.receive_webhook(body, signature));
    let answer = call.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    let std::task::Poll::Ready(Err(error)) = answer else { panic!("{answer:?}") };
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
}
