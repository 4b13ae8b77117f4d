//! What CI runs: the files that a block may stand in, and the tests that take blocks out of pages.

use std::fs;
use std::path::{Path, PathBuf};

use super::read;
use crate::shell;

/// A language, and all lines of the files that CI runs in it.
pub(super) struct Language {
    pub(super) name: &'static str,
    pub(super) fences: &'static [&'static str],
    files: Vec<Vec<String>>,
}

/// A test that reads the blocks of a page and runs them.
pub(super) struct Taken {
    pub(super) page: &'static str,
    pub(super) fence: &'static str,
    pub(super) by: &'static str,
    /// How the test names the page.
    pub(super) reads: &'static str,
}

const fn taken(page: &'static str, fence: &'static str, by: &'static str, reads: &'static str) -> Taken {
    Taken { page, fence, by, reads }
}

pub(super) const TAKEN: &[Taken] = &[
    // Generated together with the pages: the content stands in the test in another layout.
    taken("docs/messages/", "python", "bindings-python/tests/test_snippets.py", "docs/messages"),
    taken(
        "docs/messages/",
        "swift",
        "bindings-uniffi/swift/Tests/WamidTests/SnippetsTests.swift",
        "docs/messages",
    ),
    taken("docs/messages/", "json", "cli/tests/cli/documents.rs", "../docs/messages"),
    taken("docs/raw.md", "json", "cli/tests/cli/documents.rs", "docs/raw.md"),
    taken("docs/receivers.md", "python", "bindings-python/tests/test_receivers.py", "docs/receivers.md"),
    taken("docs/receivers.md", "js", "bindings-node/test/receivers.test.mjs", "docs/receivers.md"),
    taken("docs/media.md", "python", "bindings-python/tests/test_pages.py", "docs/media.md"),
    taken("docs/templates.md", "python", "bindings-python/tests/test_pages.py", "docs/templates.md"),
    taken("docs/templates.md", "json", "bindings-python/tests/test_pages.py", "docs/templates.md"),
    taken("docs/from-pywa.md", "python", "bindings-python/tests/test_pages.py", "docs/from-pywa.md"),
    taken(
        "docs/from-whatsapp-api-js.md",
        "ts",
        "bindings-node/test/examples.test.mjs",
        "docs/from-whatsapp-api-js.md",
    ),
    taken("docs/testing.md", "python", "bindings-python/tests/test_bot.py", "docs/testing.md"),
    taken("docs/testing.md", "js", "bindings-node/test/bot.test.mjs", "docs/testing.md"),
    taken("docs/testing.md", "rust", "examples/rust/tests/bot.rs", "docs/testing.md"),
    taken(
        "bindings-python/README.md",
        "python",
        "bindings-python/tests/test_documentation.py",
        "bindings-python/README.md",
    ),
    taken("bindings-node/README.md", "ts", "bindings-node/test/examples.test.mjs", "README.md"),
];

/// Blocks that nothing runs, by their page and what stands in them, and why.
pub(super) const NOT_RUN: [(&str, &str, &str); 2] = [
    ("bindings-uniffi/kotlin/android/README.md", "CoroutineWorker", "needs Android's SDK"),
    // `cargo xtask package swift` builds the same manifest under another name.
    ("bindings-uniffi/swift/README.md", "// swift-tools-version:5.9", "a manifest"),
];

/// A language's name, fences, folders and endings.
type Where = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const WHERE: [Where; 6] = [
    ("Rust", &["rust"], &["core", "gateway/tests", "cli/tests", "examples/rust"], &["rs"]),
    ("Python", &["python"], &["bindings-python/tests", "examples/python"], &["py"]),
    ("Node", &["js", "ts"], &["bindings-node/test", "examples/node"], &["mjs", "ts", "mts"]),
    ("Kotlin", &["kotlin"], &["bindings-uniffi/kotlin/src/test", "examples/kotlin"], &["kt"]),
    (
        "Swift",
        &["swift"],
        &["bindings-uniffi/swift/Tests", "bindings-uniffi/swift/release", "examples/swift"],
        &["swift"],
    ),
    ("JSON", &["json"], &["tests/conformance/cases"], &["json"]),
];

