//! Kotlin: a Maven project over the generated sources, with the native library where JNA looks for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use wamid_conformance::{Runner, RunnerCommand};

use super::{Language, Reference, Runners};
use crate::package::{Artefact, with_sandbox};
use crate::report::Row;
use crate::{release, shell, tools, uniffi};

pub(super) const LANGUAGE: Language =
    Language { name: "kotlin", test, runners, package, reference: Reference::Tool(reference) };

const POM: &str = "bindings-uniffi/kotlin/pom.xml";

/// Whether this run has made ready what Maven builds.
static PREPARED: OnceLock<()> = OnceLock::new();

/// All that Maven makes, and what it is given to make it of.
fn built() -> PathBuf {
    shell::target().join("kotlin")
}

/// Maven's command line. What it has downloaded once it does not ask for again.
pub(crate) fn maven(phase: &str) -> String {
    format!("mvn -B -ntp -Dstyle.color=never -f {POM} -Dwamid.build={} {phase}", built().display())
}

/// The sources, and the native library in its place.
fn prepare(library: &Path) -> Result<(), String> {
    sources()?;
    uniffi::copy(library, &built().join("native").join(platform()).join("libwamid_ffi.so"))
}

fn sources() -> Result<(), String> {
    uniffi::build()?;
    uniffi::generate("kotlin", &built().join("generated"))?;
    // Maven leaves the classes of sources that are gone.
    for folder in ["native", "notices", "classes", "test-classes"] {
        uniffi::emptied(&built().join(folder))?;
    }
    Ok(())
}

/// Makes ready what Maven packs for these systems: a folder for each, as JNA names it.
pub(crate) fn prepare_jar(natives: &Path) -> Result<(), String> {
    sources()?;
    uniffi::copy_all(natives, &built().join("native"))?;
    release::write_notices("wamid-uniffi", &built().join("notices"))
}

/// This platform as JNA names it.
fn platform() -> String {
    let architecture = if cfg!(target_arch = "aarch64") { "aarch64" } else { "x86-64" };
    format!("linux-{architecture}")
}

fn test(require_all: bool) -> Result<Vec<Row>, String> {
    if let Some(why) = tools::MAVEN.missing() {
        let note = format!("skipped: {why}");
        return Ok(vec![Row { suite: "kotlin".to_owned(), passed: 0, failed: require_all.into(), note }]);
    }
    uniffi::once(&PREPARED, || prepare(&uniffi::built("libwamid_ffi.so")))?;
    let (mut run, mut bad, mut skipped) = (0, 0, 0);
    let binary = uniffi::built("wamid").display().to_string();
    let succeeded = shell::watch(&maven("test"), &[("WAMID_BINARY", &binary)], |line| {
        // The last line of this kind counts them all.
        if line.contains("Tests run:") && !line.contains("Time elapsed") {
            let of = |what| uniffi::number_after(line, what).unwrap_or(0);
            (run, bad, skipped) = (of("Tests run:"), of("Failures:") + of("Errors:"), of("Skipped:"));
        }
    })?;
    let failed = bad + usize::from(!succeeded && bad == 0);
    let note = if skipped > 0 { format!("{skipped} skipped") } else { String::new() };
    Ok(vec![Row { suite: "kotlin".to_owned(), passed: run - bad - skipped, failed, note }])
}

fn runners() -> Result<Runners, String> {
    if let Some(why) = tools::MAVEN.missing() {
        return Ok(vec![("kotlin", Runner::Missing(why))]);
    }
    uniffi::once(&PREPARED, || prepare(&uniffi::built("libwamid_ffi.so")))?;
    if !shell::run(&format!("{} -q", maven("test-compile")), &[])? {
        return Err("the Kotlin runner does not build".to_owned());
    }
    let file = built().join("classpath.txt");
    let libraries = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let classes = ["test-classes", "classes"].map(|folder| built().join(folder).display().to_string());
    let class_path = format!("{}:{}", classes.join(":"), libraries.trim());
    let java = RunnerCommand::new("java")
        .arg("-XX:+UseSerialGC")
        .arg("-cp")
        .arg(class_path)
        .arg("dev.wamid.conformance.RunnerKt");
    Ok(vec![("kotlin", Runner::Command(java))])
}

/// The jar, with the library for this platform, and its sources.
fn package(under: PathBuf) -> Result<Vec<Artefact>, String> {
    if let Some(why) = tools::MAVEN.missing() {
        return Err(format!("kotlin {why}"));
    }
    prepare(&uniffi::build_release()?)?;
    release::write_notices("wamid-uniffi", &built().join("notices"))?;
    let line = maven("package -q -DskipTests -Dmaven.test.skip=true");
    if !shell::run(&line, &[])? {
        return Err("the Kotlin package does not build".to_owned());
    }
    let version = env!("CARGO_PKG_VERSION");
    let jar = |kind: &str| {
        let jar = under.join(format!("wamid-{version}{kind}.jar"));
        let made = built().join(format!("wamid-{version}{kind}.jar"));
        uniffi::copy(&made, &jar).map(|()| jar)
    };
    let (library, sources) = (jar("")?, jar("-sources")?);
    let program = program_with(&library)?;
    send(&program, None)?;
    // Android's library cannot be made here. It is built the same way for this machine, to see that it works and is small.
    send(&program, Some(&uniffi::build_mobile()?))?;
    Ok(vec![Artefact::tried_here(library), Artefact::for_all(sources, "– (sources)")])
}

/// Builds a Maven project that depends on the jar, with a local repository that had nothing in it at first but what Maven Central has. Gives the
/// jar of the program.
fn program_with(jar: &Path) -> Result<PathBuf, String> {
    let (alone, project) = (built().join("alone"), shell::root().join("bindings-uniffi/kotlin/try/pom.xml"));
    // Not the jar of an earlier run. What Maven itself and the dependencies are made of is left there.
    uniffi::emptied(&alone.join("repository/dev/wamid"))?;
    let maven = format!(
        "mvn -B -ntp -q -Dstyle.color=never -Dmaven.repo.local={}",
        alone.join("repository").display()
    );
    let install = format!(
        "{maven} org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file -Dfile={} -DpomFile={POM}",
        jar.display()
    );
    let version = env!("CARGO_PKG_VERSION");
    let build = format!(
        "{maven} -f {} -Dbuilt={} -Dwamid.version={version} package",
        project.display(),
        alone.display()
    );
    if !shell::run(&install, &[])? || !shell::run(&build, &[])? {
        return Err("no program can be built with the jar".to_owned());
    }
    Ok(alone.join("try.jar"))
}

/// Sends with the program: with the library of its jar, or with this one.
fn send(program: &Path, library: Option<&Path>) -> Result<(), String> {
    let library = library
        .map(|library| format!("-Duniffi.component.wamid.libraryOverride={} ", library.display()))
        .unwrap_or_default();
    let java = format!("java {library}-cp {} Try", program.display());
    match with_sandbox(|variables| shell::run(&java, variables))? {
        true => Ok(()),
        false => Err(format!("a program with the jar does not send: {java}")),
    }
}

/// What Dokka makes of the sources, the generated ones among them.
fn reference(into: &Path) -> Result<(), String> {
    if let Some(why) = tools::MAVEN.missing() {
        return Err(why);
    }
    sources()?;
    if !shell::run(&maven("-q compile dokka:dokka"), &[])? {
        return Err("Dokka failed".to_owned());
    }
    uniffi::copy_all(&built().join("dokka"), into)
}
