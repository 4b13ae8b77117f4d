//! How many instructions each way through the core takes, beside how many it took.
//!
//! Callgrind counts them, so that the load of the machine does not matter. A program is counted that goes one way some times,
//! and again that goes it more often: the difference is the way's, without what starting and warming up takes.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::report::Row;
use crate::shell::{self, say};
use crate::tools;

/// As `wamid-bench hot` has them.
const CASES: [&str; 6] = ["text", "template", "components", "webhook", "sent", "refused"];
/// How often a way is gone, less often and more often.
const TIMES: [u64; 2] = [100, 400];
/// More than so many percent over the baseline is a failure.
const ALLOWED: u64 = 5;

type Counts = BTreeMap<String, u64>;

fn baseline_file() -> PathBuf {
    shell::root().join("tests/bench/instructions.json")
}

/// A row of the check. Without valgrind nothing is counted, and the row says so.
pub(crate) fn check() -> Result<Row, String> {
    if let Some(why) = tools::VALGRIND.missing() {
        let note = format!("skipped: {why}");
        return Ok(Row { suite: "instructions".to_owned(), passed: 0, failed: 0, note });
    }
    let file = baseline_file();
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let baseline = read(&text)?;
    let counted = count()?;
    let faults = compared(&baseline, &counted);
    faults.iter().for_each(|fault| say(fault));
    let note = if faults.is_empty() { String::new() } else { faults.join("; ") };
    let failed = faults.len();
    Ok(Row { suite: "instructions".to_owned(), passed: CASES.len().saturating_sub(failed), failed, note })
}

/// Counts, and makes that the baseline.
pub(crate) fn write() -> Result<(), String> {
    let file = baseline_file();
    let rustc = shell::command("rustc --version").output().map_err(|error| error.to_string())?;
    let text = json!({"rustc": String::from_utf8_lossy(&rustc.stdout).trim(), "instructions": count()?});
    let text = serde_json::to_string_pretty(&text).map_err(|error| error.to_string())?;
    fs::write(&file, format!("{text}\n")).map_err(|error| format!("{}: {error}", file.display()))
}

fn read(text: &str) -> Result<Counts, String> {
    let baseline: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let counts = baseline["instructions"].as_object().ok_or("no instructions in the baseline")?;
    counts
        .iter()
        .map(|(case, count)| Ok((case.clone(), count.as_u64().ok_or(format!("{case} is no count"))?)))
        .collect()
}

/// What has grown too much, and what is in one of the two only.
fn compared(baseline: &Counts, counted: &Counts) -> Vec<String> {
    let mut faults = Vec::new();
    for (case, count) in counted {
        match baseline.get(case) {
            None => faults.push(format!("{case} is not in the baseline: cargo xtask instructions --write")),
            Some(before) => {
                let growth = *count as f64 / *before as f64 - 1.0;
                say(&format!("{case:<12} {count:>9} instructions, {:+.1} %", growth * 100.0));
                if count * 100 > before * (100 + ALLOWED) {
                    faults.push(format!(
                        "{case} takes {:.1} % more instructions: {before}, now {count}",
                        growth * 100.0
                    ));
                }
            }
        }
    }
    faults.extend(
        baseline
            .keys()
            .filter(|case| !counted.contains_key(*case))
            .map(|case| format!("{case} was not counted")),
    );
    faults
}

fn count() -> Result<Counts, String> {
    if !shell::run("cargo build --quiet --release -p wamid-bench --bin wamid-bench", &[])? {
        return Err("wamid-bench does not build".to_owned());
    }
    let [less, more] = TIMES;
    let each = |case: &&str| {
        let counted = collected(case, more)?.saturating_sub(collected(case, less)?);
        Ok(((*case).to_owned(), counted / (more - less)))
    };
    CASES.iter().map(each).collect()
}

/// All instructions of a process that goes that way so often.
fn collected(case: &str, times: u64) -> Result<u64, String> {
    let folder = shell::target().join("release");
    // By a name of one length everywhere: the program keeps it, and where the allocator puts all else depends on it.
    let line = format!(
        "valgrind --tool=callgrind --callgrind-out-file=/dev/null ./wamid-bench hot {case} --times {times}"
    );
    let output = shell::command(&line)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{line}: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    let count = told.lines().find_map(total);
    count.filter(|_| output.status.success()).ok_or_else(|| format!("{line} failed:\n{told}"))
}

/// From `==123== Collected : 4567890`.
fn total(line: &str) -> Option<u64> {
    line.split_once("Collected : ")?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Counts, compared, read, total};

    fn counts(list: &[(&str, u64)]) -> Counts {
        list.iter().map(|(case, count)| ((*case).to_owned(), *count)).collect()
    }

    #[test]
    fn five_percent_more_is_allowed_and_six_are_not() {
        let baseline = counts(&[("text", 1000), ("sent", 1000)]);
        assert_eq!(compared(&baseline, &counts(&[("text", 1050), ("sent", 200)])), Vec::<String>::new());
        let faults = compared(&baseline, &counts(&[("text", 1060), ("sent", 1000)]));
        assert_eq!(faults, ["text takes 6.0 % more instructions: 1000, now 1060"]);
    }

    #[test]
    fn a_case_in_one_of_the_two_only_is_a_fault() {
        let faults = compared(&counts(&[("text", 1)]), &counts(&[("sent", 1)]));
        assert_eq!(faults.len(), 2, "{faults:?}");
    }

    #[test]
    fn the_baseline_and_what_valgrind_says_are_read() {
        assert_eq!(read(r#"{"rustc": "x", "instructions": {"text": 7}}"#), Ok(counts(&[("text", 7)])));
        assert_eq!(total("==12== Collected : 4567890"), Some(4_567_890));
        assert_eq!(total("==12== Events    : Ir"), None);
    }
}
