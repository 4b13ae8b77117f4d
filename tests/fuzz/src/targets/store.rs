//! Any sequence of sends, webhooks and repetitions, written to a store: a send's status never goes backwards, what is unread is never
//! negative nor more than came in, and what comes again changes nothing.
//!
//! Input: a line each. A webhook's body as JSON, or letters and digits that make one: see [`step`].

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use wamid::{
    Conversation, Event, NewSend, SendFilter, SendOutcome, SendStatus, Store, StoredSend, parse_webhook,
};

use crate::{Target, seeds};

pub(super) const TARGET: Target = Target { name: "store", run, seeds };

/// Steps of one input, at most.
const MOST_STEPS: usize = 24;

thread_local! {
    static PLACE: Place = Place::new();
    static RUNS: Cell<u64> = const { Cell::new(0) };
}

struct Place {
    runtime: Runtime,
    store: Store,
    _folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.unwrap_or_else(|error| panic!("no runtime: {error}"));
        // In memory, where there is such a folder.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let folder = folder.unwrap_or_else(|error| panic!("no folder: {error}"));
        let url = format!("sqlite:{}", folder.path().join("wamid.db").display());
        let store = runtime.block_on(Store::open(&url)).unwrap_or_else(|error| panic!("no store: {error:?}"));
        Self { runtime, store, _folder: folder }
    }
}

fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    PLACE.with(|place| {
        // A business number of its own, in place of a store of its own.
        let number = RUNS.get() + 1;
        RUNS.set(number);
        let mut history =
            History { store: &place.store, number: number.to_string(), ..History::new(&place.store) };
        place.runtime.block_on(async {
            for line in text.lines().filter(|line| !line.is_empty()).take(MOST_STEPS) {
                history.step(line).await;
            }
        });
    });
}

struct History<'a> {
    store: &'a Store,
    number: String,
    /// Messages of which somebody may be unread, by their ids.
    came: BTreeSet<String>,
    ranks: BTreeMap<i64, u8>,
    last: Vec<Event>,
}

impl<'a> History<'a> {
    fn new(store: &'a Store) -> Self {
        Self { store, number: String::new(), came: BTreeSet::new(), ranks: BTreeMap::new(), last: Vec::new() }
    }

    async fn step(&mut self, line: &str) {
        if line.starts_with('{') {
            if let Ok(events) = parse_webhook(line.as_bytes()) {
                self.tell(events).await;
            }
        } else {
            let letters: Vec<u8> = line.bytes().chain(*b"0000").take(5).collect();
            let [kind, a, b, c, d] = letters[..] else { return };
            self.made(kind, [a, b, c, d]).await;
        }
        self.hold().await;
    }

