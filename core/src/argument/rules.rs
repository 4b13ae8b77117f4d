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
pub(crate) fn http_url(field: impl Into<String>, text: &str) -> Result<(), Error> {
    match url::Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(()),
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
        assert!(http_url("link", "https://example.com/a b?c=d").is_ok());
        for text in ["", "example.com", "ftp://example.com", "https://", "data:image/png;base64,AA"] {
            assert_eq!(http_url("link", text).unwrap_err().field(), Some("link"), "{text}");
        }
    }
}
