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
//!
//! # Where the case format leaves a choice
//!
//! - A key that is unknown or stands twice, an operation or language that does not exist, and a case that could not
//!   fail or run are errors of the whole run, told with file and case.
//! - What `expect` does not name (`requests`, `results`, `elapsed_ms`; inside a request `json`, `headers` …) is not
//!   compared. A request after the last reply fails a case all the same.
//! - `args` and a reply's `json` are passed on as written, also a lone surrogate or a number beyond 64 bits.
//! - The address goes into `graph_url` or `base_url` where the case has none. `$server` in any text of `client` and in a
//!   reply's headers, JSON and text is that address, `http://127.0.0.1:PORT`.
//! - `$any` and `$same` want a value that is there and not null. `$contains` and `$not_contains` look into lists and
//!   objects too; null contains nothing. An expected header must be there, except where null is expected.
//! - `"$any"` in place of a request is one of which nothing is compared. Of a part of a `multipart` body what is listed is
//!   compared, and no part may come that is not listed, or come twice.
//! - A request's `"json": null` stands for no body. A key that stands twice in a request's body fails the case.
//! - A reply that has `json` or `text` has a Content-Type, unless `headers` gives one. A reply without a body cut
//!   off by `mid_body` gets the beginning of one.
//! - `"close": "on_accept"` belongs to a connection: the next accepted one is closed at once, and the answer before it
//!   says `Connection: close`, so that there is a next one. It is no request, because nothing was read.
//! - Of requests in any order (`unordered`) an assignment is searched in which all `$same` agree; results are
//!   compared first, and what they bind holds for requests.

mod answer;
mod case;
mod compare;
mod drive;
mod error;
mod http;
mod json;
mod languages;
mod load;
mod multipart;
mod parse;
mod play;
mod process;
mod report;
mod requests;
mod server;

pub use drive::{Options, run};
pub use error::Error;
pub use http::{Connection, NoRequest, Request};
pub use languages::{LANGUAGES, Language, Registry, Runner, RunnerCommand};
pub use process::{NoAnswer, Process};
pub use report::{CaseReport, Difference, LanguageReport, Summary};
