//! Writes that share a transaction: as if each had one of its own.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use std::time::Duration;

use futures_util::future::join_all;
use store_support::*;
use wamid::{ErrorKind, SendFilter, SendOutcome, SendStatus, Store};

/// How the `n`th send of a mixed lot ends, and to whom it goes: plain ones, numbers that Meta corrects, user ids,
/// refusals and unknowns, several to one contact.
fn mixed(n: usize) -> (String, SendOutcome) {
    let message_id = format!("wamid.{n}");
    let number = format!("49151000000{:02}", n % 12);
    match n % 10 {
        0..=4 => (number.clone(), SendOutcome::Sent { message_id, wa_id: Some(number), user_id: None }),
        5 => (
            format!("52155512345{:02}", n % 3),
            SendOutcome::Sent { message_id, wa_id: Some(format!("5255512345{:02}", n % 3)), user_id: None },
        ),
        6 => (
            "US.13491208655302741918".to_owned(),
            SendOutcome::Sent { message_id, wa_id: None, user_id: Some("US.13491208655302741918".into()) },
        ),
        7 => (number, SendOutcome::Failed { code: Some(131_026) }),
        8 => (number, SendOutcome::Unknown),
        _ => (number, SendOutcome::Sent { message_id, wa_id: None, user_id: None }),
    }
}

const LOT: usize = 120;

/// What is left on record: each send by its reference, each conversation by its number.
async fn left(store: &Store) -> (Vec<String>, Vec<String>) {
    let mut filter = SendFilter::default();
    filter.limit = Some(10_000);
    let mut sends: Vec<_> = store.sends(&filter).await.unwrap().into_iter().collect();
    sends.sort_by(|one, other| one.reference.cmp(&other.reference));
    let sends = sends.iter().map(|send| {
        format!(
            "{:?} {} {:?} {:?} {:?}",
            send.reference, send.recipient, send.status, send.message_id, send.code
        )
    });
    let mut conversations: Vec<_> = chats(store)
        .await
        .iter()
        .map(|chat| format!("{} {} unread", chat.phone_number, chat.unread_count))
        .collect();
    conversations.sort();
    (sends.collect(), conversations)
}

async fn receive_some(store: &Store) {
    for n in 0..12 {
        receive(store, &format!("wamid.in{n}"), &format!("49151000000{n:02}"), "2026-01-01T00:00:00Z").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn together_they_leave_what_they_leave_one_by_one() {
    everywhere(async |place| {
        let alone = Place::sqlite();
        let (alone, together) = (alone.open().await, place.open().await);
        receive_some(&alone).await;
        receive_some(&together).await;
        for n in 0..LOT {
            let (recipient, outcome) = mixed(n);
            send(&alone, &recipient, &format!("r{n:03}"), &outcome).await;
        }
        let ids = join_all(
            (0..LOT)
                .map(async |n| together.begin_send(&new(&mixed(n).0, &format!("r{n:03}"))).await.unwrap()),
        )
        .await;
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(
                record(&together, *id).await.reference,
                Some(format!("r{n:03}")),
                "each has its own id"
            );
        }
        join_all(
            ids.iter().enumerate().map(async |(n, id)| together.finish_send(id, &mixed(n).1).await.unwrap()),
        )
        .await;
        assert_eq!(left(&together).await, left(&alone).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_send_many_times_over_is_as_many_records() {
    everywhere(async |place| {
        let store = place.open().await;
        let same = new(SHEENA, "campaign");
        let mut ids = join_all((0..50).map(async |_| store.begin_send(&same).await.unwrap().get())).await;
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 50);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_written_is_alone_with_its_error() {
    everywhere(async |place| {
        let other = Place::sqlite();
        let elsewhere = other.open().await;
        for n in 0..200 {
            elsewhere.begin_send(&new(SHEENA, &format!("r{n}"))).await.unwrap();
        }
        let stranger = elsewhere.begin_send(&new(SHEENA, "elsewhere")).await.unwrap();

        let store = place.open().await;
        let mut ids =
            join_all((0..40).map(async |n| store.begin_send(&new(SHEENA, &format!("r{n}"))).await.unwrap()))
                .await;
        ids.insert(20, stranger);
        let outcome = sent("wamid.1");
        let ended = join_all(ids.iter().map(|id| store.finish_send(id, &outcome))).await;
        for (n, ended) in ended.iter().enumerate() {
            match ended {
                Ok(()) => assert_ne!(n, 20),
                Err(error) => assert_eq!((n, error.kind()), (20, ErrorKind::Store), "{error}"),
            }
        }
        let mut filter = SendFilter::default();
        filter.status = Some(SendStatus::Sent);
        assert_eq!(store.sends(&filter).await.unwrap().len(), 40);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_up_takes_nobody_along() {
    everywhere(async |place| {
        let store = place.open().await;
        let mut impatient = tokio::task::JoinSet::new();
        let mut patient = tokio::task::JoinSet::new();
        for n in 0..100 {
            let store = store.clone();
            let begin = async move { store.begin_send(&new(SHEENA, &format!("r{n}"))).await };
            if n % 2 == 0 { drop(impatient.spawn(begin)) } else { drop(patient.spawn(begin)) }
        }
        tokio::task::yield_now().await;
        impatient.abort_all();
        for begun in patient.join_all().await {
            begun.unwrap();
        }
    })
    .await;
}

#[test]
fn a_runtime_that_ends_in_the_middle_leaves_the_store_to_the_next_one() {
    let folder = Place::sqlite();
    let runtime =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let store = {
        let first = runtime();
        let store = first.block_on(folder.open());
        for n in 0..50 {
            let store = store.clone();
            first.spawn(async move { store.begin_send(&new(SHEENA, &format!("r{n}"))).await });
        }
        first.shutdown_timeout(Duration::from_secs(10));
        store
    };
    runtime().block_on(async {
        let id = store.begin_send(&new(SHEENA, "after")).await.unwrap();
        store.finish_send(&id, &sent("wamid.after")).await.unwrap();
        assert_eq!(record(&store, id).await.status, SendStatus::Sent);
    });
}
