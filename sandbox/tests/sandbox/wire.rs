//! The exchange of a message, what was checked, and the webhooks that followed.

use serde_json::{Value, json};

use crate::host::{Host, PATIENCE, start, text};
use crate::phone_acts::{act, entries, interactive};
use crate::receiver::receiver;

const ADA: &str = "15551234567";

fn wire(host: &Host, id: &str) -> Value {
    let answer = host.request("GET", &format!("/_sandbox/phone/wire/{id}"), None, "").unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

/// The wire once its last webhook was tried as often.
fn wire_after(host: &Host, id: &str, webhooks: usize, tries: usize) -> Value {
    let begun = std::time::Instant::now();
    loop {
        let wire = wire(host, id);
        let last = wire["webhooks"].as_array().unwrap().get(webhooks - 1);
        if last.is_some_and(|webhook| webhook["tries"].as_array().unwrap().len() >= tries) {
            return wire;
        }
        assert!(begun.elapsed() < PATIENCE, "{wire}");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

fn header<'wire>(of: &'wire Value, name: &str) -> Option<&'wire str> {
    let lines = of["headers"].as_array().unwrap();
    lines.iter().find(|line| line[0] == name).and_then(|line| line[1].as_str())
}

#[test]
fn an_exchange_is_shown_as_it_was_without_the_token() {
    let (url, _deliveries) = receiver(&[200, 500, 200, 200]);
    let host = start();
    host.set_webhook(&url).unwrap();
    let body = text(ADA);
    let answer = host.send(&body).unwrap();
    let id = answer.message_id();
    let wire = wire_after(&host, &id, 3, 1);
    let request = &wire["request"];
    assert_eq!(
        (&request["method"], request["body"].as_str()),
        (&json!("POST"), Some(body.to_string().as_str()))
    );
    assert_eq!(request["path"], format!("/v26.0/{}/messages", host.phone_number_id()));
    assert_eq!(header(request, "authorization"), Some("Bearer ***"));
    assert!(!wire.to_string().contains(host.access_token()));
    assert_eq!(
        (&wire["answer"]["status"], wire["answer"]["body"].as_str()),
        (&json!(200), Some(answer.body.as_str()))
    );
    assert_eq!(header(&wire["answer"], "x-fb-trace-id"), answer.header("x-fb-trace-id"));
    let checks = wire["checks"].as_array().unwrap();
    assert_eq!(checks[1], "the access token is right");
    assert!(checks.contains(&json!("text: a body of 1 to 4096 characters")), "{wire}");
    assert_eq!(wire.get("refused"), None);

    let webhooks = wire["webhooks"].as_array().unwrap();
    let events: Vec<_> = webhooks.iter().map(|webhook| webhook["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["status sent", "status delivered", "status read"]);
    let statuses = |at: usize| {
        webhooks[at]["tries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tried| tried["status"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!((statuses(0), statuses(1)), (vec![json!(200)], vec![json!(500), json!(200)]));
    assert_eq!(webhooks[0]["url"], url);
    assert!(header(&webhooks[0], "x-hub-signature-256").unwrap().starts_with("sha256="));
    let told: Value = serde_json::from_str(webhooks[0]["body"].as_str().unwrap()).unwrap();
    assert_eq!(told["entry"][0]["changes"][0]["value"]["statuses"][0]["id"], json!(id));
}

#[test]
fn a_refusal_names_the_check_that_did_not_hold() {
    let host = start();
    let template = |name: &str, components: Value| {
        json!({"messaging_product": "whatsapp", "to": ADA, "type": "template",
            "template": {"name": name, "language": {"code": "en_US"}, "components": components}})
    };
    let buttons = json!([{"type": "reply", "reply": {"id": "a", "title": "A"}}, {"type": "reply", "reply": {"id": "a", "title": "B"}}]);
    let mut long = text(ADA);
    long["text"]["body"] = json!("x".repeat(4097));
    let mut elsewhere = text(ADA);
    elsewhere["type"] = json!("poll");
    for (body, refused, before) in [
        (long, "text: a body of 1 to 4096 characters", "text is an object"),
        (elsewhere, "type is a kind of message", "to is a phone number, or recipient a user id"),
        (
            template("none", json!([])),
            "template: none exists in en_US and is approved",
            "template: the language is a code such as en or pt_BR",
        ),
        (
            template("order_update", json!([])),
            "template: the parameters are those of its definition",
            "template: each component and parameter is complete",
        ),
        (
            interactive(&json!({"type": "button", "body": {"text": "?"}, "action": {"buttons": buttons}})),
            "interactive: the action has 1 to 3 reply buttons, each with an id and a title of its own",
            "interactive: action is an object",
        ),
    ] {
        assert_eq!(host.send(&body).unwrap().status / 100, 4, "{body}");
        let entry = entries(&host).pop().unwrap();
        assert_eq!(entry["status"], "refused");
        assert!(entry["error"]["code"].is_u64() && entry["error"]["title"].is_string(), "{entry}");
        let wire = wire(&host, entry["id"].as_str().unwrap());
        assert_eq!(
            (wire["refused"].as_str(), wire["checks"].as_array().unwrap().last().unwrap().as_str()),
            (Some(refused), Some(before))
        );
    }
}

#[test]
fn a_failure_that_is_played_is_no_check() {
    let host = start();
    host.send_text("15550131026").unwrap();
    host.send_text("15550900003").unwrap_err();
    let messages = host.messages();
    let refused = wire(&host, &messages[0].id);
    assert_eq!(refused["refused"], "the sandbox plays a failure: of this number, or one that was armed");
    assert_eq!(refused["answer"]["status"], 400);
    assert_eq!(wire(&host, &messages[1].id)["answer"], json!({"fault": "closed"}));
    assert_eq!(host.request("GET", "/_sandbox/phone/wire/wamid.none", None, "").unwrap().status, 404);
}

#[test]
fn the_wire_shows_no_token_and_the_beginning_of_a_long_answer() {
    let host = start();
    let echo = host.send_text("15550900021").unwrap();
    assert!(echo.body.contains(host.access_token()), "it is what a client has to hide: {echo:?}");
    let mut with_token = text(ADA);
    with_token["biz_opaque_callback_data"] = json!(format!("by {}", host.access_token()));
    host.send(&with_token).unwrap();
    host.send_text("15550900016").unwrap();
    for message in host.messages() {
        let wire = wire(&host, &message.id);
        assert!(!wire.to_string().contains(host.access_token()), "{wire}");
        assert!(wire["answer"]["body"].as_str().unwrap().len() < 65 * 1024);
    }
    let state = host.request("GET", "/_sandbox/phone/state", None, "").unwrap().json();
    let refused =
        state["chats"].as_array().unwrap().iter().find(|chat| chat["phone"] == "15550900021").unwrap();
    assert!(!refused["last"]["error"].to_string().contains(host.access_token()), "{refused}");
}

#[test]
fn what_a_customer_did_shows_whether_the_business_took_it() {
    let (url, deliveries) = receiver(&[503, 200]);
    let host = start();
    host.set_webhook(&url).unwrap();
    let id = act(&host, &json!({"act": "text", "text": "Hi"})).json()["id"].as_str().unwrap().to_owned();
    (0..2).for_each(|_| drop(deliveries.recv_timeout(PATIENCE).unwrap()));
    let told = wire_after(&host, &id, 1, 2);
    assert_eq!(
        (&told["request"], &told["answer"], &told["checks"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    assert_eq!(told["webhooks"][0]["event"], "message");
    assert_eq!(told["webhooks"][0]["tries"][0]["status"], 503);
    let begun = std::time::Instant::now();
    while entries(&host)[0]["status"] == "waiting" {
        assert!(begun.elapsed() < PATIENCE);
    }
    assert_eq!(entries(&host)[0]["status"], "received");

    // Nobody listens there any more.
    let id = act(&host, &json!({"act": "text", "text": "Hello?"})).json()["id"].as_str().unwrap().to_owned();
    let lost = wire_after(&host, &id, 1, 5);
    assert!(lost["webhooks"][0]["tries"][4]["error"].is_string(), "{lost}");
    let begun = std::time::Instant::now();
    while entries(&host)[1]["status"] == "waiting" {
        assert!(begun.elapsed() < PATIENCE);
    }
    assert_eq!(entries(&host)[1]["status"], "undelivered");
}
