//! The modules of the core use each other as `docs/architecture.md` says, and in one direction only.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The rows of the table "Modules of the core", from the top: a module, and the modules that it may use.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/architecture.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, section) = page.split_once("\n## Modules of the core\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').collect();
        let [_, module, _, uses, _] = cells[..] else { panic!("not three columns: {line}") };
        (quoted(module).remove(0), quoted(uses).into_iter().collect())
    };
    rows.map(row).collect()
}

/// The words in backquotes.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What stands behind each `crate::` of a source, comments left out.
fn used(source: &str) -> BTreeSet<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let name_of = |path: &str| -> String {
        path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut names = BTreeSet::new();
    for path in code.collect::<Vec<_>>().join("\n").split("crate::").skip(1) {
        match path.strip_prefix('{') {
            Some(list) => names.extend(list.split('}').next().unwrap().split(',').map(name_of)),
            None => _ = names.insert(name_of(path)),
        }
    }
    names
}

/// The sources of each module at the top of the crate.
fn modules() -> BTreeMap<String, BTreeSet<String>> {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut left = vec![root.clone()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let first = path.strip_prefix(&root).unwrap().components().next().unwrap();
        let module = Path::new(&first).file_stem().unwrap().to_str().unwrap().to_owned();
        if module != "lib" {
            modules.entry(module).or_default().extend(used(&fs::read_to_string(path).unwrap()));
        }
    }
    modules
}

#[test]
fn each_uses_those_that_the_table_names() {
    let modules = modules();
    let table: BTreeMap<_, _> = table().into_iter().collect();
    assert_eq!(Vec::from_iter(modules.keys()), Vec::from_iter(table.keys()), "sources, table");
    for (module, names) in &modules {
        let mut uses: BTreeSet<_> = names.iter().filter(|name| table.contains_key(*name)).cloned().collect();
        uses.remove(module);
        assert_eq!(uses, table[module], "{module}: sources, table");
    }
}

#[test]
fn none_is_used_by_one_below_it() {
    let table = table();
    for (at, (module, uses)) in table.iter().enumerate() {
        let below: BTreeSet<_> = table[at + 1..].iter().map(|(module, _)| module.clone()).collect();
        assert!(uses.is_subset(&below), "{module} uses one above it: {uses:?}");
    }
}

#[test]
fn uses_are_found_in_every_notation() {
    let source = "use crate::error::Error;\n/// See [`crate::store`].\nuse crate::{json, message::Path};\n$crate::Error";
    assert_eq!(Vec::from_iter(used(source)), ["Error", "error", "json", "message"]);
}
