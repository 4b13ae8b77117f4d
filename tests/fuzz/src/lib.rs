//! Fuzz targets of wamid. `cargo xtask fuzz` runs them.
//!
//! A target takes any bytes, gives them to the project by its public interfaces, and holds what comes back to rules that are
//! written here a second time, in another way. What breaks one panics.

mod json;
mod loopback;
mod meta;
mod requests;
pub mod seeds;
mod targets;

/// One target.
#[derive(Debug)]
pub struct Target {
    /// Its name, which its folder of inputs has too.
    pub name: &'static str,
    /// Tries one input.
    pub run: fn(&[u8]),
    /// Inputs to begin with.
    pub seeds: fn() -> Vec<String>,
}

pub use targets::TARGETS;

/// The target of that name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
