//! The model: what is on record of each send, and which conversations there are, by what happened so far. It knows who a person is, and
//! which message is whose; the client has to find that out.

use std::collections::HashSet;

use jiff::Timestamp;
use wamid::SendStatus;

use crate::people::{Called, PEOPLE, new_number, number, user_id};
use crate::steps::{Told, Written};

#[derive(Debug, Default)]
pub(crate) struct Model {
    people: Vec<Person>,
    chats: Vec<Chat>,
    written: Vec<Inbound>,
    pub(crate) sends: Vec<Sent>,
    seen: HashSet<String>,
}

/// Under which names there is a conversation with a person. It is one where both are known to be theirs.
#[derive(Debug, Default, Clone)]
struct Person {
    moved: bool,
    by_number: Option<usize>,
    by_user_id: Option<usize>,
}

#[derive(Debug)]
struct Chat {
    name: String,
    last: Option<Timestamp>,
    /// Something in it is on record. A send whose caller gives up need not have been begun.
    is_made: bool,
    /// It has become part of another one.
    is_gone: bool,
    /// It was joined while sends were open in both its parts: what these have answered is known for each part alone.
    is_vague: bool,
}

#[derive(Debug)]
struct Inbound {
    chat: usize,
    is_answered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// Under way, or unknown.
    Open,
    Sent,
    Delivered,
    Read,
    Failed,
}

#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) key: usize,
    pub(crate) person: usize,
    pub(crate) recipient: String,
    pub(crate) kind: &'static str,
    pub(crate) reference: String,
    pub(crate) state: State,
    /// Its caller gave up at some moment: what is on record decides, and may come later.
    pub(crate) is_given_up: bool,
    pub(crate) message_id: Option<String>,
    pub(crate) code: Option<i64>,
    pub(crate) is_pruned: bool,
    pub(crate) created: Option<Timestamp>,
    /// It is known to have gone out, and counts in its conversation, whatever became of it since.
    has_counted: bool,
    chat: usize,
    /// What had come in before.
    before: Vec<usize>,
}

/// What a caller heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    Sent,
    NotSent(Option<i64>),
    Unknown,
}

/// A conversation as `chats` should have it: its name, when something was last written, and how much is unread, at least and at most.
pub(crate) type Listed = (String, Timestamp, i64, i64);

impl State {
    pub(crate) fn status(self) -> SendStatus {
        match self {
            Self::Open => SendStatus::Unknown,
            Self::Sent => SendStatus::Sent,
            Self::Delivered => SendStatus::Delivered,
            Self::Read => SendStatus::Read,
            Self::Failed => SendStatus::Failed,
        }
    }
}

impl Model {
    pub(crate) fn new() -> Self {
        Self { people: vec![Person::default(); PEOPLE], ..Self::default() }
    }

    pub(crate) fn has_moved(&self, person: usize) -> bool {
        self.people[person].moved
    }

    /// Whether an event of that name came before; from now on it did.
    pub(crate) fn is_known(&mut self, event: String) -> bool {
        !self.seen.insert(event)
    }

    fn chat(&mut self, name: String) -> usize {
        self.chats.push(Chat { name, last: None, is_made: true, is_gone: false, is_vague: false });
        self.chats.len() - 1
    }

    fn number(&self, person: usize) -> String {
        if self.people[person].moved { new_number(person) } else { number(person) }
    }

    fn chat_by_number(&mut self, person: usize) -> usize {
        if let Some(chat) = self.people[person].by_number {
            return chat;
        }
        let chat = self.chat(self.number(person));
        self.people[person].by_number = Some(chat);
        chat
    }

    fn chat_by_user_id(&mut self, person: usize) -> usize {
        if let Some(chat) = self.people[person].by_user_id {
            return chat;
        }
        let chat = self.chat(user_id(person));
        self.people[person].by_user_id = Some(chat);
        chat
    }

    /// Number and user id are one person's.
    fn unite(&mut self, person: usize) -> usize {
        let Person { by_number, by_user_id, .. } = self.people[person];
        let chat = match (by_number, by_user_id) {
            (Some(chat), Some(other)) if chat != other => {
                self.merge(other, chat);
                chat
            }
            (Some(chat), _) => chat,
            (None, Some(chat)) => {
                self.chats[chat].name = self.number(person);
                chat
            }
            (None, None) => self.chat_by_number(person),
        };
        let person = &mut self.people[person];
        (person.by_number, person.by_user_id) = (Some(chat), Some(chat));
        chat
    }

