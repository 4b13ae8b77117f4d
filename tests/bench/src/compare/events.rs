//! `cargo xtask bench --events`: what it costs to read 1,000 events of webhooks, beside the reader of JSON that a language has, and beside
//! other SDKs.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::figures::median;
use super::prepare;
use super::program::Program;
use crate::shell::say;

const ROUNDS: usize = 5;

/// Language, subject, as a reader knows it, which row it is compared with and how far ahead it must be.
type Subject = (&'static str, &'static str, &'static str, Option<(&'static str, f64)>);

const SUBJECTS: [Subject; 9] = [
    ("rust", "json", "rust: `serde_json::Value`", None),
    ("rust", "wamid", "**rust: wamid**", Some(("json", 1.0))),
    ("python", "json", "python: `json.loads`", None),
    ("python", "wamid", "**python: wamid**", Some(("pywa", 10.0))),
    ("python", "wamid-read", "**python: wamid**, and six fields of each are read", Some(("pywa", 10.0))),
    ("python", "pywa", "python: pywa 4.5", None),
    ("node", "json", "node: `JSON.parse`", None),
    ("node", "wamid", "**node: wamid**", Some(("whatsapp-api-js", 10.0))),
    ("node", "whatsapp-api-js", "node: whatsapp-api-js 6.3", None),
];

const NOTES: &str = "\
1,000 events: texts, statuses, pressed buttons and pictures, each in a change of its own. wamid and the bare readers of JSON get them in one body. pywa \
and whatsapp-api-js read only the first event of a body, so they get a body for each, and it is left out that they then have a thousand requests. Nothing is \
verified or recorded. The best turn of each run; the median of five runs.";

/// Measures, and gives the text for the document.
pub(crate) fn run() -> Result<String, String> {
    let file = prepare::folder().join("events.jsonl");
    prepare::floors()?.program.lines(&arguments(true, "write", &file))?;
    let mut figures = Vec::new();
    let mut made: Vec<(&str, Result<Program, String>)> = Vec::new();
    for (language, subject, label, _) in SUBJECTS {
        say(label);
        if !made.iter().any(|(of, _)| *of == language) {
            made.push((language, prepare::ready(language).map(|ready| with_script(language, ready.program))));
        }
        let Some((_, program)) = made.iter().find(|(of, _)| *of == language) else { continue };
        let mut runs = Vec::new();
        let mut trouble = String::new();
        for _ in 0..ROUNDS {
            let run = program.as_ref().map_err(String::clone);
            match run.and_then(|program| one(program, language == "rust", subject, &file)) {
                Ok(us) => runs.push(us),
                Err(why) => trouble = why,
            }
        }
        figures.push((median(&runs), trouble));
    }
    let _ = std::fs::remove_file(file);
    Ok(document(&figures))
}

fn arguments(in_rust: bool, subject: &str, file: &Path) -> Vec<String> {
    let command = in_rust.then(|| "events".to_owned());
    command.into_iter().chain([subject.to_owned(), "--file".to_owned(), file.display().to_string()]).collect()
}

/// The client for sends, with the one for events in its place.
fn with_script(language: &str, mut program: Program) -> Program {
    let script = match language {
        "python" => "events.py",
        "node" => "events.mjs",
        _ => return program,
    };
    if let Some(last) = program.line.last_mut() {
        *last = Path::new(&*last).with_file_name(script).display().to_string();
    }
    program
}

fn one(program: &Program, in_rust: bool, subject: &str, file: &Path) -> Result<f64, String> {
    let line = program.last_line(&arguments(in_rust, subject, file))?;
    let line: Value = serde_json::from_str(&line).map_err(|error| error.to_string())?;
    line["us"].as_f64().ok_or_else(|| format!("no figure in {line}"))
}

fn document(figures: &[(Option<f64>, String)]) -> String {
    let mut text = format!(
        "## Reading 1,000 events\n\n{NOTES}\n\n| | µs an event | beside JSON alone | must | |\n| --- | --: | --: | --- | --- |\n"
    );
    let of = |language: &str, subject: &str| {
        let at = SUBJECTS.iter().position(|(of, name, ..)| (*of, *name) == (language, subject))?;
        figures.get(at)?.0
    };
    for ((language, _, label, must), (figure, trouble)) in SUBJECTS.iter().zip(figures) {
        // Writing to a text cannot fail.
        let Some(us) = figure else {
            let _ = writeln!(text, "| {label} | – | – | | {trouble} |");
            continue;
        };
        let beside = of(language, "json").map_or("–".to_owned(), |json| format!("{:.2} ×", us / json));
        let (must, met) = must.map_or((String::new(), String::new()), |(other, times)| {
            let ahead = of(language, other).map(|other| other / us);
            let met = ahead.map_or("not measured".to_owned(), |ahead| {
                format!("{ahead:.1} ×, {}", if ahead >= times { "met" } else { "**missed**" })
            });
            (format!("{times} × ahead of {other}"), met)
        });
        let _ = writeln!(text, "| {label} | {us:.2} | {beside} | {must} | {met} |");
    }
    text
}
