//! `cargo xtask bench --kinds`: what each kind costs before it goes out.

use std::fmt::Write as _;

use serde_json::Value;

use super::prepare;

const NOTES: &str = "\
The time that core takes to hold a message of each kind to its rules and to write its request, for the example on the kind's page: the best of 15 turns of \
20,000, on one core. Sending adds the same to all of them: see the tables above. In the other languages the content crosses first: \
a text, a location and a template field by field, the others as JSON.";

pub(crate) fn run() -> Result<String, String> {
    let program = prepare::floors()?.program;
    let lines = program.lines(&["kinds".to_owned()])?;
    let mut text = format!(
        "## What a kind costs\n\n{NOTES}\n\n| kind | µs a message | bytes of the body |\n| --- | --: | --: |\n"
    );
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let microseconds = line["ns"].as_f64().unwrap_or(f64::NAN) / 1000.0;
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "| `{}` | {microseconds:.2} | {} |",
            line["kind"].as_str().unwrap_or_default(),
            line["bytes"]
        );
    }
    Ok(text)
}
