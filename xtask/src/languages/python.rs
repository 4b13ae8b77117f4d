//! Python: the wheel, in an environment of its own that is made from nothing, and what is tested in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use wamid_conformance::{Runner, RunnerCommand};

use super::{Language, Reference, Runners};
use crate::package::{Artefact, ONE_PIECE};
use crate::pytest::counted_run;
use crate::report::Row;
use crate::shell::{self, Environment};
use crate::{phone, release, used_first};

pub(super) const LANGUAGE: Language =
    Language { name: "python", test, runners, package, reference: Reference::Site };

/// Where the package is.
const PACKAGE: &str = "bindings-python";
const EXAMPLES: &str = "examples/python";
/// A wheel larger than this is a mistake.
const LARGEST: u64 = 6_000_000;

fn environment() -> Environment {
    Environment::new("python", &format!("{PACKAGE}/requirements.txt"))
}

fn test(require_all: bool) -> Result<Vec<Row>, String> {
    let environment = environment();
    if let Err(why) = environment.make() {
        let note = format!("skipped: {why}");
        return Ok(vec![Row { suite: "python".to_owned(), passed: 0, failed: require_all.into(), note }]);
    }
    if installed(&environment).is_err() {
        return Ok(vec![Row::one("python wheel", false)]);
    }
    let mut rows = checks(&environment)?;
    let pytest = format!("{} -c {PACKAGE}/pyproject.toml {PACKAGE}/tests", environment.pytest());
    rows.push(counted_run("python", &pytest, &[("PYTHONDONTWRITEBYTECODE", "1")])?);
    let examples = shell::root().join(EXAMPLES).display().to_string();
    let bot = ["-m", "uvicorn", "bot:app", "--port", "0", "--app-dir", &examples];
    rows.push(phone::bot(require_all, "Python", &[&[&*environment.python()], &bot[..]].concat())?);
    Ok(rows)
}

/// What is looked at without being run: the package as installed, the examples, a program of a user's.
fn checks(environment: &Environment) -> Result<Vec<Row>, String> {
    let check = |suite: &str, line: String| Ok::<_, String>(Row::one(suite, shell::run(&line, &[])?));
    let (python, settings) = (environment.python(), format!("{PACKAGE}/pyproject.toml"));
    let ruff = |how: &str| {
        let ruff = environment.program("ruff");
        format!("{ruff} {how} --no-cache --config {settings} {PACKAGE} {EXAMPLES}")
    };
    let cache = shell::target().join("python/mypy");
    let mypy = format!("{python} -m mypy --config-file {settings} --cache-dir {}", cache.display());
    let programs =
        format!("{EXAMPLES}/messages.py {EXAMPLES}/service.py {EXAMPLES}/bot.py {PACKAGE}/tests/typed.py");
    let pyright = environment.program("pyright");
    Ok(vec![
        check("python lints", ruff("check"))?,
        check("python formatting", ruff("format --check"))?,
        check("python types (package)", format!("{mypy} -p wamid"))?,
        check("python types (mypy)", format!("{mypy} {programs}"))?,
        check("python types (pyright)", format!("{pyright} -p {PACKAGE} --pythonpath {python}"))?,
        // The stubs against the module that they describe.
        check("python stubs", format!("{python} -m mypy.stubtest wamid._wamid"))?,
    ])
}

/// Has the wheel of this moment in the environment; built once in a run.
fn installed(environment: &Environment) -> Result<(), String> {
    static INSTALLED: OnceLock<Result<(), String>> = OnceLock::new();
    let install = || match install(environment)? {
        true => Ok(()),
        false => Err("the wheel does not build".to_owned()),
    };
    INSTALLED.get_or_init(install).clone()
}

/// A Python that has the wheel of this moment.
pub(crate) fn with_wheel() -> Result<String, String> {
    let environment = environment();
    environment.make()?;
    installed(&environment)?;
    Ok(environment.python())
}

/// Builds the wheel, unoptimised as all that is tested, and installs it as users do.
fn install(environment: &Environment) -> Result<bool, String> {
    let wheels = shell::target().join("python/wheels");
    let wheel =
        match wheel(environment, &wheels, "--profile dev --auditwheel skip --compression-level 1", "")? {
            Some(wheel) => wheel,
            None => return Ok(false),
        };
    let pip = format!("{} -m pip install --quiet --disable-pip-version-check", environment.python());
    shell::run(&format!("{pip} --force-reinstall --no-deps {}", wheel.display()), &[])
}

