//! What `/metrics` of a gateway says of sends and webhooks: an alarm is set on these numbers.

use wamid::{Message, Options, Text};
use wamid_sandbox::SandboxOptions;

use crate::house::House;

#[tokio::test]
async fn retries_are_counted_also_where_the_send_ends_well() {
    let house = House::with(SandboxOptions::default(), Options::default()).await;
    // 130429 twice, then sent.
    house.client().send_built(Message::new("15550900010", Text::new("Hello"))).await.unwrap();
    assert_eq!(house.counted("wamid_retries_total").await, 2.0);
    assert_eq!(house.counted("wamid_unknown_outcomes_total").await, 0.0);

    house.client().send_built(Message::new("919876543210", Text::new("Hello"))).await.unwrap();
    assert_eq!(house.counted("wamid_retries_total").await, 2.0, "a first request is none made again");
    // Taken and lost: never made again.
    house.client().send_built(Message::new("15550900003", Text::new("Hello"))).await.unwrap_err();
    assert_eq!(house.counted("wamid_retries_total").await, 2.0);
    assert_eq!(house.counted("wamid_unknown_outcomes_total").await, 1.0);
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
