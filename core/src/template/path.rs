//! Where an argument stands, for errors.

/// A path such as `body_params[1].text`, made into a text only where an error names it: most sends have none.
#[derive(Debug, Clone, Copy)]
pub(super) struct ArgumentPath<'a> {
    start: &'a str,
    at: Option<usize>,
    key: Option<&'a str>,
}

impl<'a> ArgumentPath<'a> {
    /// The path that a caller has named.
    pub(super) fn named(start: &'a str) -> Self {
        Self { start, at: None, key: None }
    }

    /// An element of a list.
    pub(super) fn element(list: &'a str, at: usize) -> Self {
        Self { start: list, at: Some(at), key: None }
    }

    /// A member of what is there.
    pub(super) fn member(self, key: &'a str) -> Self {
        Self { key: Some(key), ..self }
    }
}

impl From<ArgumentPath<'_>> for String {
    fn from(ArgumentPath { start, at, key }: ArgumentPath<'_>) -> Self {
        match (at, key) {
            (None, None) => start.to_owned(),
            (Some(at), None) => format!("{start}[{at}]"),
            (None, Some(key)) => format!("{start}.{key}"),
            (Some(at), Some(key)) => format!("{start}[{at}].{key}"),
        }
    }
}
