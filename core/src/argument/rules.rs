//! Rules that arguments of many kinds are held to before anything is sent. Each names the argument as its caller wrote it.

use crate::error::Error;

pub(crate) fn not_empty(field: impl Into<String>, text: &str) -> Result<(), Error> {
    if text.is_empty() { Err(Error::invalid(field, "must not be empty")) } else { Ok(()) }
}

/// Characters are Unicode scalar values, as Meta counts them: an emoji is one, not the two of UTF-16.
pub(crate) fn at_most(field: impl Into<String>, text: &str, limit: usize) -> Result<(), Error> {
    // A text has at least a quarter as many characters as bytes, so most need no counting.
    if text.len() <= limit {
        return Ok(());
    }
    match text.chars().count() {
        count if count > limit => {
            Err(Error::invalid(field, format!("must be at most {limit} characters; it has {count}")))
        }
        _ => Ok(()),
    }
}

/// An address that Meta can fetch from, or a reader can open.
///
/// The parser alone takes more: it skips white space, and mends slashes as browsers do. Meta refuses what it mends.
pub(crate) fn http_url(field: impl Into<String>, text: &str) -> Result<(), Error> {
    let begins =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    match url::Url::parse(text) {
        Ok(url) if (begins("https://") || begins("http://")) && url.has_host() => Ok(()),
        _ => Err(Error::invalid(field, "must be an address that begins with https:// or http://")),
    }
}

pub(crate) fn in_range(field: impl Into<String>, degrees: f64, limit: f64) -> Result<f64, Error> {
    if (-limit..=limit).contains(&degrees) {
        Ok(degrees)
    } else {
        Err(Error::invalid(field, format!("must be -{limit} to {limit} degrees; it is {degrees}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_meta_counts_them() {
        for character in ["\u{e9}", "\u{1f44d}"] {
            assert!(at_most("reference", &character.repeat(512), 512).is_ok());
            assert!(at_most("reference", &character.repeat(513), 512).is_err());
        }
    }

    #[test]
    fn addresses_are_of_the_web() {
        for text in ["https://example.com/a b?c=d", "HTTP://example.com"] {
            assert!(http_url("link", text).is_ok(), "{text}");
        }
        let mended_by_browsers =
            ["https:*/example.com/a.png", "https:example.com", "https:/example.com", " https://example.com"];
        let none = ["", "example.com", "ftp://example.com", "https://", "data:image/png;base64,AA"];
        for text in none.into_iter().chain(mended_by_browsers) {
            assert_eq!(http_url("link", text).unwrap_err().field(), Some("link"), "{text}");
        }
    }
}
