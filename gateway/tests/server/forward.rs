//! What comes in is passed on: each event once it is on disk, in order for a sender, until it is taken.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wamid::WebhookReceiver;
use wamid_gateway::{AccountForward, DroppedEvents, EventQueue, ForwardTarget, NewAccount};

use crate::forward_target::{Answer, DOWN, OK, SECRET, Target, in_order};
use crate::house::House;

pub(crate) async fn forwarding(target: &Target) -> House {
    let forward = target.forward();
    House::set(None, |options| options.forward = Some(forward)).await
}

pub(crate) fn message(from: &str, number: usize) -> Value {
    json!({"from": from, "id": format!("wamid.{from}.{number}"), "timestamp": "1749416383", "type": "text",
           "text": {"body": "Is it open? \u{0} \u{1f600}"}})
}

pub(crate) fn change(number: &str, messages: &[Value]) -> Value {
    json!({"field": "messages", "value": {"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": number}, "messages": messages}})
}

pub(crate) fn body(changes: &[Value]) -> String {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}).to_string()
}

impl House {
    pub(crate) async fn webhook(&self, body: &str) -> u16 {
        self.raw_with("POST", "webhook/", &self.signature(body), body).await.0
    }

    /// A webhook with messages of one sender.
    pub(crate) async fn comes_in(&self, from: &str, numbers: std::ops::Range<usize>) {
        let messages: Vec<_> = numbers.map(|number| message(from, number)).collect();
        assert_eq!(self.webhook(&body(&[change(self.sandbox.phone_number_id(), &messages)])).await, 200);
    }

    pub(crate) async fn queue(&self) -> EventQueue {
        EventQueue::open(&self.store).await.unwrap()
    }

    /// Once nothing waits.
    pub(crate) async fn is_through(&self) {
        let queue = self.queue().await;
        let look = async {
            while queue.by_account().await.unwrap().iter().any(|account| account.waiting > 0) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), look).await.expect("something still waits");
    }
}

#[tokio::test]
async fn each_event_is_posted_once_in_metas_shape_and_signed() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    let number = house.sandbox.phone_number_id().to_owned();
    let mut first = change(&number, &[message("16505551234", 0), message("16505551235", 0)]);
    first["value"]["contacts"] = json!([{"profile": {"name": "Sheena"}, "wa_id": "16505551234"}]);
    first["value"]["statuses"] = json!([{"id": "wamid.OUT", "status": "read", "timestamp": "1749416383", "recipient_id": "16505551234"}]);
    let other = json!({"field": "account_update", "value": {"event": "OF_TOMORROW", "rate": 1.50}});
    let whole = body(&[first, other.clone()]);
    assert_eq!(house.webhook(&whole).await, 200);
    target.has_taken(4).await;
    house.is_through().await;
    let posts = target.posts();
    assert_eq!(posts.len(), 4);
    for post in &posts {
        assert_eq!(
            (&post.body["object"], &post.body["entry"][0]["id"]),
            (&json!("whatsapp_business_account"), &json!("1"))
        );
    }
    // The SDK's receivers take them, in an app that has only the gateway.
    let receiver = WebhookReceiver::with_app_secret(house.client(), SECRET).unwrap();
    for post in &posts {
        let delivery = receiver.delivery(post.raw.clone(), &post.signature);
        while delivery.next().await.is_some() {
            delivery.handled().await;
        }
        assert_eq!(delivery.answer().status, 200);
    }
    let of = |name: &str| {
        let has = |post: &&crate::forward_target::Post| post.body.to_string().contains(name);
        posts.iter().find(has).unwrap().clone()
    };
    let shown = of("wamid.16505551234.0");
    assert_eq!(shown.value()["messages"], json!([message("16505551234", 0)]));
    assert_eq!(shown.value()["contacts"][0]["profile"]["name"], "Sheena");
    assert_eq!(shown.value()["metadata"]["display_phone_number"], "15550783881");
    assert_eq!(of("wamid.16505551235.0").value().get("contacts"), None);
    assert_eq!(of("wamid.OUT").value()["statuses"][0]["status"], "read");
    assert_eq!(of("OF_TOMORROW").body["entry"][0]["changes"], json!([other]));
    // It is recorded as ever, and nothing of it is left in the table.
    assert_eq!(house.client().chats().await.unwrap().len(), 2);
    assert!(house.queue().await.list(10).await.unwrap().is_empty());

    // Meta delivers it again: what was seen before is not passed on again; of what has neither an id nor a time nobody can tell.
    assert_eq!(house.webhook(&whole).await, 200);
    target.has_taken(5).await;
    house.is_through().await;
    assert_eq!(target.posts().len(), 5);
    assert_eq!(house.counted("wamid_events_delivered_total").await, 5.0);
}