pub(super) fn languages() -> Result<Vec<Language>, String> {
    WHERE
        .iter()
        .map(|(name, fences, folders, endings)| {
            let mut paths = Vec::new();
            for folder in *folders {
                files(Path::new(folder), endings, &mut paths)?;
            }
            let files = paths.iter().map(|path| Ok(lines(&read(&shell::root().join(path))?)));
            Ok(Language { name, fences, files: files.collect::<Result<_, String>>()? })
        })
        .collect()
}

impl Language {
    /// Whether these lines follow each other in a file. What they import stands at the top there.
    pub(super) fn holds(&self, block: &[&str]) -> bool {
        let lines: Vec<&str> = block.iter().map(|line| bare(line)).filter(|line| !line.is_empty()).collect();
        let imports = lines.iter().take_while(|line| line.starts_with("import ")).count();
        let (imported, program) = lines.split_at(if imports < lines.len() { imports } else { 0 });
        self.files.iter().any(|file| {
            imported.iter().all(|line| file.iter().any(|known| known == line))
                && file.windows(program.len().max(1)).any(|part| part == program)
        })
    }
}

/// The lines of a file that are not empty.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(bare).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A line without its indentation and without the mark of a doc comment.
fn bare(line: &str) -> &str {
    let line = line.trim();
    let inside = ["//!", "///"].iter().find_map(|mark| line.strip_prefix(mark));
    inside.unwrap_or(line).trim()
}

/// The files of a folder, and of those in it, with these endings; what tools have put there is left out.
pub(super) fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(shell::root().join(folder)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = folder.join(&name);
        if entry.file_type().map_err(failed)?.is_dir() {
            if !["node_modules", "target", "dist"].contains(&&*name) && !name.starts_with('.') {
                files(&path, endings, found)?;
            }
        } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            found.push(path);
        }
    }
    Ok(())
}

/// The programs under `examples/` that tests start, each with the test that does.
const EXAMPLES: [(&str, &str, &str); 12] = [
    ("examples/rust/src/bin/send.rs", "examples/rust/tests/send.rs", "CARGO_BIN_EXE_send"),
    ("examples/python/send.py", "bindings-python/tests/test_pages.py", "send.py"),
    ("examples/node/send.mjs", "bindings-node/test/examples.test.mjs", "send.mjs"),
    (
        "examples/kotlin/src/main/kotlin/dev/wamid/example/Main.kt",
        "bindings-uniffi/kotlin/src/test/kotlin/dev/wamid/ExamplesTest.kt",
        "MainKt",
    ),
    ("examples/rust/src/bin/bot.rs", "xtask/src/languages/rust.rs", "debug/bot"),
    ("examples/python/messages.py", "bindings-python/tests/test_documentation.py", "messages.py"),
    ("examples/python/service.py", "bindings-python/tests/test_documentation.py", "service:app"),
    ("examples/python/bot.py", "xtask/src/languages/python.rs", "bot:app"),
    ("examples/node/story.mjs", "bindings-node/test/examples.test.mjs", "story.mjs"),
    ("examples/node/express.mjs", "bindings-node/test/examples.test.mjs", "express.mjs"),
    ("examples/node/bot.mjs", "xtask/src/languages/node.rs", "bot.mjs"),
    (
        "examples/swift/Sources/WamidExample/main.swift",
        "bindings-uniffi/swift/Tests/WamidTests/ExampleTests.swift",
        "WamidExample",
    ),
];

/// How many programs tests start.
pub(super) fn examples() -> Result<usize, String> {
    for (program, by, starts) in EXAMPLES {
        if !shell::root().join(program).is_file() || !read(&shell::root().join(by))?.contains(starts) {
            return Err(format!("{by} does not start {program} any more"));
        }
    }
    Ok(EXAMPLES.len())
}
