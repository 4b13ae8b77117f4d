//! What reached Meta, read from the sandbox before it forgets: it keeps the last 10,000 messages.

use std::collections::{HashMap, HashSet};

use wamid_sandbox::Sandbox;

#[derive(Default)]
pub(crate) struct Ledger {
    seen: HashSet<String>,
    /// The ids of the messages that were taken under each reference.
    pub(crate) taken: HashMap<String, Vec<String>>,
    pub(crate) refused: usize,
}

impl Ledger {
    pub(crate) fn read(&mut self, sandbox: &Sandbox) {
        for message in sandbox.messages() {
            if !self.seen.insert(message.id.clone()) {
                continue;
            }
            if message.outcome.is_accepted() {
                let reference = message.body["biz_opaque_callback_data"].as_str().unwrap().to_owned();
                self.taken.entry(reference).or_default().push(message.id);
            } else {
                self.refused += 1;
            }
        }
    }

    /// The id of every message that was taken.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &String> {
        self.taken.values().flatten()
    }
}
