//! Python environments.

use std::fs;
use std::path::{Path, PathBuf};

use super::{exists, root, run, target};

/// A virtual environment with exactly what is pinned.
#[derive(Debug)]
pub struct Environment {
    built: PathBuf,
    requirements: String,
}

impl Environment {
    /// One in that folder of the build directory, with what that file of the project pins.
    pub fn new(folder: &str, requirements: &str) -> Self {
        Self { built: target().join(folder), requirements: requirements.to_owned() }
    }

    /// The environment's Python.
    pub fn python(&self) -> String {
        self.program("python")
    }

    /// A program that is installed in it.
    pub fn program(&self, name: &str) -> String {
        self.built.join("venv/bin").join(name).display().to_string()
    }

    /// The search path of programs, with its own first.
    pub fn path(&self) -> String {
        let path = std::env::var("PATH").unwrap_or_default();
        format!("{}:{path}", self.built.join("venv/bin").display())
    }

    /// The beginning of a line that runs pytest.
    pub fn pytest(&self) -> String {
        format!("{} -m pytest -q --tb=short", self.python())
    }

    /// Makes it, anew when what is pinned has changed.
    ///
    /// # Errors
    /// What is missing here, or what pip could not install.
    pub fn make(&self) -> Result<(), String> {
        let requirements = &self.requirements;
        let pinned = root().join(requirements);
        let pinned = fs::read(&pinned).map_err(|error| format!("{}: {error}", pinned.display()))?;
        let installed = self.built.join("installed.txt");
        if fs::read(&installed).is_ok_and(|text| text == pinned) && Path::new(&self.python()).exists() {
            return Ok(());
        }
        if !exists("python3 -m ensurepip --version") {
            return Err("needs python3 with venv (Debian: python3-venv)".to_owned());
        }
        let venv = self.built.join("venv").display().to_string();
        let pip =
            format!("{} -m pip install --quiet --disable-pip-version-check -r {requirements}", self.python());
        if !run(&format!("python3 -m venv --clear {venv}"), &[])? || !run(&pip, &[])? {
            return Err(format!("pip could not install {requirements}"));
        }
        fs::write(&installed, pinned).map_err(|error| format!("{}: {error}", installed.display()))
    }
}
