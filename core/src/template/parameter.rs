//! One variable of a template's header or body.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::media::Media;
use super::path::ArgumentPath;
use super::strict::StrictObject;
use crate::error::Error;
use crate::json::decimal;

/// What fills one variable of a template.
///
/// Texts and numbers become one by `into()`; the others by their constructors.
///
/// ```
/// use wamid::{Media, Parameter};
/// let positional: Parameter = "Asha".into();
/// let number: Parameter = 5.0.into(); // sent as "5"
/// let named = Parameter::named("first_name", "Asha");
/// let image = Parameter::Image(Media::link("https://example.com/menu.jpg"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Parameter {
    /// A text, filled in by position: not empty, without line breaks, tabs or more than 4 spaces in a row.
    Text(String),
    /// A number, filled in by position as its shortest decimal text; finite.
    Number(f64),
    /// A text, filled in by the variable's name; both are held to the rules of a text.
    Named {
        /// The variable's name in the template.
        name: String,
        /// What to fill in.
        text: String,
    },
    /// An amount of money, shown in the reader's own format.
    Currency {
        /// The text shown where the amount cannot be formatted.
        fallback_value: String,
        /// ISO 4217, such as `INR`.
        code: String,
        /// The amount times 1000.
        amount_1000: i64,
    },
    /// A date and time, as a text.
    DateTime {
        /// The text to show.
        fallback_value: String,
    },
    /// An image in the header.
    Image(Media),
    /// A video in the header.
    Video(Media),
    /// A document in the header.
    Document(Media),
    /// A map in the header.
    Location {
        /// Degrees north, -90 to 90.
        latitude: f64,
        /// Degrees east, -180 to 180.
        longitude: f64,
        /// The title of the pin.
        name: Option<String>,
        /// The line below the title.
        address: Option<String>,
    },
    /// A product in the header.
    Product {
        /// The product's id in the catalogue.
        product_retailer_id: String,
        /// The catalogue's id.
        catalog_id: String,
    },
    /// A parameter in the JSON form of [`from_json`](Parameter::from_json), checked when it is used: an error then names
    /// its place in the list. This is how the other languages hand over what their callers wrote.
    Json(Value),
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Parameter {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Parameter {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<f64> for Parameter {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

macro_rules! from_integer {
    ($($integer:ty)*) => { $(
        impl From<$integer> for Parameter {
            fn from(number: $integer) -> Self {
                Self::Text(number.to_string())
            }
        }
    )* };
}
from_integer!(i32 u32 i64 u64 i128);

impl Parameter {
    /// A text for the variable of that name.
    pub fn named(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Named { name: name.into(), text: text.into() }
    }

    /// A parameter from JSON text: a text, a number, `{"name","text"}`, or an object with a `type`
    /// (`text`, `currency`, `date_time`, `image`, `video`, `document`, `location`, `product`).
    ///
    /// ```
    /// use wamid::Parameter;
    /// assert_eq!(Parameter::from_json("2.50")?, Parameter::from(2.5));
    /// assert_eq!(Parameter::from_json(r#"{"name":"city","text":"Pune"}"#)?, Parameter::named("city", "Pune"));
    /// # Ok::<(), wamid::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with a path below `parameter`.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_json_at(text, "parameter")
    }

    /// The same; errors name it by `path`.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with `path` or a path below it.
    pub fn from_json_at(text: &str, path: &str) -> Result<Self, Error> {
        let raw: &RawValue = serde_json::from_str(text)
            .map_err(|error| Error::invalid(path, format!("must be JSON: {error}")))?;
        match Self::read_raw(raw, ArgumentPath::named(path))? {
            Self::Json(value) => Self::from_value(&value, path),
            parameter => Ok(parameter),
        }
    }

    /// The parameters of a JSON list, each as [`from_json`](Self::from_json) reads it, objects checked when they are used.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with `field`, or the path of an element.
    #[doc(hidden)]
    pub fn list_from_json(text: &str, field: &str) -> Result<Vec<Self>, Error> {
        let list: Vec<&RawValue> = serde_json::from_str(text)
            .map_err(|error| Error::invalid(field, format!("must be a JSON list: {error}")))?;
        list.into_iter()
            .enumerate()
            .map(|(at, raw)| Self::read_raw(raw, ArgumentPath::element(field, at)))
            .collect()
    }

    pub(crate) fn from_raw(raw: &RawValue, path: &str) -> Result<Self, Error> {
        Self::read_raw(raw, ArgumentPath::named(path))
    }

    /// Reads a number by its digits: a value of JSON holds 64 bits of it. An object is left as it is.
    fn read_raw(raw: &RawValue, path: ArgumentPath<'_>) -> Result<Self, Error> {
        let text = raw.get();
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            let digits = decimal(text)
                .ok_or_else(|| Error::invalid(path, "must be a number of at most 400 digits"))?;
            let float = text.parse::<f64>().ok().filter(|_| text.contains(['.', 'e', 'E']));
            // Where a float says it all, it is one as if the caller had given it.
            return Ok(match float {
                Some(float) if float.to_string() == digits => Self::Number(float),
                _ => Self::Text(digits),
            });
        }
        let value = serde_json::from_str(text)
            .map_err(|error| Error::invalid(path, format!("must be JSON: {error}")))?;
        Ok(Self::json(value))
    }

    /// A parameter from a JSON value; errors name it by `path`.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with `path` or a path below it.
    pub fn from_value(value: &Value, path: &str) -> Result<Self, Error> {
        Self::read(value, ArgumentPath::named(path))
    }

    /// A parameter in the JSON form of [`from_json`](Self::from_json), checked when it is used.
    #[must_use]
    pub fn json(value: Value) -> Self {
        match value {
            // No rule of the form is left to check.
            Value::String(text) => Self::Text(text),
            value => Self::Json(value),
        }
    }

    fn read(value: &Value, path: ArgumentPath<'_>) -> Result<Self, Error> {
        match value {
            Value::String(text) => Ok(Self::Text(text.clone())),
            Value::Number(number) => Ok(match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(integer), ..) => Self::from(integer),
                (_, Some(integer), _) => Self::from(integer),
                (.., float) => Self::Number(float.unwrap_or(f64::NAN)),
            }),
            Value::Object(map) => Self::from_object(StrictObject::new(map, path)),
            _ => Err(Error::invalid(path, "must be a text, a number or an object")),
        }
    }

    fn from_object(object: StrictObject<'_>) -> Result<Self, Error> {
        let parameter = match object.optional_text("type")?.as_deref() {
            None => Self::Named { name: object.text("name")?, text: object.text("text")? },
            Some("text") => match object.optional_text("name")? {
                Some(name) => Self::Named { name, text: object.text("text")? },
                None => Self::Text(object.text("text")?),
            },
            Some("currency") => Self::Currency {
                fallback_value: object.text("fallback_value")?,
                code: object.text("code")?,
                amount_1000: object.integer("amount_1000")?,
            },
            Some("date_time") => Self::DateTime { fallback_value: object.text("fallback_value")? },
            Some("image") => Self::Image(Media::read(&object)?),
            Some("video") => Self::Video(Media::read(&object)?),
            Some("document") => Self::Document(Media::read(&object)?),
            Some("location") => Self::Location {
                latitude: object.number("latitude")?,
                longitude: object.number("longitude")?,
                name: object.optional_text("name")?,
                address: object.optional_text("address")?,
            },
            Some("product") => Self::Product {
                product_retailer_id: object.text("product_retailer_id")?,
                catalog_id: object.text("catalog_id")?,
            },
            Some(_) => {
                return Err(Error::invalid(
                    object.member("type"),
                    "must be text, currency, date_time, image, video, document, location or product",
                ));
            }
        };
        object.done()?;
        Ok(parameter)
    }

    /// The medium that it is.
    pub(crate) fn media_mut(&mut self) -> Option<(&'static str, &mut Media)> {
        match self {
            Self::Image(media) => Some(("image", media)),
            Self::Video(media) => Some(("video", media)),
            Self::Document(media) => Some(("document", media)),
            _ => None,
        }
    }

    /// The field that has to be uploaded before it can go out.
    pub(super) fn local_field(&self) -> Option<&'static str> {
        match self {
            Self::Image(media) | Self::Video(media) | Self::Document(media) => media.local_field(),
            _ => None,
        }
    }

    /// Whether something has to be uploaded before it can go out, as far as can be told of one that is still JSON.
    pub(crate) fn is_local(&self) -> bool {
        match self {
            Self::Json(Value::Object(members)) => {
                ["file", "data"].iter().any(|key| members.get(*key).is_some_and(|value| !value.is_null()))
            }
            _ => self.local_field().is_some(),
        }
    }

    /// The same for sure: one that is still JSON is read. What cannot be read is refused where it is checked.
    pub(crate) fn is_read_local(&mut self) -> bool {
        if let Self::Json(Value::Object(members)) = self
            && let Ok(read) = Self::from_object(StrictObject::new(members, ArgumentPath::named("")))
        {
            *self = read;
        }
        self.local_field().is_some()
    }

    pub(super) fn is_named(&self) -> bool {
        matches!(self, Self::Named { .. })
    }

    /// The parameter itself, where it is still JSON.
    pub(super) fn resolve(&self, path: ArgumentPath<'_>) -> Result<Cow<'_, Self>, Error> {
        match self {
            Self::Json(value) => Self::read(value, path).map(Cow::Owned),
            parameter => Ok(Cow::Borrowed(parameter)),
        }
    }

    /// Whether the original messaging API could carry this parameter.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Number(_))
    }
}
