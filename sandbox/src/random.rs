//! The ids and tokens that Meta makes up. With a seed they are the same in every run.

use std::sync::{Mutex, PoisonError};

use fastrand::Rng;

use super::chats::Side;

/// Where they come from. Each kind has a source of its own: that a page asks for something changes no message's id, and what
/// a customer does changes none of the business's.
#[derive(Debug)]
pub(super) struct Random {
    business: Mutex<Rng>,
    customer: Mutex<Rng>,
    objects: Mutex<Rng>,
    traces: Mutex<Rng>,
}

impl Random {
    pub(super) fn new(seed: Option<u64>) -> Self {
        let mut first = seed.map_or_else(Rng::new, Rng::with_seed);
        let mut next = || Mutex::new(first.fork());
        Self { business: next(), customer: next(), objects: next(), traces: next() }
    }

    /// A message id such as Meta gives: base64 of random bytes (48 letters: nothing to pad).
    pub(super) fn message_id(&self, side: Side) -> String {
        let source = match side {
            Side::Business => &self.business,
            Side::Customer => &self.customer,
        };
        format!("wamid.HBgL{}", letters(source, 44))
    }

    /// A trace id such as Meta gives.
    pub(super) fn trace_id(&self) -> String {
        format!("A{}", self.text(22))
    }

    /// Letters of the base64 alphabet without `+` and `/`, so that a text can stand in a header or a URL as it is.
    /// For what each answer has of its own: traces, and addresses that end soon.
    pub(super) fn text(&self, length: usize) -> String {
        letters(&self.traces, length)
    }

    /// The id of a file, template or Flow such as Meta gives: digits, of which the first is none of the small ones.
    pub(super) fn digits(&self, length: usize) -> String {
        let mut source = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let digit = |at| char::from(source.u8(if at == 0 { b'1' } else { b'0' }..=b'9'));
        (0..length).map(digit).collect()
    }
}

fn letters(source: &Mutex<Rng>, length: usize) -> String {
    let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
    std::iter::repeat_with(|| source.alphanumeric()).take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_ids_whatever_else_is_asked() {
        let ids = |seed, more: usize| {
            let random = Random::new(seed);
            random.digits(more);
            random.message_id(Side::Customer);
            [random.message_id(Side::Business), random.message_id(Side::Business)]
        };
        assert_eq!(ids(Some(7), 1), ids(Some(7), 100));
        assert_ne!(ids(Some(7), 1), ids(Some(8), 1));
        assert_ne!(ids(None, 1), ids(None, 1));
        let [one, other] = ids(Some(7), 1);
        assert_ne!(one, other);
        let file = |traces: usize| {
            let random = Random::new(Some(7));
            (0..traces).for_each(|_| drop(random.trace_id()));
            random.digits(16)
        };
        assert_eq!(file(0), file(5), "one question more changes no file's id");
    }
}
