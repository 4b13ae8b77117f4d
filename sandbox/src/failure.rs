//! `Failure`: a failure that a test sets for the next requests.

use std::fmt;
use std::str::FromStr;

use super::magic::{Scenario, names, scenario_named, scenario_of};
use super::options::SandboxError;

/// A failure for [`Sandbox::fail_next`](super::Sandbox::fail_next): a Graph code, or what a magic recipient plays.
///
/// ```
/// use wamid_sandbox::Failure;
///
/// assert_eq!("131056".parse(), Ok(Failure::code(131056)));
/// assert!("lost".parse::<Failure>().is_ok());
/// assert!("no such thing".parse::<Failure>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Failure(Scenario);

impl Failure {
    /// The Graph error of a code.
    #[must_use]
    pub const fn code(code: u32) -> Self {
        Self(Scenario::Code(code))
    }

    /// What to play. A line that fails a few times and then succeeds fails for as long as it is armed.
    pub(super) fn scenario(self) -> Scenario {
        match self.0 {
            Scenario::First(_, scenario) => *scenario,
            scenario => scenario,
        }
    }
}

impl FromStr for Failure {
    type Err = SandboxError;

    /// Reads a Graph code (`131056`), a name of [`magic_recipients`](super::magic_recipients) (`lost`) or a magic recipient itself.
    fn from_str(text: &str) -> Result<Self, SandboxError> {
        scenario_named(text)
            .or_else(|| scenario_of(text))
            .or_else(|| text.parse().ok().filter(|code| *code < 1_000_000).map(Scenario::Code))
            .map(Self)
            .ok_or_else(|| {
                SandboxError::new(format!(
                    "{text:?} is no failure the sandbox can play: give a Graph code or one of {}",
                    names()
                ))
            })
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Failure({:?})", self.0)
    }
}
