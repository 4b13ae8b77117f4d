//! JSON that is nested very deeply, or very long, is taken or refused at every entry. It never ends the process, which a full
//! stack would, and its reading time grows with its length.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::time::Duration;

use support::{Reply, Server, http, soon};
use wamid::{
    Button, Components, Content, Json, Message, Parameter, Raw, Text, build_template_components,
    parse_webhook, split_webhook,
};

/// More levels than any stack has room for.
const DEEP: usize = 50_000;
/// The smallest stack that a caller's thread has by default: that of a thread of the JVM.
const STACK: usize = 1 << 20;

fn lists() -> String {
    format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP))
}

fn objects() -> String {
    format!("{}1{}", r#"{"a":"#.repeat(DEEP), "}".repeat(DEEP))
}

/// Nested JSON of each shape, whole and cut off.
fn nested() -> [String; 4] {
    [lists(), objects(), "[".repeat(DEEP), r#"{"a":["#.repeat(DEEP / 2)]
}

/// Runs it on a thread with a small stack.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

/// A webhook with one message, whose member has this value.
fn webhook(member: &str, value: &str) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{{
            "metadata":{{"phone_number_id":"1066"}},
            "messages":[{{"from":"16505551234","id":"wamid.A","timestamp":"1749416383","type":"{member}","{member}":{value}}}]}}}}]}}]}}"#
    )
}

