//! Finds where the values of a JSON text stand, all in one pass.

use std::ops::Range;

/// Where a value stands. There are many, so they are small.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Where its name begins, after the quote, where it is a member of an object; and whether the name has escapes.
    name: u32,
    /// Where it begins, and whether it is a text with escapes.
    from: u32,
    to: u32,
    /// How many places further the next value is that is not inside of this one.
    size: u32,
}

const ESCAPED: u32 = 1 << 31;

impl Place {
    /// Where the value is.
    pub(super) fn range(self) -> Range<usize> {
        self.from()..self.to as usize
    }

    /// Where the value begins.
    pub(super) fn from(self) -> usize {
        (self.from & !ESCAPED) as usize
    }

    /// Whether the value is a text that is not what it says, for its escapes.
    pub(super) fn is_escaped(self) -> bool {
        self.from & ESCAPED != 0
    }

    /// Where the member's name begins.
    pub(super) fn name(self) -> usize {
        (self.name & !ESCAPED) as usize
    }

    /// Whether the name is not what it says, for its escapes.
    pub(super) fn is_name_escaped(self) -> bool {
        self.name & ESCAPED != 0
    }

    /// How many values it is, with those inside of it.
    pub(super) fn size(self) -> usize {
        self.size as usize
    }
}

/// The places of all values, each before those inside of it; none where the text is no JSON, or longer than 2 GB.
///
/// How deep it is nested does not matter.
pub(super) fn places(text: &str) -> Option<Vec<Place>> {
    i32::try_from(text.len()).ok()?;
    // What Meta writes has a value in 25 bytes.
    let places = Vec::with_capacity(text.len() / 20 + 1);
    Scan { bytes: text.as_bytes(), at: 0, places, open: Vec::with_capacity(16) }.read()
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    places: Vec<Place>,
    /// The objects and lists that are not closed yet, by their index.
    open: Vec<Open>,
}

#[derive(Clone, Copy)]
struct Open {
    index: usize,
    is_object: bool,
}

impl Scan<'_> {
    fn read(mut self) -> Option<Vec<Place>> {
        loop {
            let is_open = self.begin()?;
            if !is_open && !self.end()? {
                return (self.at == self.bytes.len()).then_some(self.places);
            }
        }
    }

    /// Reads a value, with its name in an object; of a list or an object that is not empty only its beginning. Whether it is such.
    fn begin(&mut self) -> Option<bool> {
        let name = match self.open.last() {
            Some(Open { is_object: true, .. }) => self.name()?,
            _ => 0,
        };
        self.skip_space();
        let index = self.places.len();
        let mut from = short(self.at);
        let first = *self.bytes.get(self.at)?;
        self.at += 1;
        let mut is_open = false;
        match first {
            b'"' => {
                if self.text()? {
                    from |= ESCAPED;
                }
            }
            b'{' | b'[' => {
                self.skip_space();
                // The closing one is two after the opening one, of both kinds.
                if *self.bytes.get(self.at)? == first + 2 {
                    self.at += 1;
                } else {
                    is_open = true;
                    self.open.push(Open { index, is_object: first == b'{' });
                }
            }
            b'-' | b'0'..=b'9' => self.number(first)?,
            b't' => self.word(b"rue")?,
            b'f' => self.word(b"alse")?,
            b'n' => self.word(b"ull")?,
            _ => return None,
        }
        self.places.push(Place { name, from, to: short(self.at), size: 1 });
        Some(is_open)
    }

    /// After a value: closes what ends with it. Whether another value follows.
    fn end(&mut self) -> Option<bool> {
        loop {
            self.skip_space();
            let Some(Open { index, is_object }) = self.open.last().copied() else { return Some(false) };
            let next = *self.bytes.get(self.at)?;
            self.at += 1;
            if next == b',' {
                return Some(true);
            }
            if next != if is_object { b'}' } else { b']' } {
                return None;
            }
            self.open.pop();
            let size = short(self.places.len() - index);
            let place = self.places.get_mut(index)?;
            place.to = short(self.at);
            place.size = size;
        }
    }

    /// A member's name and its colon; where the name begins, as a place has it.
    fn name(&mut self) -> Option<u32> {
        self.skip_space();
        self.word(b"\"")?;
        let from = short(self.at);
        let is_escaped = self.text()?;
        self.skip_space();
        self.word(b":")?;
        Some(if is_escaped { from | ESCAPED } else { from })
    }

    /// A text, after its first quote; whether it has escapes.
    fn text(&mut self) -> Option<bool> {
        let mut is_escaped = false;
        loop {
            self.at += plain(self.bytes.get(self.at..)?);
            match *self.bytes.get(self.at)? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    self.at += 2;
                    match *self.bytes.get(self.at - 1)? {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        b'u' => {
                            let digits = self.bytes.get(self.at..self.at + 4)?;
                            if !digits.iter().all(u8::is_ascii_hexdigit) {
                                return None;
                            }
                            self.at += 4;
                        }
                        _ => return None,
                    }
                }
                // A control character.
                _ => return None,
            }
        }
        self.at += 1;
        Some(is_escaped)
    }

    /// A number, after its first character.
    fn number(&mut self, first: u8) -> Option<()> {
        let first = if first == b'-' { self.digit()? } else { first };
        if first != b'0' {
            self.skip_digits();
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digit()?;
            self.skip_digits();
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digit()?;
            self.skip_digits();
        }
        Some(())
    }

    fn digit(&mut self) -> Option<u8> {
        let digit = *self.bytes.get(self.at).filter(|byte| byte.is_ascii_digit())?;
        self.at += 1;
        Some(digit)
    }

    fn skip_digits(&mut self) {
        while self.digit().is_some() {}
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.bytes.get(self.at..)?.starts_with(word).then(|| self.at += word.len())
    }

    fn skip_space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }
}

