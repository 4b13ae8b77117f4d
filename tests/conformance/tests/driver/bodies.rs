//! Bodies that are no JSON, files, and requests of which nothing is said.

use serde_json::json;

use crate::{case, fails, passes};

#[tokio::test]
async fn any_stands_for_a_whole_request() {
    let steps = json!([{"send": "POST /one", "json": {"a": 1}}, {"send": "GET /two"}]);
    let replies = json!([{"status": 200}, {"status": 200}]);
    passes(case(steps.clone(), replies.clone(), json!({"requests": ["$any", {"path": "/two"}]}))).await;
    passes(case(
        steps.clone(),
        replies.clone(),
        json!({"requests": [{"path": "/two"}, "$any"], "unordered": true}),
    ))
    .await;
    fails(case(steps.clone(), replies.clone(), json!({"requests": ["$any"]})), &["2 requests"]).await;
    fails(case(steps, replies, json!({"requests": ["$any", "$any", "$any"]})), &["3 requests"]).await;
}

#[tokio::test]
async fn server_stands_in_a_replys_json_and_text_too() {
    let heard = json!({"body": {"$contains": "http://127.0.0.1:", "$not_contains": "$server"}});
    for reply in [
        json!({"status": 200, "json": {"url": "$server/media/1"}}),
        json!({"status": 200, "text": "at $server/media/1"}),
    ] {
        let expect = json!({"results": [{"ok": {"heard": [heard]}}]});
        passes(case(json!([{"send": "GET /"}]), json!([reply]), expect)).await;
    }
}

#[tokio::test]
async fn a_reply_can_be_bytes() {
    let bytes = json!([{"status": 200, "headers": {"Content-Type": "image/png"}, "base64": "JHNlcnZlcg=="}]);
    // Bytes stay what they are, also those that spell a word of the format.
    let heard = json!({"body": "$server", "head": {"$contains": "Content-Length: 7\r\n"}});
    let expect = json!({"results": [{"ok": {"heard": [heard]}}]});
    passes(case(json!([{"send": "GET /"}]), bytes, expect)).await;
}

#[tokio::test]
async fn a_case_brings_files_of_text_and_bytes() {
    let with = |expected: serde_json::Value| {
        json!({
            "name": "a case",
            "files": {"a.txt": {"text": "hello"}, "b.bin": {"base64": "AAEC"}},
            "calls": [{"op": "upload_media", "args": {"path": "$file:a.txt", "data": ["$file:b.bin"]}}],
            "expect": {"results": [{"ok": {"line": expected}}]},
        })
    };
    passes(with(json!({"$contains": "a.txt\",\"data\":[\"/", "$not_contains": "$file"}))).await;
    fails(with(json!({"$contains": "$file:a.txt"})), &["results[0]"]).await;
}

const FORM: &str = "--b\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--b\r\n\
    Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\u{1}\r\n--\u{2}\r\n--b--\r\n";

#[tokio::test]
async fn the_parts_of_a_form_are_compared() {
    let with = |expected: serde_json::Value| {
        case(
            json!([{"send": "POST /", "headers": {"Content-Type": "multipart/form-data; boundary=b"}, "body": FORM}]),
            json!([{"status": 200}]),
            json!({"requests": [{"multipart": expected}]}),
        )
    };
    let file = json!({"filename": "a.png", "content_type": "image/png", "base64": "AQ0KLS0C"});
    passes(with(json!({"file": file, "messaging_product": "whatsapp"}))).await;
    passes(with(json!({"file": {"filename": "$any"}, "messaging_product": "$any"}))).await;
    passes(with(json!({"file": {"text": "\u{1}\r\n--\u{2}"}, "messaging_product": {"$contains": "whats"}})))
        .await;
    for (expected, told) in [
        (json!({"file": file}), "multipart.messaging_product"),
        (json!({"file": file, "messaging_product": "x"}), "multipart.messaging_product"),
        (json!({"file": {"base64": "AAAA"}, "messaging_product": "whatsapp"}), "multipart.file.base64"),
        (json!({"file": {"filename": "b"}, "messaging_product": "whatsapp"}), "multipart.file.filename"),
        (json!({"file": file, "messaging_product": "whatsapp", "type": "$any"}), "multipart.type"),
    ] {
        fails(with(expected), &[told]).await;
    }
    let no_form = case(
        json!([{"send": "POST /", "json": {"a": 1}}]),
        json!([{"status": 200}]),
        json!({"requests": [{"multipart": {"file": "$any"}}]}),
    );
    fails(no_form, &["no form"]).await;
}
