//! What a customer does on the sandbox's phone comes as Meta writes it: signed, read by the SDK, with the members of Meta's examples.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use wamid::{Event, MessageEvent, parse_webhook, verify_webhook};
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::meta_file;

const ADA: &str = "16505551234";

/// A sandbox, and the webhooks that it posts, each read once its signature was right.
struct Told {
    sandbox: Sandbox,
    webhooks: mpsc::UnboundedReceiver<(Value, Vec<Event>)>,
}

impl Told {
    async fn start() -> Self {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        sandbox.set_webhook(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let (sender, webhooks) = mpsc::unbounded_channel();
        let secret = sandbox.app_secret().to_owned();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut read = Vec::new();
                let (head, body) = loop {
                    stream.read_buf(&mut read).await.unwrap();
                    let text = String::from_utf8_lossy(&read).into_owned();
                    let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                    let length: usize = header(head, "content-length").parse().unwrap();
                    if body.len() >= length {
                        break (head.to_owned(), body.to_owned());
                    }
                };
                let signature = header(&head, "x-hub-signature-256");
                assert!(verify_webhook(body.as_bytes(), signature, &secret).unwrap());
                let events = parse_webhook(body.as_bytes()).unwrap();
                sender.send((serde_json::from_str(&body).unwrap(), events)).unwrap();
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            }
        });
        Self { sandbox, webhooks }
    }

    /// The next message of a customer: as it came, and as the SDK reads it.
    async fn message(&mut self) -> (Value, MessageEvent) {
        loop {
            let (body, events) = self.webhooks.recv().await.unwrap();
            if let Ok([Event::Message(event)]) = <[Event; 1]>::try_from(events) {
                return (body["entry"][0]["changes"][0]["value"].clone(), event);
            }
        }
    }

    async fn send(&self, kind: &str, part: Value) -> String {
        let body = json!({"messaging_product": "whatsapp", "to": ADA, "type": kind, kind: part}).to_string();
        let path = format!("/v26.0/{}/messages", self.sandbox.phone_number_id());
        self.post(&path, &body).await["messages"][0]["id"].as_str().unwrap().to_owned()
    }

    async fn post(&self, path: &str, body: &str) -> Value {
        let mut stream = tokio::net::TcpStream::connect(self.sandbox.address()).await.unwrap();
        let head = format!("Authorization: Bearer {}\r\nConnection: close", self.sandbox.access_token());
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\n{head}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }
}

fn header<'head>(head: &'head str, name: &str) -> &'head str {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).unwrap().1
}

/// Where in a value there is something; the places in a list are one.
fn members(value: &Value, path: &str, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| members(value, &format!("{path}.{name}"), out))
        }
        Value::Array(list) => list.iter().for_each(|value| members(value, &format!("{path}[]"), out)),
        _ => _ = out.insert(path.to_owned()),
    }
}

