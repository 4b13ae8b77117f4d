//! More than the gateway takes on.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::house::{House, soon};
use crate::limits::{KeyPace, SendSlots};

#[tokio::test]
async fn beyond_the_queue_requests_are_shed() {
    let (sending, gate) = (SendSlots::new(2, 1, Duration::from_secs(10)), Arc::new(Semaphore::new(0)));
    let handler = {
        let (sending, gate) = (sending.clone(), gate.clone());
        async move || {
            let _permit = sending.permit().await?;
            gate.acquire().await.unwrap().forget();
            Ok::<_, crate::limits::Overloaded>("sent")
        }
    };
    let house = Arc::new(House::build(Router::new().route("/", get(handler))).await);
    let asked: Vec<_> = (0..6)
        .map(|_| {
            let house = house.clone();
            tokio::spawn(async move { house.get("/").await })
        })
        .collect();
    soon(async || asked.iter().filter(|asked| asked.is_finished()).count() == 3).await;
    gate.add_permits(3);
    let mut statuses = Vec::new();
    for asked in asked {
        let answer = asked.await.unwrap();
        statuses.push(answer.status);
        if answer.status == 503 {
            let body = answer.json();
            assert_eq!(answer.header("retry-after"), Some("1"));
            assert_eq!(body["kind"], "server");
            assert_eq!(body["retryable"], json!(true));
            assert_eq!(body["maybe_sent"], json!(false));
            assert_eq!(body["retry_after"], json!(1.0));
            assert!(body["error"].is_string());
        }
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 503, 503, 503]);
    assert!(sending.permit().await.is_ok(), "every turn is free again");
}

#[tokio::test]
async fn patience_in_the_queue_ends() {
    let sending = SendSlots::new(1, 5, Duration::from_millis(20));
    let held = sending.permit().await.unwrap();
    assert!(sending.permit().await.is_err());
    drop(held);
    assert!(sending.permit().await.is_ok());
}

#[tokio::test]
async fn each_key_has_its_own_pace() {
    let pace = KeyPace::new(0.1, 2);
    let handler = async move |Path(key): Path<i64>| pace.take(key).map(|()| "sent");
    let house = House::build(Router::new().route("/{key}", get(handler))).await;
    for status in [200, 200, 429] {
        let answer = house.get("/1").await;
        assert_eq!(answer.status, status);
        if status == 429 {
            let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
            assert!((9..=10).contains(&seconds));
            assert_eq!(answer.json()["kind"], "rate_limited");
            assert_eq!(answer.json()["maybe_sent"], json!(false));
        }
    }
    assert_eq!(house.get("/2").await.status, 200);
}
