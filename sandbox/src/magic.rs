//! Magic recipients: phone numbers that make the sandbox answer in a chosen way.
//!
//! One table lists them, answers for them and names them for `Failure`.

use serde::Serialize;

use super::codes::CODES;

/// What all magic recipients begin with; six more digits say which one it is.
const PREFIX: &str = "15550";

/// How a request is answered other than with a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Play {
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
    First(u32, &'static Play),
}

struct Line {
    number: u32,
    name: &'static str,
    what: &'static str,
    play: Play,
}

const fn line(number: u32, name: &'static str, play: Play, what: &'static str) -> Line {
    Line { number, name, what, play }
}

/// Magic recipients that are not a Graph code.
static LINES: &[Line] = &[
    line(900_001, "slow", Play::Slow, "answers after 2 seconds, then sent"),
    line(
        900_002,
        "no_answer",
        Play::NoAnswer,
        "taken, but never answered: the connection is held for 120 seconds, then closed",
    ),
    line(900_003, "lost", Play::Lost, "taken, but the connection is closed without an answer"),
    line(900_004, "reset", Play::Reset, "not taken: the connection is reset before any answer"),
    line(900_005, "broken_json", Play::BrokenJson, "taken; 200 with broken JSON"),
    line(900_006, "cut_off", Play::CutOff, "taken; 200 whose body is cut off half-way"),
    line(900_007, "empty", Play::Empty, "taken; 200 with an empty body"),
    line(900_008, "bad_gateway", Play::BadGateway, "taken; 502 with a proxy's HTML page"),
    line(900_009, "server_page", Play::ServerPage, "not taken; 500 with an HTML page"),
    line(
        900_010,
        "throttled_twice",
        Play::First(2, &Play::Code(130_429)),
        "throttled twice (130429), then sent; then the round begins anew",
    ),
    line(
        900_011,
        "pair_limited_once",
        Play::First(1, &Play::Code(131_056)),
        "131056 once, then sent; then the round begins anew",
    ),
    line(
        900_012,
        "too_many_once",
        Play::First(1, &Play::TooMany),
        "429 without a Graph code and with Retry-After: 1 once, then sent; then the round begins anew",
    ),
    line(
        900_013,
        "unavailable_once",
        Play::First(1, &Play::Code(2)),
        "Graph code 2 once, then sent; then the round begins anew",
    ),
    line(900_014, "redirect", Play::Redirect, "not taken; 302 to a login page"),
    line(900_015, "error_in_200", Play::ErrorIn200, "not taken; 200 whose body is an error (131026)"),
    line(900_016, "too_big", Play::TooBig, "taken; 200 with a receipt of over 1 MiB"),
    line(
        900_017,
        "held",
        Play::Status("held_for_quality_assessment"),
        "sent, with message_status held_for_quality_assessment",
    ),
    line(
        900_018,
        "new_status",
        Play::Status("queued_on_the_moon"),
        "sent, with a message_status nobody knows",
    ),
    line(900_019, "no_wa_id", Play::NoWaId, "sent; the receipt has no wa_id"),
    line(
        900_020,
        "failed_later",
        Play::FailedLater(131_026),
        "sent; a webhook then reports it failed (131026)",
    ),
    line(900_021, "token_echo", Play::TokenEcho, "not taken; 401 (190) whose text repeats the access token"),
    line(900_022, "unknown_code", Play::UnknownCodeOn500, "not taken; 500 with a Graph code nobody knows"),
    line(900_023, "wrong_shape", Play::WrongShape, "taken; 200 with JSON that is no receipt"),
    line(900_024, "too_many", Play::TooMany, "not taken; 429 without a Graph code, with Retry-After: 1"),
];

/// What a name plays.
pub(super) fn play_named(name: &str) -> Option<Play> {
    LINES.iter().find(|line| line.name == name).map(|line| line.play)
}

/// All names, for a message.
pub(super) fn names() -> String {
    LINES.iter().map(|line| line.name).collect::<Vec<_>>().join(", ")
}

/// What a phone number plays, given its digits. One that no table lists is an ordinary one, whatever it begins with:
/// Meta's own examples have `15550001111` and `15550783881`.
pub(super) fn play_of(digits: &str) -> Option<Play> {
    let number = digits.strip_prefix(PREFIX).filter(|rest| rest.len() == 6)?.parse().ok()?;
    let line = LINES.iter().find(|line| line.number == number).map(|line| line.play);
    line.or_else(|| CODES.iter().any(|known| known.code == number).then_some(Play::Code(number)))
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
    let lines = LINES.iter().map(|line| MagicRecipient {
        recipient: format!("{PREFIX}{:06}", line.number),
        name: line.name.to_owned(),
        what: line.what.to_owned(),
    });
    codes.chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_is_dispatched_by_its_number_and_its_name() {
        for line in LINES {
            assert_eq!(play_of(&format!("{PREFIX}{:06}", line.number)), Some(line.play), "{}", line.name);
            assert_eq!(play_named(line.name), Some(line.play));
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
            assert_eq!(play_of(digits), None, "{digits}");
        }
        assert_eq!(play_of("15550131056"), Some(Play::Code(131_056)));
        assert_eq!(play_of("15550000000"), Some(Play::Code(0)));
    }
}
