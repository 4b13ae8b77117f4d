//! The version of all packages. `[workspace.package]` in Cargo.toml has it; the files of other tools that cannot read it there
//! repeat it, and so do the commands in the documentation that name a package's file.

use std::fs;

use crate::shell;

/// Where a file has the version: between two texts.
struct Place {
    file: &'static str,
    before: &'static str,
    after: &'static str,
}

const fn place(file: &'static str, before: &'static str, after: &'static str) -> Place {
    Place { file, before, after }
}

/// The first is what the others are held to.
const PLACES: [Place; 20] = [
    place("Cargo.toml", "[workspace.package]\nversion = \"", "\""),
    place("Cargo.toml", "wamid = { path = \"core\", version = \"", "\""),
    place("Cargo.toml", "wamid-gateway = { path = \"gateway\", version = \"", "\""),
    place("Cargo.toml", "wamid-sandbox = { path = \"sandbox\", version = \"", "\""),
    place("bindings-node/package.json", "\"name\": \"wamid\",\n  \"version\": \"", "\""),
    place("bindings-node/package-lock.json", "\"name\": \"wamid\",\n  \"version\": \"", "\""),
    place("bindings-node/package-lock.json", "\"name\": \"wamid\",\n      \"version\": \"", "\""),
    place(
        "bindings-node/test/frameworks/package-lock.json",
        "\"name\": \"wamid\",\n      \"version\": \"",
        "\"",
    ),
    place("examples/node/package-lock.json", "\"name\": \"wamid\",\n      \"version\": \"", "\""),
    place("bindings-uniffi/kotlin/pom.xml", "<artifactId>wamid</artifactId>\n  <version>", "</"),
    place(
        "bindings-uniffi/kotlin/android/wamid/build.gradle.kts",
        "group = \"dev.wamid\"\nversion = \"",
        "\"",
    ),
    // The bench measures the packages that were just made.
    place("tests/bench/clients/kotlin/pom.xml", "<artifactId>wamid</artifactId>\n      <version>", "</"),
    place("tests/bench/clients/kotlin/pom.xml", "bench/dist/wamid-", ".jar"),
    place("bindings-uniffi/kotlin/README.md", "# target/dist/wamid-", ".jar"),
    place("bindings-uniffi/kotlin/README.md", "-Dfile=target/dist/wamid-", ".jar"),
    place("bindings-uniffi/kotlin/README.md", "dev.wamid:wamid:", "`"),
    place("bindings-uniffi/swift/README.md", "`target/dist/wamid-swift-", "-linux"),
    place("bindings-uniffi/swift/README.md", "tar -xzf wamid-swift-", "-linux"),
    place("docs/start/kotlin.md", "-Dfile=target/dist/wamid-", ".jar"),
    place("docs/start/swift.md", "target/dist/wamid-swift-", "-linux"),
];

impl Place {
    fn text(&self) -> Result<String, String> {
        let path = shell::root().join(self.file);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// From where to where the version is in that text. It is there once: whatever is there twice is two places.
    fn range(&self, text: &str) -> Result<std::ops::Range<usize>, String> {
        let missing = || format!("{}: no version after {:?}", self.file, self.before);
        let start = text.find(self.before).ok_or_else(missing)? + self.before.len();
        let rest = text.get(start..).unwrap_or_default();
        if rest.contains(self.before) {
            return Err(format!("{}: more than one version after {:?}", self.file, self.before));
        }
        Ok(start..start + rest.find(self.after).ok_or_else(missing)?)
    }

    fn version(&self) -> Result<String, String> {
        let text = self.text()?;
        Ok(text.get(self.range(&text)?).unwrap_or_default().to_owned())
    }

    fn replaced(&self, text: &str, version: &str) -> Result<String, String> {
        let mut text = text.to_owned();
        text.replace_range(self.range(&text)?, version);
        Ok(text)
    }
}

/// The version, where all places agree.
pub(super) fn current() -> Result<String, String> {
    let [first, others @ ..] = &PLACES;
    let version = first.version()?;
    let mut wrong = Vec::new();
    for place in others {
        let its = place.version()?;
        if its != version {
            wrong.push(format!("{} has {its}", place.file));
        }
    }
    if wrong.is_empty() {
        return Ok(version);
    }
    let wrong = wrong.join(", ");
    Err(format!("Cargo.toml has the version {version}, but {wrong}: cargo xtask release version X.Y.Z"))
}

/// Writes the version everywhere, Cargo's lock file included.
pub(super) fn set(version: &str) -> Result<(), String> {
    if !is_sound(version) {
        return Err(format!("{version} is no version: X.Y.Z, or X.Y.Z-rc.1 before it"));
    }
    for place in &PLACES {
        let path = shell::root().join(place.file);
        let text = place.replaced(&place.text()?, version)?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    match shell::run("cargo update --quiet --offline --workspace", &[])? {
        true => Ok(()),
        false => Err("Cargo.lock was not brought up to date".to_owned()),
    }
}

/// What all registries take.
fn is_sound(version: &str) -> bool {
    let (release, before) = version.split_once("-rc.").map_or((version, None), |(it, rc)| (it, Some(rc)));
    let number = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'))
    };
    release.split('.').count() == 3 && release.split('.').all(number) && before.is_none_or(number)
}

#[cfg(test)]
mod tests {
    use super::{PLACES, Place, is_sound, place, shell};

