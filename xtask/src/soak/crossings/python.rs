//! Python: the installed wheel under valgrind's memcheck, in a program that makes every sort of call.

use std::fs;

use crate::languages::python;
use crate::report::Row;
use crate::shell;

/// Calls of every sort, of threads and of an event loop, errors, webhooks and a bulk.
const PROGRAM: &str = "bindings-python/used.py";

pub(super) fn run() -> Result<Vec<Row>, String> {
    if !shell::exists("valgrind --version") {
        return Err("needs valgrind".to_owned());
    }
    let python = python::with_wheel()?;
    let log = shell::target().join("crossings-python.log");
    let valgrind = format!("valgrind -q --num-callers=40 --log-file={}", log.display());
    // Python's own allocator would hide what is read after it was freed.
    let ended = shell::run(&format!("{valgrind} {python} {PROGRAM}"), &[("PYTHONMALLOC", "malloc")])?;
    let told = fs::read_to_string(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let (ours, others) = reports(&told);
    for report in &ours {
        shell::say(report);
    }
    let note = format!("{} reports, and {others} within the interpreter", ours.len());
    let passed = ended && ours.is_empty();
    Ok(vec![Row { note, ..Row::one("python under memcheck", passed) }])
}

/// The reports with a function of Rust's in them, and how many there are without.
fn reports(log: &str) -> (Vec<String>, usize) {
    // Each line begins with the number of the process; a report ends with a line that has nothing else.
    let lines = log.lines().map(|line| line.splitn(3, "==").nth(2).unwrap_or(line).trim_end());
    let mut reports = vec![String::new()];
    for line in lines {
        match (line, reports.last_mut()) {
            ("", _) | (_, None) => reports.push(String::new()),
            (line, Some(report)) => report.extend([line, "\n"]),
        }
    }
    let (ours, others): (Vec<_>, Vec<_>) =
        reports.into_iter().filter(|report| !report.is_empty()).partition(|report| report.contains("::"));
    (ours, others.len())
}

#[cfg(test)]
mod tests {
    use super::reports;

    #[test]
    fn reports_with_functions_of_rust_are_told_from_the_interpreter_s() {
        let log = "==7== Invalid read of size 8\n==7==    at 0x1: _wamid::call::run (call.rs:1)\n==7== \n\
                   ==7== Use of uninitialised value of size 8\n==7==    at 0x2: Py_INCREF (object.h:502)\n==7== \n";
        let (ours, others) = reports(log);
        assert_eq!(ours, [" Invalid read of size 8\n    at 0x1: _wamid::call::run (call.rs:1)\n"]);
        assert_eq!(others, 1);
    }
}