/// Builds one wheel into a folder that then holds no other.
fn wheel(environment: &Environment, into: &Path, how: &str, rustc: &str) -> Result<Option<PathBuf>, String> {
    if into.exists() {
        fs::remove_dir_all(into).map_err(|error| format!("{}: {error}", into.display()))?;
    }
    let maturin = environment.program("maturin");
    let manifest = format!("--manifest-path {PACKAGE}/Cargo.toml");
    let rustc = if rustc.is_empty() { String::new() } else { format!(" -- {rustc}") };
    let build = format!("{maturin} build --quiet --locked {manifest} {how} -o {}{rustc}", into.display());
    // Zig, where it is asked for, is a module of the environment's Python.
    let path = environment.path();
    if !shell::run(&build, &[("PATH", path.as_str())])? {
        return Ok(None);
    }
    let mut made = fs::read_dir(into).map_err(|error| format!("{}: {error}", into.display()))?;
    Ok(made.next().and_then(Result::ok).map(|entry| entry.path()))
}

fn runners() -> Result<Runners, String> {
    let environment = environment();
    let python = PathBuf::from(environment.python());
    let built = environment.make().and_then(|()| installed(&environment));
    let runner = |file: &str| match &built {
        Ok(()) => {
            let script = shell::root().join(PACKAGE).join("conformance").join(file);
            Runner::Command(RunnerCommand::new(&python).arg(script).env("PYTHONDONTWRITEBYTECODE", "1"))
        }
        Err(why) => Runner::Missing(why.clone()),
    };
    Ok(vec![("python", runner("runner.py")), ("python-async", runner("runner_async.py"))])
}

/// The wheel that users install, for every Linux of the last ten years, tried out where nothing else is installed.
fn package(under: PathBuf) -> Result<Vec<Artefact>, String> {
    let environment = environment();
    environment.make()?;
    let notices = shell::target().join("notices/python");
    release::write_notices("wamid-python", &notices)?;
    // Maturin takes what pyproject.toml names as licences.
    let licences = "THIRD-PARTY-LICENSES.txt";
    let copied = fs::copy(notices.join(licences), shell::root().join(PACKAGE).join(licences));
    copied.map_err(|error| format!("{licences}: {error}"))?;
    let sbom = notices.join("wamid-python.cdx.json");
    let how = format!("--release --zig --compatibility manylinux2014 --sbom-include {}", sbom.display());
    let build = |into: &Path, rustc: &str| {
        wheel(&environment, into, &how, rustc)?.ok_or_else(|| "the wheel does not build".to_owned())
    };
    // Once with the names of its functions, to see which of them programs use.
    let named = build(&shell::target().join("python/named"), &format!("{ONE_PIECE} -C strip=none"))?;
    let python = alone(&named)?;
    let program = format!("{python} {PACKAGE}/used.py");
    let linked = used_first::linked(&program, "_wamid", &shell::target().join("python/used"))?;
    let wheel = build(&under.join("python"), &format!("{ONE_PIECE} {}", linked.unwrap_or_default()))?;
    let size = fs::metadata(&wheel).map_err(|error| format!("{}: {error}", wheel.display()))?.len();
    if size > LARGEST {
        return Err(format!("{} has {size} bytes; {LARGEST} are allowed", wheel.display()));
    }
    try_alone(&wheel)?;
    Ok(vec![Artefact::tried_here(wheel)])
}

/// Tried without certificates: it is imported, and sends.
fn try_alone(wheel: &Path) -> Result<(), String> {
    let python = alone(wheel)?;
    let no_certificates = [("SSL_CERT_FILE", "/nowhere"), ("SSL_CERT_DIR", "/nowhere")];
    match shell::run(&format!("{python} -W error {PACKAGE}/tests/alone.py"), &no_certificates)? {
        true => Ok(()),
        false => Err(format!("{} does not work alone", wheel.display())),
    }
}

/// The Python of an environment with the wheel and no other package.
fn alone(wheel: &Path) -> Result<String, String> {
    let venv = shell::target().join("python/alone");
    let python = venv.join("bin/python").display().to_string();
    for step in [
        format!("python3 -m venv --clear {}", venv.display()),
        format!("{python} -m pip install --quiet --disable-pip-version-check --no-index {}", wheel.display()),
    ] {
        if !shell::run(&step, &[])? {
            return Err(format!("the wheel cannot be installed: {step}"));
        }
    }
    Ok(python)
}
