//! Many tasks, two pools, two processes; and calls that their callers give up.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod store_support;

use std::process::{Command, Stdio};
use std::task::Poll;
use std::time::Duration;

use store_support::*;
use wamid::{SendFilter, SendStatus, Store};

const EACH: usize = 200;

async fn send_many(store: &Store, who: &str) {
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..EACH {
        let (store, who) = (store.clone(), who.to_owned());
        tasks.spawn(async move {
            let id =
                store.begin_send(&new(&format!("49151{:08}", n % 20), &format!("{who}{n}"))).await.unwrap();
            store.record_events(&mut message(&format!("in.{who}{n}"), Some(SHEENA), None, 1)).await.unwrap();
            store.chats(BUSINESS).await.unwrap();
            store.finish_send(&id, &sent(&format!("wamid.{who}{n}"))).await.unwrap();
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
}

async fn all_are_there(store: &Store, senders: usize) {
    let mut filter = SendFilter::default();
    filter.status = Some(SendStatus::Sent);
    filter.limit = Some(10_000);
    assert_eq!(store.sends(&filter).await.unwrap().len(), senders * EACH);
    let chats = chats(store).await;
    assert_eq!(chats.len(), 21);
    let sheena = chats.iter().find(|chat| chat.phone_number == SHEENA).unwrap();
    assert_eq!(sheena.unread_count, i64::try_from(senders * EACH).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_tasks_at_once_are_never_told_that_it_is_locked() {
    everywhere(async |place| {
        let store = place.open().await;
        let started = std::time::Instant::now();
        send_many(&store, "a").await;
        println!("{} writes in {:?}", 3 * EACH, started.elapsed());
        all_are_there(&store, 1).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_in_memory_takes_as_many() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    send_many(&store, "a").await;
    all_are_there(&store, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pools_of_one_database_share_it() {
    everywhere(async |place| {
        let (one, two) = tokio::join!(place.open(), place.open());
        tokio::join!(send_many(&one, "a"), send_many(&two, "b"));
        all_are_there(&one, 2).await;
    })
    .await;
}

/// Not a test: what the processes of the next one run.
#[tokio::test(flavor = "multi_thread")]
async fn process() {
    let Ok(url) = std::env::var("WAMID_TEST_PROCESS") else {
        return;
    };
    let who = std::env::var("WAMID_TEST_NAME").unwrap();
    send_many(&Store::open(&url).await.unwrap(), &who).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_open_a_new_database_at_once_share_it() {
    everywhere(async |place| {
        let processes: Vec<_> = ["a", "b", "c"]
            .into_iter()
            .map(|name| {
                Command::new(std::env::current_exe().unwrap())
                    .args(["--exact", "process", "--nocapture"])
                    .env("WAMID_TEST_PROCESS", &place.url)
                    .env("WAMID_TEST_NAME", name)
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for process in processes {
            let output = process.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        all_are_there(&place.open().await, 3).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_open_a_new_database_at_once() {
    for _ in 0..10 {
        everywhere(async |place| {
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let url = place.url.clone();
                tasks.spawn(async move { Store::open(&url).await.unwrap() });
            }
            let stores = tasks.join_all().await;
            send(&stores[7], SHEENA, "r", &sent("wamid.1")).await;
            assert_eq!(chats(&stores[0]).await.len(), 1);
        })
        .await;
    }
}

/// Polls a call so often, then drops it.
async fn give_up<F: Future>(polls: u32, call: F) -> bool {
    let mut call = Box::pin(call);
    for _ in 0..polls {
        if std::future::poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await {
            return true;
        }
        // Lets the database's thread answer.
        tokio::time::sleep(Duration::from_micros(50)).await;
    }
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_given_up_anywhere_leaves_nothing_behind() {
    everywhere(async |place| {
        let file = place.open().await;
        let memory = Store::open("sqlite::memory:").await.unwrap();
        for store in [&file, &memory] {
            let mut begun = 0;
            for polls in 0..60 {
                begun += usize::from(give_up(polls, store.begin_send(&new(SHEENA, "r"))).await);
                give_up(
                    polls,
                    store.record_events(&mut message(&format!("wamid.{polls}"), Some(SHEENA), None, 1)),
                )
                .await;
                give_up(polls, store.chats(BUSINESS)).await;
            }
            // All connections are free, no transaction is open, and what was answered is there.
            send_many(store, "a").await;
            let sends = store
                .sends(&{
                    let mut made = SendFilter::default();
                    made.limit = Some(10_000);
                    made
                })
                .await
                .unwrap();
            assert!(sends.len() >= begun + EACH && sends.len() <= 60 + EACH, "{} of {begun}", sends.len());
        }
    })
    .await;
}
