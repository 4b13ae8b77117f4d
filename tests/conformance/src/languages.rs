use std::ffi::OsString;
use std::path::PathBuf;

use crate::error::Error;

/// All languages of the suite, as cases and the command line name them.
pub const LANGUAGES: [&str; 6] = ["rust", "python", "python-async", "node", "kotlin", "swift"];

/// How to start a runner process.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunnerCommand {
    /// The program. It must be the runner itself or replace itself by it (`exec`): only this process is ended.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Environment variables beside those the driver has.
    pub env: Vec<(OsString, OsString)>,
    /// The folder it starts in, else the driver's.
    pub folder: Option<PathBuf>,
}

impl RunnerCommand {
    /// A program without arguments.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), ..Self::default() }
    }

    /// With one more argument.
    #[must_use]
    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// With one more environment variable.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Started in this folder.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }
}

/// Whether a language can be run here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runner {
    /// It can, with this command.
    Command(RunnerCommand),
    /// It cannot, for this reason (its toolchain is missing).
    Missing(String),
}

/// A language to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// One of [`LANGUAGES`].
    pub name: String,
    /// Its runner.
    pub runner: Runner,
}

/// The languages that have a runner, in the order in which they run.
#[derive(Debug, Clone, Default)]
pub struct Registry(Vec<Language>);

impl Registry {
    /// An empty registry.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more language; in place of an earlier one of that name.
    #[must_use]
    pub fn with(mut self, name: &str, runner: Runner) -> Self {
        self.0.retain(|language| language.name != name);
        self.0.push(Language { name: name.to_owned(), runner });
        self
    }

    /// The languages asked for: all of the registry where none is, and for `python` both of its clients. One that
    /// has no runner yet is answered as missing.
    ///
    /// # Errors
    /// [`Error::UnknownLanguage`] for a name that is not in [`LANGUAGES`].
    pub fn select(&self, asked: &[impl AsRef<str>]) -> Result<Vec<Language>, Error> {
        if asked.is_empty() {
            return Ok(self.0.clone());
        }
        let mut selected: Vec<Language> = Vec::new();
        for name in asked.iter().map(AsRef::as_ref) {
            if !LANGUAGES.contains(&name) {
                return Err(Error::UnknownLanguage(name.to_owned()));
            }
            let names: &[&str] = if name == "python" { &["python", "python-async"] } else { &[name] };
            for name in names {
                if !selected.iter().any(|language| language.name == *name) {
                    selected.push(self.find(name));
                }
            }
        }
        Ok(selected)
    }

    fn find(&self, name: &str) -> Language {
        let known = self.0.iter().find(|language| language.name == name).cloned();
        known.unwrap_or_else(|| Language {
            name: name.to_owned(),
            runner: Runner::Missing("no runner yet".to_owned()),
        })
    }
}
