//! Runners that break.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wamid_conformance::{Options, Registry, Runner, RunnerCommand};

use crate::{case, drive, drive_with, fails};

fn doing(steps: Value) -> Value {
    case(steps, json!([]), json!({"results": [{"ok": {}}]}))
}

fn named(name: &str, args: Value) -> Value {
    json!({"name": name, "calls": [{"op": "chats", "args": args}], "expect": {"results": [{"ok": {}}]}})
}

fn one_runner(options: &mut Options) {
    options.jobs = 1;
    options.answer_limit = Duration::from_millis(300);
    options.exit_limit = Duration::from_millis(500);
}

#[tokio::test]
async fn a_runner_that_dies_is_told_with_its_last_words() {
    let steps = json!([{"complain": "Traceback:\n no module wamid\n"}, {"exit": 3}]);
    fails(doing(steps), &["rust: a case: calls[0]: expected an answer", "exit status: 3", "no module wamid"])
        .await;
}

#[tokio::test]
async fn a_runner_that_prints_something_else_is_quoted() {
    for printed in ["DEBUG sending", "[1]", "{}", "{\"ok\": 1, \"error\": 2}", "{\"result\": 1}"] {
        let quoted = format!("{printed:?}");
        fails(doing(json!([{"print": printed}])), &["a case: calls[0]", "the runner printed", &quoted]).await;
    }
}

#[tokio::test]
async fn a_line_too_many_does_not_become_the_next_answer() {
    let more =
        named("prints more", json!({"answer": {"ok": {}}, "then_print": "{\"ok\": {\"stale\": true}}"}));
    let (summary, text) = drive_with(&json!([more, named("next", json!({"sleep": 1}))]), one_runner).await;
    assert_eq!(summary.unwrap().failed, 1, "{text}");
    assert!(text.contains("rust: next: calls[0]: ") && text.contains("nothing was asked"), "{text}");
    let (summary, text) = drive(&more).await;
    assert!(summary.failed == 1 && text.contains("the runner's end"), "{text}");
}

#[tokio::test]
async fn a_broken_runner_is_replaced_for_the_next_case() {
    let cases = json!([
        named("1 dies", json!({"steps": [{"exit": 1}]})),
        named("2 lives", json!({})),
        named("3 hangs", json!({"steps": [{"sleep_ms": 60_000}]})),
        named("4 lives", json!({})),
        named("5 chatters", json!({"steps": [{"print": "hello"}]})),
        named("6 lives", json!({})),
    ]);
    let begin = Instant::now();
    let (summary, text) = drive_with(&cases, one_runner).await;
    let summary = summary.unwrap();
    assert_eq!((summary.passed, summary.failed), (3, 3), "{text}");
    assert!(text.contains("3 hangs: calls[0]: expected an answer, came no answer within 0.3 s"), "{text}");
    assert!(begin.elapsed() < Duration::from_secs(30), "the hanging runner was waited for");
}

#[tokio::test]
async fn a_runner_that_never_answers_is_given_up() {
    let cases: Vec<Value> =
        (0..9).map(|n| named(&format!("case {n}"), json!({"steps": [{"sleep_ms": 60_000}]}))).collect();
    let begin = Instant::now();
    let (summary, text) = drive_with(&cases.into(), one_runner).await;
    assert_eq!(summary.unwrap().failed, 9, "every case counts as failed: {text}");
    assert_eq!(text.matches("not run").count(), 6, "{text}");
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_runner_that_does_not_end_or_ends_badly_fails_its_language() {
    for (steps, told) in [
        (json!([{"stay": true}]), "it still ran 0.5 s after its input was closed"),
        (json!([{"end_with": 134}, {"complain": "Fatal: aborted"}]), "exit status: 134"),
    ] {
        let (summary, text) = drive_with(&doing(steps), one_runner).await;
        let summary = summary.unwrap();
        assert_eq!((summary.passed, summary.failed, summary.exit_ok), (1, 1, false), "{text}");
        assert!(text.contains("rust: the runner's end: ") && text.contains(told), "{text}");
        assert!(text.ends_with("rust: 1 passed, 1 failed\n1 passed, 1 failed\n"), "{text}");
    }
}

#[tokio::test]
async fn a_runner_that_cannot_be_started_fails_its_cases() {
    let nowhere = Registry::new().with("node", Runner::Command(RunnerCommand::new("/nowhere/runner")));
    let (summary, text) =
        drive_with(&doing(json!([])), |options| options.languages = nowhere.select(&["node"]).unwrap()).await;
    assert_eq!(summary.unwrap().failed, 1);
    assert!(text.contains("could not be started: /nowhere/runner"), "{text}");
}

#[tokio::test]
async fn a_case_that_was_late_once_is_not_one_that_is_late_each_time() {
    let case = json!({"name": "a case", "calls": [{"op": "chats"}],
                      "expect": {"results": [{"ok": {}}], "elapsed_ms": {"max": 1_900}}});
    for (program, passes) in [
        ("while read line; do [ -e late ] || { touch late; sleep 2; }; echo '{\"ok\": {}}'; done", true),
        ("while read line; do sleep 2; echo '{\"ok\": {}}'; done", false),
        // What is wrong is wrong at once.
        (
            "while read line; do [ -e wrong ] && echo '{\"ok\": {}}' || { touch wrong; sleep 2; echo '{}'; }; done",
            false,
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let command = RunnerCommand::new("/bin/sh").arg("-c").arg(program).folder(folder.path());
        let languages = Registry::new().with("swift", Runner::Command(command)).select(&["swift"]).unwrap();
        let (summary, text) = drive_with(&case, |options| options.languages = languages).await;
        assert_eq!(summary.unwrap().exit_ok, passes, "{text}");
    }
}

#[tokio::test]
async fn arguments_environment_and_folder_reach_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let program = "read line; printf '{\"ok\": {\"arg\": \"%s\", \"env\": \"%s\", \"folder\": \"%s\"}}\\n' \"$0\" \"$MARK\" \"$PWD\"";
    let command = RunnerCommand::new("/bin/sh")
        .arg("-c")
        .arg(program)
        .arg("one")
        .env("MARK", "two")
        .folder(folder.path());
    let expected = json!({"arg": "one", "env": "two", "folder": folder.path().canonicalize().unwrap()});
    let case =
        json!({"name": "a case", "calls": [{"op": "chats"}], "expect": {"results": [{"ok": expected}]}});
    let languages = Registry::new().with("swift", Runner::Command(command)).select(&["swift"]).unwrap();
    let (summary, text) = drive_with(&case, |options| options.languages = languages).await;
    assert!(summary.unwrap().exit_ok, "{text}");
}
