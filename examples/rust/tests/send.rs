//! The program that the README shows first.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

use wamid_sandbox::{Failure, Sandbox, SandboxOptions};

/// What it says, with this sandbox for Meta.
async fn said(sandbox: &Sandbox) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_send"));
    program.env_remove("WAMID_GATEWAY_URL").env_remove("WAMID_API_KEY").env_remove("WAMID_STORE");
    program.env("WAMID_GRAPH_URL", sandbox.url()).env("WAMID_ACCESS_TOKEN", sandbox.access_token());
    program.env("WAMID_PHONE_NUMBER_ID", sandbox.phone_number_id());
    let output = tokio::task::spawn_blocking(move || program.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_sends_and_says_what_became_of_the_message() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    assert!(said(&sandbox).await.starts_with("sent: wamid."));
    assert_eq!(sandbox.messages().last().unwrap().body["text"]["body"], "Your order is on its way.");
    sandbox.fail_next("lost".parse::<Failure>().unwrap(), 1);
    assert!(said(&sandbox).await.starts_with("unknown, look before sending again: "));
    sandbox.fail_next("131026".parse::<Failure>().unwrap(), 1);
    assert!(said(&sandbox).await.starts_with("not sent: "));
}
