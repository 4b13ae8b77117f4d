//! Magic recipients: phone numbers that make the sandbox answer in a chosen way.
//!
//! One table lists them, answers for them and names them for `Failure`.

use serde::Serialize;

use super::codes::CODES;

/// What all magic recipients begin with; six more digits say which one it is.
const PREFIX: &str = "15550";

/// How a request is answered other than with a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scenario {
    /// A Graph error.
    Code(u32),
    /// Two seconds pass, then a receipt.
    Slow,
    /// Taken; the connection stays open without an answer.
    NoAnswer,
    /// Taken; the connection is closed without an answer.
    Lost,
    /// Not taken; the connection is reset.
    Reset,
    BrokenJson,
    CutOff,
    Empty,
    BadGateway,
    ServerPage,
    Redirect,
    ErrorIn200,
    TooBig,
    WrongShape,
    NoWaId,
    /// A receipt with this `message_status`.
    Status(&'static str),
    /// A receipt, and later a `failed` status webhook with this code.
    FailedLater(u32),
    TokenEcho,
    UnknownCodeOn500,
    /// 429 without a Graph error, with `Retry-After`.
    TooMany,
    /// So many failures in a row, then a receipt.
    First(u32, &'static Scenario),
}

struct Magic {
    number: u32,
    name: &'static str,
    what: &'static str,
    scenario: Scenario,
}

const fn magic(number: u32, name: &'static str, scenario: Scenario, what: &'static str) -> Magic {
    Magic { number, name, what, scenario }
}

/// Magic recipients that are not a Graph code.
static MAGIC: &[Magic] = &[
    magic(900_001, "slow", Scenario::Slow, "answers after 2 seconds, then sent"),
    magic(
        900_002,
        "no_answer",
        Scenario::NoAnswer,
        "taken, but never answered: the connection is held for 120 seconds, then closed",
    ),
    magic(900_003, "lost", Scenario::Lost, "taken, but the connection is closed without an answer"),
    magic(900_004, "reset", Scenario::Reset, "not taken: the connection is reset before any answer"),
    magic(900_005, "broken_json", Scenario::BrokenJson, "taken; 200 with broken JSON"),
    magic(900_006, "cut_off", Scenario::CutOff, "taken; 200 whose body is cut off half-way"),
    magic(900_007, "empty", Scenario::Empty, "taken; 200 with an empty body"),
    magic(900_008, "bad_gateway", Scenario::BadGateway, "taken; 502 with a proxy's HTML page"),
    magic(900_009, "server_page", Scenario::ServerPage, "not taken; 500 with an HTML page"),
    magic(
        900_010,
        "throttled_twice",
        Scenario::First(2, &Scenario::Code(130_429)),
        "throttled twice (130429), then sent; then the round begins anew",
    ),
    magic(
        900_011,
        "pair_limited_once",
        Scenario::First(1, &Scenario::Code(131_056)),
        "131056 once, then sent; then the round begins anew",
    ),
    magic(
        900_012,
        "too_many_once",
        Scenario::First(1, &Scenario::TooMany),
        "429 without a Graph code and with Retry-After: 1 once, then sent; then the round begins anew",
    ),
    magic(
        900_013,
        "unavailable_once",
        Scenario::First(1, &Scenario::Code(2)),
        "Graph code 2 once, then sent; then the round begins anew",
    ),
    magic(900_014, "redirect", Scenario::Redirect, "not taken; 302 to a login page"),
    magic(900_015, "error_in_200", Scenario::ErrorIn200, "not taken; 200 whose body is an error (131026)"),
    magic(900_016, "too_big", Scenario::TooBig, "taken; 200 with a receipt of over 1 MiB"),
    magic(
        900_017,
        "held",
        Scenario::Status("held_for_quality_assessment"),
        "sent, with message_status held_for_quality_assessment",
    ),
    magic(
        900_018,
        "new_status",
        Scenario::Status("queued_on_the_moon"),
        "sent, with a message_status nobody knows",
    ),
    magic(900_019, "no_wa_id", Scenario::NoWaId, "sent; the receipt has no wa_id"),
    magic(
        900_020,
        "failed_later",
        Scenario::FailedLater(131_026),
        "sent; a webhook then reports it failed (131026)",
    ),
    magic(
        900_021,
        "token_echo",
        Scenario::TokenEcho,
        "not taken; 401 (190) whose text repeats the access token",
    ),
    magic(
        900_022,
        "unknown_code",
        Scenario::UnknownCodeOn500,
        "not taken; 500 with a Graph code nobody knows",
    ),
    magic(900_023, "wrong_shape", Scenario::WrongShape, "taken; 200 with JSON that is no receipt"),
    magic(900_024, "too_many", Scenario::TooMany, "not taken; 429 without a Graph code, with Retry-After: 1"),
];

/// What a name plays.
pub(super) fn scenario_named(name: &str) -> Option<Scenario> {
    MAGIC.iter().find(|magic| magic.name == name).map(|magic| magic.scenario)
}

/// All names, for a message.
pub(super) fn names() -> String {
    MAGIC.iter().map(|magic| magic.name).collect::<Vec<_>>().join(", ")
}

/// What a phone number plays, given its digits. One that no table lists is an ordinary one, whatever it begins with:
/// Meta's own examples have `15550001111` and `15550783881`.
pub(super) fn scenario_of(digits: &str) -> Option<Scenario> {
    let number = digits.strip_prefix(PREFIX).filter(|rest| rest.len() == 6)?.parse().ok()?;
    let magic = MAGIC.iter().find(|magic| magic.number == number).map(|magic| magic.scenario);
    magic.or_else(|| CODES.iter().any(|known| known.code == number).then_some(Scenario::Code(number)))
}

/// A phone number that makes the sandbox answer in a chosen way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MagicRecipient {
    /// The phone number, as digits.
    pub recipient: String,
    /// What [`Failure`](super::Failure) calls it: a Graph code or a name.
    pub name: String,
    /// What happens to a message sent to it.
    pub what: String,
}

