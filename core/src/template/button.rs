//! One button of a template.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::path::ArgumentPath;
use super::section::ButtonSection;
use super::strict::StrictObject;
use crate::argument::Path;
use crate::error::Error;
use crate::json::Json;
use crate::json::check_whole_numbers;

/// What fills the variable part of a button, and which button it is.
///
/// ```
/// use wamid::Button;
/// let buttons = [Button::url("A-1042"), Button::quick_reply("STOP").index(2)];
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Button {
    /// Which button of the template, 0 to 9; its place in the list where absent.
    pub index: Option<u8>,
    /// What it does.
    pub kind: ButtonKind,
}

/// What a button does, with the payload that it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ButtonKind {
    /// Opens a link; `text` is the variable end of its address, not empty.
    Url {
        /// The variable end of the link.
        text: String,
    },
    /// Answers with one tap; `payload` comes back in the webhook, not empty.
    QuickReply {
        /// What comes back.
        payload: String,
    },
    /// Copies a code to the clipboard, not empty.
    CopyCode {
        /// The code.
        coupon_code: String,
    },
    /// Opens a flow.
    Flow {
        /// A text of yours that comes back with the flow's answer; empty is none.
        flow_token: Option<String>,
        /// The first screen's data, a JSON object; its keys are not touched. An empty one is none.
        flow_action_data: Option<Json>,
    },
    /// Opens the catalogue.
    Catalog {
        /// The product whose picture is shown; empty is none.
        thumbnail_product_retailer_id: Option<String>,
    },
    /// Shows products of the catalogue.
    Mpm {
        /// The product whose picture is shown, not empty.
        thumbnail_product_retailer_id: String,
        /// The products in 1 to 10 sections, with 1 to 30 products in all.
        sections: Vec<ButtonSection>,
    },
    /// A whole button in the JSON form of [`Button::from_json`], its index included, checked when it is used: an error
    /// then names its place in the list.
    Json(Value),
}

impl Button {
    fn new(kind: ButtonKind) -> Self {
        Self { index: None, kind }
    }

    /// A button that opens a link ending in `text`.
    pub fn url(text: impl Into<String>) -> Self {
        Self::new(ButtonKind::Url { text: text.into() })
    }

    /// A button that answers with `payload`.
    pub fn quick_reply(payload: impl Into<String>) -> Self {
        Self::new(ButtonKind::QuickReply { payload: payload.into() })
    }

    /// A button that copies `coupon_code`.
    pub fn copy_code(coupon_code: impl Into<String>) -> Self {
        Self::new(ButtonKind::CopyCode { coupon_code: coupon_code.into() })
    }

    /// A button that opens a flow.
    #[must_use]
    pub fn flow(flow_token: Option<String>, flow_action_data: Option<Json>) -> Self {
        Self::new(ButtonKind::Flow { flow_token, flow_action_data })
    }

    /// A button that opens the catalogue.
    #[must_use]
    pub fn catalog(thumbnail_product_retailer_id: Option<String>) -> Self {
        Self::new(ButtonKind::Catalog { thumbnail_product_retailer_id })
    }

    /// A button that shows products of the catalogue in sections, under the picture of one of them.
    pub fn mpm<T: Into<ButtonSection>>(
        thumbnail_product_retailer_id: impl Into<String>,
        sections: impl IntoIterator<Item = T>,
    ) -> Self {
        Self::new(ButtonKind::Mpm {
            thumbnail_product_retailer_id: thumbnail_product_retailer_id.into(),
            sections: sections.into_iter().map(Into::into).collect(),
        })
    }

    /// Says which button of the template it is, 0 to 9.
    #[must_use]
    pub fn index(mut self, index: u8) -> Self {
        self.index = Some(index);
        self
    }