/// An offset in a text of less than 2 GB.
fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// How many bytes stand before the first quote, backslash or control character. Eight are looked at in one step.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const TOPS: u64 = ONES << 7;
    let mut at = 0;
    for eight in bytes.chunks_exact(8) {
        let Ok(eight) = eight.try_into() else { break };
        let eight = u64::from_le_bytes(eight);
        let is_zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
        let quotes = is_zero(eight ^ (ONES * u64::from(b'"')));
        let backslashes = is_zero(eight ^ (ONES * u64::from(b'\\')));
        let controls = eight.wrapping_sub(ONES * u64::from(b' ')) & !eight;
        let found = (quotes | backslashes | controls) & TOPS;
        if found != 0 {
            // The lowest that is found is one of them; those above it may not be.
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\') || *byte < b' ').unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;

    fn agrees(text: &str) {
        let expected = serde_json::from_str::<&RawValue>(text).is_ok();
        assert_eq!(places(text).is_some(), expected, "{text:?}");
    }

    #[test]
    fn what_is_json_is_what_serde_json_takes() {
        for text in [
            "",
            " ",
            "1",
            " -0 ",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "1E+5",
            "1e-05",
            "-a",
            "tru",
            "true",
            "nul",
            "null ",
            "nulll",
            "[]",
            "[ ]",
            "[1,]",
            "[,]",
            "[1 2]",
            "{}",
            "{ }",
            "{\"a\":1,}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\" : 1 , \"b\":[{}]}",
            "[}",
            "{]",
            "[[1,[2,{\"a\":[]}]]]",
            "\"\\ud800\"",
            "\"\\u12g4\"",
            "\"\\x\"",
            "\"\\\"",
            "\"a",
            "\"\u{1}\"",
            "\"\u{7f}\u{80}é漢😀\"",
            "1 2",
            "\u{feff}1",
            "\"1234567\u{1}\"",
            "\"1234567\\\"",
            "\"12345678\\\\\"",
            "[\"12345678901234567890\",\"\"]",
            "\"\t\"",
            "\u{b}1",
            "-1.5e+3,",
            "[",
            "{",
            "\"",
        ] {
            agrees(text);
        }
    }

    #[test]
    fn changed_texts_are_judged_as_serde_json_judges_them() {
        let text = r#"{"a":[1,-2.5e+3,true,null,"x\u00e9\n\\ é漢😀 and more than eight"],"b" : {"":"","c":[[],{}]},"d":false}"#;
        agrees(text);
        let of = b"\"\\,:{}[]0-.eEtu \n\x01a\xc3";
        let mut state = 1_u64;
        for _ in 0..200_000 {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..2 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let random = usize::try_from(state >> 33).unwrap();
                let at = random % bytes.len();
                match random / 1024 % 3 {
                    0 => bytes[at] = of[random / 8192 % of.len()],
                    1 => bytes.insert(at, of[random / 8192 % of.len()]),
                    _ => drop(bytes.remove(at)),
                }
            }
            if let Ok(text) = std::str::from_utf8(&bytes) {
                agrees(text);
            }
        }
    }

    #[test]
    fn deep_nesting_is_read() {
        let text = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(places(&text).unwrap().len(), 200_000);
    }
}
