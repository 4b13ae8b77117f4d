//! Files that change under the hands of an upload, and downloads that break off: with real files.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use support::{Reply, Seen, Server, assert_error, http, sent, soon};
use wamid::{ErrorKind, Image, Message, SendMany};

const TAKEN: &str = r#"{"id":"4711"}"#;

/// A folder with a file of that name and length.
fn file(name: &str, length: usize) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, "x".repeat(length)).unwrap();
    (folder, path)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A server that fails once, while something becomes of the file, and then takes whatever comes.
async fn fails_once(change: impl Fn() + Send + Sync + 'static) -> Server {
    let seen = AtomicUsize::new(0);
    Server::new(move |request: &Seen| {
        if seen.fetch_add(1, Ordering::Relaxed) == 0 {
            change();
            http(500, "", "down")
        } else if request.line().contains("/media") {
            http(200, "", TAKEN)
        } else {
            sent()
        }
    })
    .await
}

#[tokio::test]
async fn a_file_that_vanishes_is_the_caller_s_to_mend() {
    let (_folder, path) = file("photo.jpg", 5000);
    let gone = path.clone();
    let server = fails_once(move || fs::remove_file(&gone).unwrap()).await;
    let client = server.cloud().build().unwrap();
    let error = soon(async { client.upload_media().file(text(&path)).await }).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidInput, false, false, 2);
    assert_eq!(error.field(), Some("file"), "{error}");
    assert_eq!(server.seen().len(), 1, "what could not be read was not asked");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_becomes_a_pipe_is_not_waited_for() {
    let (_folder, path) = file("photo.jpg", 5000);
    let pipe = path.clone();
    let server = fails_once(move || {
        fs::remove_file(&pipe).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    })
    .await;
    let client = server.cloud().build().unwrap();
    let upload = async { client.upload_media().file(text(&path)).await };
    let error = tokio::time::timeout(Duration::from_secs(20), upload).await.unwrap().unwrap_err();
    assert_error(&error, ErrorKind::InvalidInput, false, false, 2);
    assert_eq!(error.field(), Some("file"), "{error}");
}

#[tokio::test]
async fn a_file_that_shrinks_before_it_is_read_again_is_named_by_its_place() {
    for (below, in_header) in [("file", false), ("header.file", true)] {
        let (_folder, path) = file("photo.jpg", 200_000);
        let short = path.clone();
        let server =
            fails_once(move || File::options().write(true).open(&short).unwrap().set_len(70_000).unwrap())
                .await;
        let client = server.cloud().build().unwrap();
        let photo = text(&path);
        let error = if in_header {
            let header = wamid::HeaderMedia::image().file(photo);
            let message = wamid::CtaUrl::new("Look", "Open", "https://example.com").header(header);
            soon(async { client.send("16505551234", message).await }).await.unwrap_err()
        } else {
            soon(async { client.send("16505551234", Image::file(photo)).await }).await.unwrap_err()
        };
        assert_error(&error, ErrorKind::InvalidInput, false, false, 2);
        assert_eq!(error.field(), Some(below), "{error}");
        assert!(error.message().contains("shorter"), "{error}");
        assert!(server.seen().iter().all(|seen| seen.line().contains("/media")), "no message went out");
    }
}

#[tokio::test]
async fn a_file_that_shrinks_while_it_is_read_is_no_lost_connection() {
    let (_folder, path) = file("report.txt", 3_000_000);
    let server = Server::new(|_| http(200, "", TAKEN)).await;
    let client = server.cloud().build().unwrap();
    let short = path.clone();
    let upload = client.upload_media().file(text(&path)).progress(move |progress| {
        if progress.bytes < 3_000_000 {
            File::options().write(true).open(&short).unwrap().set_len(200_000).unwrap();
        }
    });
    let error = soon(async { upload.await }).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidInput, false, false, 1);
    assert_eq!(error.field(), Some("file"), "{error}");
    assert!(server.seen().is_empty(), "a part of it is no upload");
}

