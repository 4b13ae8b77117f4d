//! The limits that a kind declares for its fields.

use crate::argument::is_blank;
use crate::argument::rules;
use crate::error::Error;

use crate::argument::Path;

/// What a value of a field is held to. Lengths of texts are Unicode scalar values, those of lists elements.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The shortest that it may be.
    pub min: usize,
    /// The longest that it may be, where core checks it.
    pub max: Option<usize>,
    /// What it has to look like.
    pub form: Form,
}

/// What a value has to look like.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Form {
    /// A text that is not only white space; anything else as its type says.
    NotBlank,
    /// A text that may be only white space.
    MaybeBlank,
    /// A text that may be empty, or whatever its kind checks by itself.
    Unchecked,
    /// An address that begins with `http://` or `https://`.
    Url,
    /// A day, as `YYYY-MM-DD`.
    Date,
    /// Degrees, from minus to plus this many.
    Degrees(f64),
    /// One of these words.
    OneOf(&'static [&'static str]),
}

impl Limits {
    /// No limits but those of the type.
    pub(crate) const NONE: Self = Self { min: 0, max: None, form: Form::NotBlank };

    pub(crate) const fn length(min: usize, max: usize) -> Self {
        Self { min, max: Some(max), ..Self::NONE }
    }

    pub(crate) const fn form(form: Form) -> Self {
        Self { form, ..Self::NONE }
    }

    /// Whether an empty text is not the same as none.
    pub(crate) fn may_be_empty(&self) -> bool {
        self.form == Form::Unchecked
    }

    pub(crate) fn check_text(&self, text: &str, path: Path<'_>) -> Result<(), Error> {
        if self.form == Form::Unchecked {
            return Ok(());
        }
        rules::not_empty(path, text)?;
        match self.form {
            Form::MaybeBlank | Form::Unchecked | Form::Degrees(_) => {}
            Form::NotBlank if !is_blank(text) => {}
            Form::NotBlank => {
                return Err(Error::invalid(path, "must not be only white space or invisible characters"));
            }
            Form::Date if is_date(text) => {}
            Form::Date => return Err(Error::invalid(path, "must be a day, as YYYY-MM-DD")),
            Form::Url => rules::http_url(path, text)?,
            Form::OneOf(words) if words.contains(&text) => {}
            Form::OneOf(words) => {
                return Err(Error::invalid(path, format!("must be {}", words.join(" or "))));
            }
        }
        self.max.map_or(Ok(()), |max| rules::at_most(path, text, max))
    }

    pub(crate) fn check_count(&self, count: usize, path: Path<'_>) -> Result<(), Error> {
        if count < self.min.max(1) {
            let least = self.min.max(1);
            return Err(Error::invalid(path, format!("must have at least {least}; there are {count}")));
        }
        match self.max {
            Some(max) if count > max => {
                Err(Error::invalid(path, format!("must have at most {max}; there are {count}")))
            }
            _ => Ok(()),
        }
    }
}

/// Whether it is a day that there is, in digits of four, two and two.
fn is_date(text: &str) -> bool {
    let is_shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_shape && text.parse::<jiff::civil::Date>().is_ok()
}

/// Limits as a declaration writes them.
macro_rules! limits {
    () => { $crate::message::Limits::NONE };
    (unchecked) => { $crate::message::Limits::form($crate::message::Form::Unchecked) };
    (url) => { $crate::message::Limits::form($crate::message::Form::Url) };
    (date) => { $crate::message::Limits::form($crate::message::Form::Date) };
    (degrees $most:literal) => { $crate::message::Limits::form($crate::message::Form::Degrees($most)) };
    (one of $($word:literal)+) => {
        $crate::message::Limits::form($crate::message::Form::OneOf(&[$($word),+]))
    };
    (maybe_blank ..=$max:literal) => {
        $crate::message::Limits { form: $crate::message::Form::MaybeBlank, ..$crate::message::Limits::length(0, $max) }
    };
    (..=$max:literal) => { $crate::message::Limits::length(0, $max) };
    ($min:literal ..) => { $crate::message::Limits { min: $min, ..$crate::message::Limits::NONE } };
    ($min:literal ..=$max:literal) => { $crate::message::Limits::length($min, $max) };
}
pub(crate) use limits;
