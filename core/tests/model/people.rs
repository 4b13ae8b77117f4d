//! Whom the business writes to, and by which names.

use crate::steps::{Names, To};

pub(crate) const PEOPLE: usize = 3;

pub(crate) fn number(person: usize) -> String {
    format!("1650555000{person}")
}

/// The number that a person has after moving.
pub(crate) fn new_number(person: usize) -> String {
    format!("1650555100{person}")
}

pub(crate) fn user_id(person: usize) -> String {
    format!("US.person{person}")
}

/// What a send to that name of a person is addressed to.
pub(crate) fn recipient(person: usize, to: To, moved: bool) -> String {
    match to {
        To::UserId => user_id(person),
        To::Number if moved => new_number(person),
        To::Number | To::OldNumber => number(person),
    }
}

/// What Meta calls somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Called {
    pub(crate) number: Option<String>,
    pub(crate) user_id: Option<String>,
}

impl Called {
    /// Who writes, by the number that they have now.
    pub(crate) fn writer(person: usize, names: Names, moved: bool) -> Self {
        let number = if moved { new_number(person) } else { number(person) };
        Self {
            number: (names != Names::UserId).then_some(number),
            user_id: (names != Names::Number).then(|| user_id(person)),
        }
    }

    /// Who was sent to: by the number that the message went to, whatever number they have now. Whoever was sent to by user id is
    /// called by it.
    pub(crate) fn recipient(person: usize, sent_to: &str, names: Names, moved: bool) -> Self {
        if sent_to == user_id(person) {
            let names = if names == Names::Number { Names::UserId } else { names };
            return Self::writer(person, names, moved);
        }
        Self { number: Some(sent_to.to_owned()), user_id: (names != Names::Number).then(|| user_id(person)) }
    }
}
