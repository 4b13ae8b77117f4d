//! Typed events from the shapes that Meta documents, and from those that nobody does.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use serde_json::{Value, json};
use wamid::{ErrorKind, Event, MessageEvent, OtherEvent, StatusEvent, parse_webhook};

const BUSINESS: &str = "106540352242922";

fn body(field: &str, value: Value) -> Vec<u8> {
    let change = json!({"field": field, "value": value});
    json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]})
        .to_string()
        .into_bytes()
}

fn parse(field: &str, value: Value) -> Vec<Event> {
    let body = body(field, value);
    let events = parse_webhook(&body).unwrap();
    // Beside an entry that nobody documents everything else tells the same.
    let mut odd: Value = serde_json::from_slice(&body).unwrap();
    odd["entry"].as_array_mut().unwrap().push(json!(7));
    let mut beside = parse_webhook(odd.to_string().as_bytes()).unwrap();
    let last = beside.pop();
    assert!(matches!(&last, Some(Event::Other(other)) if other.raw.as_str() == "7"), "{last:?}");
    assert_eq!(events, beside);
    events
}

fn messages(contacts: Value, messages: Value) -> Vec<Event> {
    parse(
        "messages",
        json!({
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": BUSINESS},
            "contacts": contacts,
            "messages": messages,
        }),
    )
}

fn message(contacts: Value, message: Value) -> MessageEvent {
    match messages(contacts, json!([message])).as_slice() {
        [Event::Message(message)] => message.clone(),
        events => panic!("{events:?}"),
    }
}

fn status(status: Value) -> StatusEvent {
    let value = json!({"metadata": {"phone_number_id": BUSINESS}, "statuses": [status]});
    match parse("messages", value).as_slice() {
        [Event::Status(status)] => status.clone(),
        events => panic!("{events:?}"),
    }
}

fn other(events: &[Event]) -> &OtherEvent {
    match events {
        [Event::Other(other)] => other,
        events => panic!("{events:?}"),
    }
}

fn from_sheena(rest: Value) -> Value {
    let mut message = json!({"from": "16505551234", "id": "wamid.A", "timestamp": "1749416383"});
    message.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    message
}

fn text_of(rest: Value) -> Option<String> {
    message(json!([]), from_sheena(rest)).text
}

#[test]
fn a_status_carries_reference_errors_and_all_of_metas_text() {
    let event = status(json!({
        "id": "wamid.S", "status": "failed", "timestamp": "1750263773", "recipient_id": "16505551234",
        "recipient_user_id": "US.13491208655302741918", "biz_opaque_callback_data": "order-42",
        "conversation": {"id": "c1", "expiration_timestamp": "1750263779", "origin": {"type": "utility"}},
        "pricing": {"billable": true, "pricing_model": "PMP", "type": "regular", "category": "utility"},
        "errors": [
            {"code": 131026, "title": "Message undeliverable", "message": "Message undeliverable",
             "error_data": {"details": "Message Undeliverable."}, "href": "https://example.com/errors"},
            {"title": "without a code"},
        ],
    }));
    assert_eq!((event.id.as_str(), event.status.as_str()), ("wamid.S", "failed"));
    assert_eq!(event.timestamp.to_string(), "2025-06-18T16:22:53Z");
    assert_eq!(event.recipient.as_deref(), Some("16505551234"));
    assert_eq!(event.user_id.as_deref(), Some("US.13491208655302741918"));
    assert_eq!(event.reference.as_deref(), Some("order-42"));
    assert_eq!(event.phone_number_id, BUSINESS);
    let [error] = event.errors.as_slice() else { panic!("{:?}", event.errors) };
    assert_eq!((error.code, error.details.as_deref()), (131026, Some("Message Undeliverable.")));
    assert_eq!(error.title.as_deref(), Some("Message undeliverable"));
    assert_eq!(event.raw.to_value().unwrap()["conversation"]["origin"]["type"], "utility");
    assert_eq!(event.raw.to_value().unwrap()["pricing"]["pricing_model"], "PMP");
}

