//! `cargo xtask bench --files`: what a file of 100 MB costs both ways, beside the SDKs that can do it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::figures::median;
use super::prepare;
use super::program::Program;
use super::server::Server;
use crate::shell::say;

/// What may be added to the memory of a process, in MiB.
const MUST: f64 = 8.0;
/// whatsapp-api-js takes no more.
const SIZE: usize = 100_000_000;
const ROUNDS: usize = 3;

/// Language, name, as a reader knows it, what its client is.
const SUBJECTS: [(&str, &str, &str, &str); 5] = [
    ("rust", "wamid", "**rust: wamid**", ""),
    ("python", "wamid", "**python: wamid**", "files.py"),
    ("python", "pywa", "python: pywa 4.5", "files.py"),
    ("node", "wamid", "**node: wamid**", "files.mjs"),
    ("node", "whatsapp-api-js", "node: whatsapp-api-js 6.3", "files.mjs"),
];

const NOTES: &str = "\
A file of 100 MB, to the sandbox and from it, on loopback. \"Memory\" is what the peak of the process is above what it used before, after a \
small file went both ways; the median of three runs with the least and the greatest. wamid takes a path and writes to a path. So \
does pywa. whatsapp-api-js takes a `FormData`, here with a `Blob` of the file (`fs.openAsBlob`), and gives `fetch`'s `Response`, whose bytes \
are then written, as its README has it. CPU is that of the client's process.";

struct Row {
    label: &'static str,
    ours: bool,
    way: &'static str,
    /// MiB, seconds of CPU, seconds; a run each.
    runs: Vec<[f64; 3]>,
    trouble: Option<String>,
}

/// Measures, and gives the text for the document.
pub(crate) fn run() -> Result<String, String> {
    let binary = prepare::binary()?;
    let folder = prepare::folder();
    let file = folder.join("large.pdf");
    fs::write(&file, large()).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut rows = Vec::new();
    for (language, name, label, script) in SUBJECTS {
        let program = prepare::ready(language).map(|ready| with_script(ready.program, script));
        for way in ["upload", "download"] {
            say(&format!("{label}, {way}"));
            let mut row = Row { label, ours: name == "wamid", way, runs: Vec::new(), trouble: None };
            for _ in 0..ROUNDS {
                // A server each, since it keeps what it was given.
                let server = Server::start(&binary, &["sandbox".to_owned()])?;
                let figures = program.clone().and_then(|program| one(&program, name, way, &server, &file));
                match figures {
                    Ok(figures) => row.runs.push(figures),
                    Err(why) => row.trouble = Some(why),
                }
            }
            rows.push(row);
        }
    }
    let _ = fs::remove_file(file);
    Ok(document(&rows))
}

/// The client for sends, with the one for files in its place.
fn with_script(mut program: Program, script: &str) -> Program {
    if script.is_empty() {
        program.line.push("files".to_owned());
    } else if let Some(last) = program.line.last_mut() {
        *last = PathBuf::from(&*last).with_file_name(script).display().to_string();
    }
    program
}

fn one(program: &Program, name: &str, way: &str, server: &Server, file: &Path) -> Result<[f64; 3], String> {
    let file = file.display().to_string();
    let arguments = [name, way, "--url", &server.url, "--file", &file].map(str::to_owned);
    let line: Value =
        serde_json::from_str(&program.last_line(&arguments)?).map_err(|error| error.to_string())?;
    let of = |name: &str| line[name].as_f64().ok_or_else(|| format!("no {name} in {line}"));
    Ok([of("grown_kb")? / 1024.0, of("cpu_s")?, of("seconds")?])
}

/// What no one can make smaller.
fn large() -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.reserve(SIZE);
    while bytes.len() < SIZE {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(SIZE);
    bytes
}

fn document(rows: &[Row]) -> String {
    let mut text = format!("## A file of 100 MB\n\n{NOTES}\n\n");
    text.push_str("| client | | memory, MiB | CPU, s | time, s | must | |\n| --- | --- | --: | --: | --: | --: | --- |\n");
    for row in rows {
        let all = |at: usize| row.runs.iter().map(|run| run[at]).collect::<Vec<_>>();
        let middle = |at: usize| median(&all(at)).unwrap_or(f64::NAN);
        let grown = all(0);
        let (least, most) =
            (grown.iter().copied().fold(f64::INFINITY, f64::min), grown.iter().copied().fold(0.0, f64::max));
        if row.runs.is_empty() {
            let why = row.trouble.as_deref().unwrap_or_default();
            let _ = writeln!(text, "| {} | {} | – | – | – | | {why} |", row.label, row.way);
            continue;
        }
        let must = if row.ours { format!("{MUST:.0}") } else { "–".to_owned() };
        let verdict = match &row.trouble {
            Some(why) => why.clone(),
            None if !row.ours => String::new(),
            None if most < MUST => "reached".to_owned(),
            None => "**not reached**".to_owned(),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {:.1} ({least:.1} to {most:.1}) | {:.2} | {:.2} | {must} | {verdict} |",
            row.label,
            row.way,
            middle(0),
            middle(1),
            middle(2)
        );
    }
    text
}