#[tokio::test]
async fn a_target_that_is_down_gets_everything_in_order_once_it_is_back() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    target.answers(DOWN);
    for number in 0..3 {
        for from in ["16505551234", "16505551235"] {
            house.comes_in(from, number * 2..number * 2 + 2).await;
        }
    }
    target.was_asked(3).await;
    let account = &house.queue().await.by_account().await.unwrap()[0];
    assert_eq!((account.waiting, account.given_up), (12, 0));
    assert_eq!(account.account.as_deref(), Some("sandbox"));
    assert_eq!(account.problem.as_deref(), Some("HTTP status 503"));
    let listed = house.queue().await.list(100).await.unwrap();
    assert_eq!(listed.len(), 12);
    assert_eq!(
        (listed[0].state, listed[0].event.as_str(), listed[0].sender.len()),
        ("waiting", "message text", 7)
    );
    assert!(listed[0].attempts > Some(0) && listed[11].attempts.is_none(), "{listed:?}");
    target.answers(OK);
    let taken = target.has_taken(12).await;
    assert_eq!(in_order(&taken).values().copied().collect::<Vec<_>>(), [5, 5]);
    house.is_through().await;
    assert_eq!(target.taken().len(), 12);
    let mut ids = std::collections::HashMap::new();
    for post in target.posts() {
        let known = ids.entry(post.message()).or_insert_with(|| post.event_id.clone());
        assert_eq!(*known, post.event_id, "the same event has the same id each time");
    }
    assert!(house.counted("wamid_events_failed_attempts_total").await >= 3.0);
    assert_eq!(house.counted("wamid_events_given_up_total").await, 0.0);
}

