use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a run could not be judged at all. A case that fails is no error: it is in the report.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Cases that break the format: a line each, with file and case.
    Cases(Vec<String>),
    /// A file or folder that could not be read or written.
    File(PathBuf, io::Error),
    /// The output given to [`run`](crate::run) could not be written to.
    Output(io::Error),
    /// A language that does not exist was asked for.
    UnknownLanguage(String),
    /// Not one case ran. A filter that matches nothing must not look like success.
    NothingRan(String),
    /// The driver itself failed.
    Driver(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cases(problems) => write!(f, "the cases cannot be read:\n{}", problems.join("\n")),
            Self::File(path, why) => write!(f, "{}: {why}", path.display()),
            Self::Output(why) => write!(f, "the report cannot be written: {why}"),
            Self::UnknownLanguage(name) => {
                write!(f, "there is no language `{name}`; there are {}", crate::LANGUAGES.join(", "))
            }
            Self::NothingRan(why) => write!(f, "no case ran: {why}"),
            Self::Driver(why) => write!(f, "the driver failed: {why}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(_, why) | Self::Output(why) => Some(why),
            _ => None,
        }
    }
}
