//! What is no new message of a contact, and what moves a conversation.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use serde_json::{Value, json};
use store_support::*;
use wamid::{Event, SendOutcome, SendStatus, Store, parse_webhook};

const NEW: &str = "15550002222";

async fn record_message(store: &Store, element: Value) -> Vec<Event> {
    let mut events = webhook(BUSINESS, "messages", json!([element]));
    store.record_events(&mut events).await.unwrap();
    events
}

async fn record_echo(store: &Store, id: &str, more: Value) -> Vec<Event> {
    let mut echo = json!({"from": "15550783881", "to": SHEENA, "id": id, "timestamp": "9", "type": "text"});
    echo.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let value = json!({"metadata": {"phone_number_id": BUSINESS}, "message_echoes": [echo]});
    let body = json!({"entry": [{"changes": [{"field": "smb_message_echoes", "value": value}]}]});
    let mut events = parse_webhook(body.to_string().as_bytes()).unwrap();
    store.record_events(&mut events).await.unwrap();
    events
}

/// A database costs more to make than to empty.
async fn forget_all(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    for table in ["wamid_sends", "wamid_aliases", "wamid_conversations", "wamid_received"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn system(id: &str, from: Option<&str>, system: Value) -> Value {
    json!({"id": id, "from": from, "timestamp": "5", "type": "system", "system": system})
}

fn marks(events: &[Event]) -> Vec<bool> {
    let mark = |event: &Event| match event {
        Event::Message(message) => message.redelivered,
        Event::Echo(echo) => echo.message.redelivered,
        Event::Status(status) => status.redelivered,
        _ => false,
    };
    events.iter().map(mark).collect()
}

#[tokio::test]
async fn what_nobody_wrote_neither_counts_nor_makes_a_conversation() {
    everywhere(async |place| {
        let store = place.open().await;
        let parts = [
            ("reaction", json!({"message_id": "wamid.1", "emoji": "x"})),
            ("reaction", json!({"message_id": "wamid.1"})),
            ("edit", json!({"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "b"}}})),
            ("revoke", json!({"original_message_id": "wamid.1"})),
            ("system", json!({"type": "customer_identity_changed", "identity": "x", "customer": SHEENA})),
        ];
        for turn in 0..2 {
            for (n, (kind, part)) in parts.iter().enumerate() {
                let id = format!("wamid.{turn}.{n}");
                record_message(&store, json!({"id": id, "from": SHEENA, "from_user_id": "US.1", "timestamp": "99", "type": kind, *kind: part})).await;
            }
            let group = json!({"id": format!("wamid.g{turn}"), "from": SHEENA, "group_id": "G1", "timestamp": "99", "type": "text", "text": {"body": "x"}});
            record_message(&store, group).await;
            if turn == 0 {
                assert_eq!(unread(&store).await, []);
                store.record_events(&mut message("wamid.first", Some(SHEENA), None, 1)).await.unwrap();
            }
        }
        let [chat] = chats(&store).await.try_into().unwrap();
        assert_eq!((chat.unread_count, chat.address.as_deref()), (1, Some(format!("+{SHEENA}").as_str())));
        assert_eq!(chat.last_message_at, Some(at("1970-01-01T00:00:01Z")));
        record_message(&store, json!({"id": "wamid.h", "from": SHEENA, "timestamp": "2", "type": "hologram"})).await;
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 2)]);
    })
    .await;
}

#[tokio::test]
async fn an_echo_answers() {
    everywhere(async |place| {
        let store = place.open().await;
        store.record_events(&mut message("wamid.1", Some(SHEENA), None, 1)).await.unwrap();
        for (id, more) in [
            ("e.1", json!({"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "x"}})),
            ("e.2", json!({"type": "revoke", "revoke": {"original_message_id": "e.0"}})),
            ("e.3", json!({"type": "edit", "edit": {"original_message_id": "e.0"}})),
            ("e.4", json!({"group_id": "G1"})),
        ] {
            record_echo(&store, id, more).await;
        }
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
        assert_eq!(marks(&record_echo(&store, "e.5", json!({})).await), [false]);
        let [chat] = chats(&store).await.try_into().unwrap();
        assert_eq!((chat.unread_count, chat.last_message_at), (0, Some(at("1970-01-01T00:00:09Z"))));
        store.record_events(&mut message("wamid.2", Some(SHEENA), None, 10)).await.unwrap();
        assert_eq!(marks(&record_echo(&store, "e.5", json!({})).await), [true]);
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 1)]);
        record_echo(&store, "e.6", json!({"to": null, "to_user_id": "US.9"})).await;
        assert!(unread(&store).await.contains(&("US.9".to_owned(), 0)));
    })
    .await;
}

/// The new number in each of Meta's shapes, with and without `from`.
fn changes_of_number() -> Vec<Value> {
    let new = |body: Value| {
        let mut all = json!({"type": "user_changed_number", "wa_id": NEW, "user_id": "US.2", "previous_user_id": "US.1"});
        all.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        all
    };
    vec![
        system("wamid.s", Some(SHEENA), new(json!({}))),
        system("wamid.s", None, new(json!({}))),
        system("wamid.s", Some(SHEENA), json!({"type": "user_changed_number", "wa_id": NEW})),
        system("wamid.s", Some(SHEENA), json!({"type": "customer_changed_number", "new_wa_id": NEW})),
        system(
            "wamid.s",
            None,
            json!({"type": "customer_changed_number", "new_wa_id": NEW, "customer": SHEENA}),
        ),
    ]
}

#[tokio::test]
async fn a_new_number_moves_the_conversation_and_sends_to_the_old_one_count_in_it() {
    everywhere(async |place| {
        let store = place.open().await;
        for change in changes_of_number() {
            for new_one_first in [false, true] {
                forget_all(&store).await;
                store.record_events(&mut message("wamid.1", Some(SHEENA), Some("US.1"), 1)).await.unwrap();
                let mut second = message("wamid.2", Some(NEW), None, 2);
                if new_one_first {
                    store.record_events(&mut second).await.unwrap();
                }
                assert_eq!(marks(&record_message(&store, change.clone()).await), [false], "{change}");
                if !new_one_first {
                    store.record_events(&mut second).await.unwrap();
                }
                assert_eq!(unread(&store).await, [(NEW.to_owned(), 2)], "{change}");
                assert_eq!(marks(&record_message(&store, change.clone()).await), [true], "{change}");
                assert_eq!(unread(&store).await, [(NEW.to_owned(), 2)], "{change}");
                send(&store, SHEENA, "r", &sent("wamid.out")).await;
                assert_eq!(unread(&store).await, [(NEW.to_owned(), 0)], "{change} {new_one_first}");
                // Meta calls the contact by the number that was sent to.
                let as_sent = SendOutcome::Sent {
                    message_id: "wamid.out2".into(),
                    wa_id: Some(SHEENA.into()),
                    user_id: None,
                };
                send(&store, SHEENA, "r2", &as_sent).await;
                crash(&store, SHEENA, "r3").await;
                let told = json!({"biz_opaque_callback_data": "r3", "recipient_id": SHEENA, "recipient_user_id": "US.2"});
                tell(&store, "wamid.out3", "delivered", told).await;
                assert_eq!(unread(&store).await, [(NEW.to_owned(), 0)], "{change} {new_one_first}");
            }
        }
    })
    .await;
}

/// A new user id in each of Meta's shapes. Without `previous_user_id` the old one is the sender's, or in Meta's sentence alone.
fn changes_of_user_id() -> Vec<Value> {
    let kind = "user_changed_user_id";
    let with_sender = |mut message: Value, id: &str| {
        message["from_user_id"] = json!(id);
        message
    };
    let said = |body: &str| json!({"type": kind, "user_id": "US.2", "body": body});
    vec![
        system("wamid.s", None, json!({"type": kind, "user_id": "US.2", "previous_user_id": "US.1"})),
        with_sender(system("wamid.s", None, json!({"type": kind, "user_id": "US.2"})), "US.1"),
        with_sender(
            system("wamid.s", None, json!({"type": kind, "user_id": "US.2", "previous_user_id": "US.1"})),
            "US.2",
        ),
        system("wamid.s", None, said("User Sheena changed from US.1 to US.2")),
        // Nobody moves another's conversation by the name that they choose.
        system("wamid.s", None, said("User x changed from US.9 to US.2 changed from US.1 to US.2")),
    ]
}

#[tokio::test]
async fn a_new_user_id_moves_the_conversation() {
    everywhere(async |place| {
        let store = place.open().await;
        for change in changes_of_user_id() {
            for new_one_first in [false, true] {
                forget_all(&store).await;
                store.record_events(&mut message("wamid.9", None, Some("US.9"), 1)).await.unwrap();
                store.record_events(&mut message("wamid.1", None, Some("US.1"), 2)).await.unwrap();
                let mut second = message("wamid.2", None, Some("US.2"), 3);
                if new_one_first {
                    store.record_events(&mut second).await.unwrap();
                }
                record_message(&store, change.clone()).await;
                if !new_one_first {
                    store.record_events(&mut second).await.unwrap();
                }
                let with_other = |name: &str, unread| [(name.to_owned(), unread), ("US.9".to_owned(), 1)];
                assert_eq!(unread(&store).await, with_other("US.2", 2), "{change}");
                send(&store, "US.1", "r", &sent("wamid.out")).await;
                assert_eq!(unread(&store).await, with_other("US.2", 0), "{change}");
                for (id, user_id) in [("wamid.3", "US.2"), ("wamid.4", "US.1")] {
                    store.record_events(&mut message(id, None, Some(user_id), 4)).await.unwrap();
                }
                assert_eq!(unread(&store).await[0], ("US.2".to_owned(), 2), "{change}");
                // A number that is known later is the conversation's.
                store.record_events(&mut message("wamid.5", Some(SHEENA), Some("US.2"), 5)).await.unwrap();
                assert_eq!(unread(&store).await, with_other(SHEENA, 3), "{change}");
            }
        }
    })
    .await;
}

/// The message of the change comes before any other: what comes later under either name is in one conversation.
#[tokio::test]
async fn a_change_of_who_has_not_written_yet_is_known_when_they_do() {
    everywhere(async |place| {
        let store = place.open().await;
        // The old number is known where the message tells it.
        let numbers = changes_of_number().into_iter().filter(|change| change.to_string().contains(SHEENA));
        let numbers = numbers.map(|change| (change, NEW));
        for (change, name) in changes_of_user_id().into_iter().map(|change| (change, "US.2")).chain(numbers) {
            forget_all(&store).await;
            record_message(&store, change.clone()).await;
            assert_eq!(unread(&store).await, [], "{change}");
            if name == NEW {
                send(&store, SHEENA, "r", &sent("wamid.out")).await;
                store.record_events(&mut message("wamid.1", Some(NEW), None, 2)).await.unwrap();
                assert_eq!(unread(&store).await, [(NEW.to_owned(), 1)], "{change}");
                continue;
            }
            for (id, user_id) in [("wamid.1", "US.1"), ("wamid.2", "US.2"), ("wamid.3", "US.1")] {
                store.record_events(&mut message(id, None, Some(user_id), 2)).await.unwrap();
            }
            assert_eq!(unread(&store).await, [("US.2".to_owned(), 3)], "{change}");
            store.record_events(&mut message("wamid.4", Some(SHEENA), Some("US.1"), 2)).await.unwrap();
            store.record_events(&mut message("wamid.5", None, Some("US.2"), 2)).await.unwrap();
            assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 5)], "{change}");
        }
    })
    .await;
}

