//! Rules of lists of parts: sections with titles, texts that stand once.

use std::collections::HashSet;

use crate::argument::{Path, sections};
use crate::error::Error;

/// Texts of which each may stand once.
#[derive(Default)]
pub(super) struct Seen<'a>(HashSet<&'a str>);

impl<'a> Seen<'a> {
    pub(super) fn add(&mut self, text: &'a str, path: Path<'_>) -> Result<(), Error> {
        if self.0.insert(text) {
            return Ok(());
        }
        Err(Error::invalid(path, "is there twice; give each its own"))
    }
}

/// Refuses a section without a title beside others, and more elements than all sections together may have.
pub(super) fn check_sections<'a>(
    sections: impl ExactSizeIterator<Item = (&'a Option<String>, usize)>,
    most: usize,
    elements: &str,
) -> Result<(), Error> {
    let sections = sections.map(|(title, size)| (title.as_deref(), size));
    sections::check_sections(Path::key("sections"), sections, most, elements)
}
