//! Which glibc the compiled code in a package asks for, read from its symbols.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::shell;

/// The oldest glibc that packages are promised for: Debian 10, RHEL 8, Ubuntu 20.04, Amazon Linux 2023, and what Node 20 itself needs.
pub(crate) const PROMISED: Version = Version(2, 28);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(u32, u32);

impl std::fmt::Display for Version {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}.{}", self.0, self.1)
    }
}

/// The newest version that any library or program in a package asks for; nothing where none asks for one. Packages are taken apart
/// in a folder.
pub(super) fn asked_by(package: &Path, apart: &Path) -> Result<Option<Version>, String> {
    let (file, into) = (package.display(), apart.display());
    crate::uniffi::emptied(apart)?;
    let line = match package.extension().and_then(|extension| extension.to_str()) {
        Some("gz" | "tgz") => format!("tar -xzf {file} -C {into}"),
        // Python is here wherever a wheel or a jar could be linked for an old glibc.
        Some("whl" | "jar" | "zip") => format!("python3 -m zipfile -e {file} {into}"),
        _ => return of_file(package),
    };
    if !shell::exists(&line) {
        return Err(format!("the package cannot be taken apart: {line}"));
    }
    let newest = of_folder(apart);
    fs::remove_dir_all(apart).map_err(|error| format!("{into}: {error}"))?;
    newest
}

fn of_folder(folder: &Path) -> Result<Option<Version>, String> {
    let mut newest = None;
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        newest = newest.max(if path.is_dir() { of_folder(&path)? } else { of_file(&path)? });
    }
    Ok(newest)
}

fn of_file(file: &Path) -> Result<Option<Version>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", file.display());
    let mut begin = Vec::new();
    fs::File::open(file).map_err(failed)?.take(4).read_to_end(&mut begin).map_err(failed)?;
    if begin != *b"\x7fELF" {
        return Ok(None);
    }
    let line = format!("readelf --wide --version-info {}", file.display());
    let told = shell::command(&line).env("LC_ALL", "C").output();
    let told = told.map_err(|error| format!("{line}: {error} (Debian: apt-get install binutils)"))?;
    if !told.status.success() {
        return Err(format!("{line}: {}", String::from_utf8_lossy(&told.stderr)));
    }
    Ok(newest(&String::from_utf8_lossy(&told.stdout)))
}

/// The newest of readelf's `Name: GLIBC_2.17  Flags: none  Version: 4`.
fn newest(told: &str) -> Option<Version> {
    let version = |rest: &str| {
        let mut numbers =
            rest.split(|letter: char| !letter.is_ascii_digit() && letter != '.').next()?.split('.');
        Some(Version(numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    };
    told.split("GLIBC_").skip(1).filter_map(version).max()
}

#[cfg(test)]
mod tests {
    use super::{PROMISED, Version, newest};

    /// A library that asks for a newer glibc than a machine has does not load there at all.
    #[test]
    fn the_newest_version_is_read_as_numbers() {
        let told = "Version needs section '.gnu.version_r' contains 2 entries:\n  000000: Version: 1  File: libc.so.6  Cnt: 3\n  \
            0x0010:   Name: GLIBC_2.9  Flags: none  Version: 5\n  0x0020:   Name: GLIBC_2.34  Flags: none  Version: 4\n  \
            0x0030:   Name: GLIBC_2.2.5  Flags: none  Version: 3\n  0x0040:   Name: GCC_4.2.0  Flags: none  Version: 2\n";
        assert_eq!(newest(told), Some(Version(2, 34)));
        assert!(Version(2, 34) > PROMISED && Version(2, 9) < PROMISED);
        assert_eq!(Version(2, 34).to_string(), "2.34");
    }

    #[test]
    fn what_asks_for_none_has_none() {
        assert_eq!(newest("No version information found in this file.\n"), None);
        assert_eq!(newest("  000:   Name: GLIBC_ABI_DT_RELR  Flags: none  Version: 7\n"), None);
    }
}
