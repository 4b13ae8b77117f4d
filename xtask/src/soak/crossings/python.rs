//! Python: the installed wheel under valgrind's memcheck, in a program that makes every sort of call.

use super::memcheck;
use crate::languages::python;
use crate::report::Row;

/// Calls of every sort, of threads and of an event loop, errors, webhooks and a bulk.
const PROGRAM: &str = "bindings-python/used.py";

pub(super) fn run() -> Result<Vec<Row>, String> {
    let program = format!("{} {PROGRAM}", python::with_wheel()?);
    // Python's own allocator would hide what is read after it was freed.
    let env = [("PYTHONMALLOC", "malloc")];
    Ok(vec![memcheck::run("python", &program, "_wamid.abi3.so", &env)?])
}
