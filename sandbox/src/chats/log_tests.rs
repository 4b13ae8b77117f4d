use serde_json::json;

use super::*;
use crate::chats::{Chat, Side};

fn record(id: &str, phone: &str, size: usize) -> Record {
    let body = Arc::new(json!({ "to": phone, "type": "text" }));
    Record {
        entry: Entry {
            id: id.to_owned(),
            phone: phone.to_owned(),
            phone_number_id: "1".to_owned(),
            kind: "text".to_owned(),
            body: Arc::clone(&body),
            ..Entry::blank(Side::Business, MessageStatus::Accepted)
        },
        sent: Some((body, Outcome::Accepted)),
        shown: true,
        wire: Wire::default(),
        size,
    }
}

#[test]
fn a_long_run_does_not_fill_the_memory() {
    let mut log = Log::default();
    for id in 0..MOST_MESSAGES + 5 {
        log.add(record(&id.to_string(), "15551234567", 10));
    }
    assert_eq!(log.messages().len(), MOST_MESSAGES);
    assert_eq!(log.messages()[0].id, "5");
    assert!(log.get("4").is_none() && log.get("5").is_some());
    for id in 0..100 {
        log.add(record(&format!("big {id}"), "15551234568", 1024 * 1024));
    }
    assert!(log.bytes <= MOST_BYTES && log.messages().len() <= 64, "{}", log.bytes);
    assert!(log.chat("15551234567").is_none(), "a chat without messages and settings is forgotten");
    assert_eq!(log.chats().len(), 1);
}

#[test]
fn answers_and_webhooks_are_counted_too() {
    let mut log = Log::default();
    let body = bytes::Bytes::from(vec![b'x'; 1024 * 1024]);
    for id in 0..100 {
        log.add(record(&id.to_string(), "15551234567", 10));
        let answer =
            Answer::Written { status: 200, headers: (&http::HeaderMap::new()).into(), body: body.clone() };
        log.answered(&id.to_string(), answer);
        assert!(log.bytes <= MOST_BYTES, "{}", log.bytes);
    }
    assert_eq!(log.bytes, log.records.iter().map(|record| record.size).sum::<usize>());
    let before = log.newest_change();
    log.add(record("last", "15551234568", MOST_BYTES));
    let gone = log.changes_since(before).map(|news| news.changes.into_iter().map(|(_, change)| change));
    assert!(gone.unwrap().any(|change| change == Change::Chat("15551234567".to_owned())));
    assert_eq!(log.chats().len(), 1, "the list has no chat of which nothing is left");
}

#[test]
fn pages_meet_without_a_gap() {
    let mut log = Log::default();
    for id in 0..25 {
        log.add(record(&id.to_string(), if id % 2 == 0 { "1" } else { "2" }, 10));
    }
    let ids = |page: &[Entry]| page.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
    let (newest, more) = log.page("1", None, 5);
    assert_eq!((ids(&newest).join(" "), more), ("16 18 20 22 24".to_owned(), true));
    let (older, more) = log.page("1", Some("16"), 100);
    assert_eq!((ids(&older).join(" "), more), ("0 2 4 6 8 10 12 14".to_owned(), false));
    assert_eq!(log.page("1", Some("unknown"), 5).0.len(), 0);
    assert_eq!(log.page("3", None, 5).0.len(), 0);
}

#[test]
fn a_page_has_few_messages_with_the_json_of_a_flow() {
    let mut log = Log::default();
    for id in 0..40 {
        let mut with_flow = record(&id.to_string(), "1", 10);
        with_flow.entry.flow = Some(Arc::new(json!({})));
        log.add(with_flow);
    }
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let (page, more) = log.page("1", before.as_deref(), 100);
        before = Some(page[0].id.clone());
        assert!(page.len() <= crate::chats::FLOWS_AT_ONCE);
        seen.extend(page.into_iter().rev().map(|entry| entry.id));
        if !more {
            break;
        }
    }
    assert_eq!(seen, (0..40).rev().map(|id| id.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_status_only_moves_forward_and_counts_what_is_unread() {
    let mut log = Log::default();
    log.add(record("a", "1", 10));
    assert!(log.change_chat("1", |chat: &mut Chat| chat.reads = false));
    assert_eq!(log.advance("a", MessageStatus::Delivered), Step::NotAllowed, "it was not sent");
    assert_eq!(log.advance("a", MessageStatus::Sent), Step::Done);
    assert_eq!(log.become_status("a", MessageStatus::Read), Step::NotAllowed, "it was not delivered");
    assert_eq!(log.advance("a", MessageStatus::Delivered), Step::Done);
    assert_eq!(log.advance("a", MessageStatus::Sent), Step::NotAllowed);
    assert_eq!(log.advance("a", MessageStatus::Read), Step::NotAllowed, "the customer has not read it");
    assert_eq!(log.chat("1").map(|chat| chat.unread), Some(1));
    assert_eq!(log.become_status("a", MessageStatus::Read), Step::Done);
    assert_eq!(log.chat("1").map(|chat| chat.unread), Some(0));
    assert_eq!(log.advance("b", MessageStatus::Sent), Step::Forgotten);
}
