//! A gateway that passes events on and is killed while they come in: each one that Meta was answered 200 for is posted, those of a
//! sender in their order.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use wamid::{Client, Message, Store, Text, verify_webhook};
use wamid_gateway::EventQueue;
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::gateway_processes::{Gateway, Graph, create_key, deliver_webhook, serve_with};

/// Each has its own senders, which write one after the other.
const WORKERS: usize = 8;
const SENDERS: usize = 12;
const SECRET: &str = "a secret of its own";
/// Of so many posts one is refused.
const REFUSED: usize = 20;
/// A lease of a killed process runs out before, and so does a wait or two.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where events are posted: what it took, for each sender.
#[derive(Clone)]
struct Target {
    url: String,
    taken: Arc<Mutex<HashMap<String, Vec<usize>>>>,
}

impl Target {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/events", listener.local_addr().unwrap());
        let target = Self { url, taken: Arc::default() };
        let taking = target.clone();
        tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                tokio::spawn(taking.clone().take(stream));
            }
        });
        target
    }

    async fn take(self, mut stream: TcpStream) {
        let mut read = Vec::new();
        loop {
            if !matches!(stream.read_buf(&mut read).await, Ok(1..)) {
                return;
            }
            let text = String::from_utf8_lossy(&read).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let Ok(event) = serde_json::from_str::<Value>(body) else { continue };
            let signature = head.lines().find_map(|line| line.strip_prefix("x-hub-signature-256: ")).unwrap();
            assert!(verify_webhook(body.as_bytes(), signature, SECRET).unwrap());
            let status = if fastrand::usize(..REFUSED) == 0 { "503 Service Unavailable" } else { "200 OK" };
            if status.starts_with("200") {
                self.took(&event["entry"][0]["changes"][0]["value"]["messages"][0]);
            }
            let answer = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
            return;
        }
    }

    /// Statuses come too, of the sends.
    fn took(&self, message: &Value) {
        if let (Some(from), Some(id)) = (message["from"].as_str(), message["id"].as_str()) {
            let number = id.rsplit('.').next().unwrap().parse().unwrap();
            self.taken.lock().unwrap().entry(from.to_owned()).or_default().push(number);
        }
    }
}

/// What customers write, and how much of it Meta was answered 200 for.
struct Customers {
    listen: Vec<String>,
    graph: Graph,
    /// How many messages each sender of each worker has written.
    written: Vec<Mutex<[usize; SENDERS]>>,
}

impl Customers {
    fn sender(worker: usize, sender: usize) -> String {
        format!("1650555{worker:02}{sender:02}")
    }

    /// One message after the other until it is over; each one is delivered until it is taken, as Meta does, to whichever gateway.
    async fn write(&self, worker: usize, over: &AtomicBool) {
        while !over.load(Ordering::Relaxed) {
            let sender = fastrand::usize(..SENDERS);
            let (from, number) = (Self::sender(worker, sender), self.written[worker].lock().unwrap()[sender]);
            let message = json!({"from": from, "id": format!("wamid.{from}.{number}"), "timestamp": "1749416383",
                "type": "text", "text": {"body": "Is it open?"}});
            let value =
                json!({"metadata": {"phone_number_id": self.graph.phone_number_id}, "messages": [message]});
            let body = json!({"entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]})
                .to_string();
            loop {
                let listen = &self.listen[fastrand::usize(..self.listen.len())];
                if deliver_webhook(listen, &body, &self.graph.app_secret).await {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            self.written[worker].lock().unwrap()[sender] += 1;
        }
    }
}

pub(crate) async fn trial(store: &str, gateways: usize, kills: usize) {
    let (sandbox, target) = (Sandbox::start(SandboxOptions::default()).await.unwrap(), Target::start().await);
    let graph = || Graph::from(&sandbox);
    let key = create_key(store, &graph());
    let forward = [("WAMID_FORWARD", target.url.as_str()), ("WAMID_FORWARD_SECRET", SECRET)];
    let start = |listen: &str| serve_with(store, &graph(), listen, &forward);
    let mut serving: Vec<Gateway> = (0..gateways).map(|_| start("127.0.0.1:0")).collect();
    let listen: Vec<_> = serving.iter().map(|gateway| gateway.listen.clone()).collect();
    sandbox.set_webhook(&format!("http://{}/whatsapp/webhook/", listen[0])).unwrap();
    let customers = Arc::new(Customers {
        listen: listen.clone(),
        graph: graph(),
        written: (0..WORKERS).map(|_| Mutex::default()).collect(),
    });
    let seed = fastrand::get_seed();

    let over = Arc::new(AtomicBool::new(false));
    let mut working = JoinSet::new();
    for worker in 0..WORKERS {
        let (customers, over) = (customers.clone(), over.clone());
        working.spawn(async move { customers.write(worker, &over).await });
    }
    // The business writes meanwhile; what becomes of that comes in, too.
    let client = Client::gateway(format!("http://{}/whatsapp", listen[gateways - 1]), &key).build().unwrap();
    let writing = over.clone();
    working.spawn(async move {
        while !writing.load(Ordering::Relaxed) {
            let _ = client.send_built(Message::new("919876543210", Text::new("Yes"))).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    for _ in 0..kills {
        // The random moment is the point of this test; nothing depends on its length.
        tokio::time::sleep(Duration::from_millis(fastrand::u64(50..300))).await;
        let victim = fastrand::usize(..gateways);
        serving[victim].kill();
        serving[victim] = start(&listen[victim]);
    }
    over.store(true, Ordering::Relaxed);
    while let Some(done) = working.join_next().await {
        done.unwrap();
    }

    let opened = Store::open(store).await.unwrap();
    let queue = EventQueue::open(&opened).await.unwrap();
    let began = Instant::now();
    let left = loop {
        let left = queue.by_account().await.unwrap();
        if left.is_empty() || began.elapsed() > PATIENCE {
            break left;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert!(left.is_empty(), "what is left after {PATIENCE:?}: {left:?} (seed {seed})");
    let (mut written, mut twice) = (0, 0);
    let taken = target.taken.lock().unwrap().clone();
    for worker in 0..WORKERS {
        for (sender, count) in customers.written[worker].lock().unwrap().iter().enumerate() {
            let from = Customers::sender(worker, sender);
            let mut next = 0;
            for number in taken.get(&from).into_iter().flatten() {
                // One that was posted as the process ended may come twice, before those behind it.
                assert!(
                    *number == next || *number + 1 == next,
                    "{number} of {from} came for {next} (seed {seed})"
                );
                twice += usize::from(*number != next);
                next = number + 1;
            }
            assert_eq!(next, *count, "of {from} (seed {seed})");
            written += count;
        }
    }
    println!(
        "{kills} kills of {gateways}: {written} events, {twice} came twice, {:?} to the last",
        began.elapsed()
    );
    assert!(written > kills, "{written} events came in (seed {seed})");
    assert!(twice <= kills * 16, "{twice} came twice (seed {seed})");
    opened.close().await;
    drop(serving);
    sandbox.shutdown().await;
}