/// Webhooks come in any order.
#[tokio::test]
async fn two_changes_end_at_the_newest_name_whichever_comes_first() {
    let number = |from: &str, to: &str| json!({"type": "user_changed_number", "wa_id": to, "customer": from});
    let user_id = |from: &str, to: &str| json!({"type": "user_changed_user_id", "user_id": to, "previous_user_id": from});
    let user_ids = [user_id("US.1", "US.2"), user_id("US.2", "US.3")];
    let numbers = [number(SHEENA, NEW), number(NEW, "15550003333")];
    everywhere(async |place| {
        let store = place.open().await;
        for ([first, last], names) in
            [(&user_ids, ["US.1", "US.2", "US.3"]), (&numbers, [SHEENA, NEW, "15550003333"])]
        {
            for (late, written) in [(false, true), (true, true), (true, false)] {
                forget_all(&store).await;
                let mut oldest = message("wamid.1", Some(names[0]), None, 1);
                if names[0] == "US.1" {
                    oldest = message("wamid.1", None, Some(names[0]), 1);
                }
                if written {
                    store.record_events(&mut oldest).await.unwrap();
                }
                let mut changes = [("wamid.s", first), ("wamid.t", last)];
                if late {
                    changes.reverse();
                }
                for (id, change) in changes {
                    record_message(&store, system(id, None, change.clone())).await;
                }
                for name in names {
                    send(&store, name, name, &sent(&format!("wamid.{name}"))).await;
                }
                assert_eq!(unread(&store).await, [(names[2].to_owned(), 0)], "{first} {late} {written}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_user_id_of_a_contact_with_a_number_leaves_the_number() {
    everywhere(async |place| {
        let store = place.open().await;
        store.record_events(&mut message("wamid.1", Some(SHEENA), Some("US.1"), 1)).await.unwrap();
        store.record_events(&mut message("wamid.2", None, Some("US.2"), 2)).await.unwrap();
        // Old and new, or the new one of a number.
        let change = json!({"type": "user_changed_user_id", "user_id": "US.2", "previous_user_id": "US.1"});
        record_message(&store, system("wamid.s", Some(SHEENA), change)).await;
        let change = json!({"type": "user_changed_user_id", "user_id": "US.3"});
        record_message(&store, system("wamid.t", Some(SHEENA), change)).await;
        store.record_events(&mut message("wamid.5", None, Some("US.3"), 2)).await.unwrap();
        store.record_events(&mut message("wamid.3", Some(SHEENA), None, 3)).await.unwrap();
        store.record_events(&mut message("wamid.4", None, Some("US.2"), 4)).await.unwrap();
        assert_eq!(unread(&store).await, [(SHEENA.to_owned(), 5)]);
    })
    .await;
}

#[tokio::test]
async fn a_payment_or_a_call_changes_no_send_and_no_status_breaks() {
    everywhere(async |place| {
        let store = place.open().await;
        let id = send(&store, SHEENA, "r", &sent("wamid.out")).await;
        tell(&store, "wamid.out", "read", json!({"recipient_id": SHEENA})).await;
        for (kind, name) in
            [("payment", "failed"), ("payment", "captured"), ("call", "REJECTED"), ("call", "failed")]
        {
            tell(&store, "wamid.out", name, json!({"type": kind, "recipient_id": SHEENA})).await;
        }
        assert_eq!(status_of(&store, id).await, SendStatus::Read);
        for name in ["played", "deleted", "of_tomorrow"] {
            tell(&store, "wamid.out", name, json!({"recipient_id": SHEENA})).await;
        }
        assert_eq!(status_of(&store, id).await, SendStatus::Read);
    })
    .await;
}

#[tokio::test]
async fn a_status_seen_before_is_marked_and_another_status_of_its_message_is_not() {
    everywhere(async |place| {
        let store = place.open().await;
        for (name, more, seen) in [
            ("sent", json!({}), false),
            ("sent", json!({}), true),
            ("delivered", json!({}), false),
            ("failed", json!({}), false),
            ("failed", json!({"type": "payment"}), false),
            ("failed", json!({"type": "payment"}), true),
        ] {
            let mut events = status("wamid.out", name, more);
            store.record_events(&mut events).await.unwrap();
            assert_eq!(marks(&events), [seen], "{name}");
        }
        let other = json!([{"id": "wamid.out", "status": "sent", "timestamp": "1"}]);
        let mut events = webhook("2", "statuses", other);
        store.record_events(&mut events).await.unwrap();
        assert_eq!(marks(&events), [false]);
    })
    .await;
}
