//! Who a message goes to: a phone number in Meta's form, or a business-scoped user id.

use crate::error::Error;

/// A recipient that has passed the rules of [`normalize`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Recipient {
    /// 7 to 15 digits, country code first.
    Phone(String),
    /// Meta's id of a user for one business, where there is no number.
    UserId(String),
}

impl Recipient {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Phone(text) | Self::UserId(text) => text,
        }
    }
}

/// The recipient that `phone` names.
///
/// Separators and one leading `+` or `00` fall away. Ten digits written without them get `country_code` where there
/// is one: with a prefix the caller has said that the country code is there already. A number in brackets from its first
/// digit on, as in `(415) 555-0100`, is a national one: without a country code it would reach a stranger abroad.
pub(crate) fn normalize(phone: &str, country_code: Option<&str>) -> Result<Recipient, Error> {
    if is_user_id(phone) {
        return Ok(Recipient::UserId(phone.to_owned()));
    }
    let mut digits = String::with_capacity(phone.len() + 3);
    let mut plus = false;
    // How many digits stand before the bracket that is open.
    let mut open = None;
    // Begins with a bracket and a digit, as national numbers are written.
    let mut bracket_first = false;
    for (at, byte) in phone.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                bracket_first |= digits.is_empty() && !plus && open.is_some();
                digits.push(char::from(byte));
            }
            b'(' => open = Some(digits.len()),
            b')' => {
                if open.take().is_some_and(|start| digits.get(start..) == Some("0")) {
                    return Err(invalid("has (0), which is not dialled after a country code: leave it out"));
                }
            }
            b' ' | b'-' | b'.' => {}
            b'+' if !plus && digits.is_empty() => plus = true,
            // All before it are ASCII, so a character begins here.
            _ => {
                let c = phone.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
                return Err(invalid(&format!("has the character '{}'", c.escape_default())));
            }
        }
    }
    let international = plus || digits.starts_with("00");
    if !plus && international {
        digits.drain(..2);
    }
    match country_code {
        Some(code) if digits.len() == 10 && !international => digits.insert_str(0, code),
        _ if bracket_first && !international => {
            return Err(invalid(
                "begins with a bracket, as numbers without their country code do: put + and the country code before it, \
                 or set default_country_code",
            ));
        }
        _ => {}
    }
    match digits.len() {
        7..=15 if !digits.starts_with('0') => Ok(Recipient::Phone(digits)),
        7..=15 => Err(invalid("starts with 0")),
        0 => Err(invalid("has no digits")),
        n => Err(invalid(&format!("has {n} digits"))),
    }
}

fn invalid(what: &str) -> Error {
    Error::invalid(
        "phone",
        format!(
            "must be 7 to 15 digits with the country code first, such as 919876543210 or +91 98765-43210, or a \
             business-scoped user id; it {what}"
        ),
    )
}

/// What to send to, from the names that a host gave: `+` and the number, which needs no country code any more, or the user id.
pub(crate) fn address(number: Option<&str>, user_id: Option<&str>) -> Option<String> {
    let of_number = |name: &str| {
        let digits = name.strip_prefix('+').unwrap_or(name);
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if is_number { Some(["+", digits].concat()) } else { is_user_id(name).then(|| name.to_owned()) }
    };
    number.and_then(of_number).or_else(|| user_id.map(str::to_owned))
}

/// `^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$`
fn is_user_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 4 || !bytes[..2].iter().all(u8::is_ascii_uppercase) || bytes[2] != b'.' {
        return false;
    }
    let rest = &text[3..];
    let id = rest.strip_prefix("ENT.").unwrap_or(rest);
    (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(phone: &str, code: Option<&str>) -> Option<String> {
        normalize(phone, code).ok().map(|recipient| recipient.as_str().to_owned())
    }

    #[test]
    fn forms_that_people_write_reach_the_same_number() {
        for phone in
            ["919876543210", "+91 98765-43210", "0091 98765.43210", "(+91) 9876543210", "+ 91 9876543210"]
        {
            assert_eq!(digits(phone, None).as_deref(), Some("919876543210"), "{phone}");
        }
    }

    #[test]
    fn only_ten_digits_without_a_prefix_get_the_country_code() {
        assert_eq!(digits("98765 43210", Some("91")).as_deref(), Some("919876543210"));
        assert_eq!(digits("+6591234567", Some("91")).as_deref(), Some("6591234567"));
        assert_eq!(digits("006591234567", Some("91")).as_deref(), Some("6591234567"));
        assert_eq!(digits("987654321", Some("91")).as_deref(), Some("987654321"));
    }

    #[test]
    fn a_national_number_does_not_go_to_a_stranger_abroad() {
        for phone in
            ["(415) 555-0100", " (415) 555-0100", "( 415)5550100", "(0) 415 555 0100", "((415)) 555-0100"]
        {
            assert_eq!(digits(phone, None), None, "{phone}");
        }
        for phone in ["+44 (0)20 7946 0958", "44 (0) 20 7946 0958", "0044( 0 )2079460958", "+49 (0)30 901820"]
        {
            assert_eq!(digits(phone, None), None, "{phone}");
            assert_eq!(digits(phone, Some("44")), None, "{phone}");
        }
        assert_eq!(digits("(415) 555-0100", Some("1")).as_deref(), Some("14155550100"));
        assert_eq!(digits("(415) 555-01000", Some("1")), None);
        assert_eq!(digits("+1 (415) 555-0100", None).as_deref(), Some("14155550100"));
        assert_eq!(digits("1 (415) 555-0100", None).as_deref(), Some("14155550100"));
        assert_eq!(digits("(0091) 98765 43210", None).as_deref(), Some("919876543210"));
        assert_eq!(digits("(+1)(415)5550100", Some("91")).as_deref(), Some("14155550100"));
        assert_eq!(digits("+44 (20) 7946 0958", None).as_deref(), Some("442079460958"));
    }

    #[test]
    fn what_no_number_can_be_is_refused() {
        for phone in [
            "",
            "+",
            "00",
            "123456",
            "1234567890123456",
            "0123456789",
            "+0123456789",
            "++919876543210",
            "91+9876543210",
            "9198765432１0",
            "919876543210x",
            "91\t9876543210",
            "00 00919876543210",
        ] {
            let error = normalize(phone, None).unwrap_err();
            assert_eq!(error.field(), Some("phone"), "{phone}");
        }
    }

    #[test]
    fn user_ids_are_taken_as_written() {
        for id in ["US.13491208655302741918", "US.ENT.11815799212886844830", "DE.a"] {
            let recipient = normalize(id, Some("91")).unwrap();
            assert_eq!(recipient, Recipient::UserId(id.to_owned()));
        }
        for id in ["us.1349", "US.", "US.ENT.", "USA.1", "US.1-2"] {
            assert!(normalize(id, None).is_err(), "{id}");
        }
        assert!(normalize(&format!("US.{}", "a".repeat(129)), None).is_err());
    }
}