#[tokio::test]
async fn every_act_is_read_as_what_it_is() {
    let mut told = Told::start().await;
    let ada = told.sandbox.phone(ADA).named("Ada");
    let path = format!("/v26.0/{}/message_templates", told.sandbox.business_account_id());
    let components = json!([{"type": "BODY", "text": "Again?"}, {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}]}]);
    told.post(
        &path,
        &json!({"name": "again", "language": "en", "category": "UTILITY", "components": components})
            .to_string(),
    )
    .await;
    let template = told.send("template", json!({"name": "again", "language": {"code": "en"}})).await;
    let buttons = json!({"type": "button", "body": {"text": "Pay?"}, "action": {"buttons": [{"type": "reply", "reply": {"id": "pay", "title": "Pay"}}]}});
    told.send("interactive", buttons).await;
    let rows = json!([{"rows": [{"id": "g", "title": "The Guide", "description": "1958"}]}]);
    told.send(
        "interactive",
        json!({"type": "list", "body": {"text": "Which?"}, "action": {"button": "Books", "sections": rows}}),
    )
    .await;
    let parameters =
        json!({"flow_message_version": "3", "flow_id": "1", "flow_cta": "Go", "flow_token": "order-7"});
    told.send("interactive", json!({"type": "flow", "body": {"text": "Where?"}, "action": {"name": "flow", "parameters": parameters}})).await;
    let shop =
        json!({"type": "catalog_message", "body": {"text": "Shop"}, "action": {"name": "catalog_message"}});
    told.send("interactive", shop).await;

    let mut seen = Vec::new();
    let mut next = async |id: Result<String, wamid_sandbox::SandboxError>| {
        let (value, event) = told.message().await;
        assert_eq!((&event.id, event.from.as_deref()), (&id.unwrap(), Some(ADA)));
        assert_eq!(event.profile_name.as_deref(), Some("Ada"));
        seen.push(value);
        event
    };
    let text = next(ada.text("Is it open?")).await;
    assert_eq!(text.text.as_deref(), Some("Is it open?"));
    assert_eq!(next(ada.reply(&text.id, "Hello?")).await.reply_to.as_ref(), Some(&text.id));
    let pressed = next(ada.press("Yes")).await;
    assert_eq!(pressed.reply_to.as_ref(), Some(&template));
    let kinds = [pressed.reply, next(ada.press("Pay")).await.reply, next(ada.press("The Guide")).await.reply];
    assert_eq!(kinds.map(|reply| reply.unwrap().kind), ["template_button", "reply_button", "list"]);
    let reaction = next(ada.react_to(&text.id, "👍")).await.reaction.unwrap();
    assert_eq!((&reaction.message_id, reaction.emoji.as_deref()), (&text.id, Some("👍")));
    assert_eq!(next(ada.react_to(&text.id, "")).await.reaction.unwrap().emoji, None);
    for (mime_type, kind) in [
        ("image/png", "image"),
        ("image/webp", "sticker"),
        ("audio/ogg", "audio"),
        ("video/mp4", "video"),
        ("application/pdf", "document"),
    ] {
        let event = next(ada.send_file(mime_type, b"abc".as_slice(), None)).await;
        assert_eq!((event.kind.as_str(), event.media.unwrap().mime_type.as_deref()), (kind, Some(mime_type)));
    }
    let place =
        next(ada.send_place(28.6139, 77.209, Some("Our Office"), Some("New Delhi"))).await.location.unwrap();
    assert_eq!((place.latitude, place.name.as_deref()), (Some(28.6139), Some("Our Office")));
    let contact = next(ada.send_contact("Grace Hopper", "+1 555 123 4567")).await.contacts.remove(0);
    assert_eq!(contact.phones[0].wa_id.as_deref(), Some("15551234567"));
    let flow = next(ada.fill_flow(json!({"where": "here"}).as_object().unwrap().clone())).await.flow.unwrap();
    assert_eq!(flow.token.as_deref(), Some("order-7"));
    let order = next(ada.order([("SKU-3", 2)])).await.order.unwrap();
    assert_eq!((order.items[0].quantity, order.items[0].price), (Some(2), Some(3.0)));
    let edit = next(ada.edit(&text.id, "Is it closed?")).await.edit.unwrap();
    assert_eq!((&edit.message_id, edit.text.as_deref()), (&text.id, Some("Is it closed?")));
    assert_eq!(next(ada.delete(&text.id)).await.revoke.unwrap().message_id, text.id);

    ada.set_opted_out(true).unwrap();
    let preference = loop {
        let (_, events) = told.webhooks.recv().await.unwrap();
        if let Ok([Event::Preference(preference)]) = <[Event; 1]>::try_from(events) {
            break preference;
        }
    };
    assert_eq!((preference.phone.as_deref(), preference.value.as_str()), (Some(ADA), "stop"));
    has_metas_members(&seen);
    told.sandbox.shutdown().await;
}

/// Each webhook has no member that Meta's example of the same type has not.
fn has_metas_members(seen: &[Value]) {
    let Some(file) = meta_file::read() else {
        println!("not compared with Meta's examples: their file is not here");
        return;
    };
    let type_of = |value: &Value| {
        let message = &value["messages"][0];
        (message["type"].clone(), message["interactive"]["type"].clone())
    };
    let examples = meta_file::request_examples(&file, "/whatsapp/webhooks");
    let examples: Vec<Value> =
        examples.into_iter().map(|(_, body)| body["entry"][0]["changes"][0]["value"].clone()).collect();
    let mut compared = BTreeSet::new();
    for value in seen {
        let of_type: Vec<_> = examples.iter().filter(|example| type_of(example) == type_of(value)).collect();
        let (mut ours, mut metas) = (BTreeSet::new(), BTreeSet::new());
        members(value, "", &mut ours);
        of_type.iter().for_each(|example| members(example, "", &mut metas));
        // Any message may answer another.
        metas.extend([".messages[].context.from", ".messages[].context.id"].map(str::to_owned));
        if !of_type.is_empty() {
            compared.insert(format!("{:?}", type_of(value)));
            let more: Vec<_> = ours.difference(&metas).collect();
            assert!(more.is_empty(), "{value} has {more:?}");
        }
    }
    assert_eq!(compared.len(), 9, "{compared:?}");
}