    /// A button from JSON text: `sub_type` (`quick_reply` where absent), `index`, and `text` (url), `payload`
    /// (quick_reply; taken for url too, as the original project names it), `coupon_code` (copy_code), `flow_token` and
    /// `flow_action_data` (flow), `thumbnail_product_retailer_id` (catalog, mpm), `sections` (mpm: objects with
    /// `product_retailer_ids` and `title`).
    ///
    /// ```
    /// use wamid::Button;
    /// let button = Button::from_json(r#"{"sub_type":"copy_code","index":1,"coupon_code":"SPRING"}"#)?;
    /// assert_eq!(button, Button::copy_code("SPRING").index(1));
    /// # Ok::<(), wamid::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with a path below `button`.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_json_at(text, "button")
    }

    /// The same; errors name it by `path`.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with `path` or a path below it.
    pub fn from_json_at(text: &str, path: &str) -> Result<Self, Error> {
        check_whole_numbers(text, path)?;
        let value = serde_json::from_str(text)
            .map_err(|error| Error::invalid(path, format!("must be JSON: {error}")))?;
        Self::from_value(&value, path)
    }

    /// A button from a JSON value; errors name it by `path`.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with `path` or a path below it.
    pub fn from_value(value: &Value, path: &str) -> Result<Self, Error> {
        Self::read(value, ArgumentPath::named(path))
    }

    /// The same for one that is checked when it is used.
    pub(crate) fn from_raw(raw: &RawValue, path: &str) -> Result<Self, Error> {
        check_whole_numbers(raw.get(), path)?;
        let value = serde_json::from_str(raw.get())
            .map_err(|error| Error::invalid(path, format!("must be JSON: {error}")))?;
        Ok(Self::json(value))
    }

    fn read(value: &Value, path: ArgumentPath<'_>) -> Result<Self, Error> {
        let Value::Object(map) = value else {
            return Err(Error::invalid(path, "must be an object"));
        };
        let object = StrictObject::new(map, path);
        let kind = match object.optional_text("sub_type")?.as_deref() {
            None | Some("quick_reply") => ButtonKind::QuickReply { payload: object.text("payload")? },
            Some("url") => {
                let payload = object.optional_text("payload")?;
                let text = object.optional_text("text")?.or(payload);
                ButtonKind::Url {
                    text: text.ok_or_else(|| Error::invalid(object.member("text"), "is missing"))?,
                }
            }
            Some("copy_code") => ButtonKind::CopyCode { coupon_code: object.text("coupon_code")? },
            Some("flow") => ButtonKind::Flow {
                flow_token: object.optional_text("flow_token")?,
                flow_action_data: object.optional_object("flow_action_data")?,
            },
            Some("catalog") => ButtonKind::Catalog {
                thumbnail_product_retailer_id: object.optional_text("thumbnail_product_retailer_id")?,
            },
            Some("mpm") => {
                let thumbnail_product_retailer_id = object.text("thumbnail_product_retailer_id")?;
                let path = String::from(object.member("sections"));
                let sections = ButtonSection::read_all(object.get("sections"), Path::key(&path))?;
                ButtonKind::Mpm { thumbnail_product_retailer_id, sections }
            }
            Some(_) => {
                return Err(Error::invalid(
                    object.member("sub_type"),
                    "must be url, quick_reply, copy_code, flow, catalog or mpm",
                ));
            }
        };
        let index = object.optional_index("index")?;
        object.done()?;
        Ok(Self { index, kind })
    }

    /// A button in the JSON form of [`from_json`](Self::from_json), checked when it is used.
    #[must_use]
    pub fn json(value: Value) -> Self {
        Self::new(ButtonKind::Json(value))
    }

    /// Which button of the template it is, where it stands in that place of the list.
    pub(super) fn index_at(&self, at: usize) -> usize {
        self.index.map_or(at, usize::from)
    }

    /// The button itself, where it is still JSON.
    pub(super) fn resolve(&self, path: ArgumentPath<'_>) -> Result<Cow<'_, Self>, Error> {
        match &self.kind {
            ButtonKind::Json(value) => Self::read(value, path).map(Cow::Owned),
            _ => Ok(Cow::Borrowed(self)),
        }
    }
}
