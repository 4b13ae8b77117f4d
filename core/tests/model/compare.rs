//! Holds the record and the conversations against the model.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use wamid::{NewSend, SendFilter, SendStatus, StoredSend};

use crate::expected::{Model, Said, State};
use crate::life::Life;
use crate::meta::{Meta, message_id};
use crate::support::HANG;

/// What is on record, once nothing is under way any more, the oldest first.
async fn records(life: &Life, business: &str) -> Vec<StoredSend> {
    let began = Instant::now();
    loop {
        let all = SendFilter::default().phone_number_id(business).limit(10_000);
        let mut records = life.store.sends(&all).await.unwrap();
        if records.iter().all(|send| send.status != SendStatus::Sending) {
            records.sort_by_key(|send| send.id.get());
            return records;
        }
        assert!(began.elapsed() < HANG, "something stays under way: {records:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A send whose caller has given up may be about to be written down. Writes go in order: once this one is there, that one is too, or never
/// will be.
async fn behind_all_writes(life: &Life) {
    let last = NewSend::new("1", "16505559999", "text", Timestamp::now());
    life.store.begin_send(&last).await.unwrap();
}

/// The place of each send of the model among the records that are there.
fn found(model: &mut Model, records: &[StoredSend]) -> Vec<(usize, usize)> {
    let mut by_name: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        let name = (record.reference.clone().unwrap(), record.recipient.clone());
        by_name.entry(name).or_default().push(at);
    }
    let mut found = Vec::new();
    for at in 0..model.sends.len() {
        let send = &mut model.sends[at];
        if send.is_pruned {
            continue;
        }
        let of_it = by_name.get_mut(&(send.reference.clone(), send.recipient.clone()));
        match of_it.filter(|places| !places.is_empty()).map(|places| places.remove(0)) {
            Some(place) => found.push((at, place)),
            // It need not have been begun.
            None => assert!(send.is_given_up, "not on record: {send:?}"),
        }
    }
    let left: Vec<_> = by_name.into_values().flatten().map(|at| &records[at]).collect();
    assert!(left.is_empty(), "on record, but never sent or forgotten: {left:?}");
    found
}

pub(crate) async fn with_the_model(life: &Life, business: &str, model: &mut Model, meta: &Meta) {
    behind_all_writes(life).await;
    let records = records(life, business).await;
    let found = found(model, &records);
    model.on_record(found.iter().map(|(at, _)| *at));
    for (at, place) in found {
        let (record, send) = (&records[place], &mut model.sends[at]);
        if send.is_given_up {
            send.is_given_up = false;
            match record.status {
                // Where Meta had refused it by then, the code is there too.
                SendStatus::Failed => (send.state, send.code) = (State::Failed, record.code),
                // It gave up while the answer that had come was being written down.
                SendStatus::Sent => {
                    let id = message_id(business, send.key);
                    let called = meta.exchange(send.key).called;
                    model.ended(at, &Said::Sent, id, &called);
                }
                _ => send.state = State::Open,
            }
        }
        let send = &model.sends[at];
        let expected = (send.state.status(), send.message_id.as_deref(), send.code, send.kind);
        let is = (record.status, record.message_id.as_deref(), record.code, record.operation.as_str());
        assert_eq!(is, expected, "of {send:?}: {record:?}");
        assert!(record.updated_at >= record.created_at, "{record:?}");
        model.began(at, record.created_at);
    }
    // Nothing went out twice, and nothing that was said not to.
    for send in &model.sends {
        let exchange = meta.exchange(send.key);
        assert!(exchange.taken <= 1, "{send:?}: {exchange:?}");
        let is_refused = send.state == State::Failed && send.message_id.is_none();
        assert!(!is_refused || exchange.taken == 0, "on record as not sent, but it was: {send:?}");
    }
    let mut chats = life.patient.chats().await.unwrap();
    let listed = model.listed();
    assert!(chats.is_sorted_by_key(|chat| Reverse(chat.last_message_at)), "{chats:?}");
    // Of those that were written down at the same moment any may come first.
    chats.sort_by_key(|chat| (Reverse(chat.last_message_at), chat.phone_number.clone()));
    let names: Vec<_> = chats.iter().map(|chat| &chat.phone_number).collect();
    let expected: Vec<_> = listed.iter().map(|(name, ..)| name).collect();
    assert_eq!(names, expected, "{chats:?} should be {listed:?}");
    for (chat, (name, last, least, most)) in chats.iter().zip(&listed) {
        assert_eq!(chat.last_message_at, Some(*last), "when something was last written to {name}: {chat:?}");
        assert!((*least..=*most).contains(&chat.unread_count), "{least} to {most} are unread in {chat:?}");
    }
}
