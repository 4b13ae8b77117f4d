//! One button of a template.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::Json;
use super::json::Object;
use crate::error::Error;
use crate::input;

/// What fills the variable part of a button, and which button it is.
///
/// ```
/// use wamid::Button;
/// let buttons = [Button::url("A-1042"), Button::quick_reply("STOP").index(2)];
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
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
        /// A text of yours that comes back with the flow's answer.
        flow_token: Option<String>,
        /// The first screen's data, a JSON object; its keys are not touched.
        flow_action_data: Option<Json>,
    },
    /// Opens the catalogue.
    Catalog {
        /// The product whose picture is shown.
        thumbnail_product_retailer_id: Option<String>,
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

    /// Says which button of the template it is, 0 to 9.
    #[must_use]
    pub fn index(mut self, index: u8) -> Self {
        self.index = Some(index);
        self
    }

    /// A button from JSON text: `sub_type` (`quick_reply` where absent), `index`, and `text` (url), `payload`
    /// (quick_reply; taken for url too, as the original project names it), `coupon_code` (copy_code), `flow_token` and
    /// `flow_action_data` (flow), `thumbnail_product_retailer_id` (catalog).
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
        let value = serde_json::from_str(text)
            .map_err(|error| Error::invalid(path, format!("must be JSON: {error}")))?;
        Self::from_value(&value, path)
    }

    /// A button from a JSON value; errors name it by `path`.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with `path` or a path below it.
    pub fn from_value(value: &Value, path: &str) -> Result<Self, Error> {
        let Value::Object(map) = value else {
            return Err(Error::invalid(path, "must be an object"));
        };
        let object = Object::new(map, path);
        let kind = match object.optional_text("sub_type")?.as_deref() {
            None | Some("quick_reply") => ButtonKind::QuickReply { payload: object.text("payload")? },
            Some("url") => {
                let payload = object.optional_text("payload")?;
                let text = object.optional_text("text")?.or(payload);
                ButtonKind::Url {
                    text: text.ok_or_else(|| Error::invalid(object.path("text"), "is missing"))?,
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
            Some(_) => {
                return Err(Error::invalid(
                    object.path("sub_type"),
                    "must be url, quick_reply, copy_code, flow or catalog",
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

    /// The button itself, where it is still JSON; `path` names it in errors.
    pub(crate) fn resolve(&self, path: &str) -> Result<Cow<'_, Self>, Error> {
        match &self.kind {
            ButtonKind::Json(value) => Self::from_value(value, path).map(Cow::Owned),
            _ => Ok(Cow::Borrowed(self)),
        }
    }

    /// The button as Meta takes it, checked; `path` names it in errors.
    pub(crate) fn to_meta(&self, index: usize, path: &str) -> Result<Value, Error> {
        let filled = |name: &str, text: &str| input::not_empty(&format!("{path}.{name}"), text);
        let (sub_type, parameter) = match &self.kind {
            ButtonKind::Url { text } => {
                filled("text", text)?;
                ("url", json!({"type": "text", "text": text}))
            }
            ButtonKind::QuickReply { payload } => {
                filled("payload", payload)?;
                ("quick_reply", json!({"type": "payload", "payload": payload}))
            }
            ButtonKind::CopyCode { coupon_code } => {
                filled("coupon_code", coupon_code)?;
                ("copy_code", json!({"type": "coupon_code", "coupon_code": coupon_code}))
            }
            ButtonKind::Json(value) => return Self::from_value(value, path)?.to_meta(index, path),
            ButtonKind::Flow { flow_token, flow_action_data } => {
                let mut action = serde_json::Map::new();
                if let Some(token) = flow_token {
                    filled("flow_token", token)?;
                    action.insert("flow_token".to_owned(), json!(token));
                }
                if let Some(data) = flow_action_data {
                    let data = data.to_value().ok().filter(Value::is_object).ok_or_else(|| {
                        Error::invalid(format!("{path}.flow_action_data"), "must be a JSON object")
                    })?;
                    action.insert("flow_action_data".to_owned(), data);
                }
                ("flow", json!({"type": "action", "action": action}))
            }
            ButtonKind::Catalog { thumbnail_product_retailer_id } => {
                let mut action = serde_json::Map::new();
                if let Some(id) = thumbnail_product_retailer_id {
                    filled("thumbnail_product_retailer_id", id)?;
                    action.insert("thumbnail_product_retailer_id".to_owned(), json!(id));
                }
                ("catalog", json!({"type": "action", "action": action}))
            }
        };
        Ok(
            json!({"type": "button", "sub_type": sub_type, "index": index.to_string(), "parameters": [parameter]}),
        )
    }

    /// The button in the argument form of [`from_json`](Self::from_json), as a gateway takes it.
    pub(crate) fn to_argument(&self) -> Value {
        let mut value = match &self.kind {
            ButtonKind::Url { text } => json!({"sub_type": "url", "text": text}),
            ButtonKind::QuickReply { payload } => json!({"sub_type": "quick_reply", "payload": payload}),
            ButtonKind::CopyCode { coupon_code } => {
                json!({"sub_type": "copy_code", "coupon_code": coupon_code})
            }
            ButtonKind::Json(value) => value.clone(),
            ButtonKind::Flow { flow_token, flow_action_data } => {
                let mut value = json!({"sub_type": "flow"});
                if let Some(token) = flow_token {
                    value["flow_token"] = json!(token);
                }
                if let Some(data) = flow_action_data {
                    // Checked before: it is an object.
                    value["flow_action_data"] = data.to_value().unwrap_or_default();
                }
                value
            }
            ButtonKind::Catalog { thumbnail_product_retailer_id } => {
                let mut value = json!({"sub_type": "catalog"});
                if let Some(id) = thumbnail_product_retailer_id {
                    value["thumbnail_product_retailer_id"] = json!(id);
                }
                value
            }
        };
        if let Some(index) = self.index {
            value["index"] = json!(index);
        }
        value
    }
}
