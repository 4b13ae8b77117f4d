//! A host that answers in order to harm: it names addresses to which the token, or any request at all, must not go.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fs;

use support::{Seen, Server, http, soon};
use wamid::{Client, ErrorKind};

const CONTENT: &str = "Hello";
const SHA256: &str = "185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969";

fn info(url: &str) -> String {
    serde_json::json!({"messaging_product": "whatsapp", "id": "1", "url": url, "mime_type": "text/plain",
        "sha256": SHA256, "file_size": CONTENT.len()})
    .to_string()
}

/// Where a hostile host would like the token to go; `{trap}` is host and port of a server of its own.
const ELSEWHERE: [&str; 18] = [
    "http://{trap}/",
    "https://{trap}/",
    "http://localhost:{port}/",
    "//{trap}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::1]:{port}/",
    "http://0.0.0.0:{port}/",
    "http://2130706433:{port}/",
    "http://127.1:{port}/",
    "file:///etc/passwd",
    "ftp://{trap}/",
    "data:text/plain,Hello",
    "http://lookaside.fbsbx.com/",
    "https://lookaside.fbsbx.com@{trap}/",
    "https://lookaside.fbsbx.com.{trap}/",
    "https://fbcdn.net.evil.example/",
    "https://127.0.0.1\\@lookaside.fbsbx.com:{port}/",
];

#[tokio::test]
async fn the_address_of_a_file_leads_nowhere_else() {
    let trap = Server::new(|_| http(200, "", CONTENT)).await;
    for elsewhere in ELSEWHERE {
        let url = elsewhere
            .replace("{trap}", &format!("127.0.0.1:{}", trap.port))
            .replace("{port}", &trap.port.to_string());
        // Named at once, and by a redirect of the right address.
        for redirects in [false, true] {
            let named = url.clone();
            let server = Server::new(move |seen: &Seen| match seen.line() {
                "GET /file HTTP/1.1" => http(302, &format!("Location: {named}\r\n"), ""),
                _ if redirects => {
                    let own = format!("http://{}/file", seen.header("host").unwrap());
                    http(200, "", &info(&own))
                }
                _ => http(200, "", &info(&named)),
            })
            .await;
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("file.txt");
            let client = server.cloud().max_retries(0).build().unwrap();
            let error = soon(client.download_media("1").into_future()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{url} {redirects}: {error}");
            assert!(!error.message().contains("root:"), "{error}");
            let to = client.download_media_to("1", path.to_str().unwrap());
            assert_eq!(
                soon(to.into_future()).await.unwrap_err().kind(),
                ErrorKind::UnexpectedResponse,
                "{url}"
            );
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{url}: nothing is left behind");
        }
    }
    assert_eq!(trap.state().connections, 0, "not even a connection: {:?}", trap.seen());
}

#[tokio::test]
async fn neither_a_redirect_nor_a_next_page_takes_the_token_elsewhere() {
    let trap = Server::new(|_| http(200, "", r#"{"data":[],"success":true,"conversations":[]}"#)).await;
    let elsewhere = format!("{}/v26.0/x", trap.url());
    for status in [200, 301, 302, 303, 307, 308] {
        let elsewhere = elsewhere.clone();
        let server = Server::new(move |_| {
            let page =
                format!(r#"{{"data":[],"paging":{{"cursors":{{"after":"A"}},"next":"{elsewhere}"}}}}"#);
            http(status, &format!("Location: {elsewhere}\r\n"), &page)
        })
        .await;
        let cloud = server.cloud().business_account_id("2077").max_retries(0).build().unwrap();
        let gateway = server.gateway().max_retries(0).build().unwrap();
        let _ = soon(cloud.send_message("+16505551234", "Hi").into_future()).await.unwrap_err();
        let _ = soon(gateway.send_message("+16505551234", "Hi").into_future()).await.unwrap_err();
        let _ = soon(cloud.templates().into_future()).await.unwrap_err();
        let _ = soon(cloud.blocked_users().into_future()).await.unwrap_err();
        let _ = soon(cloud.media_info("1").into_future()).await.unwrap_err();
        let _ = soon(gateway.chats()).await.unwrap_err();
        let _ = soon(cloud.request("GET", "1066").into_future()).await;
    }
    assert_eq!(trap.state().connections, 0, "{:?}", trap.seen());
}

/// A file that a customer named is put where the caller says, whatever lies there.
#[cfg(unix)]
#[tokio::test]
async fn a_download_follows_no_link_and_writes_into_no_file_that_is_there() {
    use std::os::unix::fs::{MetadataExt as _, symlink};

    let server = Server::new(|seen: &Seen| match seen.line() {
        "GET /file HTTP/1.1" => http(200, "", CONTENT),
        _ => http(200, "", &info(&format!("http://{}/file", seen.header("host").unwrap()))),
    })
    .await;
    let client = server.cloud().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (outside, link) = (folder.path().join("outside"), folder.path().join("link"));
    fs::write(&outside, "precious").unwrap();
    symlink(&outside, &link).unwrap();
    // Whoever has the old file open goes on reading the old one.
    let hard = folder.path().join("hard");
    fs::hard_link(&outside, &hard).unwrap();
    for path in [&link, &hard] {
        soon(client.download_media_to("1", path.to_str().unwrap()).into_future()).await.unwrap();
        assert!(fs::symlink_metadata(path).unwrap().is_file(), "the link gave way to the file");
        assert_eq!(fs::read_to_string(path).unwrap(), CONTENT);
        assert_eq!(fs::read_to_string(&outside).unwrap(), "precious");
    }
    // What is no file keeps its place.
    let directory = folder.path().join("directory");
    fs::create_dir(&directory).unwrap();
    let error =
        soon(client.download_media_to("1", directory.to_str().unwrap()).into_future()).await.unwrap_err();
    assert_eq!(error.field(), Some("path"), "{error}");
    for path in ["", "..", "/", "a\0b"] {
        let error = soon(client.download_media_to("1", path).into_future()).await.unwrap_err();
        assert!(matches!(error.field(), Some("path")), "{path:?}: {error}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "nothing half is left: {left:?}");
    assert_ne!(fs::metadata(&hard).unwrap().ino(), fs::metadata(&outside).unwrap().ino());
}

/// The token has no business at a proxy that can read it unless plain HTTP was allowed, and none at all at another host's.
#[tokio::test]
async fn plain_http_is_refused_for_every_host_but_this_machine() {
    for host in [
        "http://graph.facebook.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://localhost@evil.example",
        "http://10.0.0.1",
        "http://169.254.169.254",
        "http://[::ffff:10.0.0.1]",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "127.0.0.1",
    ] {
        let error = Client::cloud("TOKEN", "1066").graph_url(host).build().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("graph_url")), "{host}");
        let error = Client::gateway(host, "KEY").build().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("base_url")), "{host}");
    }
}
