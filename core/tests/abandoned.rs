//! What stays of an upload whose host reads nothing: no file, no callback, and soon no connection.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use wamid::{Client, ErrorKind};

/// More than a system keeps in its buffers for a connection.
const LARGE: usize = 16_000_000;

#[tokio::test]
async fn an_upload_that_nobody_reads_leaves_neither_file_nor_callback_nor_connection() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.txt");
    fs::write(&path, vec![b'x'; LARGE]).unwrap();
    // Connections wait in its queue, for ever.
    let host = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = host.local_addr().unwrap().port();
    let client = Client::cloud("TOKEN", "1066").graph_url(format!("http://127.0.0.1:{port}"));
    let client = client.timeout(Duration::from_millis(500)).max_retries(0).build().unwrap();

    let callback = Arc::new(());
    let held = Arc::clone(&callback);
    let upload = client.upload_media().file(path.to_string_lossy());
    let error = upload.progress(move |_| _ = Arc::strong_count(&held)).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert_eq!(Arc::strong_count(&callback), 1, "the callback is still held");
    // A read of the file that was under way ends by itself.
    until("the file is open", || !is_open(&path)).await;
    until("the connection is open", || !is_connected(port)).await;
}

async fn until(what: &str, done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what} a minute after the call");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_open(path: &Path) -> bool {
    let mut open = fs::read_dir("/proc/self/fd").unwrap().flatten();
    open.any(|descriptor| fs::read_link(descriptor.path()).is_ok_and(|target| target == path))
}

/// Whether a socket of some process is connected to that port of this machine.
fn is_connected(port: u16) -> bool {
    let table = fs::read_to_string("/proc/net/tcp").unwrap();
    table.lines().skip(1).any(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        fields[2].ends_with(&format!(":{port:04X}")) && fields[9] != "0"
    })
}
