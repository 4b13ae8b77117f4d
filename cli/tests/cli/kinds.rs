//! `wamid send KIND` for each kind, and `wamid send json`.

use serde_json::{Value, json};

use crate::playing::{Playing, fed, stderr, stdout, wamid};

pub(crate) const PHONE: &str = "+91 98765-43210";

/// What Meta got last: its `type`, and what that type's member holds.
pub(crate) fn arrived(meta: &Playing) -> (String, Value) {
    let answer: Value = serde_json::from_str(&meta.ask("GET", "messages")).unwrap();
    let body = answer["messages"].as_array().unwrap().last().unwrap()["body"].clone();
    let kind = body["type"].as_str().unwrap().to_owned();
    (kind.clone(), body[kind].clone())
}

/// The smallest PNG there is.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\x68\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

#[test]
fn each_kind_is_sent_as_its_arguments_say() {
    let meta = Playing::start();
    let link = "https://example.com/menu.jpg";
    let header = json!({"type": "text", "text": "Asha's Books"});
    let cases: &[(&[&str], &str, Value)] = &[
        (&["text", PHONE, "Hello"], "text", json!({"body": "Hello", "preview_url": false})),
        (
            &["image", PHONE, "--link", link, "--caption", "Menu"],
            "image",
            json!({"link": link, "caption": "Menu"}),
        ),
        (&["video", PHONE, "--link", link], "video", json!({"link": link})),
        (&["audio", PHONE, "--link", link, "--voice"], "audio", json!({"link": link, "voice": true})),
        (
            &["document", PHONE, "--link", link, "--filename", "a.pdf"],
            "document",
            json!({"link": link, "filename": "a.pdf"}),
        ),
        (&["sticker", PHONE, "--link", link], "sticker", json!({"link": link})),
        (
            &[
                "contacts",
                PHONE,
                "--name",
                "Asha Rao",
                "--phone",
                "+91 98765-43210=WORK",
                "--email",
                "a@example.com",
                "--name",
                "Ravi",
                "--company",
                "Books",
                "--address",
                r#"{"city":"Pune"}"#,
            ],
            "contacts",
            json!([
                {"name": {"formatted_name": "Asha Rao", "first_name": "Asha Rao"},
                 "phones": [{"phone": "+91 98765-43210", "type": "WORK"}], "emails": [{"email": "a@example.com"}]},
                {"name": {"formatted_name": "Ravi", "first_name": "Ravi"}, "addresses": [{"city": "Pune"}],
                 "org": {"company": "Books"}},
            ]),
        ),
        (&["reaction", PHONE, "wamid.X", "👍"], "reaction", json!({"message_id": "wamid.X", "emoji": "👍"})),
        (&["reaction", PHONE, "wamid.X", ""], "reaction", json!({"message_id": "wamid.X", "emoji": ""})),
        (
            &[
                "buttons",
                PHONE,
                "Deliver today?",
                "--button",
                "yes=Yes",
                "--button",
                r#"{"id":"a=b","title":"No"}"#,
                "--header",
                "Asha's Books",
                "--footer",
                "Pune",
            ],
            "interactive",
            json!({"type": "button", "header": header, "body": {"text": "Deliver today?"}, "footer": {"text": "Pune"},
                   "action": {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "Yes"}},
                                          {"type": "reply", "reply": {"id": "a=b", "title": "No"}}]}}),
        ),
        (
            &["list", PHONE, "When?", "Times", "--row", "9=Nine", "--row", "10=Ten=A=B"],
            "interactive",
            json!({"type": "list", "body": {"text": "When?"}, "action": {"button": "Times", "sections": [
                {"rows": [{"id": "9", "title": "Nine"}, {"id": "10", "title": "Ten", "description": "A=B"}]}]}}),
        ),
        (
            &[
                "list",
                PHONE,
                "When?",
                "Times",
                "--section",
                "Morning",
                "--row",
                "9=Nine",
                "--section",
                "Noon",
                "--row",
                "14=Two",
            ],
            "interactive",
            json!({"type": "list", "body": {"text": "When?"}, "action": {"button": "Times", "sections": [
                {"title": "Morning", "rows": [{"id": "9", "title": "Nine"}]},
                {"title": "Noon", "rows": [{"id": "14", "title": "Two"}]}]}}),
        ),
        (
            &[
                "cta-url",
                PHONE,
                "On its way",
                "Track",
                link,
                "--header",
                r#"{"type":"image","link":"https://a.b/c.png"}"#,
            ],
            "interactive",
            json!({"type": "cta_url", "header": {"type": "image", "image": {"link": "https://a.b/c.png"}},
                   "body": {"text": "On its way"},
                   "action": {"name": "cta_url", "parameters": {"display_text": "Track", "url": link}}}),
        ),
        (
            &["location-request", PHONE, "Where?"],
            "interactive",
            json!({"type": "location_request_message", "body": {"text": "Where?"}, "action": {"name": "send_location"}}),
        ),
        (
            &["contact-request", PHONE, "Who?"],
            "interactive",
            json!({"type": "request_contact_info", "body": {"text": "Who?"}, "action": {"name": "request_contact_info"}}),
        ),
        (
            &[
                "flow",
                PHONE,
                "How was it?",
                "Tell us",
                "--flow-id",
                "1",
                "--screen",
                "RATING",
                "--data",
                r#"{"n":18446744073709551615}"#,
            ],
            "interactive",
            json!({"type": "flow", "body": {"text": "How was it?"}, "action": {"name": "flow", "parameters": {
                "flow_message_version": "3", "flow_id": "1", "flow_cta": "Tell us", "flow_action": "navigate",
                "flow_action_payload": {"screen": "RATING", "data": {"n": 18_446_744_073_709_551_615_u64}}}}}),
        ),
        (
            &["product", PHONE, "146", "book-1", "--body", "Back in stock"],
            "interactive",
            json!({"type": "product", "body": {"text": "Back in stock"},
                   "action": {"catalog_id": "146", "product_retailer_id": "book-1"}}),
        ),
        (
            &[
                "product-list",
                PHONE,
                "Our novels",
                "Novels",
                "146",
                "--product",
                "book-1",
                "--product",
                "book-2",
            ],
            "interactive",
            json!({"type": "product_list", "header": {"type": "text", "text": "Novels"}, "body": {"text": "Our novels"},
                   "action": {"catalog_id": "146", "sections": [{"product_items": [
                       {"product_retailer_id": "book-1"}, {"product_retailer_id": "book-2"}]}]}}),
        ),
        (
            &["catalog", PHONE, "See what is new", "--thumbnail-product-retailer-id", "book-1"],
            "interactive",
            json!({"type": "catalog_message", "body": {"text": "See what is new"}, "action": {"name": "catalog_message",
                   "parameters": {"thumbnail_product_retailer_id": "book-1"}}}),
        ),
        (
            &["address-message", PHONE, "Where to?", "IN", "--values", r#"{"city":"Pune"}"#],
            "interactive",
            json!({"type": "address_message", "body": {"text": "Where to?"}, "action": {"name": "address_message",
                   "parameters": {"country": "IN", "values": {"city": "Pune"}}}}),
        ),
        (
            &["raw", PHONE, "image", r#"{"link":"https://example.com/menu.jpg"}"#],
            "image",
            json!({"link": link}),
        ),
    ];
    for (args, kind, object) in cases {
        let output = meta.run(&[&["send"], *args].concat());
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        assert_eq!(arrived(&meta), ((*kind).to_owned(), object.clone()), "{args:?}");
    }
}

