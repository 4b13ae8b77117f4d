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
/// is one: with a prefix the caller has said that the country code is there already.
pub(crate) fn normalize(phone: &str, country_code: Option<&str>) -> Result<Recipient, Error> {
    if is_user_id(phone) {
        return Ok(Recipient::UserId(phone.to_owned()));
    }
    let mut digits = String::with_capacity(phone.len() + 3);
    let mut plus = false;
    for (at, byte) in phone.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => digits.push(char::from(byte)),
            b' ' | b'-' | b'.' | b'(' | b')' => {}
            b'+' if !plus && digits.is_empty() => plus = true,
            // All before it are ASCII, so a character begins here.
            _ => {
                let c = phone.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
                return Err(invalid(&format!("has the character {c:?}")));
            }
        }
    }
    let international = plus || digits.starts_with("00");
    if !plus && international {
        digits.drain(..2);
    }
    if digits.len() == 10
        && !international
        && let Some(code) = country_code
    {
        digits.insert_str(0, code);
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
