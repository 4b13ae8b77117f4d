//! What the pages on kinds of messages say of the command line.

use serde_json::Value;

use crate::kinds::{PHONE, arrived};
use crate::playing::{Playing, fed, stderr};

#[test]
fn what_the_page_on_raw_shows_is_taken() {
    let page = include_str!("../../../docs/raw.md");
    let examples: Vec<&str> =
        page.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let meta = Playing::start();
    let mut types = Vec::new();
    for example in examples {
        let output = fed(meta.command(&["send", "json", PHONE, "-"]), example.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{example}: {}", stderr(&output));
        let (kind, object) = arrived(&meta);
        let content: Value = serde_json::from_str(example).unwrap();
        assert_eq!((kind, &object), ("interactive".to_owned(), &content["object"]));
        types.push(object["type"].as_str().unwrap().to_owned());
    }
    let all = [
        "address_message",
        "order_details",
        "order_status",
        "carousel",
        "call_permission_request",
        "voice_call",
    ];
    assert_eq!(types, all);
}

/// What stands between this line and the end of its block.
fn block<'a>(page: &'a str, begin: &str) -> &'a str {
    page.split_once(begin).and_then(|(_, rest)| rest.split_once("\n```")).map(|(block, _)| block).unwrap()
}

#[test]
fn the_command_on_each_page_of_a_kind_sends_what_the_page_says() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_wamid"));
    std::os::unix::fs::symlink(binary, folder.path().join("wamid")).unwrap();
    let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/messages");
    let mut kinds = 0;
    for page in std::fs::read_dir(pages).unwrap().map(|entry| entry.unwrap().path()) {
        if page.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&page).unwrap();
        let command = block(&text, "```sh\n");
        let mut expected: Value = serde_json::from_str(block(&text, "```json\n")).unwrap();
        let host = meta.command(&[]);
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
        let variables: Vec<_> =
            host.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect();
        let mut shell = std::process::Command::new("sh");
        let output = shell.args(["-c", command]).envs(variables).env("PATH", path).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{command}: {}", stderr(&output));
        let answer: Value = serde_json::from_str(&meta.ask("GET", "messages")).unwrap();
        let mut body = answer["messages"].as_array().unwrap().last().unwrap()["body"].clone();
        // Each send has a reference of its own.
        for body in [&mut body, &mut expected] {
            body.as_object_mut().unwrap().remove("biz_opaque_callback_data");
        }
        assert_eq!(body, expected, "{command}");
        kinds += 1;
    }
    assert!(kinds > 20, "{kinds}");
}
