//! Rules of lists of parts: sections with titles, texts that stand once.

use std::collections::HashSet;

use super::source::given;
use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;

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
    let path = Path::key("sections");
    let titles_needed = sections.len() > 1;
    let mut count = 0;
    for (at, (title, size)) in sections.enumerate() {
        if titles_needed && given(title).is_none() {
            let section = path.element(at);
            return Err(Error::invalid(
                Path::below(Some(&section), "title"),
                "is missing: of more than one section each needs a title",
            ));
        }
        count += size;
    }
    if count > most {
        return Err(Error::invalid(
            path,
            format!("must have at most {most} {elements} in all; there are {count}"),
        ));
    }
    Ok(())
}

/// A section's title, with a comma after it, where it has one.
pub(super) fn write_title(out: &mut Writer, title: &Option<String>) {
    if let Some(title) = given(title) {
        out.json(r#""title":"#);
        out.text(title);
        out.json(",");
    }
}
