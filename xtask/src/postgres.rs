//! A throw-away PostgreSQL for the tests.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Runs until its input ends, which it also does when this process dies in any way.
const SCRIPT: &str = r#"
set -eu
cd /
umask 077
folder=$(mktemp -d "${TMPDIR:-/tmp}/wamid-postgres.XXXXXX")
server=
finish() {
    if [ -n "$server" ]; then kill -QUIT "$server" 2>/dev/null || :; wait "$server" || :; fi
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
echo "$3" >"$folder/password"
"$1/initdb" --pgdata="$folder/data" --username=postgres --pwfile="$folder/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
tls=
if command -v openssl >/dev/null; then
    # Signed by itself, and for no name but the address.
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout "$folder/tls.key" \
        -out "$folder/tls.crt" -subj "/CN=wamid tests" -addext "subjectAltName=IP:127.0.0.1" \
        -addext "basicConstraints=critical,CA:FALSE" >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
    tls="-c ssl=on -c ssl_cert_file=$folder/tls.crt -c ssl_key_file=$folder/tls.key"
fi
"$1/postgres" -D "$folder/data" -c listen_addresses=127.0.0.1 -c port="$2" -c unix_socket_directories= \
    -c max_connections=300 -c fsync=off -c full_page_writes=off $tls \
    >"$folder/log" 2>&1 </dev/null &
server=$!
tries=0
until "$1/pg_isready" --quiet --host=127.0.0.1 --port="$2"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then cat "$folder/log"; exit 1; fi
    sleep 0.1
done
echo "ready ${tls:+$folder/tls.crt}"
read -r _ || :
"#;

/// Names the server to the tests.
pub(crate) const VARIABLE: &str = "WAMID_TEST_POSTGRES";

/// Names the file of its certificate to them, which it has where there is openssl.
pub(crate) const CERTIFICATE: &str = "WAMID_TEST_POSTGRES_CERTIFICATE";

const PASSWORD: &str = "for-tests-alone";

/// A running server. Dropped, it is stopped and its files are gone.
pub(crate) struct Postgres {
    child: Child,
    /// With the right to create databases; without TLS, which would cost each test a handshake a connection.
    pub(crate) url: String,
    /// The file of the certificate that it shows to those who want TLS.
    pub(crate) certificate: Option<String>,
}

/// Starts one where its programs are installed.
pub(crate) fn start() -> Result<Option<Postgres>, String> {
    let Some(programs) = installed() else { return Ok(None) };
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(|error| format!("PostgreSQL: no free port: {error}"))?
        .port();
    let mut command = if is_root() {
        // PostgreSQL refuses to run as root; Debian's package brings this user.
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.args(["-c", SCRIPT, "sh"]).arg(&programs).args([&port.to_string(), PASSWORD]);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).current_dir("/").spawn();
    let child = child.map_err(|error| format!("PostgreSQL cannot be started: {error}"))?;
    let url = format!("postgres://postgres:{PASSWORD}@127.0.0.1:{port}/postgres?sslmode=disable");
    let mut server = Postgres { child, url, certificate: None };
    let mut said = String::new();
    if let Some(out) = server.child.stdout.take() {
        let mut out = BufReader::new(out);
        let first = out.read_line(&mut said);
        if let (Ok(_), Some(certificate)) = (first, said.strip_prefix("ready ")) {
            server.certificate = Some(certificate.trim().to_owned()).filter(|file| !file.is_empty());
            return Ok(Some(server));
        }
        let _ = out.read_to_string(&mut said);
    }
    Err(format!("PostgreSQL in {} did not start:\n{said}", programs.display()))
}

/// The folder of the newest version's programs, where Debian puts them.
pub(crate) fn installed() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(Result::ok)
        .filter_map(|version| {
            Some((version.file_name().to_str()?.parse::<u32>().ok()?, version.path().join("bin")))
        })
        .filter(|(_, programs)| programs.join("initdb").exists() && programs.join("postgres").exists())
        .max()
        .map(|(_, programs)| programs)
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    #[test]
    fn a_server_lives_as_long_as_its_handle() {
        let Some(server) = super::start().unwrap() else { return };
        let (_, address) = server.url.split_once('@').unwrap();
        let address = address.split('/').next().unwrap().to_owned();
        TcpStream::connect(&address).unwrap();
        drop(server);
        TcpStream::connect(&address).unwrap_err();
    }
}
