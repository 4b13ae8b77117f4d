//! What goes to a proxy, and what never does.
#![allow(clippy::unwrap_used)]

mod support;

use std::error::Error as _;
use std::time::Duration;

use support::{Reply, SENT, Seen, Server, chats, http, in_process_with, sent, soon, text};
use wamid::{Client, Error, ErrorKind};

const PASSWORD: &str = "pr0xy-pass";

fn with_password(proxy: &Server) -> String {
    format!("http://user:{PASSWORD}@127.0.0.1:{}", proxy.port)
}

fn assert_no_password(error: &Error) {
    let mut shown = format!("{error} {error:?} {}", serde_json::to_string(error).unwrap());
    let mut source = error.source();
    while let Some(cause) = source {
        shown += &format!(" {cause} {cause:?}");
        source = cause.source();
    }
    assert!(!shown.contains(PASSWORD), "{shown}");
}

fn gateway(seen: &Seen) -> Reply {
    if seen.line().contains("api/chats/") { chats() } else { gateway_sent() }
}

fn gateway_sent() -> Reply {
    http(200, "", &format!(r#"{{"status":"sent","result":{SENT}}}"#))
}

#[tokio::test]
async fn loopback_is_never_reached_through_a_proxy() {
    let proxy = Server::new(|_| http(502, "", "")).await;
    let server = Server::new(|seen| if seen.line().starts_with("GET ") { chats() } else { sent() }).await;
    for host in ["127.0.0.1", "localhost"] {
        let client = Client::cloud("TOKEN", "1066")
            .graph_url(format!("http://{host}:{}", server.port))
            .proxy(proxy.url())
            .build()
            .unwrap();
        soon(client.send_built(text())).await.unwrap();
        let reading = Client::gateway(format!("http://{host}:{}", server.port), "KEY").proxy(proxy.url());
        soon(reading.build().unwrap().chats()).await.unwrap();
    }
    assert_eq!((server.seen().len(), proxy.state().connections), (4, 0));
}

#[tokio::test]
async fn https_goes_through_a_tunnel_in_which_the_proxy_reads_nothing() {
    for reading in [false, true] {
        let proxy = Server::new(|_| Reply::Tunnel).await;
        let proxied = with_password(&proxy);
        let call = async {
            if reading {
                let client = Client::gateway("https://graph.example.invalid", "TOKEN").proxy(proxied);
                client.build().unwrap().chats().await.map(drop)
            } else {
                let client = Client::cloud("TOKEN", "1066").graph_url("https://graph.example.invalid");
                client.proxy(proxied).build().unwrap().send_built(text()).await.map(drop)
            }
        };
        let state = tokio::select! {
            done = call => panic!("{done:?}"),
            state = proxy.until(|state| state.tunnelled.len() > 100) => state,
        };
        let asked = &state.seen[0];
        assert_eq!(asked.line(), "CONNECT graph.example.invalid:443 HTTP/1.1");
        for name in ["authorization", "x-api-key"] {
            assert_eq!(asked.header(name), None, "the token is for the host alone");
        }
        assert!(asked.header("proxy-authorization").is_some_and(|value| value.starts_with("Basic ")));
        assert_eq!(state.tunnelled[0], 0x16, "a TLS handshake, nothing in the clear");
        assert!(!String::from_utf8_lossy(&state.tunnelled).contains("TOKEN"));
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_a_connection_that_never_came_about() {
    for status in [403, 407, 502] {
        let proxy = Server::new(move |_| http(status, "", "no")).await;
        let builder = Client::gateway("https://gateway.example.invalid", "KEY").proxy(with_password(&proxy));
        assert!(!format!("{builder:?}").contains(PASSWORD));
        let client = builder.max_retries(0).build().unwrap();
        assert!(!format!("{client:?}").contains(PASSWORD));
        let sending = soon(client.send_built(text())).await.unwrap_err();
        let reading = soon(client.chats()).await.unwrap_err();
        for error in [sending, reading] {
            assert_eq!(
                (error.kind(), error.maybe_sent(), error.attempts()),
                (ErrorKind::Connection, false, 1),
                "{error:?}"
            );
            assert!(error.message().contains("proxy"), "{error}");
            assert_no_password(&error);
        }
        assert_eq!(proxy.seen().len(), 2);
    }
}

#[tokio::test]
async fn an_unusable_proxy_is_named_without_its_password() {
    for proxy in
        [format!("ftp://user:{PASSWORD}@example.com"), format!("http://user:{PASSWORD}@exa mple.com")]
    {
        let error = Client::cloud("TOKEN", "1066").proxy(proxy).build().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("proxy")));
        assert_no_password(&error);
    }
}

#[tokio::test]
async fn plain_http_where_it_is_allowed_goes_to_the_proxy_in_absolute_form() {
    let proxy = Server::new(gateway).await;
    let client = Client::gateway("http://gateway.example.invalid/whatsapp", "KEY")
        .allow_http(true)
        .proxy(with_password(&proxy))
        .build()
        .unwrap();
    soon(client.send_built(text())).await.unwrap();
    soon(client.chats()).await.unwrap();
    let seen = proxy.seen();
    let lines: Vec<&str> = seen.iter().map(Seen::line).collect();
    assert_eq!(
        lines,
        [
            "POST http://gateway.example.invalid/whatsapp/api/send-message/ HTTP/1.1",
            "GET http://gateway.example.invalid/whatsapp/api/chats/ HTTP/1.1",
        ]
    );
    for seen in &seen {
        assert_eq!(seen.header("host"), Some("gateway.example.invalid"));
        assert_eq!(seen.header("x-api-key"), Some("KEY"));
    }
    let auth: Vec<Option<&str>> = seen.iter().map(|seen| seen.header("proxy-authorization")).collect();
    assert!(auth[0].is_some() && auth[0] == auth[1], "{auth:?}");
}

/// The variables that every command line tool heeds, in a process that has them from the start.
#[test]
fn the_system_s_proxy_is_used_but_not_for_loopback() {
    // Another process cannot be started from inside a runtime without blocking its servers.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let proxy = runtime.block_on(Server::new(gateway));
    let vars = [("http_proxy", proxy.url()), ("https_proxy", proxy.url()), ("no_proxy", String::new())];
    if !in_process_with("the_system_s_proxy_is_used_but_not_for_loopback", &vars) {
        let lines: Vec<String> = proxy.seen().iter().map(|seen| seen.line().to_owned()).collect();
        assert_eq!(
            lines,
            [
                "POST http://gateway.example.invalid/api/send-message/ HTTP/1.1",
                "GET http://gateway.example.invalid/api/chats/ HTTP/1.1"
            ]
        );
        return;
    }
    runtime.block_on(async {
        let far = Client::gateway("http://gateway.example.invalid", "KEY").allow_http(true).build().unwrap();
        soon(far.send_built(text())).await.unwrap();
        soon(far.chats()).await.unwrap();
        let near = Server::new(gateway).await;
        let client = near.gateway().timeout(Duration::from_secs(20)).build().unwrap();
        soon(client.send_built(text())).await.unwrap();
        soon(client.chats()).await.unwrap();
        assert_eq!(near.seen().len(), 2);
    });
}

/// A proxy that speaks something else is not gone around.
#[test]
fn a_system_s_proxy_of_another_kind_is_told_and_not_gone_around() {
    let socks = || "socks5://127.0.0.1:9".to_owned();
    let vars = [("all_proxy", socks()), ("http_proxy", socks()), ("https_proxy", socks())];
    if !in_process_with("a_system_s_proxy_of_another_kind_is_told_and_not_gone_around", &vars) {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for url in ["http://gateway.example.invalid", "https://gateway.example.invalid"] {
            let client = Client::gateway(url, "KEY").allow_http(true).max_retries(0).build().unwrap();
            let sending = soon(client.send_built(text())).await.unwrap_err();
            for error in [sending, soon(client.chats()).await.unwrap_err()] {
                assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1), "{error:?}");
                assert!(error.message().contains("proxy"), "{error}");
                assert!(!error.message().contains("lookup"), "it went around the proxy: {error}");
            }
        }
    });
}
