//! What Meta would answer.

use std::net::TcpStream;
use std::time::Instant;

use serde_json::{Value, json};
use tokio::runtime::Builder;
use wamid_sandbox::{Outcome, Sandbox, SandboxOptions, magic_recipients};

use crate::host::{Host, PATIENCE, start, text};

#[test]
fn a_text_gets_metas_receipt_and_is_kept() {
    let host = start();
    let answer = host.send_text("+1 555-123-4567").unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    let id = answer.message_id();
    assert_eq!(
        answer.json(),
        json!({
            "messaging_product": "whatsapp",
            "contacts": [{ "input": "+1 555-123-4567", "wa_id": "15551234567" }],
            "messages": [{ "id": id }],
        })
    );
    assert!(id.starts_with("wamid.") && id.len() > 40, "{id}");
    assert!(
        answer.header("x-fb-trace-id").is_some() && answer.header("facebook-api-version") == Some("v26.0")
    );
    assert_ne!(host.send_text("15551234567").unwrap().message_id(), id, "ids are the receipts' identity");

    let kept = &host.messages()[0];
    assert_eq!((kept.id.as_str(), kept.to.as_str(), kept.kind.as_str()), (&*id, "+1 555-123-4567", "text"));
    assert_eq!((&kept.body, &kept.outcome), (&text("+1 555-123-4567"), &Outcome::Accepted));
    host.clear();
    assert!(host.messages().is_empty());
}

/// whatsapp-api-js writes it so.
#[test]
fn an_upload_may_name_the_product_in_its_query() {
    let host = start();
    let form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b--\r\n";
    let path = format!("/v26.0/{}/media", host.phone_number_id());
    let upload =
        |query: &str| host.post_as("multipart/form-data; boundary=b", &format!("{path}{query}"), form);
    assert_eq!(upload("").unwrap().json()["error"]["code"], 100);
    let answer = upload("?messaging_product=whatsapp").unwrap();
    assert!(answer.json()["id"].is_string(), "{answer:?}");
}

#[test]
fn templates_and_user_ids_answer_as_meta_does() {
    let host = Host::start(SandboxOptions {
        templates: vec!["parcel_ready:1:1".parse().unwrap()],
        ..SandboxOptions::default()
    });
    let template = |name: &str, components: Value| {
        json!({ "messaging_product": "whatsapp", "to": "15551234567", "type": "template",
            "template": { "name": name, "language": { "code": "en" }, "components": components } })
    };
    let parameters = |kind: &str, texts: &[&str]| {
        let texts: Vec<_> = texts.iter().map(|text| json!({ "type": "text", "text": text })).collect();
        json!({ "type": kind, "parameters": texts })
    };
    for body in [
        template("hello_world", json!([])),
        template("order_update", json!([parameters("body", &["a", "b"])])),
        template("appointment_reminder", json!([parameters("body", &["a", "b"])])),
        template("parcel_ready", json!([parameters("header", &["a"]), parameters("body", &["b"])])),
    ] {
        let answer = host.send(&body).unwrap();
        assert_eq!(answer.json()["messages"][0]["message_status"], "accepted", "{body} {answer:?}");
    }
    let short = host.send(&template("order_update", json!([parameters("body", &["a"])]))).unwrap();
    assert_eq!((short.status, short.code()), (400, 132_000));
    assert_eq!(
        short.json()["error"]["error_data"]["details"],
        "body: number of localizable_params (1) does not match the expected number of params (2)"
    );

    let mut user = text("x");
    user.as_object_mut().unwrap().remove("to");
    user["recipient"] = json!("US.13491208655302741918");
    assert_eq!(
        host.send(&user).unwrap().json()["contacts"],
        json!([{ "input": "US.13491208655302741918", "user_id": "US.13491208655302741918" }])
    );
}

