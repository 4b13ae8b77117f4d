//! `cargo xtask bench`: wamid in its languages beside what each of them has, in one run.

mod ahead;
mod clock;
mod document;
mod events;
mod extras;
mod figures;
mod files;
mod kinds;
mod machine;
mod modes;
mod musts;
mod prepare;
mod program;
mod rounds;
mod scale;
mod server;
mod subject;
mod summary;
mod svg;
mod table;
mod typed;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use prepare::{LANGUAGES, Missing, Ready};
use rounds::{Measured, Servers};
use scale::Scale;
use serde_json::json;
use subject::Kind;
use xtask_shell as shell;
use xtask_shell::say;

/// Measures wamid beside what each language has: CPU a message, rate, latency, memory. A full run takes some 18 minutes.
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Cli {
    /// Fewer and shorter runs, under ten minutes once all is built; docs/benchmarks.md is left alone
    #[arg(long)]
    quick: bool,
    /// Only what has to be reached, in three minutes; nothing is written
    #[arg(long, conflicts_with = "quick")]
    musts: bool,
    /// Only what a file of 100 MB costs both ways, in two minutes; written into docs/benchmarks.md
    #[arg(long, conflicts_with_all = ["quick", "musts", "languages"])]
    files: bool,
    /// Only what each kind of message costs, in some seconds; written into docs/benchmarks.md
    #[arg(long, conflicts_with_all = ["quick", "musts", "files", "languages"])]
    kinds: bool,
    /// Only what it costs to read 1,000 events, in a minute; written into docs/benchmarks.md
    #[arg(long, conflicts_with_all = ["quick", "musts", "files", "kinds", "languages"])]
    events: bool,
    /// Languages; all where none is named
    languages: Vec<String>,
}

