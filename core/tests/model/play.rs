//! Has the steps of a sequence happen, in the client and in the model.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::{Value, json};
use wamid::{Client, Content, Error, Event, Message, Prune, Receipt, sign_webhook};

use crate::compare;
use crate::expected::{Model, Said};
use crate::life::{APP_SECRET, Life};
use crate::meta::{Meta, message_id, name};
use crate::people::{Called, new_number, number, recipient, user_id};
use crate::steps::{Answer, Kind, Names, Refusal, Send, Step, Told, Written};

/// A webhook that was delivered.
#[derive(Clone)]
enum Webhook {
    Status { key: usize, told: Told, called: Called },
    Written { person: usize, called: Called, what: Written, time: i64, id: String },
    Echo { person: usize, called: Called, time: i64, id: String },
    Moved { person: usize, with_user_id: bool, id: String },
}

/// A send of a sequence, with all that it was given.
struct Underway {
    key: usize,
    message: Message,
    answer: Answer,
    refusals: Vec<Refusal>,
    called: Called,
    early: Vec<Webhook>,
}

struct Play<'a> {
    url: &'a str,
    meta: Meta,
    business: String,
    life: Life,
    model: Model,
    webhooks: Vec<Webhook>,
    keys: usize,
}

/// Has all of them happen, and looks after each.
pub(crate) fn all(url: &str, steps: &[Step]) {
    let meta = Meta::start();
    // So that all sequences can share a database.
    let business = fastrand::u64(100_000_000..).to_string();
    let life = Life::begin(url, &meta, &business);
    let mut play = Play { url, meta, business, life, model: Model::new(), webhooks: Vec::new(), keys: 0 };
    for step in steps {
        play.step(step);
        let Play { life, business, model, meta, .. } = &mut play;
        life.runtime.block_on(compare::with_the_model(life, business, model, meta));
    }
    let Play { life, .. } = play;
    life.runtime.block_on(life.store.close());
}