#[test]
fn a_status_of_tomorrow_is_a_status() {
    let event = status(
        json!({"id": "wamid.S", "status": "played", "timestamp": 1750263773, "recipient_id": 16505551234_i64}),
    );
    assert_eq!(event.status, "played");
    assert_eq!(event.recipient.as_deref(), Some("16505551234"));
    assert!(event.errors.is_empty() && event.reference.is_none());
}

#[test]
fn text_is_what_was_written_or_the_label_of_what_was_pressed() {
    assert_eq!(text_of(json!({"type": "text", "text": {"body": "hi"}})).as_deref(), Some("hi"));
    assert_eq!(
        text_of(json!({"type": "button", "button": {"text": "Stop", "payload": "P"}})).as_deref(),
        Some("Stop")
    );
    let list = json!({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "1", "title": "L"}}});
    assert_eq!(text_of(list).as_deref(), Some("L"));
    let flow = json!({"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {
        "name": "flow", "body": "Sent", "response_json": "{\"flow_token\":\"t\",\"a\":1}"}}});
    let event = message(json!([]), from_sheena(flow));
    assert_eq!((event.kind.as_str(), event.text), ("interactive", None));
    assert_eq!(
        event.raw.to_value().unwrap()["message"]["interactive"]["nfm_reply"]["response_json"],
        "{\"flow_token\":\"t\",\"a\":1}"
    );
    assert_eq!(
        text_of(json!({"type": "image", "image": {"id": "1", "caption": "Taj"}})).as_deref(),
        Some("Taj")
    );
    assert_eq!(text_of(json!({"type": "of_tomorrow", "text": {"body": "no"}})), None);
    assert_eq!(message(json!([]), from_sheena(json!({}))).kind, "unknown");
}

#[test]
fn edits_and_revocations_name_the_message_that_they_change() {
    let edited = |message: Value| {
        let edit = json!({"original_message_id": "wamid.O", "message": message});
        *written(json!({"type": "edit", "edit": edit})).edit.unwrap()
    };
    let edit = edited(json!({"type": "text", "text": {"body": "new"}, "context": {"id": "wamid.M0"}}));
    assert_eq!((edit.message_id.as_str(), edit.text.as_deref(), edit.media), ("wamid.O", Some("new"), None));
    let edit =
        edited(json!({"type": "image", "image": {"id": "7", "mime_type": "image/jpeg", "sha256": "SfIn=",
        "caption": "Taj", "url": "https://example.com/7"}}));
    let media = edit.media.unwrap();
    assert_eq!(edit.text.as_deref(), Some("Taj"));
    assert_eq!((media.id.as_deref(), media.caption.as_deref(), media.voice), (Some("7"), Some("Taj"), None));
    assert_eq!(
        edited(json!({"type": "audio", "audio": {"id": "7", "voice": true}})).media.unwrap().voice,
        Some(true)
    );
    // Of a type of tomorrow at least the message is known.
    assert_eq!(edited(json!({"type": "of_tomorrow"})).message_id, "wamid.O");
    let revoke = written(json!({"type": "revoke", "revoke": {"original_message_id": "wamid.O"}}));
    assert_eq!(revoke.revoke.unwrap().message_id, "wamid.O");
    assert_eq!((revoke.edit, revoke.text), (None, None));
    for bad in [
        json!({"type": "edit"}),
        json!({"type": "edit", "edit": []}),
        json!({"type": "revoke", "revoke": {}}),
    ] {
        let event = written(bad);
        assert!(event.edit.is_none() && event.revoke.is_none());
    }
}

fn written(rest: Value) -> MessageEvent {
    message(json!([]), from_sheena(rest))
}

