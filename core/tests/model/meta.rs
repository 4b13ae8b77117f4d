//! Plays Meta: answers each message as its sequence has it, and counts what arrived.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;
use tokio::sync::watch;

use crate::people::Called;
use crate::steps::{Answer, Refusal, Unclear};
use crate::support::{Reply, Seen, Server, http};

/// What a message is answered, and what arrived of it.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    refusals: Vec<Refusal>,
    answer: Answer,
    /// What the answer calls the recipient.
    pub(crate) called: Called,
    /// Whether an answer may be given that waits for that.
    released: bool,
    pub(crate) requests: usize,
    pub(crate) taken: usize,
    /// The request before the last answer is there.
    pub(crate) is_last: bool,
}

type Exchanges = watch::Sender<HashMap<usize, Exchange>>;

pub(crate) struct Meta {
    pub(crate) server: Server,
    exchanges: Arc<Exchanges>,
    /// Outlives the clients' runtimes.
    _runtime: tokio::runtime::Runtime,
}

/// The name by which a message is found in a request.
pub(crate) fn name(key: usize) -> String {
    format!("key-{key}")
}

pub(crate) fn message_id(business: &str, key: usize) -> String {
    format!("wamid.{business}.{key}")
}

fn key_in(body: &str) -> usize {
    let (_, rest) = body.split_once("key-").unwrap();
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

impl Meta {
    pub(crate) fn start() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let exchanges: Arc<Exchanges> = Arc::new(watch::Sender::new(HashMap::new()));
        let answering = exchanges.clone();
        let server = runtime.block_on(Server::slow(move |seen| answer(answering.clone(), seen)));
        Self { server, exchanges, _runtime: runtime }
    }

    pub(crate) fn expect(&self, key: usize, refusals: &[Refusal], answer: &Answer, called: &Called) {
        let released = !matches!(answer, Answer::Taken { early, .. } if !early.is_empty());
        let exchange = Exchange {
            refusals: refusals.to_vec(),
            answer: answer.clone(),
            called: called.clone(),
            released,
            requests: 0,
            taken: 0,
            is_last: false,
        };
        self.exchanges.send_modify(|all| drop(all.insert(key, exchange)));
    }

    /// Waits until the request is there that gets the last answer.
    pub(crate) async fn has_the_last(&self, key: usize) {
        let mut all = self.exchanges.subscribe();
        all.wait_for(|all| all[&key].is_last).await.unwrap();
    }

    pub(crate) fn release(&self, key: usize) {
        self.exchanges.send_modify(|all| all.get_mut(&key).unwrap().released = true);
    }

    pub(crate) fn exchange(&self, key: usize) -> Exchange {
        self.exchanges.borrow()[&key].clone()
    }
}

async fn answer(exchanges: Arc<Exchanges>, seen: Seen) -> Reply {
    let key = key_in(&seen.body);
    let business = seen.line().split('/').nth(2).unwrap().to_owned();
    let mut exchange = None;
    exchanges.send_modify(|all| {
        let of_it = all.get_mut(&key).unwrap();
        of_it.requests += 1;
        of_it.is_last = of_it.requests > of_it.refusals.len();
        let is_taken = match of_it.answer {
            Answer::Taken { .. } | Answer::Hurried(_) => true,
            Answer::Refused => false,
            Answer::Unclear { taken, .. } | Answer::GivenUp { taken } | Answer::TimedOut { taken } => taken,
        };
        of_it.taken += usize::from(of_it.is_last && is_taken);
        exchange = Some(of_it.clone());
    });
    let exchange = exchange.unwrap();
    if let Some(refusal) = exchange.refusals.get(exchange.requests - 1) {
        return refused(*refusal);
    }
    match exchange.answer {
        Answer::Taken { .. } | Answer::Hurried(_) => {
            let mut all = exchanges.subscribe();
            let _ = all.wait_for(|all| all.get(&key).is_none_or(|exchange| exchange.released)).await;
            accepted(&message_id(&business, key), &exchange.called)
        }
        Answer::Refused => graph(400, 131_026),
        Answer::Unclear { how: Unclear::Lost, .. } => Reply::Last(Vec::new()),
        Answer::Unclear { how: Unclear::Code1, .. } => graph(500, 1),
        Answer::Unclear { how: Unclear::Page, .. } => http(502, "", "<html>Bad gateway</html>"),
        Answer::Unclear { how: Unclear::BrokenJson, .. } => http(200, "", "{\"messages\":["),
        Answer::GivenUp { .. } | Answer::TimedOut { .. } => Reply::Silence,
    }
}

fn graph(status: u16, code: u32) -> Reply {
    http(status, "Retry-After: 0\r\n", &json!({"error": {"message": "No.", "code": code}}).to_string())
}

fn refused(refusal: Refusal) -> Reply {
    match refusal {
        Refusal::Throttled => graph(429, 130_429),
        Refusal::Unavailable => graph(503, 2),
        Refusal::TooMany => http(429, "Retry-After: 0\r\n", "Slow down."),
    }
}

fn accepted(id: &str, called: &Called) -> Reply {
    let mut contact = json!({"input": "x"});
    if let Some(number) = &called.number {
        contact["wa_id"] = json!(number);
    }
    if let Some(user_id) = &called.user_id {
        contact["user_id"] = json!(user_id);
    }
    let body = json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": id}]});
    http(200, "", &body.to_string())
}