#[test]
fn a_file_is_uploaded_and_sent() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.png");
    std::fs::write(&path, PICTURE).unwrap();
    let path = path.to_str().unwrap();
    let output = meta.run(&["send", "image", PHONE, "--file", path, "--caption", "Your receipt"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let (kind, image) = arrived(&meta);
    assert_eq!((kind.as_str(), &image["caption"]), ("image", &json!("Your receipt")));
    assert!(image["id"].as_str().is_some_and(|id| !id.is_empty()), "{image}");

    let missing = meta.run(&["send", "image", PHONE, "--file", "/nowhere.png", "--json"]);
    let error: Value = serde_json::from_str(&stdout(&missing)).unwrap();
    assert_eq!((missing.status.code(), &error["error"]["field"]), (Some(10), &json!("file")), "{error}");

    let shown =
        meta.run(&["send", "image", PHONE, "--file", path, "--caption", "Menu", "--dry-run", "--json"]);
    let shown: Value = serde_json::from_str(&stdout(&shown)).unwrap();
    let image = json!({"id": "[uploaded first]", "caption": "Menu"});
    assert_eq!((&shown["body"]["type"], &shown["body"]["image"]), (&json!("image"), &image), "{shown}");
}

#[test]
fn what_is_wrong_is_named_before_anything_is_sent() {
    let meta = Playing::start();
    let limit = "x".repeat(21);
    let long = format!("a={limit}");
    for (args, status, named) in [
        (&["image", PHONE][..], 2, "--link"),
        (&["image", PHONE, "--link", "https://a.b/c.png", "--id", "1"], 2, "cannot be used with"),
        (&["image", PHONE, "--link", "menu.jpg"], 10, "link"),
        (&["buttons", PHONE, "Body"], 2, "--button"),
        (&["buttons", PHONE, "Body", "--button", &long], 10, "buttons[0].title"),
        (&["buttons", PHONE, "Body", "--button", "yes"], 10, "buttons[0].title"),
        (&["buttons", PHONE, "Body", "--button", "{yes"], 10, "buttons[0]"),
        (&["buttons", PHONE, "Body", "--button", "a=A", "--header", "{broken"], 10, "header"),
        (
            &["list", PHONE, "Body", "More", "--section", "A", "--row", "1=One", "--section", "B"],
            10,
            "sections[1].rows",
        ),
        (&["contacts", PHONE, "--name", "A", "--company", "B", "--company", "C"], 10, "--company"),
        (&["contacts", PHONE, "--phone", "1"], 2, "--name"),
        (&["flow", PHONE, "Body", "Go", "--flow-id", "1", "--mode", "drafty"], 2, "published"),
        (&["location", PHONE, "north", "1"], 2, "number"),
        (&["raw", PHONE, "image", "/nowhere.json"], 10, "/nowhere.json"),
    ] {
        let output = meta.run(&[&["send"], args].concat());
        assert_eq!(output.status.code(), Some(status), "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(named), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(meta.ask("GET", "messages"), r#"{"messages":[]}"#);
}

#[test]
fn json_comes_from_an_argument_a_file_or_standard_input() {
    let meta = Playing::start();
    let folder = tempfile::tempdir().unwrap();
    let content = r#"{"type":"text","message":"Hello"}"#;
    let whole = format!(r#"{{"phone":"{PHONE}","content":{content},"reference":"r-1"}}"#);
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (part, all) = (file("content.json", content), file("message.json", &whole));
    let reference = |args: &[&str], input: &str| {
        meta.forget();
        let output = fed(meta.command(&[&["send", "json"], args].concat()), input.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        let answer: Value = serde_json::from_str(&meta.ask("GET", "messages")).unwrap();
        let body = &answer["messages"][0]["body"];
        assert_eq!(
            (&body["to"], &body["text"]["body"]),
            (&json!("+919876543210"), &json!("Hello")),
            "{args:?}"
        );
        body["biz_opaque_callback_data"].as_str().unwrap().to_owned()
    };
    for (args, input) in [
        (&[PHONE, content][..], ""),
        (&[PHONE, "-"], content),
        (&[PHONE, &part], ""),
        (&["-"], whole.as_str()),
    ] {
        assert!(!reference(args, input).is_empty());
    }
    assert_eq!(reference(&[&all], ""), "r-1");
    assert_eq!(reference(&[&all, "--reference", "r-2"], ""), "r-2", "an option counts for more");
    for wrong in ["/nowhere.json", "{\"type\":\"text\"}", "[]"] {
        let output = meta.run(&["send", "json", PHONE, wrong]);
        assert_eq!(output.status.code(), Some(10), "{wrong}: {}", stderr(&output));
    }
}

#[test]
fn help_lists_every_kind_with_its_fields() {
    let help = stdout(&wamid(&["send", "--help"]).output().unwrap());
    for kind in
        ["message", "location", "template", "image", "buttons", "list", "contacts", "cta-url", "json", "many"]
    {
        assert!(help.lines().any(|line| line.split_whitespace().next() == Some(kind)), "{kind}: {help}");
    }
    let help = stdout(&wamid(&["send", "list", "--help"]).output().unwrap());
    for word in ["<BODY>", "--section", "--row <ID=TITLE[=DESCRIPTION]>", "--reply-to", "--dry-run"] {
        assert!(help.contains(word), "{word}: {help}");
    }
}
