//! `docs/dependencies.md` has every dependency that the project names, and no other; and no crate is named that is not used.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| format!("{path}: {error}"))
}

/// What stands in backquotes in the first cells of the tables below a heading.
fn listed(page: &str, heading: &str) -> BTreeSet<String> {
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let rows = section.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| `"));
    let first = |row: &str| row.split('|').nth(1).unwrap().to_owned();
    rows.map(first)
        .flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// The crates of the workspace: each one's folder, and what it names. The name in its sources stands beside the crate's own.
fn crates() -> Vec<(PathBuf, BTreeMap<String, String>)> {
    let line = ["metadata", "--no-deps", "--locked", "--offline", "--format-version", "1"];
    let output = Command::new(env!("CARGO")).args(line).current_dir(root()).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let dependencies = |package: &Value| {
        let foreign = package["dependencies"].as_array().unwrap().iter().filter(|it| it["path"].is_null());
        let named = |it: &Value| {
            let name = it["name"].as_str().unwrap();
            (it["rename"].as_str().unwrap_or(name).replace('-', "_"), name.to_owned())
        };
        foreign.map(named).collect()
    };
    let folder = |package: &Value| Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("");
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.map(|package| (folder(package), dependencies(package))).collect()
}

/// All Rust sources below a folder, but for those of crates inside it.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let other = path.is_dir() && (path.join("Cargo.toml").exists() || path.ends_with("node_modules"));
        if path.is_dir() && !other {
            text += &sources(&path);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text += &fs::read_to_string(path).unwrap();
        }
    }
    text
}

#[test]
fn the_page_has_every_crate_and_no_other() {
    let page = read("docs/dependencies.md");
    let mut on_page = listed(&page, "Compiled into what users run");
    on_page.append(&mut listed(&page, "Rust, for tests and tools alone"));
    let named: BTreeSet<_> = crates().into_iter().flat_map(|(_, crates)| crates.into_values()).collect();
    assert!(named.len() > 40, "{named:?}");
    assert_eq!(on_page, named);
}

#[test]
fn every_crate_that_is_named_is_used() {
    // Where a crate is only needed for what others make of it.
    let by_others = [
        ("bindings-node", "napi_build"), // build.rs of napi's own
    ];
    let mut unused = Vec::new();
    for (folder, named) in crates() {
        let sources = sources(&folder);
        for name in named.keys() {
            let is_used = [format!("{name}::"), format!("use {name};"), format!("extern crate {name}")]
                .iter()
                .any(|form| sources.contains(form))
                || by_others.iter().any(|(where_, other)| folder.ends_with(where_) && other == name);
            if !is_used {
                unused.push(format!("{} names {name}", folder.display()));
            }
        }
    }
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn the_page_has_the_packages_of_npm_pypi_and_maven_central() {
    let page = read("docs/dependencies.md");
    let npm = ["bindings-node", "tests/phone", "site", ".github/lint"].iter().flat_map(|folder| {
        let about: Value = serde_json::from_str(&read(&format!("{folder}/package.json"))).unwrap();
        let named = ["dependencies", "devDependencies"].map(|which| about[which].clone());
        named
            .into_iter()
            .flat_map(|it| it.as_object().cloned().unwrap_or_default().into_iter().map(|(name, _)| name))
    });
    assert_eq!(listed(&page, "Node, for development"), npm.collect());

    let requirements =
        ["bindings-python/requirements.in", "site/requirements.in", "xtask/zig.txt"].map(read).concat();
    let lines = requirements.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pypi = lines.map(|line| line.split(['=', '[', ' ', '>']).next().unwrap().to_owned());
    assert_eq!(listed(&page, "Python, for development"), pypi.collect());

    let pom = read("bindings-uniffi/kotlin/pom.xml");
    let (_, named) = pom.split_once("<dependencies>").unwrap();
    let named = named.split("</dependencies>").next().unwrap().split("<artifactId>").skip(1);
    let maven = named.map(|rest| rest.split('<').next().unwrap().to_owned());
    assert_eq!(listed(&page, "Kotlin and Java"), maven.collect());
}
