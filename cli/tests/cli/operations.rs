//! What the command line does besides sending: media, templates, users, the profile, requests.

use std::io::{BufRead, BufReader};
use std::process::{Child, Output, Stdio};

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::playing::{Playing, fed, signal, stderr, stdout, until, wamid};

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\x68\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

/// What a command that goes well prints.
fn said(meta: &Playing, args: &[&str]) -> String {
    let output = meta.run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    stdout(&output)
}

fn json_of(output: &Output) -> Value {
    let text = stdout(output);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text} {}", stderr(output)))
}

#[test]
fn a_file_goes_there_and_comes_back() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(at("photo.png"), PICTURE).unwrap();
    let id = said(&meta, &["media", "upload", &at("photo.png")]).trim().to_owned();
    assert!(id.bytes().all(|byte| byte.is_ascii_digit()), "{id}");

    let info = said(&meta, &["media", "info", &id]);
    let line = |name: &str| {
        let found = info.lines().find(|line| line.starts_with(name));
        found.map(|line| line.split_whitespace().last().unwrap().to_owned())
    };
    assert_eq!(
        (line("mime_type").as_deref(), line("file_size").as_deref()),
        (Some("image/png"), Some("67")),
        "{info}"
    );
    let info = json_of(&meta.run(&["media", "info", &id, "--json"]));
    assert_eq!((&info["id"], &info["raw"]["id"]), (&json!(id), &json!(id)));

    assert_eq!(said(&meta, &["media", "get", &id, &at("back.png")]).trim(), at("back.png"));
    assert_eq!(std::fs::read(at("back.png")).unwrap(), PICTURE);

    let large = meta.run(&["media", "get", &id, &at("large.png"), "--max-bytes", "10"]);
    assert_eq!(large.status.code(), Some(17), "{}", stderr(&large));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing of it is left");

    assert_eq!(said(&meta, &["media", "delete", &id]), "done\n");
    let gone = meta.run(&["media", "info", &id, "--json"]);
    assert_eq!((gone.status.code(), &json_of(&gone)["error"]["kind"]), (Some(13), &json!("rejected")));
    let wrong = meta.run(&["media", "upload", "/nowhere.png"]);
    assert_eq!(wrong.status.code(), Some(10), "{}", stderr(&wrong));
    assert!(stderr(&wrong).contains("file") && !stderr(&wrong).contains("outcome"), "{}", stderr(&wrong));
}

#[test]
fn a_message_is_marked_as_read() {
    let meta = Playing::start();
    assert_eq!(said(&meta, &["read", "wamid.HBgL", "--typing"]), "done\n");
    let unknown = meta.run(&["read", "nonsense"]);
    assert_eq!(unknown.status.code(), Some(13), "{}", stderr(&unknown));
}