    fn merge(&mut self, from: usize, into: usize) {
        let is_open = |sends: &[Sent], chat| {
            let mut open = sends.iter().filter(|send| send.state == State::Open && !send.is_pruned);
            open.any(|send| send.chat == chat)
        };
        let is_vague = is_open(&self.sends, from) && is_open(&self.sends, into);
        self.chats[into].is_vague |= is_vague || self.chats[from].is_vague;
        self.chats[into].is_made |= self.chats[from].is_made;
        self.chats[into].last = self.chats[into].last.max(self.chats[from].last);
        self.chats[from].is_gone = true;
        self.written
            .iter_mut()
            .filter(|written| written.chat == from)
            .for_each(|written| written.chat = into);
        self.sends.iter_mut().filter(|send| send.chat == from).for_each(|send| send.chat = into);
    }

    fn called(&mut self, person: usize, called: &Called) -> usize {
        match (&called.number, &called.user_id) {
            (Some(_), Some(_)) => self.unite(person),
            (Some(_), None) => self.chat_by_number(person),
            (None, _) => self.chat_by_user_id(person),
        }
    }

    /// Both names of somebody whom there is a conversation with.
    fn introduce(&mut self, person: usize, called: &Called) {
        let Person { by_number, by_user_id, .. } = self.people[person];
        if called.number.is_some()
            && called.user_id.is_some()
            && (by_number.is_some() || by_user_id.is_some())
        {
            self.unite(person);
        }
    }

    pub(crate) fn begin(
        &mut self,
        key: usize,
        person: usize,
        recipient: String,
        kind: &'static str,
        reference: String,
    ) {
        let known = self.chats.len();
        let is_by_user_id = recipient == user_id(person);
        let chat = if is_by_user_id { self.chat_by_user_id(person) } else { self.chat_by_number(person) };
        self.chats[chat].is_made &= chat < known;
        let before = (0..self.written.len()).filter(|at| self.written[*at].chat == chat).collect();
        self.sends.push(Sent {
            key,
            person,
            recipient,
            kind,
            reference,
            state: State::Open,
            is_given_up: false,
            message_id: None,
            code: None,
            is_pruned: false,
            created: None,
            has_counted: false,
            chat,
            before,
        });
    }

    pub(crate) fn of_key(&self, key: usize) -> usize {
        self.sends.iter().position(|send| send.key == key).unwrap()
    }

    /// What the caller heard, and what Meta called the recipient in its answer.
    pub(crate) fn ended(&mut self, at: usize, said: &Said, id: String, called: &Called) {
        match said {
            Said::Sent => {
                let send = &mut self.sends[at];
                send.message_id = Some(id);
                send.state = send.state.max(State::Sent);
                self.count(at, called);
            }
            Said::NotSent(code) => {
                self.sends[at].state = State::Failed;
                self.sends[at].code = *code;
            }
            Said::Unknown => {}
        }
    }

    /// It went out: it counts in the conversation, and what came before it is answered.
    fn count(&mut self, at: usize, called: &Called) {
        if called.user_id.is_some()
            && (called.number.is_some() || self.sends[at].recipient != user_id(self.sends[at].person))
        {
            self.unite(self.sends[at].person);
        }
        let Sent { chat, before, .. } = self.sends[at].clone();
        before.into_iter().for_each(|written| self.written[written].is_answered = true);
        // When it began is known once it is seen on record.
        let created = self.sends[at].created;
        self.chats[chat].last = self.chats[chat].last.max(created);
        self.sends[at].has_counted = true;
    }

    /// A status of a message; `of` is the send that it is about where its caller is still to hear of it.
    pub(crate) fn status(&mut self, of: Option<usize>, key: usize, id: &str, told: Told, called: &Called) {
        let (person, reference) = {
            let send = &self.sends[self.of_key(key)];
            (send.person, send.reference.clone())
        };
        let by_id =
            self.sends.iter().position(|send| !send.is_pruned && send.message_id.as_deref() == Some(id));
        let Some(at) = of.or(by_id).or_else(|| self.oldest_open(person, &reference, called)) else {
            return self.introduce(person, called);
        };
        let state = match told {
            Told::Sent => State::Sent,
            Told::Delivered => State::Delivered,
            Told::Read | Told::Played => State::Read,
            Told::Failed => State::Failed,
            Told::OfTomorrow => return,
        };
        let was = self.sends[at].state;
        if state <= was {
            return self.introduce(person, called);
        }
        let send = &mut self.sends[at];
        send.state = state;
        send.message_id.get_or_insert_with(|| id.to_owned());
        if state == State::Failed {
            send.code = Some(131_026);
        }
        if was == State::Open && state != State::Failed {
            self.count(at, called);
        } else {
            self.introduce(person, called);
        }
    }

