//! One run: the load, the trouble, what is done afterwards, the figures.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use wamid::Store;
use wamid_gateway::EventQueue;
use wamid_sandbox::{Sandbox, SandboxOptions};

use crate::check::Findings;
use crate::clients::{CALLERS, Clients};
use crate::customers::{Customers, WRITERS};
use crate::gateway_processes::{Graph, create_key};
use crate::ledger::Ledger;
use crate::measure::{Trend, percentile};
use crate::place::Place;
use crate::target::Target;
use crate::trouble::Trouble;
use crate::webhooks::Webhooks;

/// Far longer than anything takes: only to tell a hang from slowness.
pub(crate) const PATIENCE: Duration = Duration::from_secs(240);
/// A run of so long says whether a process grows.
const LONG: Duration = Duration::from_secs(300);
/// So many findings are shown.
const SHOWN: usize = 20;

pub(crate) async fn on(place: Place, lasts: Duration) {
    let place = Arc::new(place);
    let sandbox = Arc::new(Sandbox::start(SandboxOptions::default()).await.unwrap());
    let graph = || Graph::from(&*sandbox);
    let key = create_key(&place.url, &graph());
    let target = Target::start().await;
    let trouble = Trouble::start(&place, graph(), target.url.clone());
    let gateways = trouble.listen();
    let webhooks = Arc::new(Webhooks::start(gateways.clone(), graph().app_secret).await);
    sandbox.set_webhook(&webhooks.url).unwrap();
    let customers = Arc::new(Customers::new(gateways.clone(), graph()));
    let mut clients = Clients::new(&gateways, &key);
    clients.learn_kinds().await;
    assert!(clients.kinds() > 12, "the sandbox takes {} kinds", clients.kinds());
    let clients = Arc::new(clients);

    let (over, mut working, mut ledger) =
        (Arc::new(AtomicBool::new(false)), JoinSet::new(), Ledger::default());
    // The longer it lasts the less hurry: what is looked for are leaks, and rare moments.
    let pause = (lasts / 200).clamp(Duration::from_millis(20), Duration::from_millis(200));
    for _ in 0..CALLERS {
        working.spawn(clients.clone().call(over.clone(), pause, webhooks.clone()));
    }
    for writer in 0..WRITERS {
        let (customers, over) = (customers.clone(), over.clone());
        working.spawn(async move { customers.write(writer, &over, pause).await });
    }
    let mut making = tokio::spawn(trouble.make(place.clone(), sandbox.clone(), lasts));
    let trouble = loop {
        match tokio::time::timeout(Duration::from_secs(5), &mut making).await {
            Ok(made) => break made.unwrap(),
            Err(_) => ledger.read(&sandbox),
        }
    };
    over.store(true, Ordering::Relaxed);
    while let Some(done) = working.join_next().await {
        done.unwrap();
    }

    // All is well from here on: what can be known, everybody must get to know.
    clients.use_up_failures(&sandbox).await;
    all_asked_and_told(&clients, &mut ledger, &sandbox, &webhooks).await;
    let store = Store::open(&place.url).await.unwrap();
    all_passed_on(&store).await;

    let mut findings = Findings(std::mem::take(&mut *clients.wrong.lock().unwrap()));
    let asked = clients.asked.lock().unwrap().clone();
    findings.told(&asked, &ledger);
    findings.recorded(&store, &ledger, &webhooks).await;
    let passed = target.passed_on();
    let twice = findings.passed_on(&passed, &customers, &webhooks);
    let memory = Trend::of(&trouble.samples, |sample| sample.kibibytes);
    let files = Trend::of(&trouble.samples, |sample| sample.files);
    let most_twice = (trouble.kills + trouble.full) * 32;
    let mut times = clients.times.lock().unwrap().clone();
    times.sort_unstable();
    let told = |what: fn(&crate::clients::Asked) -> bool| asked.values().filter(|asked| what(asked)).count();

    println!(
        "{} ({} gateways, {:.0} s, {} kinds)",
        place.name,
        place.gateways,
        lasts.as_secs_f64(),
        clients.kinds()
    );
    let rows = [
        ("messages asked for", asked.len()),
        ("at Meta", ledger.messages().count()),
        ("refused by Meta", ledger.refused),
        ("told as sent in the end", told(|asked| asked.is_sent())),
        ("calls", times.len()),
        ("files up and down", clients.files.load(Ordering::Relaxed)),
        ("webhooks taken", webhooks.posts()),
        ("customers' messages", customers.written().map(|(_, count)| count).sum()),
        ("events passed on", passed.events),
        ("of these twice, of numbered ones", twice),
        ("failures armed in the sandbox", trouble.armed),
        ("kills", trouble.kills),
        ("times that the disk was full", trouble.full),
    ];
    for (what, count) in rows {
        println!("  {what:<36}{count:>9}");
    }
    for percent in [50, 99, 100] {
        let took = percentile(&times, percent);
        println!("  {:<36}{:>6} ms", format!("answer within, {percent} of 100"), took.as_millis());
    }
    for (what, trend) in [("memory in KiB, first and last", memory), ("files, first and last", files)] {
        if let Some(Trend { first, last }) = trend {
            println!("  {what:<36}{first:>9}{last:>9}");
        }
    }
    println!("  {:<36}{:>9}", "findings", findings.0.len());
    for finding in findings.0.iter().take(SHOWN) {
        println!("  {finding}");
    }
    assert!(findings.0.is_empty(), "{} findings on {}", findings.0.len(), place.name);
    assert!(twice <= most_twice, "{twice} events were passed on twice");
    assert!(times.last().is_none_or(|longest| *longest < PATIENCE / 2), "a call hung");
    if lasts >= LONG {
        // What a process has once filled its pools and caches stays.
        assert!(memory.is_none_or(|memory| memory.is_flat(15, 4096)), "memory grows");
        assert!(files.is_none_or(|files| files.is_flat(10, 24)), "open files grow");
    }
    store.close().await;
}

/// Asks again for each key that is not told as sent. On a slow machine that may end as unknown once; a webhook settles it, and whoever
/// asks then hears of it.
pub(crate) async fn all_asked_and_told(
    clients: &Arc<Clients>,
    ledger: &mut Ledger,
    sandbox: &Sandbox,
    webhooks: &Webhooks,
) {
    for _ in 0..2 {
        all_told(ledger, sandbox, webhooks).await;
        clients.ask_again(32).await;
    }
    all_told(ledger, sandbox, webhooks).await;
}

/// Waits until the last word on each message has reached a gateway, as long as there are fewer to wait for.
async fn all_told(ledger: &mut Ledger, sandbox: &Sandbox, webhooks: &Webhooks) {
    let (mut fewest, mut since) = (usize::MAX, Instant::now());
    loop {
        ledger.read(sandbox);
        let left = ledger.messages().filter(|message| webhooks.last_word(message).is_none()).count();
        if left == 0 {
            return;
        }
        if left < fewest {
            (fewest, since) = (left, Instant::now());
        }
        assert!(since.elapsed() < PATIENCE, "the webhooks of {left} messages are not taken");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Waits until no event is left.
async fn all_passed_on(store: &Store) {
    let (queue, began) = (EventQueue::open(store).await.unwrap(), Instant::now());
    loop {
        let left = queue.by_account().await.unwrap();
        if left.is_empty() {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "not passed on: {left:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
