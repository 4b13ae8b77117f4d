//! Packs what the page at `/docs` needs of Swagger UI: a binary carries it as browsers take it. The archive has four times as much, for other uses
//! and for debugging.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Cursor, Write as _};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
use zip::ZipArchive;

/// In the archive. `gateway/page` has the licence of this version.
const FOLDER: &str = "swagger-ui-5.17.14/dist";
const NEEDED: [&str; 5] =
    ["swagger-ui-bundle.js", "swagger-ui.css", "index.css", "favicon-16x16.png", "favicon-32x32.png"];

fn main() -> Result<(), Box<dyn Error>> {
    writeln!(io::stdout(), "cargo::rerun-if-changed=build.rs")?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut archive = ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED))?;
    let mut table = "&[\n".to_owned();
    for name in NEEDED {
        let packed = out.join(format!("{name}.gz"));
        let mut encoder = GzEncoder::new(File::create(&packed)?, Compression::best());
        io::copy(&mut archive.by_name(&format!("{FOLDER}/{name}"))?, &mut encoder)?;
        encoder.finish()?;
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", packed.display().to_string())?;
    }
    fs::write(out.join("swagger_ui.rs"), table + "]\n")?;
    Ok(())
}