/// All magic recipients, from the table the sandbox itself goes by. Every other number is an ordinary one.
#[must_use]
pub fn magic_recipients() -> Vec<MagicRecipient> {
    let codes = CODES.iter().map(|known| MagicRecipient {
        recipient: format!("{PREFIX}{:06}", known.code),
        name: known.code.to_string(),
        what: format!("error {}: {}", known.code, known.title),
    });
    let lines = MAGIC.iter().map(|magic| MagicRecipient {
        recipient: format!("{PREFIX}{:06}", magic.number),
        name: magic.name.to_owned(),
        what: magic.what.to_owned(),
    });
    codes.chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_is_dispatched_by_its_number_and_its_name() {
        for magic in MAGIC {
            assert_eq!(
                scenario_of(&format!("{PREFIX}{:06}", magic.number)),
                Some(magic.scenario),
                "{}",
                magic.name
            );
            assert_eq!(scenario_named(magic.name), Some(magic.scenario));
        }
        let all = magic_recipients();
        let numbers: HashSet<_> = all.iter().map(|magic| &magic.recipient).collect();
        let names: HashSet<_> = all.iter().map(|magic| &magic.name).collect();
        assert_eq!((numbers.len(), names.len()), (all.len(), all.len()), "a number or a name is there twice");
    }

    #[test]
    fn numbers_that_are_not_magic() {
        for digits in [
            "15551234567",
            "155501310560",
            "1555013105",
            "919876543210",
            "",
            "15550001111",
            "15550783881",
            "15550777777",
            "15550000250",
            "15550900999",
        ] {
            assert_eq!(scenario_of(digits), None, "{digits}");
        }
        assert_eq!(scenario_of("15550131056"), Some(Scenario::Code(131_056)));
        assert_eq!(scenario_of("15550000000"), Some(Scenario::Code(0)));
    }
}
