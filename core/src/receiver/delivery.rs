//! One request of Meta's: its events, and what became of them.

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ring::digest;
use tokio::sync::Mutex as AsyncMutex;

use super::turns::Turn;
use super::{WebhookAnswer, WebhookReceiver};
use crate::error::{Error, ErrorKind};
use crate::webhook::{Event, EventId};

/// A webhook that came, whose events are handed over one by one.
///
/// An event is handed over until a handler has succeeded once. Where one fails the answer is 500, Meta delivers the body again,
/// and only what failed is handed over again. Events of one sender come in their order, also those of other requests that this
/// receiver has at the same time: [`next`](Self::next) waits for them.
pub struct WebhookDelivery {
    receiver: WebhookReceiver,
    work: AsyncMutex<Work>,
    state: Mutex<State>,
}

/// How far it has come.
#[derive(Debug)]
struct State {
    answer: WebhookAnswer,
    /// So many events were handed over to nobody yet.
    left: usize,
}

struct Work {
    /// Body and signature, until they were looked at.
    unread: Option<(Vec<u8>, String)>,
    left: VecDeque<Item>,
    /// The event that a handler has.
    open: Option<(EventId, Turn)>,
}

struct Item {
    event: Event,
    id: EventId,
    turn: Turn,
}

impl fmt::Debug for WebhookDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not what was written.
        f.debug_struct("WebhookDelivery").field("answer", &self.answer()).finish_non_exhaustive()
    }
}

impl WebhookDelivery {
    pub(super) fn new(receiver: WebhookReceiver, body: Vec<u8>, signature: String) -> Self {
        Self {
            receiver,
            work: AsyncMutex::new(Work {
                unread: Some((body, signature)),
                left: VecDeque::new(),
                open: None,
            }),
            state: Mutex::new(State {
                answer: WebhookAnswer::new(500, "the body was not looked at yet: deliver it again"),
                left: 0,
            }),
        }
    }

    /// The next event that no handler has taken yet. The first call checks the signature and records what the body tells. `None`
    /// where nothing is left, or the body was refused: [`answer`](Self::answer) says which.
    ///
    /// An event of which neither [`handled`](Self::handled) nor [`failed`](Self::failed) was said has failed.
    pub async fn next(&self) -> Option<Event> {
        let mut work = self.work.lock().await;
        if work.open.take().is_some() {
            self.note_failure();
        }
        if let Some((body, signature)) = work.unread.take() {
            match self.receiver.read(&body, &signature).await {
                Ok(items) => {
                    self.set_left(items.len());
                    work.left = items;
                    self.set_answer(WebhookAnswer::new(200, "ok"));
                }
                Err(answer) => self.set_answer(answer),
            }
        }
        loop {
            // It is taken out of the list only when its turn has come: this future may be dropped while it waits.
            let front = work.left.front()?;
            let take = if front.turn.come().await {
                // What was before it may have been the same event.
                match self.receiver.known([front.id.clone()].as_slice()).await {
                    Ok(known) => !known.contains(&true),
                    Err(error) => {
                        tracing::error!(error = %error, "an event was not handed over: the store failed");
                        self.note_failure();
                        false
                    }
                }
            } else {
                true
            };
            let Item { event, id, turn } = work.left.pop_front()?;
            self.set_left(work.left.len());
            if take {
                work.open = Some((id, turn));
                return Some(event);
            }
        }
    }

    /// Notes what became of the last event, if there was one: whether it was handled. Then gives the next one.
    #[doc(hidden)]
    pub async fn next_after(&self, handled: Option<bool>) -> Option<Event> {
        match handled {
            Some(true) => self.handled().await,
            Some(false) => self.failed().await,
            None => {}
        }
        self.next().await
    }

    /// The handler has taken the last event: it is not handed over again.
    pub async fn handled(&self) {
        let mut work = self.work.lock().await;
        let Some((id, turn)) = work.open.take() else { return };
        self.receiver.remember(id).await;
        // Only now: the same event may wait in another request.
        drop(turn);
    }

    /// The handler has failed with the last event: the answer is 500, and it is handed over again when Meta delivers it again.
    pub async fn failed(&self) {
        if self.work.lock().await.open.take().is_some() {
            self.note_failure();
        }
    }

