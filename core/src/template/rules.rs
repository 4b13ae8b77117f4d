//! The rules for a template's name, its language, and what fills its variables.

use std::borrow::Cow;

use crate::argument::rules::{at_most, in_range, not_empty};
use crate::error::Error;

const MAX_PLACE_TEXT: usize = 1000;
const MAX_TEMPLATE_NAME: usize = 512;
/// What a template is sent in where its caller names no language.
const DEFAULT_LANGUAGE: &str = "en";

/// What fills a variable of a template. Meta refuses the rest with 132018, message by message.
pub(crate) fn template_text<'a>(field: impl Into<String> + Clone + 'a, text: &str) -> Result<(), Error> {
    not_empty(field.clone(), text)?;
    let (mut spaces, mut most_spaces, mut broken, mut wide) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            b' ' => {
                spaces += 1;
                most_spaces = most_spaces.max(spaces);
                continue;
            }
            b'\n' | b'\r' | b'\t' | 0x0b | 0x0c => broken = true,
            // What the other line breaks begin with in UTF-8.
            0xc2 | 0xe2 => wide = true,
            _ => {}
        }
        spaces = 0;
    }
    if broken || (wide && text.contains(['\u{85}', '\u{2028}', '\u{2029}'])) {
        return Err(Error::invalid(
            field,
            "must not hold a line break or a tab; Meta refuses both in a template",
        ));
    }
    if most_spaces > 4 {
        return Err(Error::invalid(
            field,
            "must not hold more than 4 spaces in a row; Meta refuses them in a template",
        ));
    }
    Ok(())
}

pub(super) fn latitude(field: impl Into<String>, degrees: f64) -> Result<f64, Error> {
    in_range(field, degrees, 90.0)
}

pub(super) fn longitude(field: impl Into<String>, degrees: f64) -> Result<f64, Error> {
    in_range(field, degrees, 180.0)
}

/// The name or address of a place; an empty one is none.
pub(super) fn place_text(field: impl Into<String>, text: Option<&str>) -> Result<Option<&str>, Error> {
    match text {
        None | Some("") => Ok(None),
        Some(text) => at_most(field, text, MAX_PLACE_TEXT).map(|()| Some(text)),
    }
}

pub(crate) fn template_name(name: &str) -> Result<(), Error> {
    not_empty("template_name", name)?;
    if !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        return Err(Error::invalid("template_name", "must be of a-z, 0-9 and _, as registered with Meta"));
    }
    at_most("template_name", name, MAX_TEMPLATE_NAME)
}

/// The language as Meta writes it: `pt-BR` is sent as `pt_BR`.
pub(crate) fn language(tag: Option<&str>) -> Result<Cow<'_, str>, Error> {
    let tag = tag.unwrap_or(DEFAULT_LANGUAGE);
    let sound = tag.split(['-', '_']).enumerate().all(|(at, part)| {
        if at == 0 {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        } else {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        }
    });
    if sound {
        Ok(if tag.contains('-') { Cow::Owned(tag.replace('-', "_")) } else { Cow::Borrowed(tag) })
    } else {
        Err(Error::invalid("language", "must be a BCP-47 tag such as en, en_US or zh-Hant-HK"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_leave_as_meta_writes_them() {
        for (tag, sent) in
            [(None, "en"), (Some("en_US"), "en_US"), (Some("zh-Hant-HK"), "zh_Hant_HK"), (Some("fil"), "fil")]
        {
            assert_eq!(language(tag).unwrap(), sent);
        }
        for tag in ["", "e", "en_", "_US", "en US", "english12", "en_US;", "हिन्दी"] {
            assert_eq!(language(Some(tag)).unwrap_err().field(), Some("language"), "{tag}");
        }
    }

    #[test]
    fn places_are_on_earth() {
        assert!(latitude("latitude", 90.0).is_ok() && longitude("longitude", -180.0).is_ok());
        for degrees in [90.000_001, f64::NAN, f64::INFINITY] {
            assert!(latitude("latitude", degrees).is_err(), "{degrees}");
        }
        assert!(longitude("longitude", 180.5).is_err());
    }
}
