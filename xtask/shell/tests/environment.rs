//! Environments of Python, made by the real `venv` and pip.

#![cfg(unix)]
#![allow(clippy::print_stderr, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use xtask_shell::Environment;

/// An empty folder with a file of requirements that asks for nothing. None where no environment can be made.
fn folder(name: &str) -> Option<PathBuf> {
    if !Environment::can_be_made() {
        eprintln!("skipped: no Python with venv here");
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("requirements.txt"), "# Nothing.\n").unwrap();
    Some(folder)
}

fn environment(folder: &Path) -> Environment {
    let text = |path: PathBuf| path.to_str().unwrap().to_owned();
    Environment::new(&text(folder.join("built")), &text(folder.join("requirements.txt")))
}

/// Somebody may keep an environment elsewhere, for example on a larger disk.
#[test]
fn an_environment_that_is_out_of_date_is_replaced_and_what_a_link_points_to_stays() {
    let Some(folder) = folder("linked") else { return };
    fs::create_dir_all(folder.join("elsewhere")).unwrap();
    fs::write(folder.join("elsewhere/kept.txt"), "kept").unwrap();
    fs::create_dir_all(folder.join("built")).unwrap();
    std::os::unix::fs::symlink(folder.join("elsewhere"), folder.join("built/venv")).unwrap();

    environment(&folder).make().unwrap();

    assert_eq!(fs::read_to_string(folder.join("elsewhere/kept.txt")).unwrap(), "kept");
    assert!(Path::new(&environment(&folder).python()).exists());
}

#[test]
fn a_comment_that_changes_installs_nothing_again() {
    let Some(folder) = folder("commented") else { return };
    environment(&folder).make().unwrap();
    fs::write(folder.join("built/venv/first.txt"), "").unwrap();

    fs::write(folder.join("requirements.txt"), "# Still nothing.\n\n").unwrap();
    environment(&folder).make().unwrap();
    assert!(folder.join("built/venv/first.txt").exists(), "a comment is no requirement");

    fs::write(folder.join("requirements.txt"), "./no-such-package\n").unwrap();
    let error = environment(&folder).make().unwrap_err();
    assert!(error.contains("could not install"), "{error}");
}
