//! What became of sends: each key is told of those that were made with it.

use wamid::{Client, ErrorKind, NewSend, SendFilter, Timestamp};
use wamid_gateway::Keys;

use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_key_sees_its_own_sends_alone() {
    let house = House::build().await;
    let other = Keys::open(&house.store).await.unwrap().create("other").await.unwrap();
    let [mine, theirs] = [house.client(), house.client_with(&other)];
    mine.send_message("+16505551234", "Hello").reference("r-1").await.unwrap();
    mine.send("+16505551234", wamid::Image::link("https://example.com/a.jpg"))
        .reference("r-2")
        .await
        .unwrap();
    theirs.send_message("+16505551234", "Hello").reference("r-1").await.unwrap();
    // One of an older version, which did not note the key.
    let old = NewSend::new(house.sandbox.phone_number_id(), "16505551234", "text", Timestamp::now());
    house.store.begin_send(&old.reference("r-1")).await.unwrap();

    let told = |sends: Vec<wamid::SendRecord>| -> Vec<(String, String)> {
        sends.into_iter().map(|send| (send.reference.unwrap_or_default(), send.operation)).collect()
    };
    let pair = |reference: &str, operation: &str| (reference.to_owned(), operation.to_owned());
    assert_eq!(told(mine.sends().await.unwrap()), [pair("r-2", "image"), pair("r-1", "text")]);
    assert_eq!(told(mine.sends().limit(1).await.unwrap()), [pair("r-2", "image")]);
    assert_eq!(told(theirs.sends().reference("r-1").await.unwrap()), [pair("r-1", "text")]);
    assert!(theirs.sends().reference("r-2").await.unwrap().is_empty());
    assert_eq!(house.store.sends(&SendFilter::default()).await.unwrap().len(), 4);
    // A raw request, with no idempotency key beside it, is somebody's too.
    let body = r#"{"phone":"16505551234","message":"Hello","reference":"r-3"}"#;
    let (status, _) = house.raw("POST", "api/send-message/", Some(&other), body).await;
    assert_eq!(status, 200);
    assert_eq!(theirs.sends().await.unwrap()[0].reference.as_deref(), Some("r-3"));
    let (status, answer) = house.raw("GET", "api/sends", Some(&other), "").await;
    assert_eq!((status, answer["sends"].as_array().unwrap().len()), (200, 2));
    assert!(answer["sends"][0].get("phone_number_id").is_none(), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_settles_what_is_told() {
    let house = House::build().await;
    let client = house.client();
    let receipt = client.send_message("+16505551234", "Hello").reference("r-1").await.unwrap();
    // The sandbox tells of the delivery by itself.
    let read = async {
        loop {
            let found = client.sends().message_id(&*receipt.id).await.unwrap();
            match found[0].status.as_str() {
                "sent" => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
                status => return status.to_owned(),
            }
        }
    };
    let status = tokio::time::timeout(std::time::Duration::from_secs(20), read).await.unwrap();
    assert!(["delivered", "read"].contains(&status.as_str()), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_as_may_be_asked_for_fit_an_answer() {
    let house = House::build().await;
    let client = house.client();
    // Each of these characters has 6 bytes in JSON.
    let reference = "\u{1}".repeat(512);
    let mut sent = 0;
    while sent < 250 {
        match client.send_message("+16505551234", "Hello").reference(&reference).await {
            Ok(_) => sent += 1,
            // The gateway's limit for a key: it says how long to wait.
            Err(error) if error.kind() == ErrorKind::RateLimited => {
                tokio::time::sleep(error.retry_after().unwrap_or_default()).await;
            }
            Err(error) => panic!("{error}"),
        }
    }
    let told = client.sends().limit(250).await.unwrap();
    assert_eq!(told.len(), 250);
    assert!(told.iter().all(|send| send.reference.as_ref() == Some(&reference)));
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_are_held_to_their_rules() {
    let house = House::build().await;
    let client = house.client();
    let error = client.sends().limit(251).await.unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("limit")), "{error}");
    assert!(client.sends().limit(250).await.unwrap().is_empty());
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("limit=-1", "limit"),
        ("limit=", "limit"),
        ("status=gone", "status"),
        ("status=", "status"),
    ] {
        let (status, answer) = house.raw("GET", &format!("api/sends/?{query}"), Some(&house.key), "").await;
        assert_eq!((status, answer["field"].as_str()), (400, Some(field)), "{query}: {answer}");
    }
    let (status, answer) = house.raw("GET", "api/sends/?reference=&message_id=", Some(&house.key), "").await;
    assert_eq!(status, 200, "{answer}");
    let (status, _) = house.raw("GET", "api/sends/", Some("wrong"), "").await;
    assert_eq!(status, 401);
    let cloud = Client::cloud("TOKEN", "1066").build().unwrap();
    let error = cloud.sends().await.unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Unsupported, Some("store")), "{error}");
}