impl Play<'_> {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Sends(sends) => self.sends(sends),
            Step::Killed(sends) => self.killed(sends),
            Step::Written { person, names, what, time } => {
                let called = Called::writer(*person, *names, self.model.has_moved(*person));
                let (id, time) = (self.next_id("in"), *time);
                self.deliver(Webhook::Written { person: *person, called, what: *what, time, id });
            }
            Step::Echo { person, names, time } => {
                let called = Called::writer(*person, *names, self.model.has_moved(*person));
                let (id, time) = (self.next_id("echo"), *time);
                self.deliver(Webhook::Echo { person: *person, called, time, id });
            }
            Step::Status { of, status, names } => {
                let sends = self.model.sends.iter();
                let taken: Vec<_> = sends.filter(|send| self.meta.exchange(send.key).taken > 0).collect();
                if taken.is_empty() {
                    return;
                }
                let send = of.get(&taken);
                let moved = self.model.has_moved(send.person);
                let called = Called::recipient(send.person, &send.recipient, *names, moved);
                self.deliver(Webhook::Status { key: send.key, told: *status, called });
            }
            Step::Again(which) => {
                if !self.webhooks.is_empty() {
                    let webhook = which.get(&self.webhooks).clone();
                    self.deliver(webhook);
                }
            }
            Step::Moved { person, with_user_id } => {
                if !self.model.has_moved(*person) {
                    let id = self.next_id("moved");
                    self.deliver(Webhook::Moved { person: *person, with_user_id: *with_user_id, id });
                }
            }
            Step::Prune { with_unknown } => {
                let prune = Prune::before(Timestamp::now()).with_unknown(*with_unknown);
                self.life.runtime.block_on(self.life.store.prune(&prune)).unwrap();
                self.model.prune(*with_unknown);
            }
        }
    }

    fn next_id(&mut self, what: &str) -> String {
        self.keys += 1;
        format!("wamid.{}.{what}.{}", self.business, self.keys)
    }

    /// Begins a send in the model, and tells who plays Meta what to answer.
    fn begin(&mut self, send: &Send, is_common: bool, is_killed: bool) -> Underway {
        self.keys += 1;
        let (key, moved) = (self.keys, self.model.has_moved(send.person));
        let mut answer = send.answer.clone();
        if is_killed {
            let taken = !matches!(answer, Answer::Refused | Answer::Unclear { taken: false, .. });
            answer = Answer::GivenUp { taken };
        }
        let to = recipient(send.person, send.to, moved);
        let names = if let Answer::Taken { names, .. } = &answer { *names } else { Names::Number };
        let called = Called::recipient(send.person, &to, names, moved);
        let reference = if is_common { "common".to_owned() } else { format!("own-{key}") };
        let mut refusals = send.refusals.clone();
        let early = if let Answer::Taken { early, .. } = &answer { early.as_slice() } else { &[] };
        if !early.is_empty() || matches!(answer, Answer::GivenUp { .. }) {
            // Its last answer must come.
            refusals.truncate(2);
        }
        let early = early.iter().map(|told| Webhook::Status { key, told: *told, called: called.clone() });
        let early = early.collect();
        self.meta.expect(key, &refusals, &answer, &called);
        let (kind, content) = content(send.kind, key);
        let message = Message::new(&to, content).reference(&reference);
        self.model.begin(key, send.person, to, kind, reference);
        Underway { key, message, answer, refusals, called, early }
    }

    fn begin_all(&mut self, sends: &[Send], are_killed: bool) -> Vec<Underway> {
        let mut with_common = Vec::new();
        let begin = |send: &Send| {
            // Which of two that are the same in all they say is which, nobody could tell afterwards; also where one of them need not
            // have been begun.
            let may_be_absent = are_killed || matches!(send.answer, Answer::Hurried(_));
            let is_common = send.is_common && !may_be_absent && !with_common.contains(&send.person);
            with_common.extend(is_common.then_some(send.person));
            self.begin(send, is_common, are_killed)
        };
        sends.iter().map(begin).collect()
    }

    fn sends(&mut self, sends: &[Send]) {
        let all = self.begin_all(sends, false);
        let Self { life, meta, business, .. } = self;
        let calls = all.iter().map(|underway| call(life, meta, business, underway));
        let heard = life.runtime.block_on(join_all(calls));
        for (underway, heard) in all.into_iter().zip(heard) {
            let at = self.model.of_key(underway.key);
            let id = message_id(&self.business, underway.key);
            for webhook in &underway.early {
                if let Webhook::Status { told, called, .. } = webhook {
                    self.model.is_known(format!("{id} {told:?}"));
                    self.model.status(Some(at), underway.key, &id, *told, called);
                }
            }
            self.webhooks.extend(underway.early.iter().cloned());
            match heard {
                Some(heard) => {
                    let said = self.said(&underway, &heard);
                    self.model.ended(at, &said, id, &underway.called);
                }
                None if matches!(underway.answer, Answer::Hurried(_)) => {
                    self.model.sends[at].is_given_up = true
                }
                None => {}
            }
        }
    }

    /// What was said, held against what Meta did.
    fn said(&self, underway: &Underway, heard: &Result<Receipt, Error>) -> Said {
        let exchange = self.meta.exchange(underway.key);
        let said = match heard {
            Ok(receipt) => {
                assert_eq!(receipt.id, message_id(&self.business, underway.key));
                Said::Sent
            }
            Err(error) if error.maybe_sent() => Said::Unknown,
            Err(error) => Said::NotSent(error.code()),
        };
        let is_refused = underway.refusals.len() > 2;
        match (&underway.answer, &said) {
            (Answer::TimedOut { .. }, said) => {
                assert!(*said != Said::Sent && (*said == Said::Unknown || exchange.taken == 0), "{heard:?}");
                return said.clone();
            }
            (_, Said::NotSent(code)) if is_refused => {
                let last = match underway.refusals[2] {
                    Refusal::Throttled => Some(130_429),
                    Refusal::Unavailable => Some(2),
                    Refusal::TooMany => None,
                };
                assert_eq!(*code, last, "{heard:?}");
            }
            (Answer::Taken { .. } | Answer::Hurried(_), Said::Sent)
            | (Answer::Refused, Said::NotSent(Some(131_026)))
            | (Answer::Unclear { .. } | Answer::GivenUp { .. }, Said::Unknown) => assert!(!is_refused),
            (answer, said) => panic!("{answer:?}: the caller heard {said:?}: {heard:?}"),
        }
        assert_eq!(exchange.requests, underway.refusals.len().min(2) + 1, "{heard:?}");
        said
    }

    fn killed(&mut self, sends: &[Send]) {
        let all = self.begin_all(sends, true);
        let calls = all.iter().map(|underway| {
            let (client, message) = (self.life.brief.clone(), underway.message.clone());
            self.life.runtime.spawn(async move { client.send_built(message).await })
        });
        let calls: Vec<_> = calls.collect();
        let meta = &self.meta;
        let waited = calls.into_iter().zip(&all).map(|(mut call, underway)| async move {
            tokio::select! {
                heard = &mut call => Some(heard.unwrap()),
                () = meta.has_the_last(underway.key) => None,
            }
        });
        let heard = self.life.runtime.block_on(join_all(waited));
        let life = Life::begin(self.url, &self.meta, &self.business);
        std::mem::replace(&mut self.life, life).kill();
        for (underway, heard) in all.iter().zip(heard) {
            // A slow machine may have needed all the time that a call of that client has.
            if let Some(Err(error)) = heard.filter(|heard| !heard.as_ref().is_err_and(Error::maybe_sent)) {
                assert_eq!(self.meta.exchange(underway.key).taken, 0, "{error:?}");
                let at = self.model.of_key(underway.key);
                self.model.sends[at].is_given_up = true;
            }
        }
    }

    /// Delivers a webhook, whether it came before or not.
    fn deliver(&mut self, webhook: Webhook) {
        let events =
            self.life.runtime.block_on(receive(&self.life.patient, &self.business, &self.model, &webhook));
        let redelivered = match &events[0] {
            Event::Message(message) => message.redelivered,
            Event::Echo(echo) => echo.message.redelivered,
            Event::Status(status) => status.redelivered,
            other => panic!("{other:?}"),
        };
        let (model, time) = (&mut self.model, |time| Timestamp::from_second(time).unwrap());
        let is_known = match &webhook {
            Webhook::Status { key, told, called } => {
                let id = message_id(&self.business, *key);
                // Also one that came before: its send may be on record only now.
                model.status(None, *key, &id, *told, called);
                model.is_known(format!("{id} {told:?}"))
            }
            Webhook::Written { person, called, what, time: at, id } => {
                let is_known = model.is_known(id.clone());
                if !is_known {
                    model.written(*person, called, *what, time(*at));
                }
                is_known
            }
            Webhook::Echo { person, called, time: at, id } => {
                let is_known = model.is_known(id.clone());
                if !is_known {
                    model.echo(*person, called, time(*at));
                }
                is_known
            }
            Webhook::Moved { person, with_user_id, id } => {
                let is_known = model.is_known(id.clone());
                if !is_known {
                    model.moved(*person, *with_user_id);
                }
                is_known
            }
        };
        assert_eq!(redelivered, is_known, "{:?}", events[0]);
        self.webhooks.push(webhook);
    }
}

