//! Messages that are held to their templates before they go out, and files in their headers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wamid::{Client, ErrorKind, Json, Media, Message, Parameter, SendMany, Template};

use crate::house::House;

const PHONE: &str = "+16505551234";

/// Stands before a host and counts what asks for its templates.
struct Counter {
    url: String,
    asked: Arc<AtomicUsize>,
}

impl Counter {
    async fn before(host: std::net::SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = asked.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (mut caller, mut to_caller) = connection.into_split();
                let (mut answers, mut to_host) = TcpStream::connect(host).await.unwrap().into_split();
                let counted = counted.clone();
                tokio::spawn(async move {
                    let mut piece = vec![0; 65_536];
                    while let Ok(read @ 1..) = caller.read(&mut piece).await {
                        let text = String::from_utf8_lossy(&piece[..read]);
                        counted.fetch_add(text.matches("/message_templates?").count(), Ordering::SeqCst);
                        to_host.write_all(&piece[..read]).await.unwrap();
                    }
                });
                tokio::spawn(async move { tokio::io::copy(&mut answers, &mut to_caller).await });
            }
        });
        Self { url, asked }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn cloud(house: &House, url: &str, check_templates: bool) -> Client {
    Client::cloud(house.sandbox.access_token(), house.sandbox.phone_number_id())
        .graph_url(url)
        .business_account_id(house.sandbox.business_account_id())
        .check_templates(check_templates)
        .build()
        .unwrap()
}

