//! What the uniffi library exports for one language's own sources is no public function of another, nor of that one.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings-uniffi").join(path)).unwrap()
}

/// Kotlin declares them itself, in numbers alone (`Crossing.kt`).
#[test]
fn no_user_sees_what_only_the_jvm_calls() {
    let source = read("src/jvm/mod.rs");
    let begin = |rest: &str| rest.split('(').next().map(|name| format!("\"jvm_{name}\"")).unwrap();
    let exported: Vec<_> = source.split("\npub fn jvm_").skip(1).map(begin).collect();
    assert!(exported.len() >= 10, "{exported:?}");
    let (settings, crossing) = (read("uniffi.toml"), read("kotlin/src/main/kotlin/dev/wamid/Crossing.kt"));
    for name in &exported {
        for language in ["kotlin", "swift"] {
            let (_, section) = settings.split_once(&format!("[bindings.{language}]\n")).unwrap();
            let (_, list) = section.split_once("\nexclude = [").unwrap();
            assert!(list.split(']').next().unwrap().contains(name), "{language} would show {name}");
        }
        assert!(crossing.contains(&format!("fn_func_{}(", name.trim_matches('"'))), "{name} is not called");
    }
}
