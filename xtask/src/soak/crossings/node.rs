//! Node: the addon under valgrind's memcheck, in the program that makes every sort of call in other runtimes too.

use super::memcheck;
use crate::languages::node;
use crate::report::Row;

/// Calls of every sort, errors, an abort, webhooks, a bulk, and a client that nobody closes.
const PROGRAM: &str = "bindings-node/test/smoke.mjs";

pub(super) fn run() -> Result<Vec<Row>, String> {
    node::with_addon()?;
    Ok(vec![memcheck::run("node", &format!("node {PROGRAM}"), "wamid.node", &[])?])
}