    /// What the request is answered with, as far as that is known by now. When no event is left it is the last word; before, it
    /// is what to say to Meta where a handler takes long: 200 where the handler has the last event and none has failed, else 500. An
    /// event that no handler has seen yet would be lost with the process.
    #[must_use]
    pub fn answer(&self) -> WebhookAnswer {
        let state = self.state();
        if state.answer.status == 200 && state.left > 0 {
            return WebhookAnswer::new(500, "not every event was handed over yet: deliver this again");
        }
        state.answer.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_answer(&self, answer: WebhookAnswer) {
        self.state().answer = answer;
    }

    fn set_left(&self, left: usize) {
        self.state().left = left;
    }

    fn note_failure(&self) {
        self.set_answer(WebhookAnswer::new(500, "not every event was handled: deliver this again"));
    }
}

impl WebhookReceiver {
    /// The events of a body that no handler has taken yet.
    async fn read(&self, body: &[u8], signature: &str) -> Result<VecDeque<Item>, WebhookAnswer> {
        if body.len() > Self::LARGEST_BODY {
            return Err(WebhookAnswer::too_large());
        }
        let events = self.client.receive_signed(body, signature, &self.app_secret).await.map_err(refusal)?;
        let of_body = OfBody::new(body);
        let ids: Vec<EventId> = events.iter().enumerate().map(|(at, event)| of_body.id(at, event)).collect();
        // Before the look at what was handled: from here on nobody else takes them.
        let turns = self.shared.turns.reserve(events.iter().zip(&ids).map(|(event, id)| queue(event, id)));
        let known = self.known(&ids).await.map_err(refusal)?;
        let items = events.into_iter().zip(ids).zip(turns).zip(known);
        let left = items.filter(|(_, known)| !known);
        Ok(left.map(|(((event, id), turn), _)| Item { event, id, turn }).collect())
    }

    /// Which of these a handler has taken.
    async fn known(&self, ids: &[EventId]) -> Result<Vec<bool>, Error> {
        let stored = self.client.handled_events(ids).await?;
        let stored = stored.unwrap_or_else(|| vec![false; ids.len()]);
        Ok(ids.iter().zip(stored).map(|(id, stored)| stored || self.shared.recent.has(id)).collect())
    }

    /// A handler has taken it. Where the store fails, memory has to do.
    async fn remember(&self, id: EventId) {
        match self.client.mark_event_handled(&id).await {
            Ok(true) => {}
            Ok(false) => self.shared.recent.add(id),
            Err(error) => {
                tracing::error!(error = %error, "a handled event is remembered in memory only: the store failed");
                self.shared.recent.add(id);
            }
        }
    }
}

/// What Meta is told of a body that was not taken.
fn refusal(error: Error) -> WebhookAnswer {
    tracing::warn!(error = %error, "a webhook was refused");
    match (error.kind(), error.field()) {
        (ErrorKind::InvalidInput, Some("signature")) => {
            WebhookAnswer::new(401, "not the app secret's signature of this body")
        }
        (ErrorKind::InvalidInput, Some("body")) => WebhookAnswer::new(400, "the body is no webhook"),
        _ => WebhookAnswer::new(500, "it could not be recorded: deliver this again"),
    }
}

/// Names the events of a body that have no name of their own: by the body, which Meta repeats to the byte, and their place in it.
/// By their content alone a template that is paused for the second time would be the one that was paused before.
struct OfBody<'a> {
    body: &'a [u8],
    digest: std::cell::OnceCell<String>,
}

impl<'a> OfBody<'a> {
    fn new(body: &'a [u8]) -> Self {
        Self { body, digest: std::cell::OnceCell::new() }
    }

    fn id(&self, at: usize, event: &Event) -> EventId {
        EventId::of(event).unwrap_or_else(|| {
            let digest = self.digest.get_or_init(|| {
                let digest = digest::digest(&digest::SHA256, self.body);
                digest.as_ref().iter().fold(String::new(), |mut hex, byte| {
                    // Writing to memory cannot fail.
                    let _ = write!(hex, "{byte:02x}");
                    hex
                })
            });
            let phone_number_id = event.phone_number_id().unwrap_or_default().to_owned();
            EventId { phone_number_id, name: format!("sha256\n{digest}\n{at}") }
        })
    }
}

/// What an event has in common with those that it waits for: a conversation, the message of a status, or a template.
fn queue(event: &Event, id: &EventId) -> String {
    match event {
        Event::Message(message) | Event::Echo(crate::webhook::EchoEvent { message, .. }) => {
            let sender = message.group_id.as_ref().or(message.address.as_ref());
            format!("{}\n{}", message.phone_number_id, sender.map_or("", String::as_str))
        }
        Event::Preference(preference) => {
            format!("{}\n{}", preference.phone_number_id, preference.address.as_deref().unwrap_or_default())
        }
        Event::Status(status) => format!("{}\n\n{}", status.phone_number_id, status.id),
        Event::Template(template) => format!("template\n{}", template.template_id),
        Event::Other(_) => id.name.clone(),
    }
}
