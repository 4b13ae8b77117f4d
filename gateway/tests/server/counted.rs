//! What `/metrics` of a gateway says of sends and webhooks: an alarm is set on these numbers.

use wamid::{Message, Options, Text};
use wamid_sandbox::SandboxOptions;

use crate::house::House;

#[tokio::test]
async fn retries_are_counted_also_where_the_send_ends_well() {
    let house = House::with(SandboxOptions::default(), Options::default()).await;
    // 130429 twice, then sent.
    let receipt = house.client().send_built(Message::new("15550900010", Text::new("Hello"))).await.unwrap();
    assert_eq!(receipt.attempts, 1, "the client's own: it asked its gateway once");
    assert_eq!(house.counted("wamid_retries_total").await, 2.0);
    assert_eq!(house.counted("wamid_unknown_outcomes_total").await, 0.0);

    house.client().send_built(Message::new("919876543210", Text::new("Hello"))).await.unwrap();
    assert_eq!(house.counted("wamid_retries_total").await, 2.0, "a first request is none made again");
    // Taken and lost: never made again.
    house.client().send_built(Message::new("15550900003", Text::new("Hello"))).await.unwrap_err();
    assert_eq!(house.counted("wamid_retries_total").await, 2.0);
    assert_eq!(house.counted("wamid_unknown_outcomes_total").await, 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_endpoint_has_its_name() {
    let house = House::build().await;
    let client = house.client();
    let id = client.upload_media().data(b"%PDF-1.4".to_vec()).mime_type("application/pdf").await.unwrap();
    client.download_media(id.as_str()).await.unwrap();
    client.delete_media(id.as_str()).await.unwrap();
    client.templates().await.unwrap();
    client.sends().await.unwrap();
    let received = house.sandbox.phone("16505551234").named("Sheena").text("Hi").unwrap();
    client.mark_read(received.as_str()).await.unwrap();
    // A download asks for the file's size and sum first.
    for (endpoint, count) in [
        ("media", 3.0),
        ("media_content", 1.0),
        ("templates", 1.0),
        ("sends", 1.0),
        ("read", 1.0),
        ("other", 0.0),
    ] {
        let series = format!("wamid_requests_total{{endpoint=\"{endpoint}\",kind=\"ok\"}}");
        assert_eq!(house.counted(&series).await, count, "{endpoint}");
    }
}

#[tokio::test]
async fn webhooks_are_counted_by_what_came_of_them() {
    let house = House::build().await;
    let broken = "{\"entry\":";
    assert_eq!(house.raw_with("POST", "webhook/", &house.signature(broken), broken).await.0, 400);
    assert_eq!(house.raw("POST", "webhook/", None, "{}").await.0, 401);
    assert_eq!(house.raw("GET", "webhook/?hub.mode=subscribe&hub.verify_token=guess", None, "").await.0, 403);
    assert_eq!(house.raw("GET", "webhook/?hub.mode=%FF", None, "").await.0, 403);
    assert_eq!(house.raw_with("POST", "webhook/", &house.signature("{}"), "{}").await.0, 200);
    let large = "x".repeat(3_200_000);
    assert_eq!(house.raw("POST", "webhook/", None, &large).await.0, 413);
    // Without its tables the store records nothing, and Meta has to come again.
    let mut tx = house.store.begin().await.unwrap();
    sqlx::query("DROP TABLE gateway_accounts").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.raw_with("POST", "webhook/", &house.signature("{}"), "{}").await.0, 503);
    let subscribe = "webhook/?hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=1";
    assert_eq!(house.raw("GET", subscribe, None, "").await.0, 503);

    for (kind, count) in
        [("ok", 1.0), ("invalid_input", 1.0), ("authentication", 3.0), ("rejected", 1.0), ("store", 2.0)]
    {
        let series = format!("wamid_requests_total{{endpoint=\"webhook\",kind=\"{kind}\"}}");
        assert_eq!(house.counted(&series).await, count, "{kind}");
    }
}
