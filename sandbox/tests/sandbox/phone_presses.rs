//! Which button a customer presses, and on what they can act at all.

use serde_json::{Value, json};

use crate::host::{Host, PATIENCE, start};
use crate::phone_acts::{act, entries, interactive};
use crate::receiver::{message, receiver};

const ADA: &str = "15551234567";

fn error(host: &Host, body: &Value) -> String {
    let answer = act(host, body);
    assert_eq!(answer.status, 400, "{body}: {answer:?}");
    answer.json()["error"].as_str().unwrap().to_owned()
}

#[test]
fn of_several_rows_of_one_title_the_id_says_which() {
    let (url, deliveries) = receiver(&[200; 2]);
    let host = start();
    host.send(&interactive(
        &json!({"type": "list", "body": {"text": "When?"}, "action": {"button": "Times", "sections": [
        {"title": "Monday", "rows": [{"id": "mon-9", "title": "9:00"}, {"id": "mon-10", "title": "10:00"}]},
        {"title": "Tuesday", "rows": [{"id": "tue-9", "title": "9:00"}]}]}}),
    ))
    .unwrap();
    host.set_webhook(&url).unwrap();
    let said = error(&host, &json!({"act": "press", "title": "9:00"}));
    assert!(said.contains("several buttons are called"), "{said}");
    assert!(host.phone(ADA).press("9:00").unwrap_err().to_string().contains("give the id"));
    error(&host, &json!({"act": "press", "title": "10:00", "id": "tue-9"}));
    for body in
        [json!({"act": "press", "title": "9:00", "id": "tue-9"}), json!({"act": "press", "title": "10:00"})]
    {
        assert_eq!(act(&host, &body).status, 200, "{body}");
    }
    let came = [(); 2].map(|()| message(&deliveries.recv_timeout(PATIENCE).unwrap()));
    assert_eq!(came.map(|message| message["interactive"]["list_reply"]["id"].clone()), ["tue-9", "mon-10"]);
    let list = &entries(&host)[0];
    assert_eq!(
        (&list["answered"], &list["pressed"]),
        (&json!(["9:00", "10:00"]), &json!(["tue-9", "mon-10"]))
    );
}

#[test]
fn a_business_that_asks_whether_it_may_call_gets_an_answer() {
    let (url, deliveries) = receiver(&[200; 3]);
    let host = start();
    let request = json!({"type": "call_permission_request", "body": {"text": "May we call you?"}, "action": {"name": "call_permission_request"}});
    host.send(&interactive(&request)).unwrap();
    host.set_webhook(&url).unwrap();
    let phone = host.phone(ADA);
    let titles = phone.last().unwrap().buttons;
    assert_eq!(titles, ["Always allow", "Allow for 7 days", "Don't allow"]);
    for title in &titles {
        phone.press(title).unwrap();
    }
    let replies =
        [(); 3].map(|()| message(&deliveries.recv_timeout(PATIENCE).unwrap())["interactive"].clone());
    assert!(replies.iter().all(|reply| reply["type"] == "call_permission_reply"), "{replies:?}");
    let replies = replies.map(|reply| reply["call_permission_reply"].clone());
    assert_eq!(
        replies[0],
        json!({"response": "accept", "is_permanent": true, "response_source": "user_action"})
    );
    assert_eq!(replies[2], json!({"response": "reject", "response_source": "user_action"}));
    let until = replies[1]["expiration_timestamp"].as_i64().unwrap();
    let days = (until - jiff::Timestamp::now().as_second()) as f64 / 86_400.0;
    assert!((6.9..=7.0).contains(&days), "{days} days: {replies:?}");
}

#[test]
fn what_never_reached_the_customer_or_is_gone_is_not_answered() {
    let host = start();
    host.send_text("15550131026").unwrap();
    let ada = host.phone(ADA);
    ada.set_deleted(true).unwrap();
    let failed = host.send_text(ADA).unwrap().message_id();
    ada.set_deleted(false).unwrap();
    let own = act(&host, &json!({"act": "text", "text": "Hi"})).json()["id"].clone();
    assert_eq!(act(&host, &json!({"act": "react", "emoji": "👍", "message": own})).status, 200);
    act(&host, &json!({"act": "delete", "message": own}));
    for (id, why) in [(json!(failed), "never reached"), (own, "deleted")] {
        for body in [
            json!({"act": "react", "emoji": "👍", "message": id}),
            json!({"act": "text", "text": "?", "reply_to": id}),
        ] {
            assert!(error(&host, &body).contains(why), "{body}");
        }
    }
}
