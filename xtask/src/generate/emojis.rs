//! `core/data/emojis.txt`: what a reaction may hold.
//!
//! The list is the crate `emojis`'s. The core has only the list: the crate's table, with names and codes, would make each app larger.

use std::collections::BTreeSet;

use super::File;

const SELECTOR: char = '\u{fe0f}';

pub(super) fn file() -> File {
    let toned = |emoji: &'static emojis::Emoji| emoji.skin_tones().into_iter().flatten();
    let all = emojis::iter().flat_map(|emoji| std::iter::once(emoji).chain(toned(emoji)));
    let plain: BTreeSet<String> = all.map(|emoji| emoji.as_str().replace(SELECTOR, "")).collect();
    let text = plain.into_iter().map(|emoji| emoji + "\n").collect();
    File::at("core/data/emojis.txt", text)
}
