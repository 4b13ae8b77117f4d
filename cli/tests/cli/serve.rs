//! `wamid serve`: its settings.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use rustix::process::Signal;

use crate::playing::{Playing, signal, stderr, stdout, wamid};

/// A process that is gone by the end of the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Serving {
    /// Status of its end.
    fn ended(mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "it never ended");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// What answers at a path, status first; nothing where nobody listens.
fn get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer.strip_prefix("HTTP/1.1 ")?.to_owned())
}

#[test]
fn a_balancer_is_told_of_the_end_before_the_port_closes_and_a_second_signal_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let start = |delay: &str| {
        let serve =
            ["serve", "--sandbox", "--listen", "127.0.0.1:0", "--stop-delay", delay, "--store", &store];
        let mut child = wamid(&serve).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut lines = [String::new(), String::new()];
        for line in &mut lines {
            said.read_line(line).unwrap();
        }
        let address = lines[0].trim().strip_prefix("listening on http://").unwrap();
        (Serving(child), address.strip_suffix("/whatsapp").unwrap().to_owned())
    };
    let (serving, address) = start("0.5");
    assert!(get(&address, "/readyz").unwrap().starts_with("200"));
    signal(&serving.0, Signal::TERM);
    assert!(serving.ended().success());
    assert!(get(&address, "/readyz").is_none(), "the port is closed");

    let (serving, address) = start("600");
    let port = address.rsplit(':').next().unwrap();
    // As a container's health check asks: by the variable that the gateway itself has, with all addresses in it.
    let ready = || wamid(&["ready"]).env("WAMID_LISTEN", format!("0.0.0.0:{port}")).output().unwrap();
    // A busy machine may be too slow for it once.
    let until = |sound: &dyn Fn(&std::process::Output) -> bool| {
        let began = Instant::now();
        loop {
            let output = ready();
            if sound(&output) {
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{output:?}");
        }
    };
    until(&|output| output.status.success() && stdout(output) == "ready\n");
    signal(&serving.0, Signal::TERM);
    let began = Instant::now();
    while !get(&address, "/readyz").expect("it listens on").starts_with("503") {
        assert!(began.elapsed() < Duration::from_secs(60), "it never said that it stops");
    }
    assert!(get(&address, "/healthz").unwrap().starts_with("200"), "the process lives");
    until(&|output| output.status.code() == Some(1) && stderr(output).contains("503"));
    signal(&serving.0, Signal::INT);
    assert_eq!(serving.ended().code(), Some(130));
    let gone = ready();
    assert!(gone.status.code() == Some(1) && stderr(&gone).contains("not ready"), "{gone:?}");
}