#[tokio::test]
async fn a_file_that_grows_goes_up_as_it_was() {
    let (_folder, path) = file("report.txt", 100_000);
    let grown = path.clone();
    let server =
        fails_once(move || File::options().append(true).open(&grown).unwrap().write_all(b"more").unwrap())
            .await;
    let client = server.cloud().build().unwrap();
    assert_eq!(soon(async { client.upload_media().file(text(&path)).await }).await.unwrap(), "4711");
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for seen in seen {
        assert!(seen.body.contains(&"x".repeat(100_000)), "{}", seen.head);
        assert!(!seen.body.contains("more"));
    }
}

#[tokio::test]
async fn what_is_no_file_is_refused_and_nothing_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.jpg");
    File::create(&empty).unwrap();
    let mut none = vec![empty, folder.path().to_owned(), folder.path().join("none.jpg")];
    if cfg!(unix) {
        let pipe = folder.path().join("pipe.jpg");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let link = folder.path().join("link.jpg");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        none.extend([pipe, link, PathBuf::from("/dev/zero")]);
    }
    let server = Server::new(|_| http(200, "", TAKEN)).await;
    let client = server.cloud().build().unwrap();
    for path in none {
        let upload = async { client.upload_media().file(text(&path)).mime_type("image/jpeg").await };
        let error = tokio::time::timeout(Duration::from_secs(5), upload).await.unwrap().unwrap_err();
        assert_error(&error, ErrorKind::InvalidInput, false, false, 0);
        assert_eq!(error.field(), Some("file"), "{}: {error}", path.display());
        let send =
            async { client.send("16505551234", Image::file(text(&path)).mime_type("image/jpeg")).await };
        let error = tokio::time::timeout(Duration::from_secs(5), send).await.unwrap().unwrap_err();
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::InvalidInput, Some("file")),
            "{}",
            path.display()
        );
    }
    assert!(server.seen().is_empty());
}

/// By its name it is what it should be, so it is Meta that finds out.
#[tokio::test]
async fn a_file_of_another_type_under_the_right_name_is_refused_by_meta_before_the_send() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.jpg");
    fs::write(&path, "%PDF-1.7").unwrap();
    let refused = r#"{"error":{"message":"(#100) Invalid parameter","code":100,"error_data":{"details":"Param file must be a file with one of the following types"}}}"#;
    let server = Server::new(move |_| http(400, "", refused)).await;
    let client = server.cloud().build().unwrap();
    let error = soon(async { client.send("16505551234", Image::file(text(&path))).await }).await.unwrap_err();
    assert_error(&error, ErrorKind::Rejected, false, false, 1);
    assert_eq!(error.code(), Some(100));
    assert!(server.seen()[0].body.contains("image/jpeg"));
    assert_eq!(server.seen().len(), 1, "no message went out");
    // The kind's own row is held to what the caller says.
    let image = Image::file(text(&path)).mime_type("application/pdf");
    let error = soon(async { client.send("16505551234", image).await }).await.unwrap_err();
    assert_eq!(error.field(), Some("mime_type"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_download_that_is_cut_at_half_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for (name, before) in [("new.txt", None), ("known.txt", Some("as it was"))] {
        let to = folder.path().join(name);
        if let Some(before) = before {
            fs::write(&to, before).unwrap();
        }
        let server = Server::slow(|seen: Seen| async move {
            if seen.line().contains("/content") {
                let half = format!("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n{}", "x".repeat(1000));
                return Reply::Last(half.into_bytes());
            }
            let host = seen.header("host").unwrap_or_default();
            let info = format!(
                r#"{{"id":"7","url":"http://{host}/content","mime_type":"text/plain","sha256":"00","file_size":2000}}"#
            );
            http(200, "", &info)
        })
        .await;
        let client = server.cloud().max_retries(1).build().unwrap();
        let error = soon(async { client.download_media_to("7", text(&to)).await }).await.unwrap_err();
        assert_error(&error, ErrorKind::Connection, false, true, 2);
        assert_eq!(fs::read_to_string(&to).ok().as_deref(), before, "{name}");
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, usize::from(before.is_some()), "nothing half-way lies beside it");
    }
}

