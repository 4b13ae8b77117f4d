//! `cargo xtask package`

mod artefact;
mod foreign;
mod glibc;
mod old_glibc;
mod sandbox;
mod table;

use std::path::PathBuf;

use crate::{languages, shell};

pub(crate) use artefact::Artefact;
pub(crate) use foreign::missing as other_targets_missing;
pub(crate) use old_glibc::build;
pub(crate) use sandbox::with_sandbox;

/// What rustc is told for code that ships: it is optimised as one piece, which makes it an eighth smaller. A process holds less of it in
/// memory.
pub(crate) const ONE_PIECE: &str = "-C lto=fat -C codegen-units=1";

/// What its tools are called beside those of the languages.
pub(crate) const NAME: &str = "package";

/// Makes the artefacts of these languages for this machine, or for all targets that can be made on it, in a folder (`target/dist`), and
/// installs each by itself and sends a message with it. Says how large each is in a line `PATH: 4.4 MB`, which the bench reads, and at the end
/// in a table.
pub(crate) fn run(into: Option<PathBuf>, all: bool, asked: &[String]) -> Result<bool, String> {
    let into = into.unwrap_or_else(|| shell::target().join("dist"));
    let (mut made, mut not_made) = (Vec::new(), Vec::new());
    for language in languages::chosen(asked)? {
        match language.package(into.clone()) {
            Ok(artefacts) => made.extend(artefacts),
            Err(why) if all => not_made.push((language.name.to_owned(), why)),
            Err(why) => return Err(why),
        }
    }
    let failed_here = !not_made.is_empty();
    if all {
        foreign::package(&into, &mut made, &mut not_made)?;
    }
    for artefact in &made {
        shell::say(&format!("{}: {:.1} MB", artefact.path.display(), artefact.size()? as f64 / 1e6));
    }
    let is_old_enough = table::print(&made, &not_made, &shell::target().join("package/apart"))?;
    Ok(is_old_enough && !failed_here && !made.is_empty())
}
