//! No argument ends a header, begins another request, or leads out of the path that it is for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Seen, Server, http, sent, soon};
use wamid::{Client, ClientBuilder, Error, Image, Json};

/// What would end a header, a request line or a quoted name, where it were sent as it is.
const BREAKING: [&str; 8] = [
    "a\r\nX-Injected: 1",
    "a\nX-Injected: 1",
    "a\rX-Injected: 1",
    "a\0X-Injected: 1",
    "a\r\n\r\nGET /injected HTTP/1.1\r\nHost: h\r\n\r\n",
    "a HTTP/1.1\r\nX-Injected: 1\r\n\r\n",
    "a\"\r\nX-Injected: 1\r\n\r\nb",
    "\u{85}X-Injected: 1\u{2028}X-Injected: 1",
];

/// What would lead to another path, or another host.
const LEADING: [&str; 14] = [
    "..",
    ".",
    "../../1/messages",
    "%2e%2e/%2e%2e/x",
    "%2E%2E",
    "..%2f..%2fx",
    "a/b",
    "a\\b",
    "a?b=c",
    "a#b",
    "//evil.example/x",
    "https://evil.example/",
    "@evil.example",
    "a;b",
];

async fn server() -> Server {
    Server::new(|seen: &Seen| match seen.line() {
        line if line.starts_with("GET /api/ ") => http(
            200,
            "",
            r#"{"gateway":"wamid","version":"1","extensions":["send","read","media","templates","sends","idempotency"]}"#,
        ),
        line if line.starts_with("POST ") && line.contains("/media") => http(200, "", r#"{"id":"1","result":{"id":"1"}}"#),
        line if line.starts_with("POST ") && !line.contains("template") => sent(),
        _ => http(200, "", r#"{"success":true,"data":[],"result":{"success":true},"templates":[],"sends":[]}"#),
    })
    .await
}

/// Every request is one of ours: of the right shape, below the right path, for the right host.
#[track_caller]
fn assert_ours(server: &Server, argument: &str, below: &str) {
    for Seen { head, body, .. } in server.seen() {
        let line = head.lines().next().unwrap();
        let parts: Vec<_> = line.split(' ').collect();
        assert!(parts.len() == 3 && parts[2] == "HTTP/1.1", "{argument}: {line:?}");
        assert!(parts[1].starts_with(below), "{argument}: {line:?} is not below {below}");
        let names =
            head.split(['\r', '\n']).skip(1).filter_map(|line| line.split_once(':')).map(|(name, _)| name);
        for name in names {
            assert!(!name.eq_ignore_ascii_case("x-injected"), "{argument}: {head:?}");
        }
        let host = head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        assert_eq!(host, format!("127.0.0.1:{}", server.port), "{argument}");
        // Lines of a form's parts; in JSON a line break is escaped.
        let lines =
            body.split(['\r', '\n']).filter(|line| line.to_ascii_lowercase().starts_with("x-injected"));
        assert_eq!(lines.count(), 0, "{argument}: {body:?}");
    }
}

fn built(builder: ClientBuilder) -> Option<Client> {
    builder.max_retries(0).build().ok()
}

/// Makes a few calls with a client that took the argument.
async fn used(client: Option<Client>) {
    let Some(client) = client else { return };
    let _ = soon(client.send_message("+16505551234", "Hi").into_future()).await;
    let _ = soon(client.media_info("1").into_future()).await;
    let _ = soon(client.templates().into_future()).await;
    let _ = soon(client.chats().into_future()).await;
}

#[tokio::test]
async fn what_a_client_is_made_with_ends_no_header_and_leaves_no_path() {
    for text in BREAKING.into_iter().chain(LEADING) {
        let server = server().await;
        let url = server.url();
        let cloud = || Client::cloud("TOKEN", "1066").graph_url(&url).business_account_id("1");
        for client in [
            built(Client::cloud(text, "1066").graph_url(&url)),
            built(Client::cloud("TOKEN", text).graph_url(&url)),
            built(cloud().user_agent(text)),
            built(cloud().graph_version(text)),
            built(cloud().graph_version(format!("v26.0{text}"))),
            built(cloud().business_account_id(text)),
            built(cloud().app_id(text)),
        ] {
            used(client).await;
        }
        assert_ours(&server, text, "/v26.0/");
        let server = self::server().await;
        used(built(Client::gateway(server.url(), text))).await;
        used(built(Client::gateway(server.url(), "KEY").user_agent(text))).await;
        assert_ours(&server, text, "/api/");
    }
}

#[tokio::test]
async fn what_a_call_is_made_with_ends_no_header_and_leaves_no_path() {
    for text in BREAKING.into_iter().chain(LEADING) {
        let server = server().await;
        let cloud = built(server.cloud().business_account_id("2077").app_id("3")).unwrap();
        let definition = || Json::parse("definition", r#"{"name":"a"}"#).unwrap();
        let pdf = || b"%PDF-1.4".to_vec();
        soon(async {
            let _ = cloud.send_message("+16505551234", text).reply_to(text).reference(text).await;
            let _ = cloud.send(text, Image::id(text)).await;
            let _ = cloud.send("+16505551234", Image::link(text).caption(text)).await;
            let _ = cloud.mark_read(text).await;
            let _ = cloud.media_info(text).await;
            let _ = cloud.delete_media(text).await;
            let _ = cloud.download_media(text).await;
            let _ = cloud.upload_media().data(pdf()).mime_type("application/pdf").filename(text).await;
            let _ = cloud.upload_media().data(pdf()).mime_type(text).await;
            let _ = cloud.upload_media().data(pdf()).mime_type(format!("application/pdf; a={text}")).await;
            let _ = cloud.templates().name(text).language(text).status(text).category(text).await;
            let _ = cloud.edit_template(text, definition()).await;
            let _ = cloud.delete_template(text).template_id(text).await;
            let _ = cloud.block_users(vec![text.to_owned()]).await;
            let _ = cloud.request(text, "1066").await;
            let _ = cloud.request("GET", text).await;
            let _ = cloud.request("GET", format!("1066/{text}")).await;
            let query = Json::from(serde_json::json!({ text: text }));
            let _ = cloud.request("GET", "1066").query(query).await;
            let file = serde_json::json!({"data": "JVBERg==", "filename": text, "mime_type": text});
            let _ =
                cloud.request("POST", "1066/files").form(Json::from(serde_json::json!({"file": file}))).await;
            let _ =
                cloud.request("POST", "1066/files").form(Json::from(serde_json::json!({ text: text }))).await;
        })
        .await;
        assert_ours(&server, text, "/v26.0/");

        let server = self::server().await;
        let gateway = built(server.gateway()).unwrap();
        soon(async {
            let _ = gateway.send_message("+16505551234", text).idempotency_key(text).reference(text).await;
            let _ = gateway.mark_read(text).await;
            let _ = gateway.media_info(text).await;
            let _ = gateway.delete_media(text).await;
            let _ = gateway.download_media(text).await;
            let _ = gateway.upload_media().data(pdf()).mime_type("application/pdf").filename(text).await;
            let _ = gateway.templates().name(text).status(text).await;
            let _ = gateway.sends().reference(text).message_id(text).await;
        })
        .await;
        assert_ours(&server, text, "/api/");
    }
}

/// An id is one segment of a path, whatever it holds, or it is refused: it is escaped, and a lone `..` is no id.
#[tokio::test]
async fn an_id_is_one_segment_of_its_path() {
    for id in LEADING {
        let server = server().await;
        let (cloud, gateway) = (built(server.cloud()).unwrap(), built(server.gateway()).unwrap());
        let answers: [Result<(), Error>; 4] = soon(async {
            [
                cloud.media_info(id).await.map(drop),
                cloud.delete_media(id).await,
                gateway.media_info(id).await.map(drop),
                gateway.delete_media(id).await,
            ]
        })
        .await;
        for error in answers.into_iter().filter_map(Result::err).filter(|error| error.attempts() == 0) {
            assert_eq!(error.field(), Some("media_id"), "{error}");
        }
        for seen in server.seen().iter().filter(|seen| !seen.line().starts_with("GET /api/ ")) {
            let path = seen.line().split([' ', '?']).nth(1).unwrap();
            let segments = path.trim_end_matches('/').split('/').skip(1);
            let expected = if path.starts_with("/api/") { 3 } else { 2 };
            assert_eq!(segments.clone().count(), expected, "{id}: {}", seen.line());
            assert!(segments.clone().all(|segment| !is_dots(segment)), "{id}: {}", seen.line());
        }
    }
}

/// What a URL takes for `.` or `..`.
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// What a form's file is called stands in quotes; it ends them in no way.
#[tokio::test]
async fn the_name_of_a_file_makes_no_part_of_its_own() {
    for name in BREAKING {
        let server = server().await;
        for client in [built(server.cloud()).unwrap(), built(server.gateway()).unwrap()] {
            let upload =
                client.upload_media().data(b"%PDF-1.4".to_vec()).mime_type("application/pdf").filename(name);
            soon(upload.into_future()).await.unwrap();
        }
        for seen in server.seen().iter().filter(|seen| seen.line().starts_with("POST ")) {
            let parts = if seen.line().contains("/v26.0/") { 3 } else { 2 };
            let headers =
                seen.body.split(['\r', '\n']).filter(|line| line.starts_with("Content-Disposition:"));
            assert_eq!(headers.clone().count(), parts, "{name:?}: {}", seen.body);
            for header in headers {
                assert_eq!(header.matches('"').count() % 2, 0, "{name:?}: {header:?}");
                assert!(!header.contains('\0'), "{name:?}: {header:?}");
            }
        }
    }
}