#[tokio::test]
async fn a_download_that_cannot_be_begun_again_counts_what_was_tried_before() {
    let asked = Arc::new(AtomicUsize::new(0));
    let server = Server::new(move |seen: &Seen| {
        if seen.line().contains("/content") {
            return Reply::Last(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\nhalf".to_vec());
        }
        if asked.fetch_add(1, Ordering::Relaxed) > 0 {
            return http(404, "", r#"{"error":{"code":100,"message":"gone"}}"#);
        }
        let host = seen.header("host").unwrap_or_default();
        let url = format!("http://{host}/content");
        http(
            200,
            "",
            &format!(r#"{{"id":"7","url":"{url}","mime_type":"text/plain","sha256":"00","file_size":2000}}"#),
        )
    })
    .await;
    let client = server.cloud().build().unwrap();
    let error = soon(async { client.download_media("7").await }).await.unwrap_err();
    assert_error(&error, ErrorKind::Rejected, false, false, 2);
}

#[tokio::test]
async fn more_users_than_meta_takes_at_once_go_in_several_requests() {
    let server = Server::new(|seen: &Seen| {
        let users = seen.body.matches("\"user\":").count();
        let added = vec![r#"{"input":"+16505550000","wa_id":"16505550000"}"#; users].join(",");
        http(
            200,
            "",
            &format!(r#"{{"messaging_product":"whatsapp","block_users":{{"added_users":[{added}]}}}}"#),
        )
    })
    .await;
    let client = server.cloud().build().unwrap();
    let phones: Vec<String> = (0..1001).map(|at| format!("+1650555{at:04}")).collect();
    let blocking = soon(async { client.block_users(phones).await }).await.unwrap();
    assert_eq!((blocking.done.len(), blocking.failed.len()), (1001, 0));
    let counts: Vec<usize> =
        server.seen().iter().map(|seen| seen.body.matches("\"user\":").count()).collect();
    assert_eq!(counts, [1000, 1]);
}

/// A server that has one approved template, with a text and nothing else, and takes any file.
async fn with_a_template() -> Server {
    Server::new(|seen: &Seen| {
        if seen.line().contains("message_templates") {
            let template = r#"{"id":"1","name":"menu","language":"en","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hi"}]}"#;
            http(200, "", &format!(r#"{{"data":[{template}]}}"#))
        } else if seen.line().contains("/media") {
            http(200, "", TAKEN)
        } else {
            sent()
        }
    })
    .await
}

#[tokio::test]
async fn a_template_is_checked_before_its_file_is_uploaded_also_where_that_is_told_of() {
    let (_folder, path) = file("photo.jpg", 5000);
    let server = with_a_template().await;
    let client = server.cloud().business_account_id("2077").check_templates(true).build().unwrap();
    for told in [false, true] {
        let bulk = client.bulk(SendMany::default()).unwrap();
        let bulk = bulk.telling(told.then(|| -> wamid::TransferReport { Box::new(|_| ()) }));
        let content = serde_json::json!({"type": "template", "template_name": "menu", "language": "en",
            "header_params": [{"type": "image", "file": path}]});
        bulk.push(Ok(Message::new("919876543210", wamid::Content::from_json(&content.to_string()).unwrap())));
        let (_, sent) = soon(bulk.next()).await.unwrap();
        assert_eq!(sent.unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    let seen = server.seen();
    assert!(seen.iter().all(|seen| seen.line().contains("message_templates")), "{seen:?}");
}

#[tokio::test]
async fn who_wants_to_know_hears_of_a_file_that_a_send_brings_along() {
    let (_folder, path) = file("photo.jpg", 400_000);
    let server = with_a_template().await;
    let client = server.cloud().build().unwrap();
    let (told, heard) = std::sync::mpsc::channel();
    let report: wamid::TransferReport = Box::new(move |progress| {
        // Nobody listens once the test is over.
        let _ = told.send(progress);
    });
    let bulk = client.bulk(SendMany::default()).unwrap().telling(Some(report));
    bulk.push(Ok(Message::new("919876543210", Image::file(text(&path)))));
    soon(bulk.next()).await.unwrap().1.unwrap();
    let progress = heard.try_iter().next().unwrap();
    assert!(progress.bytes > 0 && progress.total == Some(400_000), "{progress:?}");
}