fn greeting<const N: usize>(params: [&str; N]) -> Message {
    Message::new(PHONE, Template::new("greeting").language("en_US").body_params(params))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_fetched_once_and_anew_after_meta_refused_a_message() {
    let house = House::build().await;
    let counter = Counter::before(house.sandbox.address()).await;
    let plain = cloud(&house, house.sandbox.url(), false);
    let checked = cloud(&house, &counter.url, true);
    let definition = json!({"name": "greeting", "language": "en_US", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Hello {{1}}, {{2}}"}]});
    let made = plain.create_template(Json::from(definition)).await.unwrap();

    let sends = (0..40).map(|at| if at % 4 == 0 { greeting(["Asha"]) } else { greeting(["Asha", "A-1042"]) });
    let results = checked.send_many(sends, SendMany::default()).await.unwrap();
    for (at, result) in results.iter().enumerate() {
        let field = result.as_ref().err().map(|error| (error.kind(), error.field().map(str::to_owned)));
        let misfit = (ErrorKind::InvalidInput, Some("body_params".to_owned()));
        assert_eq!(field, (at % 4 == 0).then_some(misfit), "{at}");
    }
    assert_eq!((counter.asked(), house.sandbox.messages().len()), (1, 30));

    // The same template with one variable less: the first message that Meta refuses says so.
    let change = json!({"components": [{"type": "BODY", "text": "Hello {{1}}"}]});
    plain.edit_template(&*made.id, Json::from(change)).await.unwrap();
    let error = checked.send_built(greeting(["Asha", "A-1042"])).await.unwrap_err();
    assert_eq!(error.code(), Some(132_000), "{error}");
    assert_eq!(counter.asked(), 1);
    checked.send_built(greeting(["Asha"])).await.unwrap();
    let error = checked.send_built(greeting(["Asha", "A-1042"])).await.unwrap_err();
    assert_eq!(error.field(), Some("body_params"), "{error}");
    assert_eq!(counter.asked(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_check_template_refuses_the_sandbox_refuses_too() {
    let house = House::build().await;
    let client = cloud(&house, house.sandbox.url(), false);
    let definition = json!({"name": "offer", "language": "en_US", "category": "MARKETING", "components": [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Soon", "has_expiration": true}},
        {"type": "BODY", "text": "Only {{1}}"},
        {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "SPRING"}]}]});
    client.create_template(Json::from(definition)).await.unwrap();
    let info = client.templates().name("offer").await.unwrap().remove(0);
    let whole = || {
        Template::new("offer")
            .language("en_US")
            .header_params([Parameter::Image(Media::link("https://example.com/a.jpg"))])
            .body_params(["5 EUR"])
            .buttons([wamid::Button::copy_code("SPRING")])
            .limited_time_offer_expires_at("2026-12-24T18:00:00Z")
    };
    client.check_template(whole(), info.clone()).await.unwrap();
    client.send(PHONE, whole()).await.unwrap();
    let mut without_offer = whole();
    without_offer.limited_time_offer_expires_at = None;
    for (template, field, code) in [
        (whole().body_params(Vec::<Parameter>::new()), "body_params", 132_000),
        (whole().language("de"), "language", 132_001),
        (whole().header_params([Parameter::Video(Media::id("1"))]), "header_params[0]", 132_012),
        (whole().buttons(Vec::<wamid::Button>::new()), "buttons", 131_008),
        (without_offer, "limited_time_offer_expires_at", 132_012),
        (
            whole().buttons([wamid::Button::copy_code("SPRING"), wamid::Button::url("a")]),
            "buttons[1].index",
            132_018,
        ),
    ] {
        let refused = client.check_template(template.clone(), info.clone()).await.unwrap_err();
        assert_eq!(refused.field(), Some(field), "{refused}");
        assert_eq!(client.send(PHONE, template).await.unwrap_err().code(), Some(code), "{field}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_a_header_is_uploaded_through_either_host_and_read_on_the_callers_machine_alone() {
    let house = House::build().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("menu.png");
    std::fs::write(&file, b"\x89PNG\r\n\x1a\n and more").unwrap();
    let cloud = cloud(&house, house.sandbox.url(), false);
    let definition = json!({"name": "menu", "language": "en_US", "category": "UTILITY", "components": [
        {"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Our menu"}]});
    cloud.create_template(Json::from(definition)).await.unwrap();
    for client in [cloud, house.client()] {
        let header = Parameter::Image(Media::file(file.to_string_lossy()));
        client.send(PHONE, Template::new("menu").language("en_US").header_params([header])).await.unwrap();
        let sent = house.sandbox.messages().pop().unwrap();
        let id = &sent.body["template"]["components"][0]["parameters"][0]["image"]["id"];
        client.media_info(id.as_str().unwrap()).await.unwrap();
    }

    let before = house.sandbox.messages().len();
    let header = json!([{"type": "image", "file": file.to_string_lossy()}]);
    let template =
        json!({"phone": PHONE, "template_name": "menu", "language": "en_US", "header_params": header});
    let content =
        json!({"type": "template", "template_name": "menu", "carousel": [{"header_params": header}, {}]});
    for (path, body, field) in [
        ("api/send-template/", template, "header_params[0].file"),
        (
            "api/send/",
            json!({"phone": PHONE, "content": content}),
            "content.carousel[0].header_params[0].file",
        ),
    ] {
        let (status, answer) = house.raw("POST", path, Some(&house.key), &body.to_string()).await;
        assert_eq!((status, &answer["field"]), (400, &json!(field)), "{answer}");
    }
    assert_eq!(house.sandbox.messages().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_answers_no_more_templates_than_are_asked_for() {
    let house = House::build().await;
    let cloud = cloud(&house, house.sandbox.url(), false);
    for (name, language, category) in [
        ("menu", "en_US", "UTILITY"),
        ("menu", "de", "UTILITY"),
        ("sale", "de", "MARKETING"),
        ("rejected_one", "de", "UTILITY"),
    ] {
        let definition = json!({"name": name, "language": language, "category": category,
            "components": [{"type": "BODY", "text": "Hello"}]});
        cloud.create_template(Json::from(definition)).await.unwrap();
    }
    let listed = async |query: &str| {
        let (status, answer) =
            house.raw("GET", &format!("api/templates/?{query}"), Some(&house.key), "").await;
        let names = answer["templates"].as_array().map(|all| {
            let name =
                |template: &serde_json::Value| template["name"].as_str().unwrap_or_default().to_owned();
            all.iter().map(name).collect::<Vec<_>>()
        });
        (status, names.unwrap_or_default())
    };
    assert_eq!(
        listed("language=de&status=approved").await,
        (200, vec!["menu".to_owned(), "sale".to_owned()])
    );
    assert_eq!(listed("language=de&category=MARKETING").await, (200, vec!["sale".to_owned()]));
    assert_eq!(listed("language=de&limit=2").await, (200, vec!["menu".to_owned(), "sale".to_owned()]));
    assert_eq!(listed("limit=0").await.0, 400);
    assert_eq!(listed("limit=many").await.0, 400);
    let found = house.client().templates().language("de").limit(1).await.unwrap();
    assert_eq!((found.len(), found[0].name.as_str()), (1, "menu"));
}
