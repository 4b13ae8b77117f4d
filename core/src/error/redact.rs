//! Masks tokens, keys and app secrets in errors and logs.

use std::fmt;

const MASK: &str = "[redacted]";
/// A secret shorter than this is masked as a word of its own only: masked within words it would garble every sentence,
/// and so give itself away. Tokens of Meta, keys of a gateway and app secrets are all longer; a password may be shorter.
const SHORT: usize = 12;

/// A text that never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// The secrets of one client.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    pub(crate) fn add(&mut self, secret: &str) {
        // An address that a host echoes holds it percent-encoded.
        for form in [secret.to_owned(), percent_encoded(secret)] {
            if !form.is_empty() && !self.0.contains(&form) {
                self.0.push(form);
            }
        }
        // Of two secrets that share a beginning the longer goes first, so that no rest of it stays.
        self.0.sort_by_key(|known| std::cmp::Reverse(known.len()));
    }

    /// Adds the password in a URL, as it is written there and as it is meant.
    pub(crate) fn add_password_of(&mut self, url: &str) {
        let Some((_, rest)) = url.split_once("://") else { return };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@')
            && let Some((_, password)) = user.split_once(':')
        {
            self.add(password);
        }
    }

    /// `text` without the secrets.
    pub(crate) fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.redact_in_place(&mut text);
        text
    }

    pub(crate) fn redact_in_place(&self, text: &mut String) {
        for secret in &self.0 {
            if !text.contains(secret.as_str()) {
                continue;
            }
            *text = if secret.len() < SHORT {
                redact_words(text, secret)
            } else {
                text.replace(secret.as_str(), MASK)
            };
        }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

fn redact_words(text: &str, secret: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(secret) {
        let (before, after) = (&rest[..at], &rest[at + secret.len()..]);
        let so_far = if before.is_empty() { out.as_str() } else { before };
        let in_word = so_far.ends_with(is_word) || ends_in_apostrophe(so_far) || after.starts_with(is_word);
        out.push_str(before);
        out.push_str(if in_word { secret } else { MASK });
        rest = after;
    }
    out + rest
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// `Meta's` is one word.
fn ends_in_apostrophe(text: &str) -> bool {
    text.strip_suffix('\'').is_some_and(|rest| rest.ends_with(char::is_alphabetic))
}

/// A URL for `Debug`: one with a user or password in it is not shown.
pub(crate) fn shown_url(url: &str) -> &str {
    if url.contains('@') { MASK } else { url }
}

fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A phone number or user id for a log line: its last four characters.
pub(crate) fn tail(recipient: &str) -> String {
    let count = recipient.chars().count();
    let skip = count.saturating_sub(4);
    // A mark that logs have always had; it stands in no message.
    format!("\u{2026}{}", recipient.chars().skip(skip).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_vanish_in_every_form() {
        let mut secrets = Secrets::default();
        secrets.add("abc");
        secrets.add("abc/def=");
        secrets.add_password_of("http://user:p%40ss@proxy.example.com:3128/x");
        assert_eq!(
            secrets.redact("abc/def= abc%2Fdef%3D abc p%40ss"),
            "[redacted] [redacted] [redacted] [redacted]"
        );
        assert_eq!(secrets.redact("user@example.com"), "user@example.com");
    }

    #[test]
    fn a_short_secret_does_not_garble_sentences() {
        let mut secrets = Secrets::default();
        secrets.add("k");
        assert_eq!(
            secrets.redact("Check the network, k. Bearer k"),
            "Check the network, [redacted]. Bearer [redacted]"
        );
        let mut secrets = Secrets::default();
        secrets.add("s");
        assert_eq!(secrets.redact("Meta's s_1 'sss' ss s:s"), "Meta's s_1 'sss' ss [redacted]:[redacted]");
        let mut secrets = Secrets::default();
        secrets.add("number");
        assert_eq!(
            secrets.redact(r#"phone_number_id, numbers, "number" or ?key=number&x"#),
            r#"phone_number_id, numbers, "[redacted]" or ?key=[redacted]&x"#
        );
        let token = "EAAGm0PX4ZCpsBO";
        let mut secrets = Secrets::default();
        secrets.add(token);
        assert_eq!(secrets.redact(&format!("x{token}y_{token}")), "x[redacted]y_[redacted]");
    }
}
