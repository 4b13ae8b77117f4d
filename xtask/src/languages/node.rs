//! Node: the npm module `wamid`, with the tools that its lock file pins.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

use wamid_conformance::{Runner, RunnerCommand};

use super::{Language, Reference, Runners};
use crate::package::{self, Artefact, ONE_PIECE};
use crate::report::Row;
use crate::shell;
use crate::{npm, phone, release, tools};

pub(super) const LANGUAGE: Language =
    Language { name: "node", test, runners, package, reference: Reference::Tool(reference) };

/// Where the package is, from the project's root.
const FOLDER: &str = "bindings-node";
const EXAMPLES: &str = "examples/node";
/// The servers in which webhooks are received.
const FRAMEWORKS: &str = "bindings-node/test/frameworks";

fn test(require_all: bool) -> Result<Vec<Row>, String> {
    if let Some(why) = tools::NODE.missing() {
        let note = format!("skipped: {why}");
        return Ok(vec![Row { suite: "node".to_owned(), passed: 0, failed: require_all.into(), note }]);
    }
    if !build()? {
        return Ok(vec![Row::one("node build", false)]);
    }
    let mut rows = vec![
        Row::one("node lint", npm("run --silent lint")?),
        Row::one("node types", npm("run --silent types")?),
        Row::one("node package", npm("run --silent check:package")?),
        npm::test("node", FOLDER, "test", &[])?,
        phone::bot(
            require_all,
            "Node",
            &["node", &shell::root().join(EXAMPLES).join("bot.mjs").display().to_string()],
        )?,
    ];
    for runtime in ["bun", "deno"] {
        rows.push(Row::one(&format!("node on {runtime}"), npm(&format!("run --silent smoke:{runtime}"))?));
    }
    Ok(rows)
}

fn runners() -> Result<Runners, String> {
    let runner = match tools::NODE.missing() {
        Some(why) => Runner::Missing(why),
        None => {
            with_addon()?;
            let script = shell::root().join(FOLDER).join("conformance/runner.mjs");
            Runner::Command(RunnerCommand::new("node").arg(script))
        }
    };
    Ok(vec![("node", runner)])
}

/// Installs what the lock file pins, and builds the face, and the addon beside it.
fn build() -> Result<bool, String> {
    if !install()? || !npm("run --silent build")? || !shell::run("cargo build --quiet -p wamid-node", &[])? {
        return Ok(false);
    }
    addon(&shell::target().join("debug"), &shell::root().join(FOLDER).join("dist/wamid.node"))?;
    Ok(true)
}

/// Has the module of this moment in its folder, with the addon.
pub(crate) fn with_addon() -> Result<(), String> {
    match tools::NODE.missing() {
        Some(why) => Err(why),
        None if build()? => Ok(()),
        None => Err("the npm module does not build".to_owned()),
    }
}

/// Copies the addon that cargo has built into a folder, under the name by which Node loads it.
fn addon(built: &Path, to: &Path) -> Result<(), String> {
    let library = format!("{DLL_PREFIX}wamid_node{DLL_SUFFIX}");
    let failed = |error: std::io::Error| format!("{}: {error}", to.display());
    // Taken away first: a process that still has the old one loaded keeps it.
    if to.exists() {
        fs::remove_file(to).map_err(failed)?;
    }
    fs::copy(built.join(library), to).map_err(failed)?;
    Ok(())
}

/// Installs the packages of the module, of its examples and of the frameworks of its tests.
fn install() -> Result<bool, String> {
    for folder in [FOLDER, EXAMPLES, FRAMEWORKS] {
        if !npm::install(folder)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn npm(command: &str) -> Result<bool, String> {
    shell::run(&npm::line(FOLDER, command), &[])
}

/// The packages for the registry: the face, and the addon of this machine's platform. They are tried in an empty folder.
fn package(under: PathBuf) -> Result<Vec<Artefact>, String> {
    if let Some(why) = tools::NODE.missing() {
        return Err(why);
    }
    let built = package::build("release", "wamid-node", "--lib", ONE_PIECE)?;
    if !install()? || !npm("run --silent build")? {
        return Err("the npm module does not build".to_owned());
    }
    let under = under.join("node");
    fs::create_dir_all(&under).map_err(|error| format!("{}: {error}", under.display()))?;
    let binary = under.join("wamid.node");
    addon(&built, &binary)?;
    let mut packed = Vec::new();
    let notices = shell::target().join("notices/node");
    release::write_notices("wamid-node", &notices)?;
    let (about, addon) = (notices.display(), binary.display());
    let pack = format!("node {FOLDER}/scripts/pack.mjs --notices {about} {addon} {}", under.display());
    let succeeded = shell::watch(&pack, &[], |line| packed.push(PathBuf::from(line)))?;
    fs::remove_file(&binary).map_err(|error| format!("{}: {error}", binary.display()))?;
    let tarballs: Vec<_> = packed.iter().map(|path| path.display().to_string()).collect();
    if !succeeded || !shell::run(&format!("node {FOLDER}/scripts/try.mjs {}", tarballs.join(" ")), &[])? {
        return Err("the npm packages are not sound".to_owned());
    }
    let artefact = |tarball: PathBuf| match tarball.to_string_lossy().contains(std::env::consts::OS) {
        true => Artefact::tried_here(tarball),
        false => Artefact::for_all(tarball, "this machine"),
    };
    Ok(packed.into_iter().map(artefact).collect())
}

/// What TypeDoc makes of the module's types.
fn reference(into: &Path) -> Result<(), String> {
    if let Some(why) = tools::NODE.missing() {
        return Err(why);
    }
    if !npm::install(FOLDER)? || !npm(&format!("run --silent reference -- --out {}", into.display()))? {
        return Err("TypeDoc failed".to_owned());
    }
    Ok(())
}
