//! The conformance driver: plays the server of each case, lets a runner in each language make the calls, and
//! compares what came with what was expected.
//!
//! `cargo xtask conformance` is the way to use it. A folder of cases, a [`Registry`] of runners, and [`run`]:
//!
//! ```no_run
//! use wamid_conformance::{Options, Registry, Runner, RunnerCommand, run};
//!
//! # async fn example() -> Result<(), wamid_conformance::Error> {
//! let rust = RunnerCommand::new("target/debug/conformance-runner-rust");
//! let registry = Registry::new().with("rust", Runner::Command(rust));
//! let options = Options::new("tests/conformance/cases", registry.select(&["rust"])?);
//! let summary = run(&options, &mut std::io::stdout()).await?;
//! assert!(summary.exit_ok);
//! # Ok(())
//! # }
//! ```

mod case;
mod compare;
mod drive;
mod error;
mod http;
mod json;
mod languages;
mod load;
mod parse;
mod play;
mod process;
mod report;
mod requests;
mod server;

pub use drive::{Options, run};
pub use error::Error;
pub use languages::{LANGUAGES, Language, Registry, Runner, RunnerCommand};
pub use report::{CaseReport, Difference, LanguageReport, Summary};