#[test]
fn an_address_is_what_meta_gave_and_needs_no_country_code() {
    let address = |message_of: Value| {
        let mut rest = json!({"id": "wamid.A", "timestamp": "1749416383", "type": "text"});
        rest.as_object_mut().unwrap().extend(message_of.as_object().unwrap().clone());
        message(json!([]), rest).address
    };
    assert_eq!(address(json!({"from": "4790000011"})).as_deref(), Some("+4790000011"));
    assert_eq!(
        address(json!({"from": "4790000011", "from_user_id": "NO.1"})).as_deref(),
        Some("+4790000011")
    );
    assert_eq!(address(json!({"from_user_id": "NO.1"})).as_deref(), Some("NO.1"));
    assert_eq!(address(json!({"from": 4790000011_i64})).as_deref(), Some("+4790000011"));
    assert_eq!(address(json!({"from": "4790000011", "group_id": "G1"})), None);
    assert_eq!(address(json!({})), None);
    let client = wamid::Client::cloud("TOKEN", "1066").default_country_code("1").build().unwrap();
    let to = address(json!({"from": "4790000011"})).unwrap();
    let body = client.preview(&wamid::Message::new(to, wamid::Text::new("x"))).unwrap().body;
    assert!(body.as_str().contains(r#""to":"+4790000011""#), "{}", body.as_str());
    let recipient = |rest: Value| {
        let mut all = json!({"id": "s", "status": "sent", "timestamp": "1"});
        all.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        status(all).address
    };
    assert_eq!(recipient(json!({"recipient_id": "6590000011"})).as_deref(), Some("+6590000011"));
    assert_eq!(recipient(json!({"recipient_user_id": "SG.1"})).as_deref(), Some("SG.1"));
    assert_eq!(recipient(json!({"recipient_id": "G1", "recipient_type": "group"})), None);
}

#[test]
fn what_stands_beside_a_message_of_its_sender_is_in_its_raw() {
    let contact = json!({"profile": {"name": "Ann", "username": "ann.of.many"}, "wa_id": "16505551234",
        "identity_key_hash": "DF2lS5v2W6x=", "of_tomorrow": [1]});
    let event = message(
        json!([{"wa_id": "1"}, contact]),
        from_sheena(json!({"type": "text", "text": {"body": "x"}})),
    );
    assert_eq!(event.username.as_deref(), Some("ann.of.many"));
    let raw = event.raw.to_value().unwrap();
    assert_eq!(raw["contact"], contact);
    assert_eq!(raw["message"]["text"]["body"], "x");
    assert!(message(json!([]), from_sheena(json!({}))).raw.to_value().unwrap().get("contact").is_none());
}

#[test]
fn a_payments_status_carries_its_payment() {
    let payment = json!({"reference_id": "R-1", "amount": {"value": 500, "offset": 100}, "currency": "INR"});
    let event = status(json!({"id": "wamid.S", "status": "captured", "timestamp": "1", "type": "payment",
        "recipient_id": "919876543210", "payment": payment}));
    assert_eq!(event.payment.unwrap().to_value().unwrap(), payment);
    let event = status(json!({"id": "wamid.S", "status": "sent", "timestamp": "1", "payment": payment}));
    assert_eq!(event.payment, None, "the status of a message");
}

#[test]
fn an_echo_is_a_message_of_the_business() {
    let value = json!({"metadata": {"phone_number_id": BUSINESS},
    "contacts": [{"profile": {"name": "Ann", "username": "ann"}, "user_id": "US.1"}],
    "message_echoes": [
        {"from": "15550783881", "to": "16505551234", "to_user_id": "US.1", "id": "wamid.E", "timestamp": "1749416383",
         "type": "text", "text": {"body": "Hi"}},
        {"from": "15550783881", "to_user_id": "US.1", "id": "wamid.F", "timestamp": "1749416384", "type": "revoke",
         "revoke": {"original_message_id": "wamid.E"}},
    ]});
    let events = parse("smb_message_echoes", value);
    let [Event::Echo(hi), Event::Echo(revoked)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((hi.to.as_deref(), hi.message.from.as_deref()), (Some("16505551234"), Some("15550783881")));
    assert_eq!(
        (hi.message.text.as_deref(), hi.message.address.as_deref()),
        (Some("Hi"), Some("+16505551234"))
    );
    assert_eq!((hi.message.username.as_deref(), hi.message.user_id.as_deref()), (Some("ann"), Some("US.1")));
    assert_eq!((&revoked.to, revoked.message.address.as_deref()), (&None, Some("US.1")));
    assert_eq!(revoked.message.revoke.as_ref().unwrap().message_id, "wamid.E");
    let json = serde_json::to_value(&events[0]).unwrap();
    assert_eq!(
        (&json["event"], &json["to"], &json["text"]),
        (&json!("echo"), &json!("16505551234"), &json!("Hi"))
    );
    assert_eq!(events[0].phone_number_id(), Some(BUSINESS));
}

#[test]
fn contacts_give_name_and_user_id() {
    let contacts = json!([
        {"profile": {"name": "Ravi"}, "wa_id": "919876543210", "user_id": "IN.2"},
        {"profile": {"name": "Sheena Nelson"}, "wa_id": "16505551234", "user_id": "US.1"},
        "not a contact",
    ]);
    let event = message(contacts, from_sheena(json!({"context": {"from": "15550783881", "id": "wamid.C"}})));
    assert_eq!(event.profile_name.as_deref(), Some("Sheena Nelson"));
    assert_eq!(event.user_id.as_deref(), Some("US.1"));
    assert_eq!(event.from.as_deref(), Some("16505551234"));
    assert_eq!(event.reply_to.as_deref(), Some("wamid.C"));
}

#[test]
fn a_user_without_a_number_has_a_user_id() {
    let contacts = json!([{"profile": {"name": "Ann", "username": "@ann"}, "user_id": "US.1349"}]);
    let event =
        message(contacts, json!({"from_user_id": "US.1349", "id": "wamid.A", "timestamp": "1749416383"}));
    assert_eq!((event.from, event.user_id.as_deref()), (None, Some("US.1349")));
    assert_eq!(event.profile_name.as_deref(), Some("Ann"));
}

#[test]
fn other_fields_are_told_as_meta_wrote_them() {
    for (field, value) in [
        (
            "calls",
            json!({"metadata": {"phone_number_id": BUSINESS}, "calls": [{"id": "wacid.1", "event": "connect"}]}),
        ),
        (
            "calls",
            json!({"metadata": {"phone_number_id": BUSINESS}, "statuses": [
            {"id": "wacid.1", "type": "call", "status": "RINGING", "timestamp": "1749416383"}]}),
        ),
        (
            "message_template_status_update",
            json!({"event": "APPROVED", "message_template_name": "order_update", "reason": null}),
        ),
        ("account_update", json!({"event": "VERIFIED_ACCOUNT", "phone_number": "16505551234"})),
        (
            "smb_message_echoes",
            json!({"metadata": {"phone_number_id": BUSINESS}, "message_echoes": [{"id": "wamid.E"}]}),
        ),
        ("of_tomorrow", json!([1, "two"])),
        ("messages", json!({"metadata": {"phone_number_id": BUSINESS}, "contacts": []})),
        ("messages", json!({"errors": [{"code": 130429}]})),
        ("messages", json!("text")),
    ] {
        let events = parse(field, value.clone());
        assert_eq!((other(&events).field.as_str(), other(&events).raw.to_value().unwrap()), (field, value));
    }
}

#[test]
fn what_is_not_of_its_shape_is_told_as_a_whole_beside_the_rest() {
    let good = from_sheena(json!({"type": "text", "text": {"body": "hi"}}));
    for bad in [
        json!({"from": "1650", "timestamp": "1749416383", "type": "text"}),
        json!({"from": "1650", "id": "", "timestamp": "1749416383"}),
        json!({"from": "1650", "id": "wamid.B"}),
        json!({"from": "1650", "id": "wamid.B", "timestamp": "soon"}),
        json!({"from": "1650", "id": "wamid.B", "timestamp": "99999999999999999"}),
        json!(null),
        json!(7),
        json!("x"),
        json!([]),
    ] {
        let events = messages(json!([]), json!([bad.clone(), good]));
        let [Event::Message(message), Event::Other(rest)] = events.as_slice() else {
            panic!("{bad}: {events:?}")
        };
        assert_eq!(message.id, "wamid.A");
        assert_eq!((rest.field.as_str(), &rest.raw.to_value().unwrap()["messages"][0]), ("messages", &bad));
    }
    // Without the business number nobody knows whose message it is.
    let events = parse("messages", json!({"messages": [good]}));
    assert_eq!(other(&events).raw.to_value().unwrap()["messages"][0], good);
    for (bad, field) in [
        (json!({"entry": "x"}), "entry"),
        (json!({"entry": [7]}), "entry"),
        (json!({"entry": [{"id": "1"}]}), "entry"),
        (json!({"entry": [{"changes": [7]}]}), ""),
        (json!({"entry": [{"changes": [{"field": "f"}]}]}), "f"),
    ] {
        assert_eq!(other(&parse_webhook(bad.to_string().as_bytes()).unwrap()).field, field, "{bad}");
    }
}

#[test]
fn what_tells_of_the_number_is_told_beside_its_messages() {
    let hi = from_sheena(json!({"type": "text", "text": {"body": "hi"}}));
    for (key, value) in [
        ("errors", json!([{"code": 130429}])),
        ("user_actions", json!([{"action_type": "marketing_messages_link_click"}])),
    ] {
        let mut change = json!({"metadata": {"phone_number_id": BUSINESS}, "messages": [hi]});
        change[key] = value;
        let events = parse("messages", change.clone());
        let [Event::Message(message), Event::Other(other)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((message.id.as_str(), other.raw.to_value().unwrap()), ("wamid.A", change));
    }
}

#[test]
fn an_event_is_read_from_the_json_that_it_is_written_in() {
    let flow = json!({"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{\"flow_token\":\"t\"}"}});
    let card = json!([{"name": {"formatted_name": "A"}, "phones": [{"phone": "+1"}]}]);
    for rest in [
        json!({"type": "text", "text": {"body": "hi\n\"\u{1F600}"}, "context": {"id": "wamid.C", "forwarded": true}}),
        json!({"type": "interactive", "interactive": flow}),
        json!({"type": "contacts", "contacts": card}),
        json!({"type": "location", "location": {"latitude": -0.0, "longitude": 1e-7}}),
        json!({"type": "edit", "edit": {"original_message_id": "wamid.O", "message": {"type": "image", "image": {"id": "7"}}}}),
    ] {
        let event = written(rest);
        let json = serde_json::to_string(&event).unwrap();
        assert_eq!(MessageEvent::from_json(&json), Some(event), "{json}");
    }
    assert_eq!(MessageEvent::from_json("{}"), None);
}

#[test]
fn raw_is_metas_own_text_to_the_letter() {
    let message = r#"{ "type":"location" , "id":"wamid.\u0041", "timestamp":1749416383,
        "location":{"longitude":-122.161659240720000, "latitude":1E2, "name":"caf\u00e9 \ud83d\ude00"}, "a":1,"a":2 }"#;
    let body = format!(
        r#"{{"entry":[{{"changes":[{{"value":{{"metadata":{{"phone_number_id":"1"}},"messages":[ {message} ]}},"field":"messages"}}]}}]}}"#
    );
    let events = parse_webhook(body.as_bytes()).unwrap();
    let [Event::Message(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.raw.as_str(), format!(r#"{{"message":{message}}}"#));
    assert_eq!(event.id, "wamid.A");
}

#[test]
fn half_a_character_loses_no_message() {
    let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},
        "messages":[{"id":"a","timestamp":"1","type":"text","text":{"body":"x\ud83d"}}]}}]}]}"#;
    let events = parse_webhook(body).unwrap();
    let [Event::Message(event)] = events.as_slice() else { panic!("{events:?}") };
    assert!(event.text.as_deref().unwrap().starts_with("x\u{fffd}"));
}

