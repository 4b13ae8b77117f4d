//! The languages that exist so far: how each is tested, how its conformance runners start, what it is packaged as.
//!
//! Another language is a module of its own here and a line in [`ALL`].

mod docc;
mod kotlin;
pub(crate) mod node;
pub(crate) mod python;
mod rust;
mod swift;

use std::path::{Path, PathBuf};

use wamid_conformance::{Registry, Runner};

use crate::package::Artefact;
use crate::report::Row;
use crate::{shell, uniffi};

pub(crate) use kotlin::{maven, prepare_jar};

/// Runners, each with the name that the cases know it by.
type Runners = Vec<(&'static str, Runner)>;

/// One language.
pub(crate) struct Language {
    pub(crate) name: &'static str,
    /// Builds it and runs its own tests. What is missing here makes a row that says so; a failure where all is required.
    test: fn(require_all: bool) -> Result<Vec<Row>, String>,
    /// Builds its conformance runners.
    runners: fn() -> Result<Runners, String>,
    /// Makes its artefacts for this machine under the given folder, and tries each by itself.
    package: fn(PathBuf) -> Result<Vec<Artefact>, String>,
    /// Writes its API reference into an empty folder, with the language's own tool.
    reference: Reference,
}

/// How a language's API reference is made. A tool that is missing here is an error that says so.
enum Reference {
    /// By the site itself, as pages of it.
    Site,
    Tool(fn(&Path) -> Result<(), String>),
}

/// The languages, in the order in which they are built, tested and reported.
const ALL: [Language; 5] =
    [rust::LANGUAGE, python::LANGUAGE, node::LANGUAGE, kotlin::LANGUAGE, swift::LANGUAGE];

impl Language {
    pub(crate) fn test(&self, require_all: bool) -> Result<Vec<Row>, String> {
        (self.test)(require_all)
    }

    pub(crate) fn package(&self, under: PathBuf) -> Result<Vec<Artefact>, String> {
        (self.package)(under)
    }
}

/// The runners of these languages, built, and the names that the cases know them by.
pub(crate) fn runners(languages: &[&Language]) -> Result<(Registry, Vec<&'static str>), String> {
    let mut registry = Registry::new();
    let mut names = Vec::new();
    for language in languages {
        for (name, runner) in (language.runners)()? {
            registry = registry.with(name, runner);
            names.push(name);
        }
    }
    Ok((registry, names))
}

/// Writes the API reference of each language into a folder of its name. Where one cannot be made, it is left out, or a failure
/// where all are required.
///
/// Answers the names of those that are there, and of those that the site makes.
pub(crate) fn references(under: &Path, require_all: bool) -> Result<Vec<&'static str>, String> {
    let mut made = Vec::new();
    for language in ALL {
        if let Reference::Tool(write) = language.reference {
            let folder = under.join(language.name);
            uniffi::emptied(&folder)?;
            if let Err(why) = write(&folder) {
                if require_all {
                    return Err(format!("the API reference of {}: {why}", language.name));
                }
                shell::say(&format!("the API reference of {} is left out: {why}", language.name));
                continue;
            }
        }
        made.push(language.name);
    }
    Ok(made)
}

/// The names of all of them.
pub(crate) fn names() -> [&'static str; ALL.len()] {
    ALL.map(|language| language.name)
}

/// The languages that were asked for, all where none was.
pub(crate) fn chosen(asked: &[String]) -> Result<Vec<&'static Language>, String> {
    static LANGUAGES: [Language; ALL.len()] = ALL;
    if asked.is_empty() {
        return Ok(LANGUAGES.iter().collect());
    }
    asked
        .iter()
        .map(|name| {
            LANGUAGES.iter().find(|language| language.name == name).ok_or_else(|| {
                let known: Vec<_> = LANGUAGES.iter().map(|language| language.name).collect();
                format!("no language {name} yet; there is {}", known.join(", "))
            })
        })
        .collect()
}
