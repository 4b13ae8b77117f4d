//! The crates that are compiled into a package, for any of its targets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::shell;

/// A crate of another project's that is part of a package.
pub(super) struct Crate {
    /// Where it is published, as in the address of a package: `cargo`, `npm`.
    pub(super) registry: &'static str,
    pub(super) name: String,
    pub(super) version: String,
    /// An SPDX expression.
    pub(super) licence: String,
    pub(super) authors: Vec<String>,
    pub(super) repository: Option<String>,
    /// SHA-256 of what crates.io has.
    pub(super) checksum: Option<String>,
    /// Where cargo has put its sources.
    pub(super) sources: PathBuf,
    /// Names and versions of what it uses, among the crates of the package.
    pub(super) uses: Vec<(String, String)>,
}

/// As `gateway/build.rs` takes it.
const SWAGGER_UI: &str = "5.17.14";

fn output(line: &str) -> Result<String, String> {
    let output = shell::command(line).output().map_err(|error| format!("{line}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{line}:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{line}: {error}"))
}

/// The crates of a package of the workspace, by name. What only runs while it is compiled is not among them.
pub(super) fn of(package: &str) -> Result<Vec<Crate>, String> {
    let tree = format!(
        "cargo tree --locked --package {package} --edges normal,no-proc-macro --target all --prefix none --format {{p}}"
    );
    let tree = output(&tree)?;
    let compiled: BTreeSet<(String, String)> = tree.lines().filter_map(named).collect();
    let metadata = output("cargo metadata --locked --format-version 1")?;
    let metadata: Value =
        serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let lock = fs::read_to_string(shell::root().join("Cargo.lock")).map_err(|error| error.to_string())?;
    let (checksums, ids) = (checksums(&lock), ids(&metadata));
    let crates = list(&metadata["packages"]).filter(|it| it["source"].is_string());
    let read = |about: &Value| {
        let key = key(about);
        compiled.contains(&key).then(|| Crate {
            registry: "cargo",
            licence: text(&about["license"]),
            authors: list(&about["authors"]).map(text).collect(),
            repository: about["repository"].as_str().map(str::to_owned),
            checksum: checksums.get(&key).cloned(),
            sources: PathBuf::from(text(&about["manifest_path"])).with_file_name(""),
            uses: used(&metadata, about, &ids).filter(|its| compiled.contains(its)).collect(),
            name: key.0,
            version: key.1,
        })
    };
    let has_gateway = compiled.iter().any(|(name, _)| name == "wamid-gateway");
    Ok(crates.filter_map(read).chain(has_gateway.then(swagger_ui)).collect())
}

/// What the build script of the gateway takes into it.
fn swagger_ui() -> Crate {
    Crate {
        registry: "npm",
        name: "swagger-ui".to_owned(),
        version: SWAGGER_UI.to_owned(),
        licence: "Apache-2.0".to_owned(),
        authors: vec!["SmartBear Software Inc.".to_owned()],
        repository: Some("https://github.com/swagger-api/swagger-ui".to_owned()),
        checksum: None,
        sources: shell::root().join("gateway/page"),
        uses: Vec::new(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn key(about: &Value) -> (String, String) {
    (text(&about["name"]), text(&about["version"]))
}

/// Cargo's own names of packages.
fn ids(metadata: &Value) -> BTreeMap<&str, (String, String)> {
    list(&metadata["packages"]).map(|about| (about["id"].as_str().unwrap_or_default(), key(about))).collect()
}

fn used<'a>(
    metadata: &'a Value,
    about: &'a Value,
    ids: &'a BTreeMap<&str, (String, String)>,
) -> impl Iterator<Item = (String, String)> + 'a {
    let node = list(&metadata["resolve"]["nodes"]).find(|node| node["id"] == about["id"]);
    let needed = node.map(|node| list(&node["deps"])).into_iter().flatten();
    let needed = needed.filter(|it| list(&it["dep_kinds"]).any(|kind| kind["kind"].is_null()));
    needed.filter_map(|it| ids.get(it["pkg"].as_str()?).cloned())
}

/// From `serde v1.0.228`, after which a path or a mark may follow.
fn named(line: &str) -> Option<(String, String)> {
    let mut words = line.split(' ');
    Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
}

/// What Cargo.lock says of each crate of crates.io.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let read = |entry: &str| {
        let of = |name: &str| {
            let value = entry.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))?;
            Some(value.trim_matches('"').to_owned())
        };
        Some(((of("name")?, of("version")?), of("checksum")?))
    };
    lock.split("[[package]]").filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::{SWAGGER_UI, checksums, named};

    #[test]
    fn the_licence_is_that_of_the_swagger_ui_that_is_taken() {
        let taken = include_str!("../../../gateway/build.rs");
        assert!(taken.contains(&format!("\"swagger-ui-{SWAGGER_UI}/dist\"")), "{SWAGGER_UI}");
    }

    #[test]
    fn lines_of_the_tree_and_entries_of_the_lock_file_are_read() {
        let serde = ("serde".to_owned(), "1.0.228".to_owned());
        assert_eq!(named("serde v1.0.228 (*)"), Some(serde.clone()));
        assert_eq!(named(""), None);
        let lock = "version = 4\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"serde\"\n\
            version = \"1.0.228\"\nsource = \"registry\"\nchecksum = \"9a8e94\"\n";
        assert_eq!(checksums(lock).into_iter().collect::<Vec<_>>(), [(serde, "9a8e94".to_owned())]);
    }
}
