//! Rust: what is below every binding, with the address sanitizer compiled into it. It looks for leaks too, at the end of each process.

use crate::report::Row;
use crate::shell;

/// The tests: threads that wake, poll and cancel the same calls, sends of every outcome, bulks, reads, and webhooks that are split.
const TESTS: [(&str, &str); 2] = [
    ("bindings", "-p wamid-bindings"),
    ("core", "-p wamid --test delivery --test many --test reads --test webhook_split"),
];

/// Sanitizers are options of a nightly compiler. The stable one has them, and their runtimes, and takes them where this is set.
const COMPILER: [(&str, &str); 2] = [("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", "-Zsanitizer=address")];

pub(super) fn run() -> Result<Vec<Row>, String> {
    let folder = shell::target().join("crossings");
    let test = |(what, tests): (&str, &str)| {
        // With a target named, the flags are not those of build scripts and macros.
        let line = format!("cargo test --target host-tuple --target-dir {} {tests}", folder.display());
        Ok(Row::one(&format!("rust {what} under asan"), shell::run(&line, &COMPILER)?))
    };
    TESTS.into_iter().map(test).collect()
}