/// Makes a call as its step has it; what the caller heard, unless it gave up.
async fn call(
    life: &Life,
    meta: &Meta,
    business: &str,
    underway: &Underway,
) -> Option<Result<Receipt, Error>> {
    let Underway { key, message, answer, early, .. } = underway;
    let patient = life.patient.send_built(message.clone());
    match answer {
        Answer::Hurried(patience) => {
            tokio::time::timeout(Duration::from_micros(*patience), patient).await.ok()
        }
        Answer::GivenUp { .. } => tokio::select! {
            heard = patient => Some(heard),
            () = meta.has_the_last(*key) => None,
        },
        Answer::TimedOut { .. } => Some(life.hasty.send_built(message.clone()).await),
        _ => {
            let tell = async {
                if early.is_empty() {
                    return;
                }
                meta.has_the_last(*key).await;
                for webhook in early {
                    receive_body(&life.patient, &status_body(business, &message.options.reference, webhook))
                        .await;
                }
                meta.release(*key);
            };
            let (heard, ()) = tokio::join!(patient, tell);
            Some(heard)
        }
    }
}

fn content(kind: Kind, key: usize) -> (&'static str, Content) {
    let name = name(key);
    let (kind, content) = match kind {
        Kind::Text => ("text", json!({"message": name})),
        Kind::Location => ("location", json!({"latitude": 1, "longitude": 2, "name": name})),
        Kind::Template => ("template", json!({"template_name": "order_update", "body_params": [name, "x"]})),
        Kind::Image => ("image", json!({"link": format!("https://example.com/{name}.jpg")})),
    };
    let mut content = content;
    content["type"] = json!(kind);
    (kind, Content::from_json(&content.to_string()).unwrap())
}