#[test]
fn a_webhook_of_any_depth_is_read_or_refused() {
    on_a_small_stack(|| {
        for deep in nested() {
            let text = serde_json::to_string(&deep).unwrap();
            let bodies = [
                deep.clone(),
                format!(r#"{{"entry":{deep}}}"#),
                format!(r#"{{"entry":[{{"id":"1","changes":{deep}}}]}}"#),
                format!(r#"{{"entry":[{{"id":"1","changes":[{{"field":"of_tomorrow","value":{deep}}}]}}]}}"#),
                webhook("text", &deep),
                webhook("order", &deep),
                webhook("contacts", &deep),
                webhook("interactive", &format!(r#"{{"type":"nfm_reply","nfm_reply":{deep}}}"#)),
                // What a customer filled into a form: JSON in a text.
                webhook(
                    "interactive",
                    &format!(
                        r#"{{"type":"nfm_reply","nfm_reply":{{"name":"flow","body":"Sent","response_json":{text}}}}}"#
                    ),
                ),
            ];
            for body in bodies {
                if let Ok(events) = parse_webhook(body.as_bytes()) {
                    for event in &events {
                        assert!(!format!("{event:?}").is_empty());
                        assert!(serde_json::to_string(event).is_ok_and(|json| !json.is_empty()));
                    }
                }
                let _ = split_webhook(body.as_bytes());
            }
        }
    });
}

#[test]
fn a_message_of_any_depth_is_read_or_refused() {
    on_a_small_stack(|| {
        for deep in nested() {
            for content in [
                deep.clone(),
                format!(r#"{{"type":"raw","message_type":"interactive","object":{deep}}}"#),
                format!(r#"{{"type":"text","message":{deep}}}"#),
                format!(r#"{{"type":"contacts","contacts":{deep}}}"#),
                format!(
                    r#"{{"type":"flow","body":"b","button":"c","flow_id":"1","screen":"S","data":{deep}}}"#
                ),
                format!(r#"{{"type":"template","template_name":"a","components":{deep}}}"#),
                format!(r#"{{"type":"template","template_name":"a","body_params":{deep}}}"#),
                format!(
                    r#"{{"type":"template","template_name":"a","buttons":[{{"sub_type":"flow","flow_action_data":{deep}}}]}}"#
                ),
                format!(r#"{{"type":"list","body":"b","button":"c","sections":{deep}}}"#),
            ] {
                let _ = Content::from_json(&content);
            }
            let _ = Components::from_json(&deep);
            let _ = Parameter::list_from_json(&deep, "body_params");
            if let Ok(json) = Json::parse("data", &deep) {
                let _ = json.to_value();
                let button = Button::flow(None, Some(json.clone()));
                if let Ok(built) = build_template_components(&[], &[], &[button]) {
                    let _ = built.as_slice();
                }
                let _ = Text::new("Hi");
                let _ = Message::new("+16505551234", Raw::new("interactive", json.clone())).extra(json);
            }
        }
    });
}

/// A host may be anybody's, and its answers are as deep as it likes, up to 1 MiB.
#[test]
fn an_answer_of_any_depth_is_an_error_or_a_result() {
    on_a_small_stack(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for deep in [lists(), objects(), "[".repeat(1_000_000)] {
                for (status, body) in [
                    (200, deep.clone()),
                    (400, deep.clone()),
                    (200, format!(r#"{{"messages":[{{"id":"wamid.A"}}],"more":{deep}}}"#)),
                    (400, format!(r#"{{"error":{{"message":"m","code":100,"error_data":{deep}}}}}"#)),
                    (200, format!(r#"{{"data":[{{"id":"1","name":"a","language":"en","status":"APPROVED","category":"UTILITY","components":{deep}}}]}}"#)),
                    (200, format!(r#"{{"conversations":{deep},"result":{deep}}}"#)),
                ] {
                    let server = Server::new(move |_| answer(status, &body)).await;
                    let cloud = server.cloud().business_account_id("1").max_retries(0).build().unwrap();
                    let gateway = server.gateway().max_retries(0).build().unwrap();
                    let _ = ask(cloud.send_message("+16505551234", "Hi")).await;
                    let _ = ask(gateway.send_message("+16505551234", "Hi")).await;
                    let _ = ask(gateway.chats()).await;
                    let _ = ask(gateway.sends()).await;
                    let _ = ask(cloud.request("GET", "1066")).await;
                    let _ = ask(cloud.media_info("1")).await;
                    let _ = ask(cloud.profile()).await;
                    if let Ok(templates) = ask(cloud.templates()).await {
                        for template in templates {
                            let _ = cloud.check_template(wamid::Template::new("a"), template).await;
                        }
                    }
                }
            }
        });
    });
}

async fn ask<T>(call: impl IntoFuture<Output = T>) -> T {
    soon(call.into_future()).await
}

fn answer(status: u16, body: &str) -> Reply {
    http(status, "Content-Type: application/json\r\n", body)
}

/// A message and a webhook may be the caller's own, yet also somebody else's: what is long takes time in proportion.
#[test]
fn a_long_text_is_read_in_time_that_grows_with_its_length() {
    let begun = std::time::Instant::now();
    let many = vec![r#""\ud83d""#; 300_000].join(",");
    let names: String = (0..100_000).map(|n| format!(r#""m{n}":{n},"#)).collect();
    for body in [
        webhook("text", &format!("[{many}]")),
        webhook("text", &format!(r#"{{{names}"body":"Hi"}}"#)),
        format!(r#"{{{names}"entry":[]}}"#),
        webhook("text", &format!(r#"{{"body":"{}"}}"#, "\\u0000".repeat(400_000))),
        webhook("text", &format!(r#"{{"body":{}}}"#, "9".repeat(2_000_000))),
    ] {
        let _ = parse_webhook(body.as_bytes());
    }
    for content in [
        format!(r#"{{{names}"type":"text","message":"Hi"}}"#),
        format!(r#"{{"type":"template","template_name":"a","body_params":[{}1]}}"#, "1,".repeat(500_000)),
        format!(r#"{{"type":"template","template_name":"a","body_params":[{}]}}"#, "9".repeat(2_000_000)),
        format!(r#"{{"type":"location","latitude":{},"longitude":0}}"#, "9".repeat(2_000_000)),
    ] {
        let _ = Content::from_json(&content);
    }
    assert!(begun.elapsed() < Duration::from_secs(300), "{:?}", begun.elapsed());
}
