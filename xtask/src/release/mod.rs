//! `cargo xtask release …`: what a release needs besides the packages.

mod changelog;
mod crates;
mod jar;
mod licences;
mod notices;
mod sbom;
mod version;

use std::path::PathBuf;

use clap::Subcommand;

use crate::shell::say;

pub(crate) use notices::write as write_notices;

#[derive(Subcommand)]
pub(crate) enum Release {
    /// Says the version; sets it everywhere where one is given
    Version {
        /// The new version, as X.Y.Z
        #[arg(value_name = "X.Y.Z", conflicts_with = "is")]
        new: Option<String>,
        /// Fails unless this is the version, everywhere
        #[arg(long, value_name = "X.Y.Z")]
        is: Option<String>,
    },
    /// Prints what CHANGELOG.md says of a version
    Notes {
        #[arg(value_name = "X.Y.Z")]
        version: String,
    },
    /// Writes the licences of all crates that are compiled into a package, and its SBOM (CycloneDX)
    Notices {
        /// wamid-python, wamid-node, wamid-uniffi or wamid-cli
        package: String,
        folder: PathBuf,
    },
    /// Makes the jar with the libraries of several systems, as a Maven repository in a folder
    Jar {
        /// A folder for each system, named as JNA names it (`linux-x86-64` …), with its library
        #[arg(long, value_name = "FOLDER")]
        natives: PathBuf,
        #[arg(long, value_name = "FOLDER")]
        into: PathBuf,
    },
}

impl Release {
    pub(crate) fn run(self) -> Result<bool, String> {
        match self {
            Self::Version { new: Some(new), .. } => version::set(&new).map(|()| true),
            Self::Version { new: None, is } => {
                let version = version::current()?;
                say(&version);
                match is.filter(|expected| *expected != version) {
                    Some(expected) => Err(format!("the version is {version}, not {expected}")),
                    None => Ok(true),
                }
            }
            Self::Notes { version } => changelog::of(&version).map(|notes| say(&notes)).map(|()| true),
            Self::Notices { package, folder } => notices::write(&package, &folder).map(|()| true),
            Self::Jar { natives, into } => jar::make(&natives, &into).map(|()| true),
        }
    }
}

/// Whether every package has the same version.
pub(crate) fn is_one_version() -> Result<bool, String> {
    match version::current() {
        Ok(_) => Ok(true),
        Err(why) => {
            say(&why);
            Ok(false)
        }
    }
}
