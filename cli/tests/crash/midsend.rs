//! A gateway that is killed while Meta has its requests: what webhooks say afterwards is what its keys answer.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use wamid::{Client, Message, SendFilter, SendStatus, Store, Text};

use crate::gateway_processes::{Graph, create_key, deliver_webhook, serve};

const PHONE: &str = "919876543210";
const APP_SECRET: &str = "app-secret-789";

/// What plays Meta: it takes each request, and never answers.
struct Silent {
    url: String,
    bodies: Arc<Mutex<Vec<Value>>>,
}

impl Silent {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bodies = Arc::<Mutex<Vec<Value>>>::default();
        let taken = bodies.clone();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let taken = taken.clone();
                tokio::spawn(async move {
                    let mut read = Vec::new();
                    while let Ok(1..) = stream.read_buf(&mut read).await {
                        let text = String::from_utf8_lossy(&read);
                        let body = text.split_once("\r\n\r\n").map(|(_, body)| body);
                        if let Some(body) = body.and_then(|body| serde_json::from_str(body).ok()) {
                            taken.lock().unwrap().push(body);
                            return std::future::pending().await;
                        }
                    }
                });
            }
        });
        Self { url, bodies }
    }

    fn graph(&self) -> Graph {
        Graph {
            url: self.url.clone(),
            access_token: "ACCESS-TOKEN".to_owned(),
            phone_number_id: "1066".to_owned(),
            app_secret: APP_SECRET.to_owned(),
        }
    }

    async fn has_taken(&self, requests: usize) {
        while self.bodies.lock().unwrap().len() < requests {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Tells the gateway what became of a message, as Meta does.
async fn tell(listen: &str, status: &Value) {
    let value = json!({"metadata": {"phone_number_id": "1066"}, "statuses": [status]});
    let body = json!({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).to_string();
    assert!(deliver_webhook(listen, &body, APP_SECRET).await, "the webhook was not taken");
}

pub(crate) async fn settled_by_webhooks(store: &str) {
    let meta = Silent::start().await;
    let graph = meta.graph();
    let key = create_key(store, &graph);
    let mut gateway = serve(store, &graph, "127.0.0.1:0");
    let listen = gateway.listen.clone();
    let client = Client::gateway(format!("http://{listen}/whatsapp"), &key)
        .max_retries(0)
        .timeout(Duration::from_secs(60))
        .total_timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    let text = |name: &str| Message::new(PHONE, Text::new(name)).idempotency_key(name);
    let mut sends = tokio::task::JoinSet::new();
    for name in ["read", "failed"] {
        let (client, text) = (client.clone(), text(name));
        sends.spawn(async move { client.send_built(text).await.unwrap_err() });
    }
    meta.has_taken(2).await;
    gateway.kill();
    for error in sends.join_all().await {
        assert!(error.maybe_sent(), "{error}");
    }
    let _gateway = serve(store, &graph, &listen);
    let taken = meta.bodies.lock().unwrap().clone();
    for body in &taken {
        let name = body["text"]["body"].as_str().unwrap();
        let mut status = json!({"id": format!("wamid.{name}"), "status": name, "timestamp": "1750263773",
            "recipient_id": PHONE, "biz_opaque_callback_data": body["biz_opaque_callback_data"]});
        if name == "failed" {
            status["errors"] = json!([{"code": 131_026, "title": "undeliverable"}]);
        }
        tell(&listen, &status).await;
    }
    assert_eq!(client.send_built(text("read")).await.unwrap().id, "wamid.read");
    let error = client.send_built(text("failed")).await.unwrap_err();
    assert_eq!((error.code(), error.maybe_sent()), (Some(131_026), false), "{error}");
    assert_eq!(meta.bodies.lock().unwrap().len(), 2, "nothing was sent again");
    let store = Store::open(store).await.unwrap();
    let mut statuses: Vec<_> =
        store.sends(&SendFilter::default()).await.unwrap().into_iter().map(|send| send.status).collect();
    statuses.sort_by_key(|status| *status == SendStatus::Failed);
    assert_eq!(statuses, [SendStatus::Read, SendStatus::Failed]);
    store.close().await;
}
