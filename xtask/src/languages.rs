//! The languages that exist so far, and how each one's conformance runner is built and started.

use wamid_conformance::{Registry, Runner, RunnerCommand};

use crate::shell;

/// The languages in the order in which they are built, tested and reported.
pub(crate) const NAMES: [&str; 1] = ["rust"];

/// Builds the runners of the named languages.
pub(crate) fn runners(names: &[&str]) -> Result<Registry, String> {
    let mut registry = Registry::new();
    if names.contains(&"rust") {
        let built =
            shell::run("cargo build --quiet -p wamid-conformance --bin conformance-runner-rust", &[])?;
        if !built {
            return Err("the Rust runner does not build".to_owned());
        }
        let program = shell::target().join("debug").join("conformance-runner-rust");
        registry = registry.with("rust", Runner::Command(RunnerCommand::new(program)));
    }
    Ok(registry)
}

/// The languages that were asked for, all where none was.
pub(crate) fn chosen(asked: &[String]) -> Result<Vec<&'static str>, String> {
    if asked.is_empty() {
        return Ok(NAMES.to_vec());
    }
    asked
        .iter()
        .map(|name| {
            NAMES
                .into_iter()
                .find(|known| known == name)
                .ok_or_else(|| format!("no language {name} yet; there is {}", NAMES.join(", ")))
        })
        .collect()
}
