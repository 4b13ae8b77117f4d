//! The commands that the pages of the kinds show.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::playing::{Playing, stderr, stdout, wamid};

/// The block after "## Command line", once for each page.
fn commands() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/messages");
    let pages = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages
        .map(|path| {
            let page = fs::read_to_string(path).unwrap();
            let (_, block) = page.split_once("```sh\n").unwrap();
            block.split_once("\n```").unwrap().0.to_owned()
        })
        .collect()
}

#[test]
fn the_command_of_each_page_sends_its_message() {
    let meta = Playing::start();
    let binary = Path::new(wamid(&[]).get_program()).parent().unwrap().to_owned();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let commands = commands();
    assert!(commands.len() > 20, "{commands:?}");
    for line in commands {
        let mut shell = Command::new("sh");
        for (name, value) in meta.command(&[]).get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        let output = shell.args(["-c", &line]).env("PATH", &path).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}: {}", stderr(&output));
        assert!(stdout(&output).starts_with("sent to 919876543210: wamid."), "{line}: {}", stdout(&output));
    }
}
