//! Nothing that a person may read holds a secret, a message or a whole phone number.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::error::Error as _;
use std::time::Duration;

use support::log::Log;
use support::{Reply, SENT, Seen, Server, http, soon};
use wamid::{Button, Client, Error, Location, Message, Options, SendMany, Template, Text};

const TOKEN: &str = "EAAGtokenZ7f31";
const KEY: &str = "k_live_Q29kZXg";
const APP_SECRET: &str = "a99s3cr3t0f4ll";
const PASSWORD: &str = "pr0xy-pass";
const SECRETS: [&str; 4] = [TOKEN, KEY, APP_SECRET, PASSWORD];
/// Its last five digits are no port and no fraction of a second.
const PHONE: &str = "919123498765";
const WORDS: &str = "dinner at nine";

const OF_CLOUD: [&str; 3] = [TOKEN, APP_SECRET, PASSWORD];
const OF_GATEWAY: [&str; 2] = [KEY, PASSWORD];

/// Everything that a client of these secrets knows at once, as a careless host might echo it.
fn echo(secrets: &[&str]) -> String {
    format!("{} {PHONE} {WORDS}", secrets.join("|"))
}

/// Every way in which an answer can repeat what it should not.
fn answers(secrets: &[&str]) -> Vec<Reply> {
    let (echo, ids) = (echo(secrets), secrets.join("|"));
    let graph = format!(
        r#"{{"error":{{"message":"{echo}","type":"{echo}","code":190,"error_subcode":7,"error_user_title":"{echo}",
            "error_user_msg":"{echo}","error_data":{{"details":"{echo}"}},"fbtrace_id":"{ids}"}}}}"#
    );
    let texts = [
        echo.clone(),
        format!("(#131026) {echo}"),
        format!(
            "HTTPSConnectionPool: Max retries exceeded with url: /?access_token={echo} (NewConnectionError)"
        ),
        format!("Read timed out {echo}"),
        format!("Expecting value {echo}"),
        format!("could not convert {echo}"),
    ];
    let ours = format!(
        r#"{{"error":"{echo}","kind":"rejected","title":"{echo}","details":"{echo}","trace_id":"{ids}",
            "field":"{echo}","reference":"{echo}","maybe_sent":true}}"#
    );
    let html = format!("<html><title>CSRF {echo}</title></html>");
    let header =
        format!("x-fb-trace-id: {ids}\r\nRetry-After: 0\r\nLocation: https://example.com/?{echo}\r\n");
    let mut replies = Vec::new();
    for status in [200, 302, 400, 401, 403, 404, 429, 500] {
        let mut bodies = vec![
            graph.clone(),
            format!(r#"{{"status":"sent","result":{graph}}}"#),
            ours.clone(),
            html.clone(),
            echo.clone(),
        ];
        bodies.extend(texts.iter().map(|text| serde_json::json!({ "error": text }).to_string()));
        bodies.push(format!(r#"{{"error":{{"message":"{echo}"}}}}"#));
        replies.extend(bodies.iter().map(|body| http(status, &header, body)));
    }
    replies.push(Reply::Last(Vec::new()));
    replies
        .push(Reply::Last(format!("HTTP/1.1 200 {echo}\r\nContent-Length: 900\r\n\r\n{echo}").into_bytes()));
    replies.push(Reply::Last(format!("{echo}\r\n\r\n").into_bytes()));
    replies.push(http(200, "", &format!(r#"{{"status":"sent","result":{SENT},{}"#, &SENT[1..])));
    replies
}

fn sends() -> [Message; 3] {
    [
        Message::new(PHONE, Text::new(WORDS)),
        Message::new(PHONE, Location::new(28.6139, 77.2090).name(WORDS).address(WORDS)),
        Message::new(PHONE, Template::new("order_update").body_params([WORDS])),
    ]
}

#[track_caller]
fn assert_clean(shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

fn assert_error_clean(error: &Error) {
    assert_clean(&format!("{error} {error:?} {error:#?} {}", serde_json::to_string(error).unwrap()));
    let mut source = error.source();
    while let Some(cause) = source {
        assert_clean(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
}

/// What TLS says by the crate `log`, into the same buffer.
struct Bridge;

impl log::Log for Bridge {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        use std::io::Write;
        writeln!(Log, "log {} {}: {}", record.level(), record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

/// One test, since the logger is one for the process.
#[tokio::test]
async fn no_error_log_line_or_debug_text_gives_anything_away() {
    let log = Log::start();
    log::set_logger(&Bridge).unwrap();
    log::set_max_level(log::LevelFilter::Trace);

    let mut errors = Vec::new();
    let (mut sent, count) = (0, answers(&OF_CLOUD).len());
    for number in 0..count {
        let server = Server::new(move |seen: &Seen| match seen.line() {
            "GET /api/ HTTP/1.1" => http(404, "", "<html>"),
            _ if seen.header("x-api-key").is_some() => answers(&OF_GATEWAY).swap_remove(number),
            _ => answers(&OF_CLOUD).swap_remove(number),
        })
        .await;
        let cloud = Client::cloud(TOKEN, "1066").graph_url(server.url()).app_secret(APP_SECRET);
        let gateway = Client::gateway(server.url(), KEY);
        for builder in [cloud, gateway] {
            let builder = builder.proxy(format!("http://user:{PASSWORD}@127.0.0.1:9")).max_retries(1);
            assert_clean(&format!("{builder:?} {builder:#?}"));
            let client = builder.total_timeout(Duration::from_secs(20)).build().unwrap();
            assert_clean(&format!("{client:?} {client:#?}"));
            for result in soon(client.send_many(sends(), SendMany::default())).await.unwrap() {
                match result {
                    Ok(_) => sent += 1,
                    Err(error) => errors.push(error),
                }
            }
            errors.extend(soon(client.chats()).await.err());
        }
    }
    errors.extend(failures_on_the_way().await);

    assert!(sent > 0 && errors.len() > count * 4, "{sent} sent, {} failed", errors.len());
    errors.iter().for_each(assert_error_clean);
    let redacted = errors.iter().filter(|error| error.message().contains("[redacted]")).count();
    assert!(
        redacted > count,
        "the echo must have come as far as the errors to prove anything; {redacted} did"
    );

    let text = log.text();
    assert_clean(&text);
    assert!(text.contains("hyper_util::client"), "the transport's own lines must be among those looked at");
    for line in text.lines() {
        assert!(!line.contains(WORDS), "message content: {line}");
        assert!(!line.contains(&PHONE[PHONE.len() - 5..]), "more than four digits of a phone: {line}");
    }
}

/// Failures that no answer is needed for, with the proxy really used.
async fn failures_on_the_way() -> Vec<Error> {
    let proxy = Server::new(|_| http(407, "", &echo(&OF_GATEWAY))).await;
    let address = format!("http://user:{PASSWORD}@127.0.0.1:{}", proxy.port);
    let far = |allow| {
        let url = if allow { "http://gateway.example.invalid" } else { "https://gateway.example.invalid" };
        Client::gateway(url, KEY).allow_http(allow).proxy(&address).max_retries(0)
    };
    let mut errors = Vec::new();
    for allow in [true, false] {
        let client = far(allow).build().unwrap();
        errors.push(soon(client.send_built(sends()[0].clone())).await.unwrap_err());
        // With a button the gateway is asked first.
        let asking = Message::new(PHONE, Template::new("order_update").buttons([Button::url(WORDS)]));
        errors.push(soon(client.send_built(asking)).await.unwrap_err());
        errors.push(
            soon(client.send_built(Message::new(PHONE, Text::new(WORDS)).reference(KEY))).await.unwrap_err(),
        );
    }
    assert!(!proxy.seen().is_empty());
    errors.extend([
        Client::cloud(format!("{TOKEN}\n"), "1066").build().unwrap_err(),
        Client::cloud(TOKEN, TOKEN.to_owned() + "/").build().unwrap_err(),
        Client::gateway(format!("ftp://{KEY}.example.com"), KEY).build().unwrap_err(),
        Client::gateway("https://example.com", KEY).app_secret(APP_SECRET).build().unwrap_err(),
        Client::cloud(TOKEN, "1066").ca_file(TOKEN).build().unwrap_err(),
        far(true).user_agent(format!("{PASSWORD}\n")).build().unwrap_err(),
    ]);
    errors
}

#[test]
fn options_show_themselves_without_secrets() {
    let mut options = Options::default();
    options.proxy = Some(format!("http://user:{PASSWORD}@example.com"));
    options.app_secret = Some(APP_SECRET.to_owned());
    options.store = Some(format!("postgres://user:{PASSWORD}@example.com/db"));
    options.max_retries = Some(7);
    let shown = format!("{options:?} {options:#?}");
    assert_clean(&shown);
    assert!(shown.contains("max_retries: Some(7)"), "the rest helps: {shown}");
    assert_clean(&format!("{:?}", Client::cloud(TOKEN, "1066").options(options)));
    let preview = Client::gateway("https://example.com", KEY)
        .build()
        .unwrap()
        .preview(&Message::new(PHONE, Text::new(WORDS)))
        .unwrap();
    assert_clean(&format!("{preview:?}"));
}

/// Whoever reads the log after an incident needs these on one line.
#[tokio::test]
async fn the_log_says_what_happened_to_which_call() {
    let log = Log::start();
    let refusal = r#"{"error":{"message":"m","code":131026,"fbtrace_id":"T-1"}}"#;
    let server = Server::new(move |seen| match seen.line() {
        "GET /api/chats/ HTTP/1.1" => http(200, "", r#"{"conversations":[]}"#),
        _ => http(400, "", refusal),
    })
    .await;
    let cloud = server.cloud().build().unwrap();
    let [text, location, template] = sends();
    for (message, operation) in
        [(text, "send_message"), (location, "send_location"), (template, "send_template")]
    {
        let before = log.text().len();
        soon(cloud.send_built(message)).await.unwrap_err();
        let lines = log.text().split_off(before);
        let line = lines.lines().find(|line| line.contains("failed")).unwrap_or_else(|| panic!("{lines}"));
        for part in [
            &format!(r#"operation="{operation}""#),
            r#"host="cloud""#,
            r#"recipient="…8765""#,
            "attempt=1",
            "status=400",
            r#"kind="rejected""#,
            "code=131026",
            r#"trace_id="T-1""#,
            "maybe_sent=false",
            "duration_ms=",
        ] {
            assert!(line.contains(part), "{part} is missing in {line}");
        }
    }
    soon(server.gateway().build().unwrap().chats()).await.unwrap();
    let text = log.text();
    let line = text.lines().find(|line| line.contains("answered")).unwrap();
    for part in [r#"operation="chats""#, r#"host="gateway""#, "attempt=1", "status=200", "duration_ms="] {
        assert!(line.contains(part), "{part} is missing in {line}");
    }
}
