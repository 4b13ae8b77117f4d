//! Valgrind's memcheck over an interpreter that has loaded one of our libraries, and whose fault each of its reports is.

use std::fs;

use crate::report::Row;
use crate::{shell, tools};

/// What memcheck is not to report.
const SUPPRESSED: &str = "xtask/src/soak/crossings/memcheck.supp";

/// Runs a program under memcheck. The row fails where the program does, and where a report has a function of ours.
pub(super) fn run(language: &str, program: &str, library: &str, env: &[(&str, &str)]) -> Result<Row, String> {
    if let Some(why) = tools::VALGRIND.missing() {
        return Err(why);
    }
    let log = shell::target().join(format!("crossings-{language}.log"));
    let valgrind =
        format!("valgrind -q --num-callers=40 --suppressions={SUPPRESSED} --log-file={}", log.display());
    let ended = shell::run(&format!("{valgrind} {program}"), env)?;
    let told = fs::read_to_string(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let (ours, others) = reports(&told, library);
    for report in &ours {
        shell::say(report);
    }
    let note = format!("{} reports, and {others} within the interpreter", ours.len());
    Ok(Row { note, ..Row::one(&format!("{language} under memcheck"), ended && ours.is_empty()) })
}

/// The reports with a function of ours in them, and how many there are without.
fn reports(log: &str, library: &str) -> (Vec<String>, usize) {
    // Each line begins with the number of the process; a report ends with a line that has nothing else.
    let lines = log.lines().map(|line| line.splitn(3, "==").nth(2).unwrap_or(line).trim_end());
    let mut reports = vec![String::new()];
    for line in lines {
        match (line, reports.last_mut()) {
            ("", _) | (_, None) => reports.push(String::new()),
            (line, Some(report)) => report.extend([line, "\n"]),
        }
    }
    // A function has its source file, else its library. (`::` says nothing: the functions of Node's C++ have it too.)
    let library = format!("/{library})");
    let is_ours = |report: &String| report.contains(".rs:") || report.contains(&library);
    let (ours, others): (Vec<_>, Vec<_>) =
        reports.into_iter().filter(|report| !report.is_empty()).partition(is_ours);
    (ours, others.len())
}

#[cfg(test)]
mod tests {
    use super::reports;

    #[test]
    fn reports_with_functions_of_ours_are_told_from_the_interpreter_s() {
        let log = "==7== Invalid read of size 8\n==7==    at 0x1: wamid_node::calls::run (calls.rs:1)\n==7== \n\
                   ==7== Use of uninitialised value of size 8\n==7==    at 0x2: v8::internal::Heap::Mark() (in /usr/bin/node)\n==7== \n\
                   ==7== Invalid write of size 8\n==7==    at 0x3: ??? (in /project/dist/wamid.node)\n==7== \n";
        let (ours, others) = reports(log, "wamid.node");
        assert_eq!(
            ours,
            [
                " Invalid read of size 8\n    at 0x1: wamid_node::calls::run (calls.rs:1)\n",
                " Invalid write of size 8\n    at 0x3: ??? (in /project/dist/wamid.node)\n"
            ]
        );
        assert_eq!(others, 1);
    }
}
