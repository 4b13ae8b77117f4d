//! What may happen, one thing after the other.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::people::PEOPLE;

/// One thing that happens.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Calls at the same time; each is waited for.
    Sends(Vec<Send>),
    /// Calls whose process ends while Meta has their requests.
    Killed(Vec<Send>),
    /// A customer does something.
    Written {
        person: usize,
        names: Names,
        what: Written,
        time: i64,
    },
    /// The business writes from its phone.
    Echo {
        person: usize,
        names: Names,
        time: i64,
    },
    /// Meta tells of a message that it took, whatever its caller knows.
    Status {
        of: Index,
        status: Told,
        names: Names,
    },
    /// A webhook comes again.
    Again(Index),
    /// The person has a new number.
    Moved {
        person: usize,
        with_user_id: bool,
    },
    Prune {
        with_unknown: bool,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct Send {
    pub(crate) person: usize,
    pub(crate) to: To,
    pub(crate) kind: Kind,
    /// Whether its reference is one that others have too.
    pub(crate) is_common: bool,
    /// Refusals before the last answer.
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) answer: Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum To {
    Number,
    /// The one before the person moved.
    OldNumber,
    UserId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Location,
    Template,
    Image,
}

/// After which the same message may go out again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    Throttled,
    TooMany,
    Unavailable,
}

/// How Meta's last answer to a message is, and what its caller does.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Taken; these statuses come before the answer.
    Taken {
        names: Names,
        early: Vec<Told>,
    },
    Refused,
    /// Nobody can know from that whether it was taken.
    Unclear {
        how: Unclear,
        taken: bool,
    },
    /// The caller gives up once Meta has the request.
    GivenUp {
        taken: bool,
    },
    /// The caller gives up after so many microseconds.
    Hurried(u64),
    /// There is no answer until the time is over.
    TimedOut {
        taken: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unclear {
    Lost,
    Code1,
    Page,
    BrokenJson,
}

/// By which of the names that a person has Meta calls them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Number,
    UserId,
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Text,
    Hologram,
    Reaction,
    InGroup,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
    OfTomorrow,
}

pub(crate) fn sequence() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..24)
}

fn step() -> impl Strategy<Value = Step> {
    let written = prop_oneof![
        4 => Just(Written::Text),
        1 => Just(Written::Hologram),
        1 => Just(Written::Reaction),
        1 => Just(Written::InGroup)
    ];
    // All of them are before the sends.
    let time = 1_600_000_000..1_700_000_000_i64;
    prop_oneof![
        8 => vec(send(), 1..4).prop_map(Step::Sends),
        1 => vec(send(), 1..3).prop_map(Step::Killed),
        6 => (0..PEOPLE, names(), written, time.clone())
            .prop_map(|(person, names, what, time)| Step::Written { person, names, what, time }),
        1 => (0..PEOPLE, names(), time).prop_map(|(person, names, time)| Step::Echo { person, names, time }),
        8 => (any::<Index>(), told(), names()).prop_map(|(of, status, names)| Step::Status { of, status, names }),
        3 => any::<Index>().prop_map(Step::Again),
        1 => (0..PEOPLE, any::<bool>()).prop_map(|(person, with_user_id)| Step::Moved { person, with_user_id }),
        1 => any::<bool>().prop_map(|with_unknown| Step::Prune { with_unknown }),
    ]
}

fn send() -> impl Strategy<Value = Send> {
    let to = prop_oneof![4 => Just(To::Number), 1 => Just(To::OldNumber), 2 => Just(To::UserId)];
    let kind = prop_oneof![Just(Kind::Text), Just(Kind::Location), Just(Kind::Template), Just(Kind::Image)];
    let refusal = prop_oneof![Just(Refusal::Throttled), Just(Refusal::TooMany), Just(Refusal::Unavailable)];
    let refusals = prop_oneof![4 => Just(Vec::new()), 1 => vec(refusal, 1..4)];
    (0..PEOPLE, to, kind, prop::bool::weighted(0.4), refusals, answer()).prop_map(
        |(person, to, kind, is_common, refusals, answer)| Send {
            person,
            to,
            kind,
            is_common,
            refusals,
            answer,
        },
    )
}

fn answer() -> impl Strategy<Value = Answer> {
    let unclear = prop_oneof![
        Just(Unclear::Lost),
        Just(Unclear::Code1),
        Just(Unclear::Page),
        Just(Unclear::BrokenJson)
    ];
    let early = prop_oneof![3 => Just(Vec::new()), 1 => vec(told(), 1..3)];
    prop_oneof![
        6 => (names(), early).prop_map(|(names, early)| Answer::Taken { names, early }),
        1 => Just(Answer::Refused),
        3 => (unclear, any::<bool>()).prop_map(|(how, taken)| Answer::Unclear { how, taken }),
        1 => any::<bool>().prop_map(|taken| Answer::GivenUp { taken }),
        1 => (0..6000_u64).prop_map(Answer::Hurried),
        1 => any::<bool>().prop_map(|taken| Answer::TimedOut { taken }),
    ]
}

fn names() -> impl Strategy<Value = Names> {
    prop_oneof![3 => Just(Names::Number), 1 => Just(Names::UserId), 2 => Just(Names::Both)]
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        2 => Just(Told::Sent),
        2 => Just(Told::Delivered),
        2 => Just(Told::Read),
        1 => Just(Told::Played),
        2 => Just(Told::Failed),
        1 => Just(Told::OfTomorrow)
    ]
}
