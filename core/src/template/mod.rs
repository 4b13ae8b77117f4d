//! Template components: what fills the variables of a message that Meta has approved.
//!
//! The shapes are those of Meta's `POST /messages` reference, "template object"; where its OpenAPI file and the
//! senders in use disagree (the button index is a text), the form that Meta accepts is sent.

mod button;
mod json;
mod media;
mod parameter;

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

pub use self::button::{Button, ButtonKind};
pub use self::media::Media;
pub use self::parameter::Parameter;
use crate::error::Error;
use crate::message::Template;

/// Most buttons that a template can have.
const MAX_BUTTONS: usize = 10;

/// Meta's `components` of a template message, as JSON.
///
/// They come from [`build_template_components`], or from your own JSON where a template needs a part that the
/// builder does not make (a carousel, a limited-time offer).
///
/// ```
/// use wamid::Components;
/// let components = Components::from_json(r#"[{"type":"body","parameters":[{"type":"text","text":"Asha"}]}]"#)?;
/// assert!(!components.is_empty());
/// # Ok::<(), wamid::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Components(Vec<Value>);

impl Components {
    /// Components from a JSON text, a list.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `components` where the text is no JSON list of objects.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let value = serde_json::from_str(text)
            .map_err(|error| Error::invalid("components", format!("must be a JSON list: {error}")))?;
        Self::from_value(value)
    }

    /// Components from a JSON value, a list.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `components` where it is no list of objects.
    pub fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Array(list) => match list.iter().position(|item| !item.is_object()) {
                Some(at) => Err(Error::invalid(format!("components[{at}]"), "must be a JSON object")),
                None => Ok(Self(list)),
            },
            _ => Err(Error::invalid("components", "must be a JSON list")),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The components, one JSON object each.
    #[must_use]
    pub fn as_slice(&self) -> &[Value] {
        &self.0
    }

    /// The components as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        Value::Array(self.0.clone()).to_string()
    }
}

impl Serialize for Components {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Meta's components for these header parameters, body parameters and buttons: `header`, then `body`, then one
/// `button` each. Empty lists add nothing.
///
/// ```
/// use wamid::{Button, Parameter, build_template_components};
/// let components = build_template_components(&[], &["Asha".into(), Parameter::from(2.5)], &[Button::url("A-1042")])?;
/// assert_eq!(
///     components.to_json(),
///     concat!(
///         r#"[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"2.5"}]},"#,
///         r#"{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"A-1042"}]}]"#,
///     )
/// );
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput), naming the parameter or button as a path (`body_params[1]`,
/// `buttons[0].coupon_code`): an empty text, named and positional parameters in one list, more than 10 buttons, an
/// index over 9 or used twice, a button without the payload that it needs.
pub fn build_template_components(
    header_params: &[Parameter],
    body_params: &[Parameter],
    buttons: &[Button],
) -> Result<Components, Error> {
    let mut components = Vec::with_capacity(2 + buttons.len());
    for (kind, field, params) in
        [("header", "header_params", header_params), ("body", "body_params", body_params)]
    {
        if params.is_empty() {
            continue;
        }
        let params = resolved(field, params)?;
        let mut list = Vec::with_capacity(params.len());
        for (at, param) in params.iter().enumerate() {
            list.push(param.to_meta(&format!("{field}[{at}]"))?);
        }
        check_naming(field, &params)?;
        components.push(serde_json::json!({"type": kind, "parameters": list}));
    }
    if buttons.len() > MAX_BUTTONS {
        return Err(Error::invalid(
            "buttons",
            format!("must be at most {MAX_BUTTONS}; there are {}", buttons.len()),
        ));
    }
    let mut used = [false; 10];
    for (at, button) in buttons.iter().enumerate() {
        let path = format!("buttons[{at}]");
        let button = button.resolve(&path)?;
        let index = button.index.map_or(at, usize::from);
        match used.get_mut(index) {
            None => {
                return Err(Error::invalid(
                    format!("{path}.index"),
                    format!("must be 0 to 9; it is {index}"),
                ));
            }
            Some(true) => {
                return Err(Error::invalid(
                    format!("{path}.index"),
                    format!("must be unique; {index} is used twice"),
                ));
            }
            Some(free) => *free = true,
        }
        components.push(button.to_meta(index, &path)?);
    }
    Ok(Components(components))
}

fn resolved<'a>(field: &str, params: &'a [Parameter]) -> Result<Vec<Cow<'a, Parameter>>, Error> {
    params.iter().enumerate().map(|(at, param)| param.resolve(&format!("{field}[{at}]"))).collect()
}

/// Meta takes a template's variables by position or by name, never both.
fn check_naming(field: &str, params: &[Cow<'_, Parameter>]) -> Result<(), Error> {
    let Some(first) = params.first() else {
        return Ok(());
    };
    match params.iter().position(|param| param.is_named() != first.is_named()) {
        None => Ok(()),
        Some(at) => Err(Error::invalid(
            format!("{field}[{at}]"),
            "must be named like the others, or all of them positional",
        )),
    }
}

impl Template {
    /// The template with everything that is still JSON read.
    pub(crate) fn resolve(&self) -> Result<Cow<'_, Self>, Error> {
        let json = |params: &[Parameter]| params.iter().any(|param| matches!(param, Parameter::Json(_)));
        let plain = !json(&self.header_params)
            && !json(&self.body_params)
            && !self.buttons.iter().any(|button| matches!(button.kind, ButtonKind::Json(_)));
        if plain {
            return Ok(Cow::Borrowed(self));
        }
        let owned = |field, params| -> Result<Vec<Parameter>, Error> {
            Ok(resolved(field, params)?.into_iter().map(Cow::into_owned).collect())
        };
        let buttons = self.buttons.iter().enumerate();
        Ok(Cow::Owned(Self {
            header_params: owned("header_params", &self.header_params)?,
            body_params: owned("body_params", &self.body_params)?,
            buttons: buttons
                .map(|(at, button)| button.resolve(&format!("buttons[{at}]")).map(Cow::into_owned))
                .collect::<Result<_, Error>>()?,
            ..self.clone()
        }))
    }
}

/// JSON that travels as it was given.
#[derive(Debug, Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// The JSON of that text, kept to the letter.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `field` where the text is no JSON.
    pub fn parse(field: &str, text: &str) -> Result<Self, Error> {
        RawValue::from_string(text.to_owned())
            .map(Self)
            .map_err(|error| Error::invalid(field, format!("must be JSON: {error}")))
    }

    pub(crate) fn from_raw(raw: &RawValue) -> Self {
        Self(raw.to_owned())
    }

    pub(crate) fn null() -> Self {
        Self(RawValue::NULL.to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The parsed value.
    ///
    /// # Errors
    /// For JSON that no [`Value`] can hold: a number beyond all floats, half a surrogate pair, very deep nesting.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(self.0.get())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