async fn receive(client: &Client, business: &str, model: &Model, webhook: &Webhook) -> Vec<Event> {
    let in_value = |field: &str, key: &str, element: Value| {
        let value = json!({"metadata": {"phone_number_id": business}, key: [element]});
        json!({"entry": [{"changes": [{"field": field, "value": value}]}]}).to_string()
    };
    let body = match webhook {
        Webhook::Status { key, .. } => {
            let reference = model.sends[model.of_key(*key)].reference.clone();
            status_body(business, &Some(reference), webhook)
        }
        Webhook::Written { called, what, time, id, .. } => {
            let kind = match what {
                Written::Text | Written::InGroup => "text",
                Written::Hologram => "hologram",
                Written::Reaction => "reaction",
            };
            let mut message = json!({"id": id, "from": called.number, "from_user_id": called.user_id,
                "timestamp": time.to_string(), "type": kind, "text": {"body": "Is it open?"}});
            if *what == Written::InGroup {
                message["group_id"] = json!("G1");
            }
            in_value("messages", "messages", message)
        }
        Webhook::Echo { called, time, id, .. } => {
            let echo = json!({"id": id, "from": "15550783881", "to": called.number, "to_user_id": called.user_id,
                "timestamp": time.to_string(), "type": "text", "text": {"body": "Yes"}});
            in_value("smb_message_echoes", "message_echoes", echo)
        }
        Webhook::Moved { person, with_user_id, id } => {
            let mut system = json!({"type": "user_changed_number", "wa_id": new_number(*person)});
            if *with_user_id {
                system["user_id"] = json!(user_id(*person));
            }
            let message = json!({"id": id, "from": number(*person), "timestamp": "5", "type": "system", "system": system});
            in_value("messages", "messages", message)
        }
    };
    receive_body(client, &body).await
}

async fn receive_body(client: &Client, body: &str) -> Vec<Event> {
    let signature = sign_webhook(body.as_bytes(), APP_SECRET);
    client.receive_webhook(body.as_bytes(), &signature).await.unwrap()
}

fn status_body(business: &str, reference: &Option<String>, webhook: &Webhook) -> String {
    let Webhook::Status { key, told, called } = webhook else { panic!("no status") };
    let name = match told {
        Told::Sent => "sent",
        Told::Delivered => "delivered",
        Told::Read => "read",
        Told::Played => "played",
        Told::Failed => "failed",
        Told::OfTomorrow => "of tomorrow",
    };
    let mut status = json!({"id": message_id(business, *key), "status": name, "timestamp": "1750263773",
        "recipient_id": called.number, "recipient_user_id": called.user_id, "biz_opaque_callback_data": reference});
    if *told == Told::Failed {
        status["errors"] = json!([{"code": 131_026, "title": "Undeliverable"}]);
    }
    let value = json!({"metadata": {"phone_number_id": business}, "statuses": [status]});
    json!({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).to_string()
}
