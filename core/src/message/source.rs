//! Where a medium comes from, as Meta takes it.

use crate::json::Writer;

/// The one of the two that is there.
pub(super) fn write_source(out: &mut Writer, id: &Option<String>, link: &Option<String>) {
    match id {
        Some(id) => out.optional_text(r#""id":"#, Some(id)),
        None => out.optional_text(r#""link":"#, link.as_deref()),
    }
}

/// An empty text is none.
pub(super) fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}
