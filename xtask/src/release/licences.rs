//! The texts of the licences of what is compiled into a package, as those licences ask.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::crates::Crate;

/// Crates whose published sources have no text of their licence, which is MPL-2.0: it asks to say where the sources are.
const MPL: &str = "Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/. The source code is at";

const MIT: &str = r#"Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."#;

/// One page for all of them. Crates with the same text share it.
pub(super) fn page(package: &str, crates: &[Crate]) -> Result<String, String> {
    let mut texts: BTreeMap<String, Vec<&Crate>> = BTreeMap::new();
    for it in crates {
        for text in texts_of(it)? {
            texts.entry(text).or_default().push(it);
        }
    }
    let mut page = format!(
        "This package contains compiled code of the following projects ({package}, for any of its targets), and of the standard\n\
         library of Rust (The Rust Project Developers, MIT OR Apache-2.0), under the licences below.\n\n"
    );
    for it in crates {
        let Crate { name, version, licence, .. } = it;
        let _ = writeln!(page, "  {name} {version}: {licence}");
    }
    let mut texts: Vec<_> = texts.into_iter().collect();
    // By the first name, so that a new crate changes the page in one place.
    texts.sort_by(|one, other| one.1.first().map(|it| &it.name).cmp(&other.1.first().map(|it| &it.name)));
    for (text, whose) in texts {
        let names: Vec<_> = whose.iter().map(|it| format!("{} {}", it.name, it.version)).collect();
        let _ = write!(page, "\n{}\n{}\n\n{text}\n", "-".repeat(79), names.join(", "));
    }
    Ok(page)
}

/// The texts of a crate that have to be passed on.
fn texts_of(it: &Crate) -> Result<Vec<String>, String> {
    let mut files = files(&it.sources)?;
    let has = |files: &[(String, String)], word: &str| files.iter().any(|(name, _)| name.contains(word));
    // Of two licences to choose from it is the shorter. A notice belongs to either.
    if it.licence.contains("MIT") && !it.licence.contains("AND") && has(&files, "MIT") {
        files.retain(|(name, _)| name.contains("MIT") || name.contains("NOTICE"));
    }
    if !files.is_empty() {
        return Ok(files.into_iter().map(|(_, text)| text).collect());
    }
    let repository = it.repository.as_deref().unwrap_or("https://crates.io");
    if it.licence.contains("MIT") {
        let who =
            if it.authors.is_empty() { format!("The {} authors", it.name) } else { it.authors.join(", ") };
        return Ok(vec![format!("Copyright (c) {who} ({repository})\n\n{MIT}")]);
    }
    if it.licence == "MPL-2.0" {
        return Ok(vec![format!("{MPL} {repository}.")]);
    }
    Err(format!("{} {} has no text of its licence, {}", it.name, it.version, it.licence))
}

/// Name in capitals and text of each file that is about the licence.
fn files(sources: &Path) -> Result<Vec<(String, String)>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", sources.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(sources).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let about = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
        if entry.path().is_file() && about.iter().any(|word| name.starts_with(word)) {
            let text =
                String::from_utf8_lossy(&fs::read(entry.path()).map_err(failed)?).replace("\r\n", "\n");
            found.push((name, text.trim().to_owned()));
        }
    }
    found.sort();
    found.dedup_by(|one, other| one.1 == other.1);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::release::crates;

    /// A licence that asks for its text to be passed on is broken by a package without it.
    #[test]
    fn every_crate_of_every_package_has_the_text_of_its_licence() {
        for package in ["wamid-python", "wamid-node", "wamid-uniffi", "wamid-cli"] {
            let crates = crates::of(package).unwrap_or_default();
            assert!(crates.iter().any(|it| it.name == "rustls"), "{package}");
            let page = page(package, &crates);
            let page = page.as_deref().unwrap_or_else(|why| why);
            for it in &crates {
                let named = format!("\n{} {}", it.name, it.version);
                let shared = format!(", {} {}", it.name, it.version);
                assert!(page.contains(&named) || page.contains(&shared), "{package}: {named} in {page:.300}");
            }
            let has_page = package == "wamid-cli";
            assert_eq!(page.contains("\n  swagger-ui 5"), has_page, "{package}");
            assert_eq!(page.contains("SmartBear Software Inc."), has_page, "{package}");
            // What builds it, and what tests it, is not in it.
            for absent in ["  proc-macro2 ", "  axum-test ", "  rcgen "] {
                assert!(!page.contains(absent), "{package}: {absent}");
            }
        }
    }
}
