//! The path of a value in a content (`sections[0].title`), for error messages. Built as text only if there is an error.

/// A path such as `sections[0].rows[1].title`, made into a text only where an error names it: most sends have none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    At(usize),
}

impl<'a> Path<'a> {
    /// A field of the content itself.
    pub(crate) const fn key(key: &'a str) -> Self {
        Self { parent: None, step: Step::Key(key) }
    }

    /// An element of what is there.
    pub(crate) const fn element(&'a self, at: usize) -> Self {
        Self { parent: Some(self), step: Step::At(at) }
    }

    /// A field below `parent`, or of the content itself.
    pub(crate) const fn below(parent: Option<&'a Self>, key: &'a str) -> Self {
        Self { parent, step: Step::Key(key) }
    }

    fn write(&self, out: &mut String) {
        use std::fmt::Write;
        if let Some(parent) = self.parent {
            parent.write(out);
        }
        // Writing to a text cannot fail.
        let _ = match self.step {
            Step::Key(key) if out.is_empty() => write!(out, "{key}"),
            Step::Key(key) => write!(out, ".{key}"),
            Step::At(at) => write!(out, "[{at}]"),
        };
    }
}

impl From<Path<'_>> for String {
    fn from(path: Path<'_>) -> Self {
        let mut out = Self::new();
        path.write(&mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn paths_are_written_as_design_has_them() {
        let (sections, caption) = (Path::key("sections"), Path::key("caption"));
        let section = sections.element(0);
        let rows = Path::below(Some(&section), "rows");
        let row = rows.element(11);
        assert_eq!(String::from(Path::below(Some(&row), "title")), "sections[0].rows[11].title");
        assert_eq!(String::from(caption), "caption");
    }
}