    /// `m` a message (whose, which, when, of what type), `e` an echo, `t` a status (of which, what, when, by what), `s` a send (whose,
    /// which, how it ended), `y` a change of number (from, to), anything else the last webhook again.
    async fn made(&mut self, kind: u8, [a, b, c, d]: [u8; 4]) {
        let time = 1_700_000_000 + i64::from(c);
        match kind {
            b'm' => {
                let types = ["text", "image", "reaction", "edit", "tomorrow", "revoke"];
                let mut message = contact(a, ["from", "from_user_id"]);
                message["id"] = json!(format!("wamid.in{}", b % 8));
                message["type"] = json!(types[usize::from(d) % types.len()]);
                message["timestamp"] = json!(time.to_string());
                if d % 16 == 15 {
                    message["group_id"] = json!("group");
                }
                self.webhook("messages", "messages", message).await;
            }
            b'e' => {
                let mut echo = contact(a, ["to", "to_user_id"]);
                let more = json!({"id": format!("wamid.in{}", b % 8), "type": "text", "timestamp": time.to_string(), "from": "15550783881"});
                echo.as_object_mut()
                    .into_iter()
                    .for_each(|echo| echo.extend(more.as_object().cloned().unwrap_or_default()));
                self.webhook("smb_message_echoes", "message_echoes", echo).await;
            }
            b't' => {
                let names = ["sent", "delivered", "read", "failed", "played", "tomorrow"];
                let mut status = contact(a, ["recipient_id", "recipient_user_id"]);
                status["id"] = json!(format!("wamid.out{}", b % 6));
                status["status"] = json!(names[usize::from(c) % names.len()]);
                status["timestamp"] = json!("1700000000");
                if d % 2 == 1 {
                    status["biz_opaque_callback_data"] = json!(format!("r{}", d % 4));
                }
                if c % 16 == 3 {
                    status["errors"] = json!([{"code": 131_026, "title": "Message undeliverable"}]);
                }
                self.webhook("messages", "statuses", status).await;
            }
            b's' => self.send(a, b, c, d).await,
            b'y' => {
                let mut message = contact(a, ["from", "from_user_id"]);
                let new = contact(b, ["wa_id", "user_id"]);
                message["id"] = json!(format!("wamid.in{}", c % 8));
                message["type"] = json!("system");
                message["timestamp"] = json!(time.to_string());
                message["system"] = json!({"type": if d % 2 == 0 { "user_changed_number" } else { "user_changed_user_id" },
                    "wa_id": new["wa_id"], "user_id": new["user_id"], "new_wa_id": new["wa_id"]});
                self.webhook("messages", "messages", message).await;
            }
            _ => {
                let again = self.last.clone();
                self.tell(again).await;
            }
        }
    }

    async fn send(&mut self, a: u8, b: u8, c: u8, d: u8) {
        let whom = contact(a, ["number", "user"]);
        let whom = whom["number"].as_str().or(whom["user"].as_str()).unwrap_or_default().to_owned();
        let deadline = Timestamp::now() + if c % 4 == 3 { -(1.hour()) } else { 1.hour() };
        let new = NewSend::new(self.number.clone(), whom, "text", deadline).reference(format!("r{}", d % 4));
        let id = self.store.begin_send(&new).await.unwrap_or_else(|error| panic!("begin: {error:?}"));
        let outcome = match c % 4 {
            0 | 1 => {
                SendOutcome::Sent { message_id: format!("wamid.out{}", b % 6), wa_id: None, user_id: None }
            }
            2 => SendOutcome::Failed { code: Some(131_026) },
            _ => return,
        };
        self.store.finish_send(&id, &outcome).await.unwrap_or_else(|error| panic!("finish: {error:?}"));
    }

    async fn webhook(&mut self, field: &str, list: &str, element: Value) {
        let value = json!({"metadata": {"phone_number_id": self.number}, list: [element]});
        let body = json!({"entry": [{"changes": [{"field": field, "value": value}]}]}).to_string();
        let events = parse_webhook(body.as_bytes()).unwrap_or_else(|error| panic!("{body}: {error:?}"));
        self.tell(events).await;
    }

    /// Writes events down, and again: that changes nothing, and is known.
    async fn tell(&mut self, mut events: Vec<Event>) {
        for event in &mut events {
            match event {
                Event::Message(message) => message.phone_number_id.clone_from(&self.number),
                Event::Echo(echo) => echo.message.phone_number_id.clone_from(&self.number),
                Event::Status(status) => status.phone_number_id.clone_from(&self.number),
                Event::Preference(preference) => preference.phone_number_id.clone_from(&self.number),
                _ => {}
            }
            if let Event::Message(message) = event {
                self.came.insert(message.id.clone());
            }
        }
        self.record(&mut events).await;
        let before = (self.chats().await, self.sends().await);
        let mut again = events.clone();
        self.record(&mut again).await;
        let after = (self.chats().await, self.sends().await);
        assert_eq!(before.0, after.0, "again: {events:?}");
        let unchanged = |sends: &[StoredSend]| -> Vec<(i64, SendStatus, Option<String>)> {
            sends.iter().map(|send| (send.id.get(), send.status, send.message_id.clone())).collect()
        };
        assert_eq!(unchanged(&before.1), unchanged(&after.1), "again: {events:?}");
        for event in &again {
            let known = match event {
                Event::Message(message) => message.redelivered,
                Event::Echo(echo) => echo.message.redelivered,
                Event::Status(status) => status.redelivered,
                _ => true,
            };
            assert!(known, "{event:?}");
        }
        self.last = events;
    }

