//! Gateways that share one PostgreSQL, each with a way of its own to it, on which everything may happen: a key is sent once by whichever
//! gateway, and everybody gets to know what became of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use wamid::Store;
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::check::Findings;
use crate::clients::{CALLERS, Clients};
use crate::gateway_processes::{Graph, create_key, serve_with};
use crate::ledger::Ledger;
use crate::place::Place;
use crate::proxy::{Proxy, TROUBLED, Way};
use crate::run::{PATIENCE, all_asked_and_told};
use crate::webhooks::Webhooks;

/// Meta's answers come at once here.
const SETTINGS: [(&str, &str); 1] = [("WAMID_TIMEOUT", "3")];

pub(crate) async fn on(place: Place, lasts: Duration) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let graph = Graph::from(&sandbox);
    let key = create_key(&place.url, &graph);
    let (mut proxies, mut gateways) = (Vec::new(), Vec::new());
    for _ in 0..place.gateways {
        let proxy = Proxy::start(&place.url).await;
        gateways.push(serve_with(&proxy.url(&place.url), &graph, "127.0.0.1:0", &SETTINGS));
        proxies.push(proxy);
    }
    let listen: Vec<_> = gateways.iter().map(|gateway| gateway.listen.clone()).collect();
    let webhooks = Arc::new(Webhooks::start(listen.clone(), graph.app_secret.clone()).await);
    sandbox.set_webhook(&webhooks.url).unwrap();
    let mut clients = Clients::new(&listen, &key);
    clients.learn_kinds().await;
    let clients = Arc::new(clients);
    let (over, mut working, mut ledger) =
        (Arc::new(AtomicBool::new(false)), JoinSet::new(), Ledger::default());
    for _ in 0..CALLERS {
        working.spawn(clients.clone().call(over.clone(), Duration::from_millis(20), webhooks.clone()));
    }

    let (seed, began) = (fastrand::get_seed(), Instant::now());
    let mut made: HashMap<String, usize> = HashMap::new();
    while began.elapsed() < lasts {
        // The random moment is the point of this test; nothing depends on its length.
        let (proxy, way) =
            (&proxies[fastrand::usize(..proxies.len())], TROUBLED[fastrand::usize(..TROUBLED.len())]);
        proxy.set(way);
        *made.entry(format!("{way:?}")).or_default() += 1;
        tokio::time::sleep(Duration::from_millis(fastrand::u64(100..900))).await;
        // Another may get into trouble before this one is out of it.
        if fastrand::bool() {
            proxies.iter().for_each(|proxy| proxy.set(Way::Open));
        }
        ledger.read(&sandbox);
    }
    proxies.iter().for_each(|proxy| proxy.set(Way::Open));
    over.store(true, Ordering::Relaxed);
    while let Some(done) = working.join_next().await {
        done.unwrap();
    }

    for gateway in &listen {
        is_ready_again(gateway, seed).await;
    }
    all_asked_and_told(&clients, &mut ledger, &sandbox, &webhooks).await;
    let store = Store::open(&place.url).await.unwrap();
    let mut findings = Findings::default();
    let asked = clients.asked.lock().unwrap().clone();
    findings.told(&asked, &ledger);
    findings.recorded(&store, &ledger, &webhooks).await;
    store.close().await;
    println!("{} messages asked for, {} at Meta, {made:?}", asked.len(), ledger.messages().count());
    assert!(findings.0.is_empty(), "{} findings (seed {seed}):\n{}", findings.0.len(), findings.0.join("\n"));
}

async fn is_ready_again(gateway: &str, seed: u64) {
    let began = Instant::now();
    loop {
        let asked = async {
            let mut stream = TcpStream::connect(gateway).await.ok()?;
            let request = format!("GET /readyz HTTP/1.1\r\nHost: {gateway}\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).await.ok()?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.ok()?;
            Some(answer.starts_with("HTTP/1.1 200"))
        };
        if asked.await == Some(true) {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{gateway} is not ready again (seed {seed})");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
