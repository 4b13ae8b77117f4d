//! `--profile NAME`: the variables of one host in a file, for those who work with several.
//!
//! The command is run anew with them. A process may not change its own environment safely, and a variable that only some
//! of its code knew of would be one more place where the parts of a command disagree on whom they send from.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use super::logs;
use super::output::complain;

/// These say how to run, not with whom.
const KEPT: [&str; 2] = ["WAMID_LOG", "WAMID_LOG_FORMAT"];

/// Runs this command with the variables of that profile and with no other of ours. Returns only where it cannot, with a
/// sentence, or where the system has no way to take a process's place, with the status of the other.
pub(super) fn run_with(name: &str) -> Result<ExitCode, String> {
    let path = path_of(name)?;
    let text = std::fs::read_to_string(&path).map_err(|error| unreadable(name, &path, &error))?;
    let variables = parse(&text).map_err(|why| format!("{}: {why}", path.display()))?;
    warn_of_readers(&path);
    let program = std::env::current_exe().map_err(|error| format!("this program is not found: {error}"))?;
    let mut command = Command::new(program);
    command.args(without_profile(std::env::args_os().skip(1)));
    for (known, _) in std::env::vars_os() {
        let ours = known.to_str().is_some_and(|known| known.starts_with("WAMID_") && !KEPT.contains(&known));
        if ours {
            command.env_remove(known);
        }
    }
    command.envs(variables);
    logs::finish();
    take_place(command).map_err(|error| format!("the command cannot be run with the profile {name}: {error}"))
}

#[cfg(unix)]
fn take_place(mut command: Command) -> std::io::Result<ExitCode> {
    Err(std::os::unix::process::CommandExt::exec(&mut command))
}

#[cfg(not(unix))]
fn take_place(mut command: Command) -> std::io::Result<ExitCode> {
    let status = command.status()?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// `~/.config/wamid/NAME.env`
fn path_of(name: &str) -> Result<PathBuf, String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if name.is_empty() || !name.bytes().all(plain) {
        return Err(format!("--profile {name}: a name has letters, digits, - and _ alone"));
    }
    Ok(folder()?.join(format!("{name}.env")))
}

fn folder() -> Result<PathBuf, String> {
    let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = var("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    let config = config.or_else(|| std::env::home_dir().map(|home| home.join(".config")));
    config
        .map(|config| config.join("wamid"))
        .ok_or_else(|| "--profile needs HOME or XDG_CONFIG_HOME".to_owned())
}

fn unreadable(name: &str, path: &Path, error: &std::io::Error) -> String {
    if error.kind() != std::io::ErrorKind::NotFound {
        return format!("the profile {} cannot be read: {error}", path.display());
    }
    let entries =
        path.parent().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let mut known: Vec<String> = entries
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".env")?.to_owned()))
        .collect();
    known.sort_unstable();
    let known = if known.is_empty() { String::new() } else { format!(" There are {}.", known.join(", ")) };
    format!(
        "there is no profile {name}: write it to {}, a line a variable, such as WAMID_ACCESS_TOKEN=EAAG....{}",
        path.display(),
        known
    )
}

/// Lines `NAME=value`, as `docker --env-file` and systemd have them; `export` before one is what a shell has.
fn parse(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut variables = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
        let Some((name, value)) = line.split_once('=').filter(|(name, _)| is_ours(name)) else {
            // What stands there may be secret.
            return Err(format!("line {} is not WAMID_NAME=value", at + 1));
        };
        let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
        variables.push((name.to_owned(), quoted.unwrap_or(value).to_owned()));
    }
    Ok(variables)
}

fn is_ours(name: &str) -> bool {
    name.strip_prefix("WAMID_").is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    })
}

/// The arguments but `--profile NAME`, so that the command that is run anew does not do so again.
fn without_profile(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut kept = Vec::new();
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            kept.push(argument);
            kept.extend(arguments);
            return kept;
        }
        if argument == "--profile" {
            arguments.next();
        } else if !starts_with(&argument, "--profile=") {
            kept.push(argument);
        }
    }
    kept
}

fn starts_with(argument: &OsStr, prefix: &str) -> bool {
    argument.as_encoded_bytes().starts_with(prefix.as_bytes())
}

#[cfg(unix)]
fn warn_of_readers(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let open = |found: std::fs::Metadata| found.permissions().mode() & 0o077 != 0;
    if std::fs::metadata(path).is_ok_and(open) {
        complain(&format!("other users can reach the secrets in {0}: chmod 600 {0}", path.display()));
    }
}

#[cfg(not(unix))]
fn warn_of_readers(_: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_variables_are_read() {
        let text = "# the shop\n\nexport WAMID_ACCESS_TOKEN=EAAG=x#y \nWAMID_STORE = no\n";
        assert_eq!(parse(text).unwrap_err(), "line 4 is not WAMID_NAME=value");
        let text = "# the shop\r\n\r\nexport WAMID_ACCESS_TOKEN=EAAG=x#y \r\nWAMID_STORE=\"sqlite:a b.db\"\nWAMID_API_KEY=\n";
        let expected = [("ACCESS_TOKEN", "EAAG=x#y"), ("STORE", "sqlite:a b.db"), ("API_KEY", "")];
        assert_eq!(
            parse(text).unwrap(),
            expected.map(|(name, value)| (format!("WAMID_{name}"), value.to_owned()))
        );
        for wrong in ["secret", "PATH=/bin", "WAMID_=x", "WAMID_x=y", "LD_PRELOAD=x"] {
            assert_eq!(parse(wrong).unwrap_err(), "line 1 is not WAMID_NAME=value", "{wrong}");
        }
    }

    #[test]
    fn the_choice_itself_is_taken_out_and_nothing_else() {
        for (given, kept) in [
            ("--profile a send message 1 x", "send message 1 x"),
            ("send message 1 x --profile=a --json", "send message 1 x --json"),
            ("send --profile a message 1 -- --profile b", "send message 1 -- --profile b"),
        ] {
            assert_eq!(without_profile(given.split(' ').map(OsString::from)).join(OsStr::new(" ")), kept);
        }
    }

    #[test]
    fn a_name_is_no_path() {
        for name in ["", "..", "a/b", "../../etc/passwd", "a.env", "\u{1b}"] {
            assert!(path_of(name).is_err(), "{name}");
        }
    }
}
