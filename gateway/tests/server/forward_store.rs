//! Events that wait stand in the store: gateways share them, a store that fails loses none, a stop gives them back, and old ones end.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use wamid::Store;
use wamid_gateway::{Accounts, EventQueue, Gateway, GatewayOptions};

use crate::forward::{body, change, forwarding, message};
use crate::forward_target::{DOWN, OK, Target, in_order};
use crate::house::{House, SECRET_KEY, signature};
use crate::postgres::Database;

#[tokio::test(flavor = "multi_thread")]
async fn two_gateways_on_one_postgresql_share_the_work_and_post_nothing_twice() {
    const SENDERS: usize = 20;
    const EACH: usize = 15;
    let Some(database) = Database::create() else { return };
    let target = Target::start().await;
    let forward = target.forward();
    let house = House::set(Some(&database.url), |options| options.forward = Some(forward)).await;
    let store = Store::open(&database.url).await.unwrap();
    let accounts =
        Accounts::open(&store, &database.url, Some(SECRET_KEY), wamid::Options::default()).await.unwrap();
    let options = GatewayOptions {
        prefix: "/whatsapp".to_owned(),
        forward: Some(target.forward()),
        ..GatewayOptions::new(store, accounts)
    };
    let second = Gateway::start(options, ([127, 0, 0, 1], 0).into()).await.unwrap();
    let urls = [house.gateway_url(), second.url()];
    let mut coming = JoinSet::new();
    for sender in 0..SENDERS {
        let (urls, number) = (urls.clone(), house.sandbox.phone_number_id().to_owned());
        let secret = house.sandbox.app_secret().to_owned();
        coming.spawn(async move {
            for at in 0..EACH {
                let body = body(&[change(&number, &[message(&format!("165055512{sender:02}"), at)])]);
                let url = &urls[(sender + at) % 2];
                let headers = signature(&secret, &body);
                assert_eq!(House::raw_at(url, "POST", "webhook/", &headers, &body).await.0, 200);
            }
        });
    }
    coming.join_all().await;
    let taken = target.has_taken(SENDERS * EACH).await;
    house.is_through().await;
    assert_eq!(target.posts().len(), SENDERS * EACH);
    assert_eq!(in_order(&taken).len(), SENDERS);
    let by_first = house.counted("wamid_events_delivered_total").await;
    assert!(by_first > 0.0 && by_first < (SENDERS * EACH) as f64, "{by_first} by the first");
    second.shutdown().await;
}

impl House {
    /// From now on the store refuses this of the table of events, as a full disk does.
    async fn refuses(&self, what: &str) {
        let sql = format!(
            "CREATE TRIGGER refusing BEFORE {what} ON gateway_events BEGIN SELECT RAISE(ABORT, 'no room'); END"
        );
        self.run_sql(&sql).await;
    }

    async fn run_sql(&self, sql: &str) {
        let mut tx = self.store.begin().await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_written_down_is_neither_answered_as_taken_nor_recorded() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    house.refuses("INSERT").await;
    let body = body(&[change(house.sandbox.phone_number_id(), &[message("16505551234", 0)])]);
    assert_eq!(house.webhook(&body).await, 503);
    assert!(house.client().chats().await.unwrap().is_empty(), "the record is undone with it");
    house.run_sql("DROP TRIGGER refusing").await;
    // Meta delivers it again.
    assert_eq!(house.webhook(&body).await, 200);
    target.has_taken(1).await;
    assert_eq!(house.client().chats().await.unwrap()[0].unread_count, 1);
}

#[tokio::test]
async fn an_event_that_was_taken_is_not_posted_again_and_again_while_that_cannot_be_written_down() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    house.refuses("DELETE").await;
    house.comes_in("16505551234", 0..2).await;
    target.has_taken(1).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(target.posts().len(), 1);
    house.run_sql("DROP TRIGGER refusing").await;
    in_order(&target.has_taken(2).await);
    house.is_through().await;
    assert_eq!(target.posts().len(), 2);
}

#[tokio::test]
async fn a_gateway_that_stops_gives_its_turns_back() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    target.answers(DOWN);
    house.comes_in("16505551234", 0..1).await;
    target.was_asked(1).await;
    let (store, url) = (house.store.clone(), house.url.clone());
    let accounts = Accounts::open(&store, &url, Some(SECRET_KEY), wamid::Options::default()).await.unwrap();
    let _folder = house.stop().await;
    target.answers(OK);
    let queue = EventQueue::open(&store).await.unwrap();
    assert_eq!(queue.by_account().await.unwrap()[0].waiting, 1);
    let options = GatewayOptions { forward: Some(target.forward()), ..GatewayOptions::new(store, accounts) };
    let began = Instant::now();
    let gateway = Gateway::start(options, ([127, 0, 0, 1], 0).into()).await.unwrap();
    target.has_taken(1).await;
    // Far less than a lease, which only a killed one leaves.
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    gateway.shutdown().await;
}

#[tokio::test]
async fn events_without_a_target_end_after_seven_days_and_lists_after_thirty_more() {
    let house = House::set(None, |_| {}).await;
    let hour = 3_600_000_000_i64;
    let now = wamid::Timestamp::now().as_microsecond();
    let mut tx = house.store.begin().await.unwrap();
    for (sender, received, given_up) in [
        ("old", now - 170 * hour, None),
        ("new", now - 160 * hour, None),
        ("listed", now - 2000 * hour, Some(now - 719 * hour)),
        ("gone", now - 2000 * hour, Some(now - 721 * hour)),
    ] {
        let sql = "INSERT INTO gateway_events (number, sender, kind, body, received_at, given_up_at) VALUES ('9', $1, 'message text', '{}', $2, $3)";
        sqlx::query(sql)
            .bind(format!("9/{sender}"))
            .bind(received)
            .bind(given_up)
            .execute(&mut *tx)
            .await
            .unwrap();
        let sql =
            "INSERT INTO gateway_event_senders (sender, number, arrived, next_at) VALUES ($1, '9', 1, $2)";
        sqlx::query(sql).bind(format!("9/{sender}")).bind(received).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    // It is done at each start, and every hour.
    let accounts =
        Accounts::open(&house.store, &house.url, Some(SECRET_KEY), wamid::Options::default()).await.unwrap();
    let second = GatewayOptions::new(house.store.clone(), accounts);
    let second = Gateway::start(second, ([127, 0, 0, 1], 0).into()).await.unwrap();
    let queue = house.queue().await;
    let listed = loop {
        let listed = queue.list(10).await.unwrap();
        if listed.len() == 3 && listed.iter().filter(|event| event.state == "given_up").count() == 2 {
            break listed;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    let shown: Vec<_> = listed.iter().map(|event| (event.sender.as_str(), event.state)).collect();
    assert_eq!(
        shown,
        [("\u{2026}sted", "given_up"), ("\u{2026}old", "given_up"), ("\u{2026}new", "waiting")]
    );
    assert_eq!(listed[1].problem.as_deref(), Some("there was no target"));
    let turns = "SELECT sender FROM gateway_event_senders";
    loop {
        let left: Vec<String> = sqlx::query_scalar(turns).fetch_all(house.store.pool()).await.unwrap();
        if left == ["9/new"] {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    second.shutdown().await;
}
