//! What a gateway on this machine runs with: it says so at `/config`, to whoever asks from the machine itself.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::timeout;

use super::Report;
use crate::local;
use crate::serve::{absolute, shown};

/// The gateway asks Meta about its accounts first.
const PATIENCE: Duration = Duration::from_secs(25);
/// Events that wait for so many minutes are late.
const LATE: i64 = 10;
/// Most of an answer that is read.
const MOST: u64 = 1 << 20;

#[derive(Deserialize)]
struct Config {
    gateway: String,
    version: String,
    settings: Value,
    accounts: Vec<Account>,
    keys: Keys,
    /// Absent in answers of older gateways.
    #[serde(default)]
    events: Vec<Events>,
}

#[derive(Deserialize)]
struct Events {
    phone_number_id: String,
    waiting: u64,
    oldest: Option<Timestamp>,
    problem: Option<String>,
    given_up: u64,
}

#[derive(Deserialize)]
struct Account {
    id: i64,
    name: String,
    phone_number_id: String,
    is_default: bool,
    has_app_secret: bool,
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    ok: bool,
    display_phone_number: Option<String>,
    verified_name: Option<String>,
    quality_rating: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Keys {
    in_use: usize,
    expired: usize,
    revoked: usize,
}

/// Looks at the gateway that listens there. `store` is the one of this command's own surroundings.
pub(super) async fn gateway(listen: SocketAddr, store: Option<&str>, report: &mut Report) {
    let at = local::reached(listen);
    let config = match timeout(PATIENCE, local::get(at, "/config", MOST)).await {
        Ok(Ok((200, body))) => serde_json::from_str::<Config>(&body).ok().filter(|it| it.gateway == "wamid"),
        Ok(Ok(_)) => None,
        Ok(Err(error)) => {
            let fix =
                "start it with `wamid serve`, or name the address that it listens on: --listen ADDR:PORT";
            return report.failed("gateway", format!("nothing answers at {at}: {error}"), fix);
        }
        Err(_) => {
            return report.failed("gateway", format!("{at} does not answer in time"), "look at its log");
        }
    };
    let Some(config) = config else {
        let fix =
            "name the address that `wamid serve` listens on, and update it if it is older than this command";
        return report.failed(
            "gateway",
            format!("what answers at {at} is no gateway that tells its settings"),
            fix,
        );
    };
    settings(&config, at, store, report);
    accounts(&config.accounts, report);
    webhooks(&config, report);
    events(&config, report);
    let Keys { in_use, expired, revoked } = config.keys;
    let counts = format!("{in_use} in use, {expired} expired, {revoked} revoked");
    match in_use {
        0 => report.failed("keys", counts, "make one: wamid key create --name APP"),
        _ => report.ok("keys", counts),
    }
}

fn settings(config: &Config, at: SocketAddr, store: Option<&str>, report: &mut Report) {
    let said = |name: &str| config.settings[name].as_str().unwrap_or_default();
    let version = &config.version;
    let sandbox = if config.settings["sandbox"] == true { "; its sandbox plays Meta" } else { "" };
    report.ok(
        "gateway",
        format!("wamid {version} answers at {at}{}, store {}{sandbox}", said("prefix"), said("store")),
    );
    if let Some(own) = store.map(|own| shown(&absolute(own))).filter(|own| own != said("store")) {
        report.failed(
            "gateway",
            format!("its store is {}, and the one of this shell {own}", said("store")),
            "give both the same WAMID_STORE: `wamid key` and `wamid account` would change another store here",
        );
    }
    if config.settings["allow_query_key"] == true {
        let fix = "send keys in the header X-API-Key, and leave --allow-query-key out";
        report.failed("gateway", "it takes keys in the query, which end up in every log on the way", fix);
    }
}

fn accounts(accounts: &[Account], report: &mut Report) {
    match accounts.iter().find(|account| account.is_default) {
        Some(account) => {
            report.ok("accounts", format!("{}; {} is the default", accounts.len(), named(account)));
        }
        None if accounts.is_empty() => {
            report.failed("accounts", "there is none to send from", "wamid account add")
        }
        None => report.failed("accounts", "none is the default", "wamid account set-default ID"),
    }
    for account in accounts {
        match &account.meta {
            Some(meta) if meta.ok => report.ok(
                "account",
                format!(
                    "{}: Meta takes its token for {} ({}), quality {}",
                    named(account),
                    meta.display_phone_number.as_deref().unwrap_or("the number"),
                    meta.verified_name.as_deref().unwrap_or("no verified name"),
                    meta.quality_rating.as_deref().unwrap_or("unknown")
                ),
            ),
            Some(meta) => report.failed(
                "account",
                format!("{}: {}", named(account), meta.error.as_deref().unwrap_or("it does not work")),
                format!(
                    "give it a new token: wamid account add --phone-number-id {}",
                    account.phone_number_id
                ),
            ),
            None => report.skipped("account", format!("{}: too many to ask Meta about all", named(account))),
        }
    }
}

fn webhooks(config: &Config, report: &mut Report) {
    if config.settings["allow_unsigned_webhooks"] == true {
        let fix = "give each account its app secret, and leave --allow-unsigned-webhooks out";
        return report.failed("webhooks", "unsigned ones are taken, which anybody could have written", fix);
    }
    let unsigned: Vec<_> =
        config.accounts.iter().filter(|account| !account.has_app_secret).map(named).collect();
    match unsigned.as_slice() {
        [] => report.ok("webhooks", "every account has the app secret that they are signed with"),
        names => report.skipped("webhooks", format!("refused for {}: no app secret", names.join(", "))),
    }
}

/// Nothing is said of a gateway that passes nothing on.
fn events(config: &Config, report: &mut Report) {
    let target = config.settings["forward"].as_str();
    if let Some(target) = target.filter(|_| config.events.iter().all(|events| events.waiting == 0)) {
        report.ok("events", format!("they go to {target}; none waits"));
    }
    for Events { phone_number_id, waiting, oldest, problem, given_up } in &config.events {
        let number = if phone_number_id.is_empty() { "no number" } else { phone_number_id };
        if let Some(oldest) = oldest {
            let minutes = Timestamp::now().duration_since(*oldest).as_mins();
            let why = problem.as_deref().map_or_else(String::new, |why| format!(": {why}"));
            let told = format!("{waiting} of {number} wait, the oldest for {minutes} min{why}");
            if minutes < LATE {
                report.ok("events", told);
            } else {
                report.failed("events", told, "look at the target's log, then: wamid events retry --all");
            }
        }
        if *given_up > 0 {
            let fix = "wamid events shows why; then: wamid events drop --given-up";
            report.failed("events", format!("{given_up} of {number} were given up"), fix);
        }
    }
}

fn named(account: &Account) -> String {
    format!("account {} ({}, {})", account.id, account.name, account.phone_number_id)
}
