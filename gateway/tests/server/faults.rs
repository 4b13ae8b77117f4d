//! What a caller hears when the store or Meta fails, and that the gateway works again by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection as _};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use wamid::{Client, ErrorKind, Message, Options, SendFilter, SendStatus, Store, Text};
use wamid_gateway::{Accounts, Gateway, GatewayOptions, Keys, NewAccount};

const PHONE: &str = "919876543210";

/// What plays Meta: it answers each request when the gate opens.
struct Meta {
    url: String,
    requests: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
}

impl Meta {
    async fn start(status: u16, body: Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (requests, gate) = (Arc::<AtomicUsize>::default(), Arc::new(Semaphore::new(0)));
        let (counted, opened) = (requests.clone(), gate.clone());
        let body = body.to_string();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(answer(stream, status, body.clone(), counted.clone(), opened.clone()));
            }
        });
        Self { url, requests, gate }
    }

    fn open(&self) {
        self.gate.add_permits(1000);
    }

    async fn asked(&self, times: usize) {
        while self.requests.load(Ordering::Acquire) < times {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn answer(
    mut stream: TcpStream,
    status: u16,
    body: String,
    requests: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
) {
    let mut read = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let Ok(length @ 1..) = stream.read(&mut piece).await else { return };
        read.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&read).to_ascii_lowercase();
        let Some((head, rest)) = text.split_once("\r\n\r\n") else { continue };
        let wanted: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok())
            .unwrap_or_default();
        if rest.len() < wanted {
            continue;
        }
        requests.fetch_add(1, Ordering::AcqRel);
        gate.acquire().await.unwrap().forget();
        let answer = format!(
            "HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        read.clear();
    }
}

fn accepted() -> Value {
    json!({"messaging_product": "whatsapp", "contacts": [{"input": PHONE, "wa_id": PHONE}], "messages": [{"id": "wamid.A"}]})
}

/// A gateway in front of that Meta.
struct Front {
    store: Store,
    url: String,
    key: String,
    gateway: Gateway,
    folder: Arc<tempfile::TempDir>,
}

