//! Customers who write one message after the other, each delivered until a gateway takes it, and some of them again.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::gateway_processes::{Graph, deliver_webhook};

pub(crate) const WRITERS: usize = 3;
const SENDERS: usize = 8;

pub(crate) struct Customers {
    pub(crate) gateways: Vec<String>,
    pub(crate) graph: Graph,
    /// How many messages each sender of each writer has written, all of them taken.
    written: Vec<Mutex<[usize; SENDERS]>>,
}

impl Customers {
    pub(crate) fn new(gateways: Vec<String>, graph: Graph) -> Self {
        Self { gateways, graph, written: (0..WRITERS).map(|_| Mutex::default()).collect() }
    }

    /// The name of each, and how many of their messages were taken.
    pub(crate) fn written(&self) -> impl Iterator<Item = (String, usize)> {
        self.written.iter().enumerate().flat_map(|(writer, counts)| {
            let counts = *counts.lock().unwrap();
            counts.into_iter().enumerate().map(move |(sender, count)| (name(writer, sender), count))
        })
    }

    pub(crate) async fn write(&self, writer: usize, over: &AtomicBool, pause: Duration) {
        while !over.load(Ordering::Relaxed) {
            let sender = fastrand::usize(..SENDERS);
            let number = self.written[writer].lock().unwrap()[sender];
            self.deliver(&name(writer, sender), number).await;
            self.written[writer].lock().unwrap()[sender] += 1;
            if fastrand::u32(..10) == 0 {
                self.deliver(&name(writer, sender), number.saturating_sub(1)).await;
            }
            tokio::time::sleep(pause.mul_f64(fastrand::f64() * 2.0)).await;
        }
    }

    async fn deliver(&self, from: &str, number: usize) {
        let message = json!({"from": from, "id": format!("wamid.numbered.{from}.{number}"),
            "timestamp": "1749416383", "type": "text", "text": {"body": "Is it open?"}});
        let value =
            json!({"metadata": {"phone_number_id": self.graph.phone_number_id}, "messages": [message]});
        let body =
            json!({"entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}).to_string();
        loop {
            let gateway = &self.gateways[fastrand::usize(..self.gateways.len())];
            if deliver_webhook(gateway, &body, &self.graph.app_secret).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn name(writer: usize, sender: usize) -> String {
    format!("1650555{writer:02}{sender:02}")
}