    /// The send that a status with this reference settles: nobody knows which of several to the same person it is about.
    fn oldest_open(&self, person: usize, reference: &str, called: &Called) -> Option<usize> {
        let Person { by_number, by_user_id, .. } = self.people[person];
        let conversation = if called.number.is_some() { by_number } else { None };
        let conversation = conversation.or(if called.user_id.is_some() { by_user_id } else { None });
        let open = self.sends.iter().enumerate().filter(|(_, send)| {
            send.state == State::Open
                && !send.is_pruned
                && send.person == person
                && send.reference == reference
        });
        let is_by_name = |send: &Sent| {
            let name = Some(&send.recipient);
            name == called.number.as_ref() || name == called.user_id.as_ref()
        };
        let fits = open.filter(|(_, send)| is_by_name(send) || Some(send.chat) == conversation);
        fits.min_by_key(|(at, send)| (!is_by_name(send), *at)).map(|(at, _)| at)
    }

    pub(crate) fn written(&mut self, person: usize, called: &Called, what: Written, time: Timestamp) {
        match what {
            Written::InGroup => {}
            Written::Reaction => self.introduce(person, called),
            Written::Text | Written::Hologram => {
                let chat = self.called(person, called);
                self.written.push(Inbound { chat, is_answered: false });
                self.chats[chat].last = self.chats[chat].last.max(Some(time));
            }
        }
    }

    pub(crate) fn echo(&mut self, person: usize, called: &Called, time: Timestamp) {
        let chat = self.called(person, called);
        let of_it = self.written.iter_mut().filter(|written| written.chat == chat);
        of_it.for_each(|written| written.is_answered = true);
        self.chats[chat].last = self.chats[chat].last.max(Some(time));
    }

    pub(crate) fn moved(&mut self, person: usize, with_user_id: bool) {
        let had_user_id = self.people[person].by_user_id.is_some();
        if with_user_id && had_user_id {
            self.unite(person);
        }
        let chat = self.chat_by_number(person);
        self.people[person].moved = true;
        self.chats[chat].name = new_number(person);
        if with_user_id {
            self.people[person].by_user_id = Some(chat);
        }
    }

    pub(crate) fn prune(&mut self, with_unknown: bool) {
        for at in 0..self.sends.len() {
            let is_open = self.sends[at].state == State::Open;
            if is_open && with_unknown && !self.sends[at].is_given_up {
                // It counted as long as it was there, and goes on doing so.
                self.count(at, &Called::default());
            }
            self.sends[at].is_pruned |= (!is_open || with_unknown) && !self.sends[at].is_given_up;
        }
    }

    /// These sends are on record, so their conversations are there. What was to be made for others is not.
    pub(crate) fn on_record(&mut self, found: impl Iterator<Item = usize>) {
        for at in found {
            let chat = self.sends[at].chat;
            self.chats[chat].is_made = true;
        }
        for (at, chat) in self.chats.iter_mut().enumerate().filter(|(_, chat)| !chat.is_made) {
            chat.is_gone = true;
            for person in &mut self.people {
                person.by_number = person.by_number.filter(|known| *known != at);
                person.by_user_id = person.by_user_id.filter(|known| *known != at);
            }
        }
    }

    /// The send is on record since that moment.
    pub(crate) fn began(&mut self, at: usize, created: Timestamp) {
        let send = &mut self.sends[at];
        if send.created.replace(created).is_none() && send.has_counted {
            let chat = send.chat;
            self.chats[chat].last = self.chats[chat].last.max(Some(created));
        }
    }

    /// What `chats` should list, the newest first, those of one moment by name.
    pub(crate) fn listed(&self) -> Vec<Listed> {
        let mut listed: Vec<_> = (0..self.chats.len()).filter_map(|chat| self.listed_as(chat)).collect();
        listed.sort_by_key(|(name, last, ..)| (std::cmp::Reverse(*last), name.clone()));
        listed
    }

    fn listed_as(&self, at: usize) -> Option<Listed> {
        let chat = &self.chats[at];
        let unknown = self.sends.iter().filter(|send| {
            send.chat == at && send.state == State::Open && !send.is_pruned && !send.is_given_up
        });
        let last = unknown.clone().filter_map(|send| send.created).max().max(chat.last);
        let is_answered = |written: &usize| unknown.clone().any(|send| send.before.contains(written));
        let of_it = (0..self.written.len()).filter(|written| self.written[*written].chat == at);
        let unread =
            of_it.clone().filter(|written| !self.written[*written].is_answered && !is_answered(written));
        let unread = i64::try_from(unread.count()).unwrap();
        let most = if chat.is_vague { i64::try_from(of_it.count()).unwrap() } else { unread };
        (!chat.is_gone).then(|| Some((chat.name.clone(), last?, unread, most)))?
    }
}