    async fn record(&self, events: &mut [Event]) {
        self.store.record_events(events).await.unwrap_or_else(|error| panic!("{events:?}: {error:?}"));
    }

    async fn chats(&self) -> Vec<Conversation> {
        self.store.chats(&self.number).await.unwrap_or_else(|error| panic!("chats: {error:?}"))
    }

    async fn sends(&self) -> Vec<StoredSend> {
        let filter = SendFilter::default().phone_number_id(self.number.clone()).limit(1000);
        self.store.sends(&filter).await.unwrap_or_else(|error| panic!("sends: {error:?}"))
    }

    /// What holds after each step.
    async fn hold(&mut self) {
        let chats = self.chats().await;
        assert!(chats.iter().all(|chat| chat.unread_count >= 0), "{chats:?}");
        let unread: i64 = chats.iter().map(|chat| chat.unread_count).sum();
        assert!(
            unread <= i64::try_from(self.came.len()).unwrap_or(i64::MAX),
            "{} came in: {chats:?}",
            self.came.len()
        );
        let names: BTreeSet<&str> = chats.iter().map(|chat| chat.phone_number.as_str()).collect();
        assert_eq!(names.len(), chats.len(), "a contact with two conversations: {chats:?}");
        let sends = self.sends().await;
        for send in &sends {
            let rank = rank(send.status);
            let before = self.ranks.insert(send.id.get(), rank).unwrap_or_default();
            // A status may come before the answer of its send. Under a reference of several it is another's until that answer comes.
            let shared = sends.iter().any(|other| other.id != send.id && other.reference == send.reference);
            let taken_back = shared && rank == 0 && send.message_id.is_none();
            assert!(before <= rank || taken_back, "from {before} back to {send:?}");
        }
    }
}

/// Sent, delivered, read; failed is final.
fn rank(status: SendStatus) -> u8 {
    match status {
        SendStatus::Sending | SendStatus::Unknown => 0,
        SendStatus::Sent => 1,
        SendStatus::Delivered => 2,
        SendStatus::Read => 3,
        SendStatus::Failed => 4,
        other => panic!("{other:?}"),
    }
}

/// A contact by a number, by a user id, or by both.
fn contact(which: u8, [number, user_id]: [&str; 2]) -> Value {
    let who = which % 4;
    let mut contact = json!({});
    if which / 4 % 3 != 1 {
        contact[number] = json!(format!("491510000000{who}"));
    }
    if !(which / 4).is_multiple_of(3) {
        contact[user_id] = json!(format!("DE.{who}"));
    }
    contact
}

fn seeds() -> Vec<String> {
    let mut all: Vec<String> = [
        "m0000\nm0100\ns0000\nt0010\nt0020\nt0000\na",
        "s0031\nt0001\nm0000\ne0100\na",
        "m0000\nm4100\nm8200\ny0130\na",
    ]
    .iter()
    .map(|steps| (*steps).to_owned())
    .collect();
    for case in seeds::cases() {
        let calls = case["calls"].as_array().cloned().unwrap_or_default();
        let bodies = calls
            .iter()
            .filter(|call| call["op"] == "receive_webhook")
            .filter_map(|call| call["args"]["body"].as_str());
        let bodies: Vec<&str> = bodies.filter(|body| !body.contains('\n')).collect();
        if bodies.len() > 1 {
            all.push(bodies.join("\n"));
        }
    }
    all
}
