//! Rules of lists in sections.

use super::Path;
use crate::error::Error;

/// Refuses a section without a title beside others, and more elements than all sections together may have. A section is its title and how
/// many elements it has; `path` is that of the list of sections.
pub(crate) fn check_sections<'a>(
    path: Path<'_>,
    sections: impl ExactSizeIterator<Item = (Option<&'a str>, usize)>,
    most: usize,
    elements: &str,
) -> Result<(), Error> {
    let titles_needed = sections.len() > 1;
    let mut count = 0;
    for (at, (title, size)) in sections.enumerate() {
        if titles_needed && title.is_none_or(str::is_empty) {
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