#[test]
fn all_entries_and_changes_come_in_their_order() {
    let change = |id: &str| {
        json!({"field": "messages", "value": {"metadata": {"phone_number_id": id},
            "statuses": [{"id": format!("s{id}"), "status": "sent", "timestamp": "1"}],
            "messages": [{"id": format!("m{id}"), "timestamp": "1", "type": "text"}]}})
    };
    let body = json!({"entry": [{"changes": [change("1"), {"field": "x", "value": {}}]}, {"changes": [change("2")]}]});
    let ids: Vec<String> = parse_webhook(body.to_string().as_bytes())
        .unwrap()
        .into_iter()
        .map(|event| match event {
            Event::Message(message) => message.id + &message.phone_number_id,
            Event::Status(status) => status.id + &status.phone_number_id,
            Event::Other(other) => other.field,
            _ => unreachable!(),
        })
        .collect();
    assert_eq!(ids, ["m11", "s11", "x", "m22", "s22"]);
    assert!(parse_webhook(b"{}").unwrap().is_empty());
}

#[test]
fn what_is_no_json_object_names_the_body() {
    for body in [&b""[..], b"null", b"[]", b"7", b"\"x\"", b"{", b"{}{}", b"\xff", b"<html>"] {
        let error = parse_webhook(body).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("body")), "{body:?}");
    }
}

