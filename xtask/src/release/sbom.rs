//! The list of what a package contains, for machines: CycloneDX 1.6. It is the same for the same sources, so it has no time and no
//! number of its own.

use serde_json::{Value, json};

use super::crates::Crate;

fn address(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{version}")
}

fn address_of(it: &Crate) -> String {
    format!("pkg:{}/{}@{}", it.registry, it.name, it.version)
}

pub(super) fn document(package: &str, version: &str, crates: &[Crate]) -> Value {
    let all = crates.iter().map(address_of).collect::<Vec<_>>();
    // Our own crates are the package; what any of them uses is what it uses.
    let ours = address(package, version);
    let mut dependencies = vec![json!({"ref": ours, "dependsOn": all})];
    dependencies.extend(crates.iter().map(|it| {
        let uses = it.uses.iter().map(|(name, version)| address(name, version)).collect::<Vec<_>>();
        json!({"ref": address_of(it), "dependsOn": uses})
    }));
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": if package == "wamid-cli" { "application" } else { "library" },
                "bom-ref": ours,
                "name": package,
                "version": version,
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
            },
        },
        "components": crates.iter().map(component).collect::<Vec<_>>(),
        "dependencies": dependencies,
    })
}

fn component(it: &Crate) -> Value {
    let address = address_of(it);
    let mut component = json!({
        "type": "library",
        "bom-ref": address,
        "name": it.name,
        "version": it.version,
        "purl": address,
        // Cargo allowed a slash once.
        "licenses": [{"expression": it.licence.replace('/', " OR ")}],
    });
    if let Some(checksum) = &it.checksum {
        component["hashes"] = json!([{"alg": "SHA-256", "content": checksum}]);
    }
    if let Some(repository) = &it.repository {
        component["externalReferences"] = json!([{"type": "vcs", "url": repository}]);
    }
    component
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::document;
    use crate::release::crates::Crate;

    #[test]
    fn a_package_names_its_crates_by_version_and_checksum() {
        let crates = [Crate {
            registry: "cargo",
            name: "serde".to_owned(),
            version: "1.0.228".to_owned(),
            licence: "MIT/Apache-2.0".to_owned(),
            authors: Vec::new(),
            repository: Some("https://github.com/serde-rs/serde".to_owned()),
            checksum: Some("9a8e94".to_owned()),
            sources: PathBuf::new(),
            uses: vec![("serde_core".to_owned(), "1.0.228".to_owned())],
        }];
        let document = document("wamid-cli", "0.1.0", &crates);
        let serde = &document["components"][0];
        assert_eq!(serde["purl"], "pkg:cargo/serde@1.0.228");
        assert_eq!(serde["hashes"][0]["content"], "9a8e94");
        assert_eq!(serde["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(document["dependencies"][1]["dependsOn"][0], "pkg:cargo/serde_core@1.0.228");
    }
}
