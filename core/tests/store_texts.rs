//! Whatever a text holds, a store keeps it as a text: no part of it becomes SQL, a pattern, or the end of it.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod store_support;

use serde_json::json;
use store_support::{BUSINESS, everywhere, new, sent, tell};
use wamid::{NewSend, SendFilter, SendOutcome, SendStatus, Store};

/// Texts that mean something to a database, a pattern or a parser.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "'; DROP TABLE wamid_sends; --",
        "\"; DELETE FROM wamid_contacts; --",
        "' OR '1'='1",
        "\\'; SELECT pg_sleep(10); --",
        "$1",
        "?1",
        ":name",
        "{id}",
        "%",
        "_",
        "a%b_c",
        "*?[a-z]",
        "\\x27",
        "U&'\\0027'",
        "E'\\n'",
        "$$ $tag$",
        "/* */ -- ;",
        "\u{0}",
        "a\u{0}b",
        "\u{ffff}\u{10ffff}\u{202e}",
        "\r\n\t\u{1b}[31m",
        "NULL",
        "[\"a\",\"b\"]",
        "{\"a\":1}",
        "😀\u{301}",
    ]
    .map(str::to_owned)
    .to_vec();
    // Longer than any id of Meta's. PostgreSQL indexes no text that is longer than 2,700 bytes once it is compressed.
    texts.push("x'".repeat(1_000));
    // Two that begin alike, and that nothing compresses.
    let mut state = 1_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4e00 + u32::try_from((state >> 33) % 20_000).unwrap()).unwrap()
    };
    let long: String = (0..5_000).map(|_| random()).collect();
    texts.push(format!("{long}1"));
    texts.push(format!("{long}2"));
    texts
}

/// A text as a database keeps it: PostgreSQL takes no U+0000, and indexes none of over 2,704 bytes.
fn kept(text: &str) -> String {
    let text = text.replace('\0', "\u{fffd}");
    if text.len() <= 2_048 {
        return text;
    }
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let digest: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}#{digest}", &text[..1_200])
}

async fn count(store: &Store, filter: SendFilter) -> usize {
    store.sends(&filter).await.unwrap().len()
}

/// Every text of a send, one after the other in each place.
#[tokio::test]
async fn the_texts_of_a_send_are_texts() {
    everywhere(async |place| {
        let store = place.open().await;
        let witness = store.begin_send(&new("16505550000", "witness")).await.unwrap();
        store.finish_send(&witness, &sent("wamid.WITNESS")).await.unwrap();
        let texts = texts();
        for (at, text) in texts.iter().enumerate() {
            let mut send = NewSend::new(BUSINESS, text, text, store_support::soon()).reference(text);
            send.phone_number_id = text.clone();
            let id = store.begin_send(&send).await.unwrap();
            let outcome = SendOutcome::Sent {
                message_id: text.clone(),
                wa_id: Some(text.clone()),
                user_id: Some(text.clone()),
            };
            store.finish_send(&id, &outcome).await.unwrap();
            let mut filter = SendFilter::default();
            filter.reference = Some(text.clone());
            let found = store.sends(&filter).await.unwrap();
            assert_eq!(found.len(), 1, "text {at} finds itself and nothing else");
            assert_eq!(found[0].reference.as_deref(), Some(&*kept(text)), "text {at}");
            assert_eq!(found[0].recipient, kept(text), "text {at}");
            let mut filter = SendFilter::default();
            filter.message_id = Some(text.clone());
            assert_eq!(count(&store, filter).await, 1, "text {at} as a message's id");
            store.chats(text).await.unwrap();
        }
        let mut all = SendFilter::default();
        all.limit = Some(10_000);
        assert_eq!(count(&store, all).await, texts.len() + 1, "nothing was dropped, nothing added");
        assert_eq!(store_support::record(&store, witness).await.status, SendStatus::Sent);
        store.close().await;
    })
    .await;
}

/// Every text of an event, which anybody with a phone may choose in part.
#[tokio::test]
async fn the_texts_of_an_event_are_texts() {
    everywhere(async |place| {
        let store = place.open().await;
        store_support::receive(&store, "wamid.WITNESS", store_support::SHEENA, "2026-01-01T00:00:00Z").await;
        for (at, text) in texts().iter().enumerate() {
            let message = json!({"id": format!("{text}{at}"), "from": format!("{text}{at}"), "from_user_id": text, "timestamp": "1749416383",
                "type": text, "text": {"body": text}, "context": {"id": text, "from": text},
                "system": {"type": "user_changed_number", "body": text, "wa_id": text}});
            for business in [BUSINESS, text] {
                let mut events = store_support::webhook(business, "messages", json!([message]));
                store.record_events(&mut events).await.unwrap();
                let mut events = store_support::webhook(business, "message_echoes", json!([message]));
                store.record_events(&mut events).await.unwrap();
            }
            tell(&store, text, text, json!({"recipient_id": text, "recipient_user_id": text, "biz_opaque_callback_data": text})).await;
            tell(&store, text, "delivered", json!({"recipient_id": text, "biz_opaque_callback_data": text})).await;
            store.chats(text).await.unwrap();
        }
        let chats = store_support::chats(&store).await;
        assert!(chats.len() >= 10, "{}", chats.len());
        // The texts' own conversations are newer, and 50 are listed: it is asked for by what counts in it.
        store_support::receive(&store, "wamid.WITNESS2", store_support::SHEENA, "2036-01-01T00:00:00Z").await;
        let first = store_support::unread(&store).await.remove(0);
        assert_eq!(first, (store_support::SHEENA.to_owned(), 2), "the first conversation is as it was");
        store.close().await;
    })
    .await;
}