#[test]
fn mutilated_bodies_never_panic() {
    let whole = body(
        "messages",
        json!({"metadata": {"phone_number_id": BUSINESS},
            "contacts": [{"profile": {"name": "Ann 👍"}, "wa_id": "1650", "user_id": "US.1"}],
            "messages": [from_sheena(json!({"type": "text", "text": {"body": "ünï\u{1F600}\n\"q\""}}))],
            "statuses": [{"id": "s", "status": "failed", "timestamp": "1", "errors": [{"code": 1}]}]}),
    );
    for end in 0..whole.len() {
        let _ = parse_webhook(&whole[..end]);
    }
    // A fixed seed: the same bodies in every run.
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(below).unwrap()).unwrap()
    };
    let bits: [&[u8]; 8] = [b"null", b"[", b"{}", b"\"", b"-1e9", b"\\u0000", b"\xc3", b"[[]]"];
    let mut parsed = 0;
    for _ in 0..20_000 {
        let mut body = whole.clone();
        for _ in 0..=random(3) {
            let from = random(body.len());
            let to = (from + random(12)).min(body.len());
            let with = if random(2) == 0 { &[][..] } else { bits[random(bits.len())] };
            body.splice(from..to, with.iter().copied());
            if body.is_empty() {
                break;
            }
        }
        parsed += usize::from(parse_webhook(&body).is_ok());
    }
    assert!(parsed > 100, "{parsed}");
    let deep = format!(
        r#"{{"entry":[{{"changes":[{{"field":"messages","value":{}{}}}]}}]}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(parse_webhook(deep.as_bytes()).unwrap().len(), 1);
}

#[test]
fn a_body_of_three_megabytes_is_parsed_whole() {
    let contacts: Vec<Value> =
        (0..15_000).map(|at| json!({"profile": {"name": "N"}, "wa_id": at.to_string()})).collect();
    let all: Vec<Value> = (0..15_000)
        .map(|at| json!({"from": at.to_string(), "id": format!("wamid.{at}"), "timestamp": "1749416383", "type": "text",
            "text": {"body": "Does it come in another color?"}}))
        .collect();
    // Milliseconds; quadratic it would be minutes, which the whole suite shows.
    let events = messages(json!(contacts), json!(all));
    assert_eq!(events.len(), 15_000);
}
