//! What is printed, counted and written.

use serde_json::{Value, json};
use wamid_conformance::{Error, Registry, Runner};

use crate::{drive, drive_with, scripted};

fn named(name: &str, came: u64) -> Value {
    json!({"name": name, "calls": [{"op": "chats", "args": {"answer": {"ok": {"n": came}}}}],
           "expect": {"results": [{"ok": {"n": 1}}]}})
}

#[tokio::test]
async fn a_line_a_failure_a_line_a_language_and_a_last_line() {
    let (summary, text) =
        drive(&json!([named("good", 1), named("bad:\nworse", 2), named("also good", 1)])).await;
    let lines = "rust: bad: worse: results[0].ok.n: expected 1, came 2\nrust: 2 passed, 1 failed\n2 passed, 1 failed\n";
    assert_eq!(text, lines);
    assert_eq!((summary.passed, summary.failed, summary.exit_ok), (2, 1, false));
}

#[tokio::test]
async fn all_passed_is_the_only_success() {
    let (summary, text) = drive(&json!([named("good", 1)])).await;
    assert_eq!(text, "rust: 1 passed, 0 failed\n1 passed, 0 failed\n");
    assert!(summary.exit_ok);
}

#[tokio::test]
async fn many_cases_at_the_same_time_stay_apart_and_in_order() {
    let cases: Vec<Value> = (0..60)
        .map(|n| {
            let path = format!("/{n}");
            json!({
                "name": format!("case {n:02}"), "client": {"host": "cloud"},
                "calls": [{"op": "chats", "args": {"steps": [{"send": format!("GET {path}"), "fresh": true}]}}],
                "server": [{"status": 200, "text": path}],
                "expect": {"requests": [{"path": path}], "results": [{"ok": {"heard": [{"body": path}]}}]},
            })
        })
        .collect();
    let (summary, text) = drive(&cases.into()).await;
    assert_eq!((summary.passed, summary.failed), (60, 0), "{text}");
    assert!(summary.languages[0].cases.is_sorted_by_key(|case| &case.name), "out of order");
}

#[tokio::test]
async fn a_filter_takes_names_and_nothing_run_is_no_success() {
    let cases = json!([named("text: one", 1), named("chats: two", 2)]);
    let filtered =
        |text: &'static str| drive_with(&cases, move |options| options.filter = Some(text.to_owned()));
    assert_eq!(filtered("text:").await.0.unwrap().passed, 1);
    let none = filtered("no such").await.0.unwrap_err().to_string();
    assert!(none.contains("none with `no such` in its name"), "{none}");
    assert!(matches!(drive_with(&json!([]), |_| {}).await.0, Err(Error::NothingRan(_))));
    let mut other = named("only elsewhere", 1);
    other["only"] = json!(["python"]);
    assert!(matches!(drive_with(&other, |_| {}).await.0, Err(Error::NothingRan(_))));
}

#[tokio::test]
async fn python_is_two_languages_and_only_and_skip_tell_them_apart() {
    let registry = scripted("python")
        .with("python-async", scripted("python-async").select(&["python-async"]).unwrap()[0].runner.clone());
    let mut only = named("only sync", 1);
    only["only"] = json!(["python"]);
    let mut skip = named("not async", 1);
    skip["skip"] = json!(["python-async"]);
    let cases = json!([named("both", 1), only, skip]);
    let (summary, text) =
        drive_with(&cases, |options| options.languages = registry.select(&["python", "python"]).unwrap())
            .await;
    assert_eq!(text, "python: 3 passed, 0 failed\npython-async: 1 passed, 0 failed\n4 passed, 0 failed\n");
    assert_eq!(summary.unwrap().languages[1].for_other_languages, 2);
}

#[tokio::test]
async fn a_missing_language_is_skipped_unless_all_are_required() {
    let registry = scripted("rust").with("kotlin", Runner::Missing("no JDK".to_owned()));
    let asked = registry.select(&["rust", "kotlin", "swift"]).unwrap();
    for required in [false, true] {
        let (summary, text) = drive_with(&named("good", 1), |options| {
            options.languages = asked.clone();
            options.require_all = required;
        })
        .await;
        assert_eq!(
            text,
            "rust: 1 passed, 0 failed\nkotlin: skipped: no JDK\nswift: skipped: no runner yet\n1 passed, 0 failed\n"
        );
        assert_eq!(summary.unwrap().exit_ok, !required);
    }
    let missing = registry.select(&["kotlin"]).unwrap();
    let (result, _) = drive_with(&named("good", 1), |options| options.languages = missing).await;
    assert!(matches!(result, Err(Error::NothingRan(_))), "{result:?}");
}

#[test]
fn languages_are_chosen_by_name() {
    let registry = scripted("rust");
    let names = |asked: &[&str]| -> Vec<String> {
        registry.select(asked).unwrap().into_iter().map(|language| language.name).collect()
    };
    assert_eq!(names(&[]), ["rust"]);
    assert_eq!(names(&["node", "rust", "node"]), ["node", "rust"]);
    assert!(matches!(registry.select(&["ruby"]), Err(Error::UnknownLanguage(name)) if name == "ruby"));
    assert!(Registry::new().select(&[] as &[&str]).unwrap().is_empty());
}

#[tokio::test]
async fn the_json_report_has_everything() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.json");
    let long = "x".repeat(5000);
    let mut bad = named("bad", 1);
    bad["expect"]["results"] = json!([{"ok": {"n": long, "a": 1, "b": 1, "c": 1, "d": 1, "e": 1}}]);
    let (_, text) =
        drive_with(&json!([named("good", 1), bad]), |options| options.json = Some(file.clone())).await;
    assert!(text.contains("and 2 more differences") && text.len() < 2000, "{text}");
    let report: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let rust = &report["languages"][0];
    assert_eq!(
        (&report["passed"], &report["failed"], &report["exit_ok"]),
        (&json!(1), &json!(1), &json!(false))
    );
    assert_eq!(
        (&rust["language"], &rust["skipped"], &rust["for_other_languages"]),
        (&json!("rust"), &json!(null), &json!(0))
    );
    let bad = &rust["cases"][1];
    assert_eq!((&bad["name"], &bad["passed"]), (&json!("bad"), &json!(false)));
    assert!(bad["elapsed_ms"].is_u64() && bad["file"].as_str().unwrap().ends_with("cases.json"));
    assert_eq!(bad["differences"].as_array().unwrap().len(), 6);
    assert_eq!(
        bad["differences"][0],
        json!({"place": "results[0].ok.n", "expected": format!("\"{long}\""), "came": "1"})
    );
}
