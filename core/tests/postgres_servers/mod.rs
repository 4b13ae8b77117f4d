//! PostgreSQL servers of a test's own, which it may stop, restart, fail over and fill up.
#![allow(dead_code, clippy::print_stdout)]

use std::io::{BufRead, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Runs each line of its input, until that ends: also when this process dies in any way.
const SCRIPT: &str = r#"
cd /
umask 077
bin=$1
folder=$(mktemp -d "${TMPDIR:-/tmp}/wamid-servers.XXXXXX")
finish() {
    for data in "$folder"/*/; do "$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null 2>&1; done
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
echo "$folder"
while read -r line; do
    if eval "$line" >"$folder/said" 2>&1 </dev/null; then echo ok; else tr '\n' ' ' <"$folder/said"; echo; fi
done
"#;

/// Servers in one folder, of the user that may run them.
pub(crate) struct Servers {
    child: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    folder: String,
}

impl Servers {
    /// None where PostgreSQL is not installed.
    pub(crate) fn new() -> Option<Self> {
        let Some(programs) = installed() else {
            println!("PostgreSQL skipped: its programs are not installed");
            return None;
        };
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
        let mut command = if is_root {
            // PostgreSQL refuses to run as root; Debian's package brings this user.
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        command.args(["-c", SCRIPT, "sh"]).arg(programs).current_dir("/");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let mut servers = Self { orders: child.stdin.take(), child, answers, folder: String::new() };
        servers.folder = servers.said();
        Some(servers)
    }

    fn said(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    /// What was said, unless it went well.
    pub(crate) fn try_run(&mut self, order: &str) -> Result<(), String> {
        writeln!(self.orders.as_ref().unwrap(), "{order}").unwrap();
        let said = self.said();
        if said == "ok" { Ok(()) } else { Err(said) }
    }

    pub(crate) fn run(&mut self, order: &str) {
        self.try_run(order).unwrap_or_else(|said| panic!("{order}: {said}"));
    }

    pub(crate) fn folder(&self) -> &Path {
        Path::new(&self.folder)
    }

    /// Makes a server and starts it; everybody may come in. Its port.
    pub(crate) fn primary(&mut self, name: &str) -> u16 {
        self.run(&format!(
            r#""$bin/initdb" -D "$folder/{name}" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync"#
        ));
        let port = free_port();
        self.start(name, port);
        port
    }

    /// Makes a server that follows the one at that port, and starts it.
    pub(crate) fn standby(&mut self, name: &str, of: u16) -> u16 {
        self.run(&format!(
            r#""$bin/pg_basebackup" -D "$folder/{name}" -d "postgres://postgres@127.0.0.1:{of}/postgres" -R -X stream -c fast --no-sync"#
        ));
        let port = free_port();
        self.start(name, port);
        port
    }

    pub(crate) fn start(&mut self, name: &str, port: u16) {
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c max_connections=300 -c fsync=off"
        );
        self.run(&format!(
            r#""$bin/pg_ctl" -D "$folder/{name}" -l "$folder/{name}.log" -o "{options}" -w -t 60 start"#
        ));
    }

    /// Stops it in that mode: `fast` ends its clients and writes all down, `immediate` is as good as a crash.
    pub(crate) fn stop(&mut self, name: &str, mode: &str) {
        self.run(&format!(r#""$bin/pg_ctl" -D "$folder/{name}" -m {mode} -w -t 60 stop"#));
    }

    /// Stops it in that mode and starts it as it was.
    pub(crate) fn restart(&mut self, name: &str, mode: &str) {
        self.run(&format!(
            r#""$bin/pg_ctl" -D "$folder/{name}" -l "$folder/{name}.log" -m {mode} -w -t 60 restart"#
        ));
    }

    /// Makes a standby a server that takes writes.
    pub(crate) fn promote(&mut self, name: &str) {
        self.run(&format!(r#""$bin/pg_ctl" -D "$folder/{name}" -w -t 60 promote"#));
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.child.wait();
    }
}

pub(crate) fn url(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/postgres?sslmode=disable")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The folder of the newest version's programs, where Debian puts them.
fn installed() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let version = |folder: &std::fs::DirEntry| folder.file_name().to_str()?.parse::<u32>().ok();
    let newest = versions.filter_map(Result::ok).max_by_key(version)?;
    let programs = newest.path().join("bin");
    programs.join("initdb").exists().then_some(programs)
}
