//! Packs the files of the phone page: a binary carries them as browsers take them, at less than half of their size.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, io};

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> Result<(), Box<dyn Error>> {
    writeln!(io::stdout(), "cargo::rerun-if-changed=page")?;
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("page");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut paths = Vec::new();
    add_files(&folder, &mut paths)?;
    paths.sort();
    let mut table = "&[\n".to_owned();
    for (at, path) in paths.iter().enumerate() {
        let parts: Option<Vec<&str>> = path.strip_prefix(&folder)?.iter().map(|part| part.to_str()).collect();
        let name = parts.ok_or("a file of the page has a name that is no Unicode")?.join("/");
        let packed = out.join(format!("page-{at}.gz"));
        let mut encoder = GzEncoder::new(File::create(&packed)?, Compression::best());
        encoder.write_all(&fs::read(path)?)?;
        encoder.finish()?;
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", packed.display().to_string())?;
    }
    fs::write(out.join("page.rs"), table + "]\n")?;
    Ok(())
}

/// All files below a folder.
fn add_files(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_files(&path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}
