//! What is no load: importing, what is installed, building templates, and how long an event loop waits.

use std::time::Instant;

use serde_json::Value;

use super::figures::{Spread, median};
use super::modes::Mode;
use super::program::Program;
use super::rounds::{Measured, Servers};
use super::scale::Scale;
use super::subject::Subject;
use crate::shell::say;

/// Figures of one subject, where they have a meaning.
pub(crate) struct Extra {
    pub(crate) subject: Subject,
    /// Milliseconds over the bare interpreter.
    pub(crate) import: Option<Spread>,
    pub(crate) bytes: Option<f64>,
    /// Microseconds.
    pub(crate) loop_p99: Option<f64>,
    pub(crate) loop_max: Option<f64>,
}

/// How often a second a template's components are built.
pub(crate) struct Templates {
    pub(crate) label: &'static str,
    pub(crate) rate: f64,
}

/// Of all subjects in languages where one imports; for the musts, of wamid alone.
pub(crate) fn extras(all: &[Measured], servers: &Servers, scale: Scale) -> Vec<Extra> {
    say("importing, sizes, event loops");
    let wanted = |measured: &&Measured| {
        let subject = &measured.subject;
        matches!(subject.language, "python" | "node") && (scale != Scale::Musts || subject.ours())
    };
    all.iter()
        .filter(wanted)
        .map(|measured| {
            let watched = measured.subject.in_loop && scale.bursts() > 0;
            let delays = if watched { loop_delay(measured, servers, scale.bursts()) } else { (None, None) };
            Extra {
                subject: measured.subject,
                import: import(measured, scale.imports(&measured.subject)),
                bytes: number(&measured.program, &["size", measured.subject.name], "bytes"),
                loop_p99: delays.0,
                loop_max: delays.1,
            }
        })
        .collect()
}

/// The median of so many bursts of half a second, 64 in flight.
fn loop_delay(measured: &Measured, servers: &Servers, bursts: usize) -> (Option<f64>, Option<f64>) {
    let calls = Mode::Many.least().to_string();
    let arguments = ["client", measured.subject.name, "--url", &servers.of(Mode::Many).url];
    let mut arguments = arguments.map(str::to_owned).to_vec();
    let how = ["--calls", &calls, "--seconds", "0.5", "--in-flight", "64", "--loop-delay"];
    arguments.extend(how.map(str::to_owned));
    let lines = (0..bursts).filter_map(|_| measured.program.last_line(&arguments).ok());
    let told: Vec<Value> = lines.filter_map(|line| serde_json::from_str(&line).ok()).collect();
    let of = |name: &str| median(&told.iter().filter_map(|told| told[name].as_f64()).collect::<Vec<_>>());
    (of("loop_p99_us"), of("loop_max_us"))
}

/// What importing takes over the interpreter alone, so often in turns.
fn import(measured: &Measured, repeats: usize) -> Option<Spread> {
    let module = measured.program.last_line(&["module", measured.subject.name].map(str::to_owned)).ok()?;
    let (flags, nothing, import): (&[&str], _, _) = match measured.subject.language {
        "python" => (&["-c"], "pass".to_owned(), format!("import {module}")),
        _ => (&["--input-type=module", "-e"], String::new(), format!("import {module:?}")),
    };
    // The interpreter alone, without the client's script and what that is given.
    let interpreter = Program::new(measured.program.line.get(..1)?, measured.program.folder.clone());
    let took = |code: &str| {
        let mut arguments: Vec<String> = flags.iter().map(|flag| (*flag).to_owned()).collect();
        // A line to print, since a program that says nothing is taken for one that failed.
        let end = if measured.subject.language == "python" { "\nprint(1)" } else { "\nconsole.log(1)" };
        arguments.push(format!("{code}{end}"));
        let began = Instant::now();
        interpreter.last_line(&arguments).ok().map(|_| began.elapsed().as_secs_f64() * 1e3)
    };
    // Once unseen: what Python compiles at first, and the disk.
    took(&import)?;
    // Each is held against the start just before it: what slows the machine down for a while slows both.
    let over = |_| took(&nothing).and_then(|bare| took(&import).map(|with| with - bare));
    Spread::of(&(0..repeats).filter_map(over).collect::<Vec<_>>())
}

fn number(program: &Program, arguments: &[&str], name: &str) -> Option<f64> {
    let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    let told: Value = serde_json::from_str(&program.last_line(&arguments).ok()?).ok()?;
    told[name].as_f64().filter(|number| *number > 0.0)
}

/// In Python, beside the original's; in Node.
pub(crate) fn templates(all: &[Measured]) -> Vec<Templates> {
    let cases = [
        ("python", "original", "the original's build alone (django-meta-whatsapp 1.1)"),
        ("python", "original-dumps", "the original's build and `json.dumps`"),
        ("python", "wamid", "wamid in Python: rules checked, as Python objects"),
        ("node", "wamid", "wamid in Node: rules checked, as JavaScript objects"),
    ];
    let rate = |(language, name, label): (&str, &str, &'static str)| {
        let wamid =
            all.iter().any(|measured| measured.subject.language == language && measured.subject.ours());
        let measured = all.iter().find(|measured| measured.subject.language == language)?;
        let there = name != "wamid" || wamid;
        let rate = there.then(|| number(&measured.program, &["templates", name], "rate"))??;
        Some(Templates { label, rate })
    };
    cases.into_iter().filter_map(rate).collect()
}
