//! Meta's largest webhooks: it gives up on who does not answer soon, and in the end switches the webhook off.

use std::time::{Duration, Instant};

use serde_json::json;
use wamid::{NewSend, SendFilter, SendOutcome, SendStatus, Timestamp};

use crate::forward_target::{DOWN, Target};
use crate::house::House;
use crate::postgres::Database;

/// The promise is a second. It is given for what is shipped; without optimisation, and beside the other tests on few processors,
/// the same work takes several times as long.
const WITHIN: Duration = Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 });

/// Meta puts up to so many into one.
const STATUSES: usize = 1000;

#[tokio::test(flavor = "multi_thread")]
async fn three_megabytes_of_a_thousand_statuses_are_answered_soon_on_sqlite() {
    answered_soon(House::build().await, "SQLite").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_megabytes_of_a_thousand_statuses_are_answered_soon_on_postgresql() {
    let Some(database) = Database::create() else { return };
    answered_soon(House::on_postgres(&database.url).await, "PostgreSQL").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_answered_soon_where_they_are_passed_on_too() {
    let target = Target::start().await;
    target.answers(DOWN);
    let forward = target.forward();
    let house = House::set(None, |options| options.forward = Some(forward)).await;
    answered_soon(house, "SQLite, passed on").await;
    let Some(database) = Database::create() else { return };
    let forward = target.forward();
    let house = House::set(Some(&database.url), |options| options.forward = Some(forward)).await;
    answered_soon(house, "PostgreSQL, passed on").await;
}

async fn answered_soon(house: House, database: &str) {
    let number = house.sandbox.phone_number_id().to_owned();
    for n in 0..STATUSES {
        let deadline = Timestamp::now() + Duration::from_secs(60);
        let send = NewSend::new(number.clone(), format!("9198765{n:05}"), "text", deadline)
            .reference(format!("order-{n}"));
        let id = house.store.begin_send(&send).await.unwrap();
        let sent = SendOutcome::Sent { message_id: format!("wamid.{n}"), wa_id: None, user_id: None };
        house.store.finish_send(&id, &sent).await.unwrap();
    }
    let body = |status: &str| {
        let statuses: Vec<_> = (0..STATUSES)
            .map(|n| {
                json!({"id": format!("wamid.{n}"), "status": status, "timestamp": "1749416383",
                       "recipient_id": format!("9198765{n:05}"), "biz_opaque_callback_data": format!("order-{n}"),
                       "of_tomorrow": "x".repeat(2_800)})
            })
            .collect();
        let value = json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": number}, "statuses": statuses});
        json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]})
            .to_string()
    };
    let mut quickest = Duration::MAX;
    for status in ["delivered", "read", "read"] {
        let body = body(status);
        assert!((2_900_000..3 << 20).contains(&body.len()), "{}", body.len());
        let signature = house.signature(&body);
        let began = Instant::now();
        let (answered, answer) = house.raw_with("POST", "webhook/", &signature, &body).await;
        let took = began.elapsed();
        assert_eq!(answered, 200, "{answer}");
        println!("{database}: {STATUSES} × {status} in {} bytes took {took:?}", body.len());
        quickest = quickest.min(took);
    }
    assert!(quickest < WITHIN, "Meta waits no longer: {quickest:?} on {database}");
    let mut read = SendFilter::default();
    read.status = Some(SendStatus::Read);
    read.limit = Some(2_000);
    assert_eq!(house.store.sends(&read).await.unwrap().len(), STATUSES, "and none of them is lost");
}
