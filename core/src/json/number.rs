//! Numbers as the text of a variable. What a caller wrote is what the recipient reads: no digit may change on the way.

use crate::error::Error;

/// The longest text that a number becomes: a sum needs no more, and a short `1e300000000` must not become a long text.
const LONGEST: usize = 400;

/// The shortest decimal text of a number in JSON's form, without an exponent. Every digit that counts stays, however many
/// there are; `None` where the text would be longer than any that means something.
pub(crate) fn decimal(json: &str) -> Option<String> {
    let (negative, rest) = match json.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, json),
    };
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let leading = digits.bytes().take_while(|digit| *digit == b'0').count();
    let digits = digits[leading..].trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    // Where the point stands in `digits`.
    let signed = |count: usize| i64::try_from(count).ok();
    let exponent: i64 = exponent.parse().ok()?;
    let point = signed(whole.len())?.checked_sub(signed(leading)?)?.checked_add(exponent)?;
    let length = signed(digits.len())?;
    if point.unsigned_abs() > LONGEST as u64 || digits.len() > LONGEST {
        return None;
    }
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
    let text = if point <= 0 {
        format!("0.{}{digits}", zeros(-point))
    } else if point >= length {
        format!("{digits}{}", zeros(point - length))
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
        format!("{whole}.{fraction}")
    };
    Some(if negative { format!("-{text}") } else { text })
}

/// Refuses JSON with a whole number of more than 64 bits: it is read into a value, which would change its digits in
/// silence.
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) with `path`.
pub fn check_whole_numbers(json: &str, path: &str) -> Result<(), Error> {
    match changed(json.as_bytes()) {
        None => Ok(()),
        Some(number) => Err(Error::invalid(
            path,
            format!(
                "must not hold a whole number of more than 64 bits, whose digits would change: write \"{number}\" as a text"
            ),
        )),
    }
}

/// The first number that a reader of 64 bits would change.
fn changed(json: &[u8]) -> Option<String> {
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'"' => {
                while let Some(&inner) = json.get(at) {
                    at += if inner == b'\\' { 2 } else { 1 };
                    if inner == b'"' {
                        break;
                    }
                }
            }
            b'-' | b'0'..=b'9' => {
                while json
                    .get(at)
                    .is_some_and(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
                {
                    at += 1;
                }
                let number = std::str::from_utf8(&json[start..at]).unwrap_or_default();
                let whole = !number.contains(['.', 'e', 'E']);
                if whole && number.parse::<i64>().is_err() && number.parse::<u64>().is_err() {
                    return Some(number.to_owned());
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_that_counts_stays() {
        for (json, text) in [
            ("5", "5"),
            ("5.0", "5"),
            ("2.50", "2.5"),
            ("-3", "-3"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("0e9", "0"),
            ("1E5", "100000"),
            ("1e+2", "100"),
            ("12.5e1", "125"),
            ("125e-2", "1.25"),
            ("1e-7", "0.0000001"),
            ("0.001e1", "0.01"),
            ("18446744073709551616", "18446744073709551616"),
            ("-123456789012345678901234567890", "-123456789012345678901234567890"),
            ("12345678901234567.25", "12345678901234567.25"),
            ("0.12345678901234567890123", "0.12345678901234567890123"),
            ("100", "100"),
        ] {
            assert_eq!(decimal(json).as_deref(), Some(text), "{json}");
        }
        for json in ["1e401", "-1e-500", "1e99999999999999999999", "1e9223372036854775807", &"9".repeat(401)]
        {
            assert_eq!(decimal(json), None, "{json}");
        }
        assert_eq!(decimal(&"9".repeat(400)), Some("9".repeat(400)));
    }

    #[test]
    fn floats_are_written_as_rust_writes_them() {
        for number in [0.1, 1e21, 5e-324, 1.797_693_134_862_315_7e308, 1_234_567.125, -2.5, 1e23] {
            let text = decimal(&serde_json::to_string(&number).unwrap());
            let expected = number.to_string();
            assert_eq!(text.is_some(), expected.len() < 420, "{number}");
            assert!(text.is_none_or(|text| text == expected), "{number}");
        }
    }

    #[test]
    fn numbers_that_would_change_are_found() {
        for json in [
            "18446744073709551616",
            r#"[{"a":-9223372036854775809}]"#,
            r#"["\"",{"b":[1,36893488147419103232]}]"#,
        ] {
            assert!(check_whole_numbers(json, "components").is_err(), "{json}");
        }
        for json in
            ["18446744073709551615", r#"["36893488147419103232","\\",1.5e300,-9223372036854775808]"#, ""]
        {
            assert!(check_whole_numbers(json, "components").is_ok(), "{json}");
        }
    }
}