fn main() -> ExitCode {
    let Cli { quick, musts, files, kinds, events, languages } = Cli::parse();
    let scale = match (quick, musts) {
        (_, true) => Scale::Musts,
        (true, _) => Scale::Quick,
        _ => Scale::Full,
    };
    let done = match (files, kinds, events) {
        (true, _, _) => part(" --files", files::run),
        (_, true, _) => part(" --kinds", kinds::run),
        (_, _, true) => part(" --events", events::run),
        _ => run(scale, &languages),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}

/// Measures one thing, and writes its part of the document.
fn part(name: &str, measure: fn() -> Result<String, String>) -> Result<(), String> {
    let folder = prepare::folder();
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let text = measure()?;
    let (heading, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let (when, commit) = (said("date +%F"), said("git rev-parse --short HEAD"));
    let machine = machine::description();
    let text = format!(
        "{heading}\n\n{when}; {machine}; wamid {commit}. Written by `cargo xtask bench{name}`.\n\n{rest}"
    );
    let page = shell::root().join("docs/benchmarks.md");
    let before = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    write(&page, &document::with(&before, name, &text))?;
    say(&text);
    Ok(())
}

/// Measures these languages, all where none is named. A full run of all of them writes `docs/benchmarks.md` and its
/// picture; a quick one, or one of some, leaves both in `target/bench`, beside `results.json`; the musts are only printed.
fn run(scale: Scale, asked: &[String]) -> Result<(), String> {
    if let Some(unknown) = asked.iter().find(|asked| !LANGUAGES.contains(&asked.as_str())) {
        return Err(format!("no language {unknown}; there is {}", LANGUAGES.join(", ")));
    }
    if !shell::exists("taskset -c 0,1 true") {
        return Err(
            "needs Linux, taskset (Debian: util-linux) and two cores: one for the server, one for the client"
                .into(),
        );
    }
    let folder = prepare::folder();
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut clock = clock::Clock::start();
    let (measured, missing) = prepared(scale, asked)?;
    clock.lap("making ready");
    let servers = Servers::start(&prepare::binary()?, &folder)?;
    let cells = rounds::run(&measured, &servers, scale)?;
    clock.lap(&format!("rounds ({})", clock::by_language(&cells)));
    let extras = extras::extras(&measured, &servers, scale);
    let templates = if scale == Scale::Musts { Vec::new() } else { extras::templates(&measured) };
    clock.lap("importing and the rest");

    let summaries: Vec<_> = cells.iter().filter_map(summary::summary).collect();
    if scale == Scale::Musts {
        say(&musts::table(&summaries, &extras));
    } else {
        let machine = machine::description();
        let found = table::Findings {
            summaries: &summaries,
            cells: &cells,
            extras: &extras,
            templates: &templates,
            missing: &missing,
            heading: &heading(&machine, scale),
        };
        let results =
            json!({"machine": machine, "rounds": scale.rounds(), "cells": summary::as_json(&cells)});
        write(&folder.join("results.json"), &results.to_string())?;
        let docs = if scale == Scale::Full && asked.is_empty() { shell::root().join("docs") } else { folder };
        publish(&docs, &table::document(&found), &summaries)?;
    }
    say(&clock.told());
    Ok(())
}

/// Writes the document and its picture, and shows the document.
fn publish(docs: &Path, text: &str, summaries: &[summary::Summary]) -> Result<(), String> {
    let page = docs.join("benchmarks.md");
    // The gateway's figures are on the same page.
    let before = fs::read_to_string(&page).unwrap_or_default();
    write(&page, &document::with(&before, "", text))?;
    write(&docs.join("benchmarks.svg"), &svg::bars(summaries, modes::Mode::Many))?;
    say(text);
    say(&format!("written: {}", page.display()));
    Ok(())
}

/// What can be measured here, the floors always, and what cannot.
fn prepared(scale: Scale, asked: &[String]) -> Result<(Vec<Measured>, Vec<String>), String> {
    let (mut measured, mut missing) = (Vec::new(), Vec::new());
    for language in LANGUAGES {
        let wanted =
            if asked.is_empty() { scale.has(language) } else { asked.iter().any(|asked| asked == language) };
        let ready = match language {
            "rust" if wanted => prepare::ready(language)?,
            "rust" => prepare::floors()?,
            _ if !wanted => continue,
            _ => match prepare::ready(language) {
                Ok(ready) => ready,
                Err(why) => {
                    missing.push(format!("{language}: {why}"));
                    continue;
                }
            },
        };
        for (what, why) in &ready.missing {
            let what = if let Missing::Peer(name) = what { name } else { "wamid" };
            missing.push(format!("{language}: {what}: {why}"));
        }
        measured.extend(of_language(language, wanted, &ready));
    }
    missing.iter().for_each(|missing| say(&format!("not measured: {missing}")));
    Ok((measured, missing))
}

fn of_language(language: &str, wanted: bool, ready: &Ready) -> Vec<Measured> {
    let is_there = |subject: &&subject::Subject| {
        let missing = |what: &(Missing, String)| match what.0 {
            Missing::Ours => subject.ours(),
            Missing::Peer(name) => subject.name == name,
        };
        let floor = modes::MODES.iter().any(|mode| subject.is_floor(*mode));
        subject.language == language && (wanted || floor) && !ready.missing.iter().any(missing)
    };
    let program = |subject: &subject::Subject| {
        let own = ready.special.iter().find(|(name, _)| *name == subject.name);
        own.map_or(&ready.program, |(_, program)| program).clone()
    };
    let subjects = subject::SUBJECTS.iter().filter(is_there);
    subjects.map(|subject| Measured { subject: *subject, program: program(subject) }).collect()
}

/// What a program prints.
fn said(line: &str) -> String {
    let output = shell::command(line).output();
    output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn heading(machine: &str, scale: Scale) -> String {
    format!(
        "{}; {machine}; wamid {} ({}), release build as packaged; {}, {}, Node {}. {} rounds, in turns, of {} s for \
         wamid and the floor and of {} s for the others; what took over {} s is not run again. A run during which processes that are \
         no part of this took over {} of the machine was made once more, unless one in ten had been already, the quieter of the two \
         counts, and is called disturbed if it was, too. Written by `cargo xtask bench`.",
        said("date +%F"),
        env!("CARGO_PKG_VERSION"),
        said("git rev-parse --short HEAD"),
        said("rustc --version"),
        said("python3 --version"),
        said("node --version"),
        scale.rounds(),
        scale.seconds(Kind::Ours),
        scale.seconds(Kind::Sdk),
        scale.patience(),
        table::disturbed()
    )
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let path: PathBuf = path.to_owned();
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}
