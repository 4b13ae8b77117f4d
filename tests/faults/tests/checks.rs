//! The matrix's own checks, held against a runner that lies: each lie must be seen, and an honest runner must pass.
#![allow(clippy::unwrap_used, missing_docs)]

use std::time::Duration;

use wamid_conformance::{Registry, Runner, RunnerCommand};
use wamid_faults::{Matrix, Options};

/// One fault with every operation, of a runner that tells this lie.
async fn played(lie: &str) -> Matrix {
    let runner = RunnerCommand::new(env!("CARGO_BIN_EXE_faults-runner-lying")).env("LIE", lie);
    let faces = Registry::new().with("rust", Runner::Command(runner)).select(&["rust"]).unwrap();
    let mut options = Options::new(faces);
    options.filter = Some("500 with a page".to_owned());
    options.jobs = 1;
    options.settle = Duration::from_millis(500);
    // The honest answers take milliseconds.
    options.hang = Some(Duration::from_secs(if lie == "hangs" { 3 } else { 60 }));
    tokio::time::timeout(Duration::from_secs(120), wamid_faults::run(&options)).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_honest_runner_has_no_wrong_cell() {
    let matrix = played("").await;
    assert!(matrix.is_right(), "{}", matrix.text);
    assert_eq!((matrix.faces[0].cells, matrix.faces[0].wrong), (6, 0), "{}", matrix.text);
    assert!(matrix.text.ends_with("rust: 6 cells, 0 wrong\n"), "{}", matrix.text);
}

#[tokio::test]
async fn every_lie_is_seen() {
    for (lie, wrong, seen) in [
        ("says surely not sent", 1, "it says \"surely not sent\", and the message arrived"),
        ("sends twice", 1, "the message arrived 2 times"),
        ("says ok", 6, "expected `server + 2`, said `ok`"),
        ("says retryable", 1, "a call that may have been sent is called retryable"),
        ("counts wrong", 6, "it says 3 attempts, and 2 came"),
        ("hides the status", 6, "`status` is null, expected 500"),
        ("is untyped", 6, "no typed error"),
        ("hangs", 6, "the call hangs"),
        ("dies", 6, "the runner ended"),
        ("leaves a part", 1, "a partial download is left: [\"fetched.part\"]"),
        ("stays broken", 6, "the next call fails, and the host is well"),
        ("leaks a file", 1, "files and sockets are open after the last fault"),
    ] {
        let matrix = played(lie).await;
        assert!(!matrix.is_right(), "{lie}");
        assert_eq!((matrix.faces[0].cells, matrix.faces[0].wrong), (6, wrong), "{lie}: {}", matrix.text);
        assert!(matrix.text.contains(seen), "{lie}: {}", matrix.text);
    }
}

/// It is seen before the first fault, in each cell, and at the end.
#[tokio::test]
async fn a_connection_that_is_kept_is_seen() {
    let matrix = played("keeps a connection").await;
    let text = &matrix.text;
    assert!(text.contains("connections are open after the client was closed"), "{text}");
    assert_eq!((matrix.faces[0].cells, matrix.is_right()), (6, false), "{text}");
    assert!(matrix.faces[0].wrong > 6, "{text}");
}

#[tokio::test]
async fn faces_that_differ_are_shown_beside_each_other() {
    let runner =
        |lie| Runner::Command(RunnerCommand::new(env!("CARGO_BIN_EXE_faults-runner-lying")).env("LIE", lie));
    let registry = Registry::new().with("node", runner("")).with("swift", runner("says ok"));
    let mut options = Options::new(registry.select(&["node", "swift"]).unwrap());
    options.filter = Some("500 with a page".to_owned());
    let matrix = wamid_faults::run(&options).await.unwrap();
    assert!(matrix.text.contains("node: server ? 1; swift: ok WRONG"), "{}", matrix.text);
    assert!(matrix.text.contains("node: 6 cells, 0 wrong"), "{}", matrix.text);
}
