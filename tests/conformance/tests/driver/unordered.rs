//! Requests that may come in any order.

use serde_json::{Value, json};

use crate::{case, drive, fails, passes};

fn at_once(bodies: &[Value], expected: Value) -> Value {
    let sends: Vec<Value> = bodies.iter().map(|body| json!({"send": "POST /", "json": body})).collect();
    let replies: Vec<Value> = bodies.iter().map(|_| json!({"status": 200})).collect();
    let requests: Vec<Value> =
        expected.as_array().into_iter().flatten().map(|body| json!({"json": body})).collect();
    case(json!([{"together": sends}]), replies.into(), json!({"requests": requests, "unordered": true}))
}

#[tokio::test]
async fn unordered_requests_fit_in_any_order_but_each_only_once() {
    let bodies: Vec<Value> = (0..30).map(|to| json!({"to": to})).collect();
    let reversed: Value = bodies.iter().rev().cloned().collect();
    passes(at_once(&bodies, reversed)).await;
    let twice = at_once(&[json!(1), json!(2)], json!([1, 1]));
    fails(twice, &["no such order among 2 requests: POST /, POST /"]).await;
    let near = at_once(
        &[json!({"to": 1, "t": "a"}), json!({"to": 2, "t": "b"})],
        json!([{"to": 2, "t": "b"}, {"to": 1, "t": "c"}]),
    );
    fails(near, &["requests[1] (nearest: number ", ".json.t: expected \"c\", came \"a\""]).await;
    fails(at_once(&[json!(1), json!(2)], json!([1])), &["expected 1 request, came 2 requests"]).await;
}

#[tokio::test]
async fn a_failed_attempt_of_the_unordered_match_binds_nothing() {
    // Whichever comes first, one attempt binds `a` to a value with which the rest does not fit.
    let bodies = [json!({"id": 1, "of": 2}), json!({"id": 2, "of": 1}), json!({"id": 3, "of": 3})];
    let loops = json!([{"id": "$same:a", "of": "$same:a"}, {"id": "$same:b", "of": "$same:c"}, {"id": "$same:c", "of": "$same:b"}]);
    for _ in 0..5 {
        passes(at_once(&bodies, loops.clone())).await;
    }
    // One after the other: the first choice for the first expected is wrong and must be taken back.
    let misleading = [json!([3, 3]), json!([1, 2]), json!([2, 1])];
    let sends: Vec<Value> = misleading.iter().map(|body| json!({"send": "POST /", "json": body})).collect();
    let expected = [json!(["$same:b", "$same:c"]), json!(["$same:c", "$same:b"]), json!(["$any", "$any"])];
    let requests: Vec<Value> = expected.iter().map(|body| json!({"json": body})).collect();
    let replies = json!([{"status": 200}, {"status": 200}, {"status": 200}]);
    passes(case(sends.into(), replies, json!({"requests": requests, "unordered": true}))).await;
    let all_own = json!([{"id": "$same:a", "of": "$same:a"}, {"id": "$same:b", "of": "$same:b"}, {"id": "$any", "of": "$any"}]);
    fails(at_once(&bodies, all_own), &["no such order"]).await;
}

#[tokio::test]
async fn an_unordered_match_that_cannot_be_ends() {
    let bodies: Vec<Value> = (0..40).map(|_| json!({"id": 1})).collect();
    let mut expected: Vec<Value> = (0..38).map(|_| json!({"id": "$any"})).collect();
    expected.extend([json!({"id": "$same:a"}), json!({"id": "$same:a"})]);
    passes(at_once(&bodies, expected.into())).await;
    let bodies: Vec<Value> = (0..40).map(|id| json!({"id": id})).collect();
    let expected: Vec<Value> = (0..40).map(|_| json!({"id": "$same:a"})).collect();
    let (summary, _) = drive(&at_once(&bodies, expected.into())).await;
    assert_eq!(summary.failed, 1);
}