#[tokio::test]
async fn an_event_that_is_refused_holds_up_its_sender_alone_until_it_is_dropped() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    target.answers_to("wamid.16505551234.0", Answer::Status("302 Found"));
    house.comes_in("16505551234", 0..3).await;
    target.was_asked(1).await;
    for number in 0..20 {
        house.comes_in("16505551235", number..number + 1).await;
    }
    let taken = target.has_taken(20).await;
    assert_eq!(in_order(&taken).len(), 1);
    let queue = house.queue().await;
    let listed = loop {
        let listed = queue.list(100).await.unwrap();
        if listed.len() == 3 {
            break listed;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    assert_eq!(listed[0].problem.as_deref(), Some("HTTP status 302"), "{listed:?}");
    assert!(listed[0].next_at.is_some());
    // Asked for, it is tried at once, however long it would have waited.
    let before = target.posts().len();
    assert!(queue.retry(listed[0].id).await.unwrap());
    target.was_asked(before + 1).await;
    assert!(!queue.retry(i64::MAX).await.unwrap());
    assert_eq!(queue.drop(&DroppedEvents::Ids(vec![listed[0].id, i64::MAX])).await.unwrap(), 1);
    let taken = target.has_taken(22).await;
    let behind: Vec<_> = taken[20..].iter().map(|post| post.message().1).collect();
    assert_eq!(behind, ["wamid.16505551234.1", "wamid.16505551234.2"]);
    house.is_through().await;
}

#[tokio::test]
async fn after_seven_days_an_event_is_given_up_and_its_contents_are_gone() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    target.answers(DOWN);
    house.comes_in("16505551234", 0..1).await;
    target.was_asked(1).await;
    let week = 7 * 24 * 3600 * 1_000_000_i64;
    let mut tx = house.store.begin().await.unwrap();
    let sql = "UPDATE gateway_events SET received_at = received_at - $1";
    sqlx::query(sql).bind(week).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    house.comes_in("16505551234", 1..2).await;
    let queue = house.queue().await;
    let listed = loop {
        let listed = queue.list(10).await.unwrap();
        if listed.iter().any(|event| event.state == "given_up") {
            break listed;
        }
        queue.retry_all().await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let given_up = listed.iter().find(|event| event.state == "given_up").unwrap();
    assert_eq!(given_up.problem.as_deref(), Some("HTTP status 503"));
    let body: Option<String> =
        sqlx::query_scalar("SELECT body FROM gateway_events WHERE given_up_at IS NOT NULL")
            .fetch_one(house.store.pool())
            .await
            .unwrap();
    assert_eq!(body, None);
    // What waited behind it has its turn.
    target.answers(OK);
    assert_eq!(target.has_taken(1).await[0].message().1, "wamid.16505551234.1");
    house.is_through().await;
    assert_eq!(house.counted("wamid_events_given_up_total").await, 1.0);
    let account = &queue.by_account().await.unwrap()[0];
    assert_eq!((account.waiting, account.given_up), (0, 1));
    assert_eq!(queue.drop(&DroppedEvents::GivenUp).await.unwrap(), 1);
    assert!(queue.by_account().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_target_that_never_answers_slows_neither_sends_nor_webhooks() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    target.answers(Answer::Never);
    for sender in 0..20 {
        house.comes_in(&format!("165055512{sender:02}"), 0..1).await;
    }
    target.was_asked(8).await;
    let began = Instant::now();
    for _ in 0..20 {
        house.client().send_message("919876543210", "Hello").await.unwrap();
        house.comes_in("16505551299", 0..1).await;
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    // At most as many as are posted at once: the rest waits in the store.
    assert!(target.posts().len() <= 8);
}

#[tokio::test]
async fn an_account_may_have_a_target_of_its_own_or_none() {
    let (target, own) = (Target::start().await, Target::start().await);
    let house = forwarding(&target).await;
    let mut ids = Vec::new();
    for number in ["201", "202", "203"] {
        let account = NewAccount {
            name: number.to_owned(),
            phone_number_id: number.to_owned(),
            business_account_id: Some(format!("1022901{number}")),
            access_token: "ACCESS-TOKEN".to_owned(),
            app_secret: Some(house.sandbox.app_secret().to_owned()),
            verify_token: None,
        };
        ids.push(house.accounts.add(&account).await.unwrap());
    }
    assert!(house.accounts.set_forward(ids[0], &AccountForward::To(own.forward())).await.unwrap());
    assert!(house.accounts.set_forward(ids[1], &AccountForward::Never).await.unwrap());
    assert!(!house.accounts.set_forward(i64::MAX, &AccountForward::Never).await.unwrap());
    let listed: Vec<_> =
        house.accounts.list().await.unwrap().into_iter().map(|account| account.forward).collect();
    let shown = own.url.split("/events").next().unwrap().to_owned();
    assert_eq!(listed, [None, Some(shown), Some("never".to_owned()), None]);

    let changes: Vec<_> = ["201", "202", "203"]
        .iter()
        .map(|number| change(number, &[message(&format!("16505551{number}"), 0)]))
        .collect();
    assert_eq!(house.webhook(&body(&changes)).await, 200);
    // What names no number goes where its business account's goes.
    for number in ["201", "202", "999"] {
        let body = json!({"object": "whatsapp_business_account", "entry": [{"id": format!("1022901{number}"),
            "changes": [{"field": "account_update", "value": {"event": number}}]}]});
        assert_eq!(house.webhook(&body.to_string()).await, 200);
    }
    own.has_taken(2).await;
    target.has_taken(2).await;
    house.is_through().await;
    let told = |target: &Target| {
        let mut told: Vec<_> = target.posts().iter().map(|post| post.body["entry"][0].to_string()).collect();
        told.sort();
        told
    };
    let (own, common) = (told(&own), told(&target));
    assert!(
        own.len() == 2 && own[0].contains("wamid.16505551201.0") && own[1].contains("1022901201"),
        "{own:?}"
    );
    assert!(
        common.len() == 2 && common[0].contains("wamid.16505551203.0") && common[1].contains("1022901999"),
        "{common:?}"
    );
    assert_eq!(house.store.chats("202").await.unwrap().len(), 1, "recorded all the same");
}

#[tokio::test]
async fn without_a_target_nothing_waits() {
    let house = House::build().await;
    house.comes_in("16505551234", 0..1).await;
    assert!(house.queue().await.list(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn more_than_the_limit_is_left_to_meta() {
    let target = Target::start().await;
    let forward = target.forward();
    let house = House::set(None, |options| {
        options.forward = Some(forward);
        options.forward_limit = 1;
    })
    .await;
    target.answers(DOWN);
    let mut number = 0;
    let status = loop {
        let body = body(&[change(house.sandbox.phone_number_id(), &[message("16505551234", number)])]);
        let status = house.webhook(&body).await;
        if status != 200 {
            break status;
        }
        number += 1;
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    assert_eq!(status, 503);
    assert_eq!(house.queue().await.by_account().await.unwrap()[0].waiting, number as u64);
    // Meta sends it again, until it is taken.
    target.answers(OK);
    target.has_taken(number).await;
    let again = body(&[change(house.sandbox.phone_number_id(), &[message("16505551234", number)])]);
    while house.webhook(&again).await != 200 {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    in_order(&target.has_taken(number + 1).await);
}

#[test]
fn targets_are_held_to_the_rules() {
    for (url, secret, http, field) in [
        ("https://example.com/inbox", SECRET, false, None),
        ("http://127.0.0.1:9000/", SECRET, false, None),
        ("http://example.com/inbox", SECRET, true, None),
        ("http://example.com/inbox", SECRET, false, Some("forward")),
        ("https://user:hunter2@example.com/", SECRET, true, Some("forward")),
        ("example.com", SECRET, true, Some("forward")),
        ("https://example.com/", "short", false, Some("forward_secret")),
        ("https://example.com/", "", false, Some("forward_secret")),
    ] {
        let made = ForwardTarget::new(url, secret, http);
        let named = made.as_ref().err().map(|error| error.field().unwrap().to_owned());
        assert_eq!(named.as_deref(), field, "{url}");
        let shown = format!("{made:?}");
        assert!(
            !shown.contains("hunter2") && !shown.contains(SECRET) && !shown.contains("/inbox"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn templates_and_preferences_are_listed_as_what_they_are_and_passed_on_one_by_one() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    target.answers(DOWN);
    let preference = |wa_id: &str| json!({"wa_id": wa_id, "category": "marketing_messages", "value": "stop", "timestamp": 1_731_705_721});
    let preferences = [preference("16505551234"), preference("16505551235")];
    let metadata = json!({"phone_number_id": house.sandbox.phone_number_id()});
    let changes = [
        json!({"field": "user_preferences", "value": {"metadata": metadata, "user_preferences": preferences}}),
        json!({"field": "message_template_status_update", "value": {"event": "APPROVED", "message_template_id": 17,
               "message_template_name": "order_update", "message_template_language": "en_US", "reason": "NONE"}}),
        json!({"field": "account_update", "value": {"event": "OF_TOMORROW"}}),
    ];
    assert_eq!(house.webhook(&body(&changes)).await, 200);
    let mut listed: Vec<_> = house.queue().await.list(10).await.unwrap();
    listed.sort_by_key(|event| event.id);
    let listed: Vec<_> = listed.iter().map(|event| (event.event.as_str(), event.sender.as_str())).collect();
    let expected = [
        ("preference stop", "\u{2026}1234"),
        ("preference stop", "\u{2026}1235"),
        ("template status", "17"),
        ("account_update", "account_update"),
    ];
    assert_eq!(listed, expected);
    target.answers(OK);
    target.has_taken(4).await;
    house.is_through().await;
}

/// They have no id; Meta's redelivery is known by its body, and a later pause of the same template by its time.
#[tokio::test]
async fn what_has_no_id_is_posted_once_too_however_often_meta_delivers_it() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    let paused = json!({"field": "message_template_status_update", "value": {"event": "PAUSED",
        "message_template_id": 17, "message_template_name": "order_update", "message_template_language": "en_US"}});
    let at = |time: u32| {
        json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "time": time, "changes": [paused, paused]}]}).to_string()
    };
    for time in [1, 1, 2, 1, 2] {
        assert_eq!(house.webhook(&at(time)).await, 200);
    }
    let taken = target.has_taken(4).await;
    house.is_through().await;
    assert_eq!(target.posts().len(), 4);
    let times: Vec<_> = taken.iter().map(|post| post.body["entry"][0]["time"].clone()).collect();
    assert_eq!(times, [1, 1, 2, 2]);
}

#[tokio::test]
async fn what_is_signed_and_of_no_known_shape_is_passed_on_too() {
    let target = Target::start().await;
    let house = forwarding(&target).await;
    for (strange, status) in [
        (r#"{"entry":[0,{"changes":1}]}"#, 200),
        (r#"{"entry":[{"id":7,"changes":[{"field":"messages","value":{"messages":[0,1]}}]}]}"#, 200),
        (r#"{"entry":[]}"#, 200),
        ("[]", 400),
        ("", 400),
        ("{", 400),
    ] {
        assert_eq!(house.webhook(strange).await, status, "{strange}");
    }
    // Of two senders, so in either order.
    let taken = target.has_taken(2).await;
    assert!(taken.iter().any(|post| post.raw == br#"{"entry":[0,{"changes":1}]}"#), "{taken:?}");
    house.is_through().await;
    assert_eq!(target.posts().len(), 2);
}