#[test]
fn what_meta_refuses_is_refused_in_metas_words() {
    let host = start();
    let (token, path) = (Some("sandbox-token"), "/v26.0/106540352242922/messages");
    let good = text("15551234567").to_string();
    for (token, path, body, expected) in [
        (None, path, &*good, (401, 190, None)),
        (Some("other"), path, &good, (401, 190, None)),
        (token, "/v26.0/1/messages", &good, (400, 100, Some(33))),
        (token, "/v20.0/106540352242922/messages", &good, (400, 2635, None)),
        (token, "/26/106540352242922/messages", &good, (400, 2500, None)),
        (token, "/v26/106540352242922/messages", &good, (400, 2500, None)),
        (token, path, "{not json", (400, 100, None)),
        (token, path, "", (400, 100, None)),
        (token, path, "[]", (400, 100, None)),
        (token, path, r#"{"messaging_product":"whatsapp"}"#, (400, 100, None)),
        (token, "/v26.0/106540352242922/qr", &good, (400, 100, Some(33))),
        (token, "/nothing", &good, (400, 2500, None)),
    ] {
        let answer = host.request("POST", path, token, body).unwrap();
        let subcode = answer.json()["error"]["error_subcode"].as_u64();
        assert_eq!((answer.status, answer.code(), subcode), expected, "{path} {body}");
        let trace = answer.json()["error"]["fbtrace_id"].as_str().map(str::len);
        assert!(trace.is_some_and(|length| length > 10), "{answer:?}");
    }
    let answer = host.send(&json!({ "messaging_product": "whatsapp", "to": "123", "type": "text" })).unwrap();
    let mut error = answer.json()["error"].take();
    error["fbtrace_id"] = json!("");
    assert_eq!(
        error.to_string(),
        r#"{"message":"(#131009) Parameter value is not valid","type":"OAuthException","code":131009,"error_data":{"messaging_product":"whatsapp","details":"Recipient phone number is not a valid phone number"},"fbtrace_id":""}"#
    );
    assert!(host.messages().iter().all(|message| !message.outcome.is_accepted()));
}

#[test]
fn a_body_over_a_mebibyte_is_refused() {
    let host = start();
    let mut body = text("15551234567");
    body["padding"] = json!("x".repeat(1024 * 1024));
    assert_eq!(host.send(&body).unwrap().status, 413);
    assert!(host.messages().is_empty());
}

#[test]
fn every_code_of_the_reference_has_its_number() {
    let host = start();
    // From Meta's documentation, not from the sandbox's table.
    for (code, status) in [
        (0, 401),
        (1, 500),
        (2, 503),
        (3, 500),
        (4, 429),
        (10, 403),
        (100, 400),
        (190, 401),
        (200, 403),
        (299, 403),
        (368, 403),
        (80_007, 429),
        (130_429, 400),
        (130_497, 403),
        (131_000, 500),
        (131_005, 403),
        (131_008, 400),
        (131_009, 400),
        (131_016, 500),
        (131_026, 400),
        (131_031, 403),
        (131_047, 400),
        (131_048, 400),
        (131_049, 400),
        (131_050, 400),
        (131_051, 400),
        (131_056, 400),
        (131_057, 500),
        (131_064, 400),
        (132_000, 400),
        (132_001, 404),
        (132_005, 400),
        (132_007, 400),
        (132_012, 400),
        (132_015, 400),
        (132_016, 400),
        (132_018, 400),
        (132_068, 400),
        (132_069, 400),
        (133_010, 400),
    ] {
        let answer = host.send_text(&format!("15550{code:06}")).unwrap();
        assert_eq!((answer.status, answer.code()), (status, code), "{answer:?}");
        assert_eq!(answer.json()["error"]["type"], "OAuthException");
        if code > 130_000 {
            assert!(answer.json()["error"]["error_data"]["details"].is_string(), "{answer:?}");
        }
    }
    // A client that waits needs to know for how long.
    let answer = host.send_text("15550080007").unwrap();
    let usage: Value = serde_json::from_str(answer.header("x-business-use-case-usage").unwrap()).unwrap();
    assert_eq!(usage["102290129340398"][0]["estimated_time_to_regain_access"], 5);

    for magic in magic_recipients().iter().filter(|magic| magic.name.parse::<u64>().is_ok()) {
        assert_eq!(host.send_text(&magic.recipient).unwrap().code().to_string(), magic.name);
    }
}

#[test]
fn the_number_itself_can_be_asked_for() {
    let host = start();
    let path = "/v26.0/106540352242922?fields=display_phone_number,verified_name,quality_rating";
    let answer = host.request("GET", path, Some("sandbox-token"), "").unwrap();
    assert_eq!(
        answer.json(),
        json!({ "display_phone_number": "+1 555-078-3881", "verified_name": "wamid sandbox",
            "quality_rating": "GREEN", "id": "106540352242922" })
    );
    assert_eq!(host.request("GET", path, None, "").unwrap().status, 401);
    let unknown = "/v26.0/106540352242922?fields=shoe_size";
    assert_eq!(host.request("GET", unknown, Some("sandbox-token"), "").unwrap().code(), 100);
    let other = host.request("GET", "/v26.0/1", Some("sandbox-token"), "").unwrap();
    assert_eq!(other.json()["error"]["error_subcode"], 33);
    assert!(other.body.contains("Unsupported get request"), "{other:?}");
    let list = host.request("GET", "/v26.0/106540352242922/messages", Some("sandbox-token"), "").unwrap();
    assert_eq!(list.code(), 100);
}

#[test]
fn a_test_in_another_language_can_look_and_clear_over_http() {
    let host = start();
    assert!(host.request("GET", "/", None, "").unwrap().body.contains("plays Meta"));
    host.send_text("15551234567").unwrap();
    host.send_text("15550131026").unwrap();
    let list = host.request("GET", "/_sandbox/messages", None, "").unwrap().json();
    assert_eq!(list["messages"][0]["outcome"], "accepted");
    assert_eq!(list["messages"][0]["type"], "text");
    assert_eq!(list["messages"][1]["outcome"], json!({ "refused": { "status": 400, "code": 131_026 } }));
    assert_eq!(host.request("DELETE", "/_sandbox/messages", None, "").unwrap().status, 200);
    assert!(host.messages().is_empty());
    let magic = host.request("GET", "/_sandbox/magic", None, "").unwrap().json();
    assert_eq!(magic["recipients"].as_array().unwrap().len(), magic_recipients().len());
}

#[test]
fn sandboxes_know_nothing_of_each_other() {
    let one = start();
    let other = Host::start(SandboxOptions { access_token: "other".into(), ..SandboxOptions::default() });
    one.send_text("15551234567").unwrap();
    assert_eq!((one.messages().len(), other.messages().len()), (1, 0));
    assert_eq!(
        other.request("POST", "/v26.0/106540352242922/messages", Some("sandbox-token"), "").unwrap().status,
        401
    );
}

#[test]
fn after_the_shutdown_the_port_is_free_also_with_a_caller_waiting() {
    let host = start();
    let address = host.address();
    let idle = TcpStream::connect(address).unwrap();
    host.send_text("15551234567").unwrap();
    host.finish();
    assert!(TcpStream::connect(address).is_err());
    drop(idle);
}

#[test]
fn dropping_it_is_enough() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let address = sandbox.address();
        drop(sandbox);
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_ok() {
            assert!(Instant::now() < deadline, "the port is still open");
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn the_token_is_not_printed() {
    let host = Host::start(SandboxOptions { access_token: "EAAsecret".into(), ..SandboxOptions::default() });
    assert!(!format!("{:?}", *host).contains("EAAsecret"));
}