#[test]
fn print_config_shows_no_secret() {
    let mut command =
        wamid(&["serve", "--print-config", "--graph-url", "https://user:hunter2@graph.example.com"]);
    command.args(["--store", "postgres://user:hunter2@db.example.com/wamid?password=hunter2"]);
    command.args(["--forward", "https://user:hunter2@example.com/events?key=hunter2"]);
    for name in [
        "WAMID_SECRET_KEY",
        "WAMID_ACCESS_TOKEN",
        "WAMID_APP_SECRET",
        "WAMID_VERIFY_TOKEN",
        "WAMID_FORWARD_SECRET",
    ] {
        command.env(name, "hunter2 hunter2 hunter2 hunter2 hunter2");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let shown = stdout(&output);
    assert!(shown.contains("db.example.com/wamid") && shown.contains("graph.example.com"), "{shown}");
    assert!(!shown.contains("hunter2") && !stderr(&output).contains("hunter2"), "{shown}");
}

#[test]
fn every_setting_comes_from_the_environment_too() {
    let set = [
        ("WAMID_LISTEN", "127.0.0.1:9", "listen", json!("127.0.0.1:9")),
        ("WAMID_PREFIX", "/v1", "prefix", json!("/v1")),
        ("WAMID_STORE", "sqlite:other.db", "store", json!("sqlite:other.db")),
        ("WAMID_DEFAULT_COUNTRY_CODE", "91", "default_country_code", json!("91")),
        ("WAMID_GRAPH_URL", "https://graph.example.com", "graph_url", json!("https://graph.example.com/")),
        ("WAMID_GRAPH_VERSION", "v25.0", "graph_version", json!("v25.0")),
        ("WAMID_TIMEOUT", "7.5", "timeout", json!(7.5)),
        ("WAMID_ALLOW_QUERY_KEY", "1", "allow_query_key", json!(true)),
        ("WAMID_ALLOW_UNSIGNED_WEBHOOKS", "true", "allow_unsigned_webhooks", json!(true)),
        ("WAMID_OPEN_DOCS", "no", "open_docs", json!(false)),
        ("WAMID_MAX_IN_FLIGHT", "3", "max_in_flight", json!(3)),
        ("WAMID_KEY_RATE", "0.5", "key_rate", json!(0.5)),
        ("WAMID_STOP_DELAY", "2", "stop_delay", json!(2.0)),
        ("WAMID_FORWARD", "https://example.com/events", "forward", json!("https://example.com")),
        ("WAMID_FORWARD_ALLOW_HTTP", "1", "forward_allow_http", json!(true)),
        ("WAMID_FORWARD_LIMIT", "7", "forward_limit", json!(7)),
    ];
    let mut command = wamid(&["serve", "--print-config"]);
    command.envs(set.iter().map(|(name, value, ..)| (name, value)));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let config: Value = serde_json::from_str(&stdout(&output)).unwrap();
    for (name, _, setting, value) in set {
        assert_eq!(config[setting], value, "{name}");
    }
}

#[test]
fn settings_that_no_send_could_use_are_refused_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    for (arguments, named) in [
        (["--timeout", "0"], "timeout"),
        (["--default-country-code", "abc"], "default_country_code"),
        (["--graph-url", "http://graph.example.com"], "graph_url"),
        (["--graph-url", "nonsense"], "graph_url"),
        (["--prefix", "/*"], "prefix"),
        (["--prefix", "/.."], "prefix"),
        (["--key-rate", "0"], "--key-rate"),
        (["--key-rate", "nan"], "--key-rate"),
        (["--max-in-flight", "0"], "--max-in-flight"),
    ] {
        let serve = ["serve", "--listen", "127.0.0.1:0", "--store", &store];
        let output = wamid(&[&serve, &arguments[..]].concat()).output().unwrap();
        assert!(!output.status.success() && stdout(&output).is_empty(), "{arguments:?}: {}", stdout(&output));
        assert!(stderr(&output).contains(named), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn with_the_sandbox_s_exports_pasted_serve_brings_its_own() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let args = ["serve", "--sandbox", "--listen", "127.0.0.1:0", "--store", &store];
    let mut child = meta.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut lines = [String::new(), String::new()];
    for line in &mut lines {
        said.read_line(line).unwrap();
    }
    let serving = Serving(child);
    assert!(lines[0].starts_with("listening on "), "{lines:?}");
    let own = lines[1].trim().strip_prefix("sandbox on ").unwrap();
    assert_ne!(own, meta.export("WAMID_GRAPH_URL"));
    signal(&serving.0, Signal::TERM);
    let mut complaints = String::new();
    let mut serving = serving;
    serving.0.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    assert!(complaints.contains("WAMID_GRAPH_URL is left aside"), "{complaints}");
    assert!(!complaints.contains("--graph-url"), "{complaints}");
    assert!(serving.ended().success());

    // Both said on the command line is a mistake.
    let both = wamid(&["serve", "--sandbox", "--graph-url", "http://127.0.0.1:9"]).output().unwrap();
    assert_eq!(both.status.code(), Some(2), "{}", stderr(&both));
}

/// What the desktop starts to open a page is on the PATH; here it writes down what it was given.
#[cfg(target_os = "linux")]
#[test]
fn open_shows_the_phone_page_of_the_sandbox_in_a_browser() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (browser, opened) = (folder.path().join("xdg-open"), folder.path().join("opened"));
    std::fs::write(
        &browser,
        format!("#!/bin/sh\necho \"$1\" > {}.new && mv {0}.new {0}\n", opened.display()),
    )
    .unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    for args in [
        &["sandbox", "--listen", "127.0.0.1:0", "--open"][..],
        &["serve", "--sandbox", "--listen", "127.0.0.1:0", "--store", &store, "--open"],
        &["demo", "--open"],
    ] {
        let _ = std::fs::remove_file(&opened);
        let child =
            wamid(args).env("PATH", &path).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut serving = Serving(child);
        let page = (0..2000).find_map(|_| {
            std::thread::sleep(Duration::from_millis(10));
            std::fs::read_to_string(&opened).ok()
        });
        let page = page.unwrap_or_else(|| panic!("{args:?} opened nothing")).trim().to_owned();
        assert!(page.starts_with("http://127.0.0.1:") && page.ends_with("/_sandbox/phone/"), "{page}");
        signal(&serving.0, Signal::TERM);
        let mut said = String::new();
        serving.0.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(said.contains(&page), "{args:?} does not say where it is: {said}");
    }
    let alone = wamid(&["serve", "--open"]).output().unwrap();
    assert_eq!(alone.status.code(), Some(2), "{}", stderr(&alone));
}

#[test]
fn a_sandbox_for_others_is_refused_before_anything_listens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wamid.db");
    let store = format!("sqlite:{}", file.display());
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let output = wamid(&["serve", "--sandbox", "--listen", listen, "--store", &store]).output().unwrap();
        assert!(!output.status.success() && stdout(&output).is_empty(), "{listen}: {}", stdout(&output));
        assert!(stderr(&output).contains("--listen 127.0.0.1:0"), "{listen}: {}", stderr(&output));
    }
    assert!(!file.exists(), "nothing was begun");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_said_and_one_with_a_line_end_is_the_same_key() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let key = folder.path().join("wamid.db.key");
    // A prefix that is refused ends it, after the accounts were opened.
    let serve = || wamid(&["serve", "--listen", "127.0.0.1:0", "--store", &store, "--prefix", "/.."]);
    let first = serve().output().unwrap();
    assert!(!stderr(&first).contains("chmod"), "{}", stderr(&first));
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let beside: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    let keys = beside.iter().filter(|name| name.to_string_lossy().contains("key")).count();
    assert_eq!(keys, 1, "{beside:?}");
    for mode in [0o644, 0o620, 0o602] {
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode)).unwrap();
        let output = serve().output().unwrap();
        assert!(stderr(&output).contains("chmod 600"), "{mode:o}: {}", stderr(&output));
    }
    let held = std::fs::read_to_string(&key).unwrap();
    let output = serve().env("WAMID_SECRET_KEY", format!(" {}\n", held.trim())).output().unwrap();
    assert!(
        stderr(&output).contains("prefix") && !stderr(&output).contains("secret_key"),
        "{}",
        stderr(&output)
    );
}
