//! `cargo xtask soak crossings`: calls, errors, callbacks and cancellations across each language boundary, under sanitizers and valgrind.

mod memcheck;
mod node;
mod python;
mod rust;

use crate::report::{self, Row};

/// A language, and how its boundary is watched.
struct Crossing {
    language: &'static str,
    run: fn() -> Result<Vec<Row>, String>,
}

/// A language is a module here and a line in this table.
const CROSSINGS: [Crossing; 3] = [
    Crossing { language: "rust", run: rust::run },
    Crossing { language: "python", run: python::run },
    Crossing { language: "node", run: node::run },
];

pub(super) fn run(languages: &[String]) -> Result<bool, String> {
    let known: Vec<&str> = CROSSINGS.iter().map(|crossing| crossing.language).collect();
    if let Some(unknown) = languages.iter().find(|language| !known.contains(&language.as_str())) {
        return Err(format!("{unknown} is not one of {}", known.join(", ")));
    }
    let mut rows = Vec::new();
    for crossing in &CROSSINGS {
        if languages.is_empty() || languages.iter().any(|language| language == crossing.language) {
            let name = format!("{} crossings", crossing.language);
            rows.extend(
                (crossing.run)()
                    .unwrap_or_else(|why| vec![Row { suite: name, passed: 0, failed: 1, note: why }]),
            );
        }
    }
    Ok(report::print(&rows))
}
