//! What a gateway writes, shows and leaves behind on its machine is its owner's alone.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::Signal;

use crate::playing::{Playing, signal, stdout, wamid};

const SECRET_KEY: &str = "a-secret-key-of-more-than-32-characters";

/// `wamid serve` behind a shell's setting, with its log in the folder; and where it listens.
fn serving(folder: &Path, setting: &str, mut of: Command) -> (Child, String) {
    let log = fs::File::create(folder.join("log")).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{setting}; exec \"$@\""), "sh"]).arg(of.get_program());
    shell.args(of.get_args()).current_dir(folder);
    for (name, value) in of.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    of = shell;
    let mut child = of.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}"));
    (child, url.split('/').next().unwrap().to_owned())
}

fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn what_a_gateway_writes_is_its_owners_alone_under_any_umask() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let serve = meta.command(&["serve", "--listen", "127.0.0.1:0", "--store", "sqlite:wamid.db"]);
    let (mut child, _) = serving(folder.path(), "umask 000", serve);
    let mut seen = Vec::new();
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        // The test's own.
        if name != "log" {
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{name} has the mode {mode:03o}");
            seen.push(name);
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    seen.sort();
    assert_eq!(seen, ["wamid.db", "wamid.db-shm", "wamid.db-wal", "wamid.db.key"]);
}

#[test]
fn neither_the_command_line_nor_the_log_nor_a_crash_shows_a_secret() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let mut serve = meta.command(&["serve", "--listen", "127.0.0.1:0", "--store", "sqlite:wamid.db"]);
    serve
        .env("WAMID_SECRET_KEY", SECRET_KEY)
        .env("WAMID_VERIFY_TOKEN", "a-verify-token-of-mine")
        .env("WAMID_LOG", "trace");
    let (mut child, address) =
        serving(folder.path(), "ulimit -c unlimited 2>/dev/null || ulimit -c 0", serve);
    let made = wamid(&["key", "create", "--name", "app", "--store", "sqlite:wamid.db"])
        .current_dir(folder.path())
        .env("WAMID_SECRET_KEY", SECRET_KEY)
        .output()
        .unwrap();
    let key = stdout(&made).trim().to_owned();
    let words = "dinner at nine, the usual table";
    for (phone, status) in [("+16505551234", "200"), ("15550900021", "4")] {
        let body = format!(r#"{{"phone":"{phone}","message":"{words}"}}"#);
        let answer = ask(
            &address,
            &format!(
                "POST /whatsapp/api/send-message/ HTTP/1.1\r\nHost: h\r\nX-API-Key: {key}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        );
        // One number's refusal has the token in it.
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")) || phone == "15550900021", "{answer}");
        assert!(!answer.contains(meta.export("WAMID_ACCESS_TOKEN")), "{answer}");
    }
    let host = "Host: 127.0.0.1\r\nConnection: close\r\n";
    let told = ["metrics", "config", "openapi.json", "docs/"]
        .map(|path| ask(&address, &format!("GET /{path} HTTP/1.1\r\n{host}\r\n")));
    let process = format!("/proc/{}", child.id());
    let shown = if Path::new("/proc/self/limits").exists() {
        let limits = fs::read_to_string(format!("{process}/limits")).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
        fs::read_to_string(format!("{process}/cmdline")).unwrap()
    } else {
        String::new()
    };

    signal(&child, Signal::ABORT);
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(Signal::ABORT.as_raw()));
    assert!(!status.core_dumped(), "a core dump was written");
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.contains("TRACE") && log.contains("send-message"), "{log}");
    let secrets = [
        SECRET_KEY,
        "a-verify-token-of-mine",
        meta.export("WAMID_ACCESS_TOKEN"),
        meta.export("WAMID_APP_SECRET"),
        key.as_str(),
    ];
    for secret in secrets {
        assert!(secret.len() > 12, "{secret:?} is none");
        for (what, text) in [("the command line", &shown), ("the log", &log)]
            .into_iter()
            .chain(told.iter().map(|text| ("a page", text)))
        {
            assert!(!text.contains(secret), "{secret} is in {what}");
        }
    }
    assert!(!log.contains(words) && !log.contains("6505551234"), "the log tells what was written to whom");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("core")), "{left:?}");
}
