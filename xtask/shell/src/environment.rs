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

    /// Whether this machine has what an environment is made with: Python, `venv` and pip.
    pub fn can_be_made() -> bool {
        exists("python3 -m ensurepip --version")
    }

    /// Makes it, anew when what is pinned has changed.
    ///
    /// # Errors
    /// What is missing here, or what pip could not install.
    pub fn make(&self) -> Result<(), String> {
        let requirements = &self.requirements;
        let pinned = root().join(requirements);
        let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
        let pinned = fs::read_to_string(&pinned).map_err(|error| told(&pinned, error))?;
        let installed = self.built.join("installed.txt");
        if fs::read_to_string(&installed).is_ok_and(|text| lines(&text).eq(lines(&pinned)))
            && Path::new(&self.python()).exists()
        {
            return Ok(());
        }
        if !Self::can_be_made() {
            return Err("needs python3 with venv (Debian: python3-venv)".to_owned());
        }
        let venv = self.built.join("venv");
        remove(&venv).map_err(|error| told(&venv, error))?;
        let venv = venv.display();
        let pip =
            format!("{} -m pip install --quiet --disable-pip-version-check -r {requirements}", self.python());
        if !run(&format!("python3 -m venv {venv}"), &[])? || !run(&pip, &[])? {
            return Err(format!("pip could not install {requirements}"));
        }
        fs::write(&installed, pinned).map_err(|error| told(&installed, error))
    }
}

/// What a file of requirements asks for.
fn lines(requirements: &str) -> impl Iterator<Item = &str> {
    requirements.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Removes a folder, or the link to one: `venv --clear` would empty what the link points to.
fn remove(folder: &Path) -> std::io::Result<()> {
    match folder.symlink_metadata() {
        Ok(what) if what.is_dir() => fs::remove_dir_all(folder),
        Ok(_) => fs::remove_file(folder),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}
