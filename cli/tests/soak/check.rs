//! Holds what callers were told, what Meta has, what is on record and what was passed on against each other.

use std::collections::HashMap;

use wamid::{ErrorKind, SendFilter, SendStatus, Store, StoredSend};

use crate::clients::{Asked, Told};
use crate::customers::Customers;
use crate::ledger::Ledger;
use crate::target::PassedOn;
use crate::webhooks::Webhooks;

/// What does not hold, a line each.
#[derive(Default)]
pub(crate) struct Findings(pub(crate) Vec<String>);

impl Findings {
    fn note(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(what());
        }
    }

    /// Each key was sent at most once, and its callers were told the truth of it.
    pub(crate) fn told(&mut self, asked: &HashMap<String, Asked>, ledger: &Ledger) {
        for (key, asked) in asked {
            let taken = ledger.taken.get(key).map_or(&[][..], Vec::as_slice);
            let about = || format!("{key} ({}): told {:?}, Meta has {taken:?}", asked.kind, asked.told);
            self.note(taken.len() <= 1, || format!("sent twice: {}", about()));
            for told in &asked.told {
                if let Told::Sent(id) = told {
                    self.note(taken.contains(id), || {
                        format!("told as sent, but Meta has it not: {}", about())
                    });
                }
            }
            match asked.told.last() {
                // A status webhook said so: whoever asks afterwards must hear of it.
                Some(Told::Unknown | Told::Nothing) | None => {
                    self.note(taken.is_empty(), || {
                        format!("sent and settled, but told as unknown: {}", about())
                    });
                }
                Some(Told::NotSent(kind, _)) => {
                    self.note(*kind == ErrorKind::Rejected || asked.kind == "text", || {
                        format!("cannot be sent although all is well: {}", about())
                    });
                }
                Some(Told::Sent(_)) => {}
            }
            let is_refused = asked.told.iter().all(|told| matches!(told, Told::NotSent(..)));
            self.note(!is_refused || taken.is_empty(), || format!("told as not sent, but sent: {}", about()));
        }
    }

    /// Each message that Meta has is on record once, as far as its webhooks have told.
    pub(crate) async fn recorded(&mut self, store: &Store, ledger: &Ledger, webhooks: &Webhooks) {
        let mut records: HashMap<String, Vec<StoredSend>> = HashMap::new();
        for send in store.sends(&SendFilter::default().limit(10_000_000)).await.unwrap() {
            self.note(send.status != SendStatus::Sending, || format!("still under way: {send:?}"));
            if let Some(reference) = &send.reference {
                records.entry(reference.clone()).or_default().push(send);
            }
        }
        for (reference, taken) in &ledger.taken {
            let all = records.get(reference).map_or(&[][..], Vec::as_slice);
            for message in taken {
                let of_it: Vec<_> =
                    all.iter().filter(|send| send.message_id.as_ref() == Some(message)).collect();
                let expected = webhooks.last_word(message);
                let holds = of_it.len() == 1 && Some(of_it[0].status) == expected;
                self.note(holds, || {
                    format!("{message} of {reference} should be on record once as {expected:?}: {all:?}")
                });
            }
            let others = all.iter().filter(|send| {
                send.message_id.as_ref().is_none_or(|id| !taken.contains(id))
                    && send.status != SendStatus::Failed
            });
            let others: Vec<_> = others.collect();
            self.note(others.is_empty(), || format!("on record besides what Meta has: {others:?}"));
        }
        for (reference, all) in records.iter().filter(|(reference, _)| !ledger.taken.contains_key(*reference))
        {
            let claimed =
                all.iter().find(|send| !matches!(send.status, SendStatus::Failed | SendStatus::Unknown));
            self.note(claimed.is_none(), || {
                format!("on record as sent, but Meta has it not: {reference} {claimed:?}")
            });
        }
    }

    /// Every event that a gateway took was passed on, those of a sender in order. How many came twice.
    pub(crate) fn passed_on(
        &mut self,
        passed: &PassedOn,
        customers: &Customers,
        webhooks: &Webhooks,
    ) -> usize {
        let mut twice = 0;
        for (from, count) in customers.written() {
            let mut next = 0;
            for number in passed.in_order.get(&from).into_iter().flatten() {
                self.note(*number <= next, || format!("{number} of {from} was passed on before {next}"));
                twice += usize::from(*number < next);
                next = next.max(number + 1);
            }
            self.note(next == count, || format!("{count} were taken of {from}, {next} were passed on"));
        }
        let (statuses, written) = webhooks.told();
        for status in &statuses {
            self.note(passed.statuses.contains(status), || {
                format!("the status {status:?} was not passed on")
            });
        }
        for message in &written {
            self.note(passed.written.contains(message), || {
                format!("the message {message} was not passed on")
            });
        }
        self.note(passed.unsigned == 0, || format!("{} events came without a signature", passed.unsigned));
        twice
    }
}