#[test]
fn templates_are_made_listed_shown_changed_and_deleted() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.json");
    let definition = json!({
        "name": "delivery", "language": "en_US", "category": "UTILITY",
        "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW"]}},
            {"type": "BODY", "text": "Hello {{1}},\nyour order is here.", "example": {"body_text": [["Asha"]]}},
            {"type": "FOOTER", "text": "Asha's Books"},
            {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Track", "url": "https://example.com/t/{{1}}"}]},
        ],
    });
    std::fs::write(&path, definition.to_string()).unwrap();
    let made = said(&meta, &["templates", "create", path.to_str().unwrap()]);
    assert!(made.contains("status") && made.contains("APPROVED"), "{made}");
    let again = json!({"name": "second", "language": "en_US", "category": "UTILITY", "components": [{"type": "BODY", "text": "Hi"}]});
    let output = fed(meta.command(&["templates", "create", "-", "--json"]), again.to_string().as_bytes());
    let second = json_of(&output)["id"].as_str().unwrap().to_owned();

    let table = said(&meta, &["templates", "list", "--category", "utility"]);
    assert!(
        table.lines().next().unwrap().split_whitespace().take(3).eq(["id", "name", "language"]),
        "{table}"
    );
    assert!(
        table.contains("delivery") && table.contains("second") && !table.contains("components"),
        "{table}"
    );
    let one = json_of(&meta.run(&["templates", "list", "--name", "delivery", "--json"]));
    assert_eq!((one.as_array().unwrap().len(), &one[0]["status"]), (1, &json!("APPROVED")));
    assert_eq!(said(&meta, &["templates", "list", "--name", "nothing_like_it"]), "none\n");

    let shown = said(&meta, &["templates", "show", "delivery"]);
    for part in [
        "delivery  en_US  UTILITY  APPROVED",
        "(image)",
        "Hello {{1}},",
        "your order is here.",
        "Asha's Books",
        "[Track] url https://example.com/t/{{1}}",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let none = meta.run(&["templates", "show", "delivery", "--language", "hi"]);
    assert_eq!(none.status.code(), Some(10));
    assert!(stderr(&none).contains("no template delivery in hi"), "{}", stderr(&none));
    for (command, field) in [("show", "name"), ("check", "template_name")] {
        let error = &json_of(&meta.run(&["templates", command, "nothing_like_it", "--json"]))["error"];
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_input"), &json!(field)), "{error}");
    }

    let check = |args: &[&str]| {
        meta.run(&[&["templates", "check", "delivery", "--language", "en-US"], args].concat())
    };
    let header = r#"{"type":"image","link":"https://example.com/a.png"}"#;
    let button = r#"{"sub_type":"url","text":"A-1042"}"#;
    let fits = check(&["--header-param", header, "--body-param", "Asha", "--button", button]);
    assert_eq!(stdout(&fits), "it fits delivery in en_US\n", "{}", stderr(&fits));
    for (args, field) in [
        (&["--header-param", header, "--button", button][..], "body_params"),
        (&["--header-param", "Text", "--body-param", "Asha", "--button", button], "header_params[0]"),
    ] {
        let output = check(args);
        assert_eq!(output.status.code(), Some(10), "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(field), "{args:?}: {}", stderr(&output));
    }
    let other = meta.run(&["templates", "check", "delivery", "--json"]);
    assert_eq!((other.status.code(), &json_of(&other)["error"]["field"]), (Some(10), &json!("language")));
    assert!(stdout(&other).contains("there is one in en_US"), "{}", stdout(&other));
    let sent = ["send", "template", "919876543210", "delivery", "--language", "en_US", "--check-templates"];
    let refused = meta.run(&sent);
    assert_eq!(refused.status.code(), Some(10), "{}", stderr(&refused));

    let change = r#"{"components":[{"type":"BODY","text":"Hi again"}]}"#;
    said(&meta, &["templates", "edit", &second, change]);
    assert!(said(&meta, &["templates", "show", "second"]).contains("Hi again"));
    said(&meta, &["templates", "delete", "second"]);
    assert_eq!(said(&meta, &["templates", "list", "--name", "second"]), "none\n");

    let nameless =
        meta.command(&["templates", "list"]).env_remove("WAMID_BUSINESS_ACCOUNT_ID").output().unwrap();
    assert_eq!(nameless.status.code(), Some(18), "{}", stderr(&nameless));
    let account = meta.export("WAMID_BUSINESS_ACCOUNT_ID").to_owned();
    let named = meta
        .command(&["templates", "list", "--business-account-id", &account])
        .env_remove("WAMID_BUSINESS_ACCOUNT_ID")
        .output()
        .unwrap();
    assert_eq!(named.status.code(), Some(0), "{}", stderr(&named));
}

#[test]
fn users_are_blocked_and_unblocked() {
    let meta = Playing::start();
    let said_of = |args: &[&str]| said(&meta, args);
    assert_eq!(said_of(&["blocked"]), "none\n");
    assert_eq!(
        said_of(&["block", "+1 650-387-9439", "919876543210"]),
        "done    +1 650-387-9439\n        919876543210\n"
    );
    assert_eq!(said_of(&["blocked"]), "+16503879439\n+919876543210\n");
    let unblocked = json_of(&meta.run(&["unblock", "919876543210", "--json"]));
    assert_eq!(unblocked, json!({"done": ["919876543210"], "failed": []}));
    assert_eq!(json_of(&meta.run(&["blocked", "--json"])), json!(["+16503879439"]));
    let wrong = meta.run(&["block", "919876543210", "12"]);
    assert_eq!(wrong.status.code(), Some(10));
    assert!(stderr(&wrong).contains("phones[1]"), "{}", stderr(&wrong));
}

#[test]
fn the_profile_is_shown_and_changed() {
    let meta = Playing::start();
    assert_eq!(said(&meta, &["profile"]), "none\n");
    said(
        &meta,
        &[
            "profile",
            "set",
            "--about",
            "Open until eight",
            "--website",
            "https://a.example",
            "--website",
            "https://b.example",
        ],
    );
    let shown = said(&meta, &["profile"]);
    for line in ["about", "Open until eight", "https://a.example", "https://b.example"] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let shown = json_of(&meta.run(&["profile", "--json"]));
    assert_eq!(shown["websites"], json!(["https://a.example", "https://b.example"]));
    let folder = tempfile::tempdir().unwrap();
    let photo = folder.path().join("photo.png");
    std::fs::write(&photo, PICTURE).unwrap();
    assert_eq!(said(&meta, &["profile", "set", "--photo", photo.to_str().unwrap()]), "done\n");
    assert!(said(&meta, &["profile"]).contains("profile_picture_url"));
    let long = "x".repeat(140);
    let refused = meta.run(&["profile", "set", "--about", &long]);
    assert_eq!(refused.status.code(), Some(10), "{}", stderr(&refused));
}

#[test]
fn anything_else_is_asked_for_by_its_path() {
    let meta = Playing::start();
    let number = meta.export("WAMID_PHONE_NUMBER_ID").to_owned();
    let profile = format!("/{number}/whatsapp_business_profile");
    let body = r#"{"messaging_product":"whatsapp","about":"Back soon"}"#;
    assert!(said(&meta, &["request", "post", &profile, "--body", body]).contains("\"success\": true"));
    let shown = json_of(&meta.run(&["request", "GET", &profile, "--query", "fields=about", "--json"]));
    assert_eq!(shown["data"][0]["about"], "Back soon", "{shown}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("photo.png");
    std::fs::write(&file, PICTURE).unwrap();
    let (path, file) = (format!("{number}/media"), format!("file=@{};type=image/png", file.display()));
    let form = ["--form", "messaging_product=whatsapp", "--form", "type=image/png", "--form", &file];
    let uploaded = json_of(&meta.run(&[&["request", "POST", &path, "--json"], &form[..]].concat()));
    assert!(said(&meta, &["media", "info", uploaded["id"].as_str().unwrap()]).contains("image/png"));
    for (args, status) in [
        (&["request", "POST", "me", "--form", "file=@/nowhere.png"][..], 10),
        (&["request", "POST", "me", "--form", "a=1", "--body", "{}"], 2),
        (&["request", "PATCH", "me"], 2),
        (&["request", "GET", "me", "--query", "fields"], 2),
        (&["request", "GET", "../me"], 10),
        (&["request", "GET", "https://example.com/me"], 10),
        (&["request", "GET", "me", "--query", "a=1", "--query", "a=2"], 10),
    ] {
        let output = meta.run(args);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn a_gateway_s_keys_may_not_ask_for_everything() {
    for args in [&["block", "919876543210"][..], &["blocked"], &["profile"], &["request", "GET", "me"]] {
        let output = wamid(args)
            .envs([("WAMID_GATEWAY_URL", "http://127.0.0.1:9"), ("WAMID_API_KEY", "KEY-KEY-KEY")])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(18), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn an_interrupted_download_leaves_no_file() {
    use std::io::{Read, Write};

    // A host that describes a file, and then sends half of it.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let info = json!({"id": "1", "url": format!("{url}/file"), "mime_type": "image/png", "sha256": "00", "file_size": 1000});
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            let _ = if head.starts_with("GET /file") {
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
            } else {
                let body = info.to_string();
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
                write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len())
            };
            if head.starts_with("GET /file") {
                open.push(stream);
            }
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.png");
    let mut command = wamid(&["media", "get", "1", path.to_str().unwrap(), "--json"]);
    command.envs([
        ("WAMID_ACCESS_TOKEN", "TOKEN-TOKEN"),
        ("WAMID_PHONE_NUMBER_ID", "1066"),
        ("WAMID_GRAPH_URL", &url),
    ]);
    let child = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    until(|| std::fs::read_dir(folder.path()).unwrap().count() == 1);
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    let error = &json_of(&output)["error"];
    assert_eq!((&error["kind"], &error["maybe_sent"]), (&json!("interrupted"), &json!(false)), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_gateway_takes_what_its_keys_may_do() {
    let mut meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(at("photo.png"), PICTURE).unwrap();
    let store = format!("sqlite:{}", at("wamid.db"));
    let account = meta.export("WAMID_BUSINESS_ACCOUNT_ID").to_owned();
    let number = meta.export("WAMID_PHONE_NUMBER_ID").to_owned();
    let add =
        ["account", "add", "--name", "shop", "--phone-number-id", &number, "--business-account-id", &account];
    said(&meta, &[&add[..], &["--store", &store]].concat());
    let key = said(&meta, &["key", "create", "--name", "app", "--store", &store]).trim().to_owned();
    let graph = meta.export("WAMID_GRAPH_URL").to_owned();
    let mut serve = wamid(&["serve", "--listen", "127.0.0.1:0", "--store", &store, "--graph-url", &graph]);
    let serve = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut serving = Killed(serve);
    let mut line = String::new();
    BufReader::new(serving.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();
    meta.replace_exports(
        [("WAMID_GATEWAY_URL", url), ("WAMID_API_KEY", key)].map(|(n, v)| (n.to_owned(), v)).to_vec(),
    );

    said(
        &meta,
        &["send", "buttons", "919876543210", "Today?", "--button", "yes=Yes", "--footer", "Asha's Books"],
    );
    said(&meta, &["send", "image", "919876543210", "--file", &at("photo.png")]);
    assert_eq!(said(&meta, &["read", "wamid.HBgL"]), "done\n");
    let id = said(&meta, &["media", "upload", &at("photo.png")]).trim().to_owned();
    said(&meta, &["media", "get", &id, &at("back.png")]);
    assert_eq!(std::fs::read(at("back.png")).unwrap(), PICTURE);
    said(&meta, &["media", "delete", &id]);
    assert!(said(&meta, &["templates", "list"]).contains("hello_world"));
    assert!(said(&meta, &["chats"]).contains("919876543210"));
    let sends = said(&meta, &["sends", "--status", "sent"]);
    assert!(sends.contains("reply_buttons") && sends.contains("image"), "{sends}");
}

/// A process that is gone by the end of the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