impl Front {
    async fn of(graph: &str) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        Self::on(folder, graph, "v26.0", None).await
    }

    /// On a store that may be in use already, with a key of one's own.
    async fn on(folder: Arc<tempfile::TempDir>, graph: &str, version: &str, key: Option<&str>) -> Self {
        let url = format!("sqlite:{}", folder.path().join("wamid.db").display());
        let store = Store::open(&url).await.unwrap();
        let key = match key {
            Some(key) => key.to_owned(),
            None => Keys::open(&store).await.unwrap().create("test").await.unwrap(),
        };
        let mut options = Options::default();
        options.graph_url = Some(graph.to_owned());
        options.graph_version = Some(version.to_owned());
        options.max_retries = Some(0);
        let accounts = Accounts::open(&store, &url, None, options).await.unwrap();
        accounts.add(&account("1066")).await.unwrap();
        let gateway = GatewayOptions::new(store.clone(), accounts);
        let gateway = Gateway::start(gateway, ([127, 0, 0, 1], 0).into()).await.unwrap();
        Self { store, url, key, gateway, folder }
    }

    fn client(&self) -> Client {
        Client::gateway(self.gateway.url(), &self.key).max_retries(0).build().unwrap()
    }

    /// Holds the only write lock, as another process does.
    async fn hold(&self) -> AnyConnection {
        let mut holder = AnyConnection::connect(&self.url).await.unwrap();
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut holder).await.unwrap();
        holder
    }

    async fn readyz(&self) -> u16 {
        let url = self.gateway.url();
        let address = url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

fn account(number: &str) -> NewAccount {
    NewAccount {
        name: "shop".to_owned(),
        phone_number_id: number.to_owned(),
        business_account_id: None,
        access_token: "ACCESS-TOKEN".to_owned(),
        app_secret: None,
        verify_token: None,
    }
}

fn text(key: &str) -> Message {
    Message::new(PHONE, Text::new("Hello")).idempotency_key(key)
}

/// A rolling upgrade changes each of these.
#[tokio::test]
async fn a_key_is_the_same_message_whatever_address_version_and_default_account_are_today() {
    let (meta, elsewhere) = (Meta::start(200, accepted()).await, Meta::start(200, accepted()).await);
    meta.open();
    let front = Front::of(&meta.url).await;
    let given = text("given").reference("order-1");
    for message in [text("k"), given.clone()] {
        assert_eq!(front.client().send_built(message).await.unwrap().id, "wamid.A");
    }
    let later = Front::on(front.folder.clone(), &elsewhere.url, "v30.0", Some(&front.key)).await;
    let accounts = Accounts::open(&later.store, &later.url, None, Options::default()).await.unwrap();
    let other = accounts.add(&account("2077")).await.unwrap();
    assert!(accounts.set_default(other).await.unwrap());
    let fresh = Front::on(front.folder.clone(), &elsewhere.url, "v30.0", Some(&front.key)).await;
    for message in [text("k"), given] {
        assert_eq!(fresh.client().send_built(message).await.unwrap().id, "wamid.A");
    }
    let preview = Message::new(PHONE, Text::new("Hello").preview_url(true)).idempotency_key("k");
    for other in [text("k").reference("order-2"), text("k").reply_to("wamid.B"), preview] {
        let error = fresh.client().send_built(other).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::InvalidInput, Some(422)), "{error}");
    }
    assert_eq!((meta.requests.load(Ordering::Acquire), elsewhere.requests.load(Ordering::Acquire)), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_refusal_shares_it() {
    let refusal =
        json!({"error": {"message": "(#131026) undeliverable", "code": 131_026, "fbtrace_id": "A"}});
    let meta = Meta::start(400, refusal).await;
    let front = Front::of(&meta.url).await;
    let mut sends = JoinSet::new();
    for _ in 0..11 {
        let client = front.client();
        sends.spawn(async move { client.send_built(text("k")).await.unwrap_err() });
    }
    meta.asked(1).await;
    // All others look for what becomes of the first by then; one that comes later is the next test's.
    tokio::time::sleep(Duration::from_millis(500)).await;
    meta.open();
    for error in sends.join_all().await {
        assert_eq!((error.code(), error.maybe_sent()), (Some(131_026), false), "{error}");
    }
    assert_eq!(meta.requests.load(Ordering::Acquire), 1);
    // Given back, it is good for another try, also of another message.
    let other = Message::new(PHONE, Text::new("Other")).idempotency_key("k");
    front.client().send_built(other).await.unwrap_err();
    assert_eq!(meta.requests.load(Ordering::Acquire), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_written_when_the_store_is_back() {
    let meta = Meta::start(200, accepted()).await;
    let front = Front::of(&meta.url).await;
    let first = front.client();
    let first = tokio::spawn(async move { first.send_built(text("k")).await });
    meta.asked(1).await;
    let mut holder = front.hold().await;
    meta.open();
    // The store does not hold Meta's answer back.
    assert_eq!(first.await.unwrap().unwrap().id, "wamid.A");
    assert_eq!(front.readyz().await, 503);
    sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
    assert_eq!(front.client().send_built(text("k")).await.unwrap().id, "wamid.A");
    assert_eq!(meta.requests.load(Ordering::Acquire), 1);
    while front.readyz().await != 200 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A process that dies in mid-send, and one that never heard the answer.
#[test]
fn a_key_whose_send_a_webhook_settled_answers_with_its_outcome() {
    let runtime =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (dies, lives) = (runtime(), runtime());
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (meta, key) = dies.block_on(async {
        let meta = Meta::start(200, accepted()).await;
        let front = Front::on(folder.clone(), &meta.url, "v26.0", None).await;
        for key in ["read", "failed"] {
            let client = front.client();
            tokio::spawn(async move { client.send_built(text(key).reference(key)).await });
        }
        meta.asked(2).await;
        (meta.url.clone(), front.key.clone())
    });
    dies.shutdown_background();
    lives.block_on(async {
        let front = Front::on(folder, &meta, "v26.0", Some(&key)).await;
        let tell = async |reference: &str, status: &str, errors: Value| {
            let status = json!({"id": format!("wamid.{reference}"), "status": status, "timestamp": "1750263773",
                "recipient_id": PHONE, "biz_opaque_callback_data": reference, "errors": errors});
            let body = json!({"entry": [{"changes": [{"field": "messages",
                "value": {"metadata": {"phone_number_id": "1066"}, "statuses": [status]}}]}]});
            let mut events = wamid::parse_webhook(body.to_string().as_bytes()).unwrap();
            front.store.record_events(&mut events).await.unwrap();
        };
        tell("read", "read", json!([])).await;
        tell("failed", "failed", json!([{"code": 131_026, "title": "undeliverable"}])).await;
        let receipt = front.client().send_built(text("read").reference("read")).await.unwrap();
        assert_eq!(receipt.id, "wamid.read");
        let error = front.client().send_built(text("failed").reference("failed")).await.unwrap_err();
        assert_eq!((error.code(), error.maybe_sent()), (Some(131_026), false), "{error}");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_that_a_webhook_settled_is_an_answer_and_one_that_none_did_says_all_that_is_known() {
    // Nothing that Meta ever says.
    let meta = Meta::start(500, json!("no answer of Graph's")).await;
    meta.open();
    let front = Front::of(&meta.url).await;
    for _ in 0..2 {
        let error = front.client().send_built(text("k").reference("order-1")).await.unwrap_err();
        assert!(error.maybe_sent(), "{error}");
    }
    let (status, body) = raw(&front, "k", "order-1").await;
    assert!(status >= 500, "{status} {body}");
    for field in ["error", "kind", "retryable", "maybe_sent", "attempts", "reference"] {
        assert!(!body[field].is_null(), "{field} of {body}");
    }
    assert_eq!((&body["attempts"], &body["reference"]), (&json!(1), &json!("order-1")));
    let event = json!({"entry": [{"changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": "1066"},
        "statuses": [{"id": "wamid.B", "status": "delivered", "timestamp": "1750263773", "recipient_id": PHONE,
            "biz_opaque_callback_data": "order-1"}]}}]}]});
    front
        .store
        .record_events(&mut wamid::parse_webhook(event.to_string().as_bytes()).unwrap())
        .await
        .unwrap();
    assert_eq!(front.client().send_built(text("k").reference("order-1")).await.unwrap().id, "wamid.B");
    assert_eq!(meta.requests.load(Ordering::Acquire), 1);
}

async fn raw(front: &Front, key: &str, reference: &str) -> (u16, Value) {
    let url = front.gateway.url();
    let address = url.strip_prefix("http://").unwrap();
    let body = json!({"phone": PHONE, "message": "Hello", "reference": reference}).to_string();
    let request = format!(
        "POST /api/send-message/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nX-API-Key: {}\r\nIdempotency-Key: {key}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        front.key,
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

/// The whole time that a gateway has: callers hear that nothing was sent, and that is how it stays.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_locked_for_long_sends_nothing_and_says_so_and_leaves_no_key_behind() {
    let meta = Meta::start(200, accepted()).await;
    meta.open();
    let front = Front::of(&meta.url).await;
    let mut holder = front.hold().await;
    let mut sends = JoinSet::new();
    for n in 0..3 {
        let client = front.client();
        sends.spawn(async move { client.send_built(text(&format!("k{n}"))).await.unwrap_err() });
    }
    for error in sends.join_all().await {
        assert_eq!(
            (error.kind(), error.maybe_sent(), error.retryable()),
            (ErrorKind::Store, false, true),
            "{error}"
        );
    }
    sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
    for n in 0..3 {
        front.client().send_built(text(&format!("k{n}"))).await.unwrap();
    }
    let mut under_way = SendFilter::default();
    under_way.status = Some(SendStatus::Sending);
    assert!(front.store.sends(&under_way).await.unwrap().is_empty());
    assert_eq!(meta.requests.load(Ordering::Acquire), 3);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn readyz_tells_of_a_store_that_was_removed_and_nothing_is_sent_into_it() {
    let meta = Meta::start(200, accepted()).await;
    meta.open();
    let front = Front::of(&meta.url).await;
    front.client().send_built(text("before")).await.unwrap();
    assert_eq!(front.readyz().await, 200);
    let (path, away) = (front.folder.path().join("wamid.db"), front.folder.path().join("away.db"));
    std::fs::rename(&path, &away).unwrap();
    assert_eq!(front.readyz().await, 503);
    let error = front.client().send_built(text("k")).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Store, false), "{error}");
    std::fs::rename(&away, &path).unwrap();
    assert_eq!(front.readyz().await, 200);
    front.client().send_built(text("k")).await.unwrap();
    assert_eq!(meta.requests.load(Ordering::Acquire), 2);
}
