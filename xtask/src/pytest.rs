//! The suites in Python that run beside `wamid serve`: each a folder of pytest's with its own pinned requirements.

use crate::report::Row;
use crate::shell::{self, Environment};

/// One suite.
struct Suite {
    name: &'static str,
    /// In `tests`, and in the build directory.
    folder: &'static str,
    /// Whether it has packages of npm's too.
    npm: bool,
}

const SUITES: [Suite; 3] = [
    // django-meta-whatsapp itself, on a real Django.
    Suite { name: "original host", folder: "django", npm: false },
    // What is sent is made from `/openapi.json`, and what is answered is held against it.
    Suite { name: "schemathesis", folder: "schemathesis", npm: false },
    // What pywa and whatsapp-api-js send, held against what wamid sends.
    Suite { name: "other SDKs", folder: "peers", npm: true },
];

/// Runs every suite. Without Python or its packages a suite is skipped, which `require_all` makes a failure.
pub(crate) fn run(require_all: bool) -> Result<Vec<Row>, String> {
    SUITES.iter().map(|suite| suite.run(require_all, &[])).collect()
}

/// Runs the suites of this name alone, with these variables.
pub(crate) fn run_named(name: &str, env: &[(&str, &str)]) -> Result<Vec<Row>, String> {
    SUITES.iter().filter(|suite| suite.name == name).map(|suite| suite.run(true, env)).collect()
}

impl Suite {
    /// Makes the environment, builds the binary, runs the suite.
    fn run(&self, require_all: bool, env: &[(&str, &str)]) -> Result<Row, String> {
        if let Err(why) = self.install() {
            let note = format!("skipped: {why}");
            return Ok(Row { suite: self.name.to_owned(), passed: 0, failed: require_all.into(), note });
        }
        if !shell::run("cargo build --quiet --package wamid-cli --bin wamid", &[])? {
            return Ok(Row::one(self.name, false));
        }
        let binary = shell::target().join("debug/wamid").display().to_string();
        let env = [env, &[("WAMID_BINARY", binary.as_str()), ("PYTHONDONTWRITEBYTECODE", "1")]].concat();
        counted_run(self.name, &format!("{} tests/{}", self.environment().pytest(), self.folder), &env)
    }

    fn install(&self) -> Result<(), String> {
        self.environment().make()?;
        if !self.npm {
            return Ok(());
        }
        let install = format!("npm --prefix tests/{} ci --no-audit --no-fund --loglevel=error", self.folder);
        match shell::run(&install, &[]) {
            Ok(true) => Ok(()),
            _ => Err("needs Node and npm, and npm's registry".to_owned()),
        }
    }

    fn environment(&self) -> Environment {
        Environment::new(self.folder, &format!("tests/{}/requirements.txt", self.folder))
    }
}

/// Runs pytest, and counts what passed and failed.
pub(crate) fn counted_run(suite: &str, pytest: &str, env: &[(&str, &str)]) -> Result<Row, String> {
    let mut closing = String::new();
    let succeeded = shell::watch(pytest, env, |line| {
        // The last line of this kind is pytest's count.
        if line.contains(" in ") && ["passed", "failed", "error"].iter().any(|what| line.contains(what)) {
            line.clone_into(&mut closing);
        }
    })?;
    let count = |what: &str| counted(&closing, what);
    let (passed, mut failed, skipped) =
        (count("passed"), count("failed") + count("error") + count("errors"), count("skipped"));
    // It died before its last line, or found no test.
    if !succeeded && failed == 0 {
        failed = 1;
    }
    let note = if skipped > 0 { format!("{skipped} skipped") } else { String::new() };
    Ok(Row { suite: suite.to_owned(), passed, failed, note })
}

/// The number before `what` in "1 failed, 158 passed, 2 errors in 97.74s (0:01:37)".
fn counted(line: &str, what: &str) -> usize {
    line.split(", ")
        .filter_map(|part| part.split_once(' '))
        .find(|(_, rest)| rest.split(' ').next() == Some(what))
        .and_then(|(count, _)| count.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn the_closing_line_is_read() {
        let line = "1 failed, 158 passed, 2 errors in 97.74s (0:01:37)";
        let of = |what| counted(line, what);
        assert_eq!((of("failed"), of("passed"), of("errors"), of("error"), of("skipped")), (1, 158, 2, 0, 0));
        assert_eq!(counted("3 passed in 0.01s", "passed"), 3);
        assert_eq!(counted("", "passed"), 0);
    }
}