    const POM: Place = place("pom.xml", "<artifactId>wamid</artifactId>\n  <version>", "</");

    #[test]
    fn every_package_has_one_version() {
        let version = super::current();
        assert!(version.as_deref().is_ok_and(is_sound), "{version:?}");
    }

    #[test]
    fn a_new_version_is_written_to_its_place_and_nowhere_else() {
        let text = "<artifactId>wamid</artifactId>\n  <version>0.1.0</version>\n<version>0.1.0</version>";
        let expected =
            "<artifactId>wamid</artifactId>\n  <version>1.20.3</version>\n<version>0.1.0</version>";
        assert_eq!(POM.replaced(text, "1.20.3").as_deref(), Ok(expected));
        for place in &PLACES {
            let text = place.text().and_then(|text| place.replaced(&text, "1.20.3"));
            let text = text.as_ref().map(|text| text.get(place.range(text)?).ok_or_else(String::new));
            assert_eq!(text, Ok(Ok("1.20.3")), "{}", place.file);
        }
    }

    #[test]
    fn no_command_in_the_documentation_keeps_the_old_version() {
        let listed = shell::command("git ls-files *.md").output().map(|output| output.stdout);
        let listed = String::from_utf8(listed.unwrap_or_default()).unwrap_or_default();
        // These tell of the past.
        let of_now = listed.lines().filter(|file| !["CHANGELOG.md", "docs/benchmarks.md"].contains(file));
        let version = super::current().unwrap_or_default();
        let (mut files, mut kept) = (0, Vec::new());
        for file in of_now {
            files += 1;
            let mut text = std::fs::read_to_string(shell::root().join(file)).unwrap_or_default();
            for place in PLACES.iter().filter(|place| place.file == file) {
                text = place.replaced(&text, "NEW").unwrap_or_default();
            }
            let names_us =
                |line: &&str| line.split("wamid").skip(1).any(|rest| begins_with_version(rest, &version));
            kept.extend(text.lines().filter(names_us).map(|line| format!("{file}: {line}")));
        }
        assert!(files > 50, "{files}");
        assert_eq!(kept, Vec::<String>::new());
    }

    /// Whether what stands after our name is this version: `-0.1.0.jar`, `-swift-0.1.0`, `:wamid:0.1.0`, ` 0.1.0`.
    fn begins_with_version(rest: &str, version: &str) -> bool {
        let name = |letter: char| letter.is_ascii_lowercase() || "-:@ _".contains(letter);
        rest.trim_start_matches(name).starts_with(version)
    }

    #[test]
    fn a_place_that_is_not_there_or_there_twice_is_an_error() {
        assert!(POM.range("<version>0.1.0</version>").is_err());
        let twice = "<artifactId>wamid</artifactId>\n  <version>0.1.0</version>".repeat(2);
        assert!(POM.range(&twice).is_err());
    }

    #[test]
    fn only_versions_that_all_registries_take_are_sound() {
        for sound in ["0.1.0", "1.0.0", "10.20.30", "1.0.0-rc.1"] {
            assert!(is_sound(sound), "{sound}");
        }
        for unsound in
            ["", "1", "1.0", "v1.0.0", "1.0.0.0", "1.0.x", "01.0.0", "1.0.0-beta", "1.0.0-rc.", "1..0"]
        {
            assert!(!is_sound(unsound), "{unsound}");
        }
    }
}
