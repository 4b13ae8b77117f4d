//! A template as Meta keeps it, as far as a message is held to it.

use serde_json::{Map, Value};

use crate::error::Error;
use crate::json::Json;

/// What says which template it is, and whether it can be sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) name: &'a str,
    pub(crate) language: &'a str,
    pub(crate) status: &'a str,
    pub(crate) category: &'a str,
    /// Whether its variables are counted (`POSITIONAL`) or have names (`NAMED`).
    pub(crate) parameter_format: Option<&'a str>,
}

/// A template as Meta keeps it.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(super) name: String,
    pub(super) language: String,
    pub(super) status: String,
    /// None where Meta did not say its category.
    pub(super) is_authentication: Option<bool>,
    /// None where Meta did not say what it is made of.
    pub(super) parts: Option<Parts>,
}

/// What a template, or a card of one, is made of.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) header: Option<Header>,
    pub(super) body: Variables,
    pub(super) buttons: Vec<DefinedButton>,
    pub(super) offer: Option<Offer>,
    pub(super) cards: Option<Vec<Self>>,
}

#[derive(Debug, Clone)]
pub(super) enum Header {
    Text(Variables),
    /// `image`, `video`, `document`, `location` or `product`.
    Of(&'static str),
    /// A format that this version does not know.
    Unknown,
}

/// The variables of a text, each once.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables {
    pub(super) names: Vec<String>,
    pub(super) are_named: bool,
}

#[derive(Debug, Clone)]
pub(super) struct DefinedButton {
    /// Its type, in lower case.
    pub(super) kind: String,
    /// Whether the end of its address is a variable.
    pub(super) has_variable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    Ends,
    HasNoEnd,
}

impl Definition {
    /// A template of these components, a JSON list as Meta has it.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `components` where they are no list.
    pub(crate) fn read(terms: Terms<'_>, components: &Json) -> Result<Self, Error> {
        let components = match components.to_value() {
            Ok(Value::Array(components)) => components,
            Ok(Value::Null) => Vec::new(),
            _ => return Err(Error::invalid("components", "must be a JSON list, as Meta has it")),
        };
        let has_otp = components.iter().filter_map(Value::as_object).any(|component| {
            buttons(component)
                .is_some_and(|buttons| buttons.iter().any(|button| is_text(button, "type", "OTP")))
        });
        let is_authentication = match terms.category {
            _ if has_otp => Some(true),
            "" => None,
            category => Some(category.eq_ignore_ascii_case("AUTHENTICATION")),
        };
        let is_named = match terms.parameter_format.map(str::to_ascii_uppercase).as_deref() {
            Some("NAMED") => Some(true),
            Some("POSITIONAL") => Some(false),
            // The variables themselves show it.
            _ => None,
        };
        let mut parts = (!components.is_empty()).then(|| Parts::read(&components, is_named));
        let takes_code = is_authentication == Some(true);
        if let Some(parts) = parts.as_mut().filter(|parts| takes_code && parts.body.names.is_empty()) {
            // Meta writes the text itself, with the code in it.
            parts.body.names.push("1".to_owned());
        }
        Ok(Self {
            name: terms.name.to_owned(),
            language: terms.language.to_owned(),
            status: terms.status.to_owned(),
            is_authentication,
            parts,
        })
    }
}

impl Parts {
    fn read(components: &[Value], is_named: Option<bool>) -> Self {
        let mut parts = Self::default();
        for component in components.iter().filter_map(Value::as_object) {
            match text(component, "type").to_ascii_uppercase().as_str() {
                "HEADER" => parts.header = Some(Header::read(component, is_named)),
                "BODY" => parts.body = Variables::of(text(component, "text"), is_named),
                "BUTTONS" => {
                    let all = buttons(component).into_iter().flatten();
                    parts.buttons = all.map(DefinedButton::read).collect();
                }
                "LIMITED_TIME_OFFER" => {
                    let offer = component.get("limited_time_offer").and_then(Value::as_object);
                    let ends = offer.and_then(|offer| offer.get("has_expiration")).and_then(Value::as_bool);
                    parts.offer = Some(if ends == Some(true) { Offer::Ends } else { Offer::HasNoEnd });
                }
                "CAROUSEL" => {
                    let cards = component.get("cards").and_then(Value::as_array).into_iter().flatten();
                    let card = |card: &Value| {
                        let components = card.get("components").and_then(Value::as_array);
                        Self::read(components.map_or(&[][..], Vec::as_slice), is_named)
                    };
                    parts.cards = Some(cards.map(card).collect());
                }
                // A footer has no variables. What is newer is Meta's to check.
                _ => {}
            }
        }
        parts
    }
}

impl Header {
    fn read(component: &Map<String, Value>, is_named: Option<bool>) -> Self {
        match text(component, "format").to_ascii_uppercase().as_str() {
            "TEXT" => Self::Text(Variables::of(text(component, "text"), is_named)),
            "IMAGE" => Self::Of("image"),
            "VIDEO" => Self::Of("video"),
            "DOCUMENT" => Self::Of("document"),
            "LOCATION" => Self::Of("location"),
            "PRODUCT" => Self::Of("product"),
            _ => Self::Unknown,
        }
    }
}

impl Variables {
    fn of(text: &str, is_named: Option<bool>) -> Self {
        let mut names: Vec<String> = Vec::new();
        for rest in text.split("{{").skip(1) {
            let name = rest.split_once("}}").map(|(name, _)| name.trim()).unwrap_or_default();
            let is_name =
                !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
            if is_name && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        let is_counted = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
        let are_named = is_named.unwrap_or_else(|| !names.iter().all(is_counted));
        Self { names, are_named }
    }
}

impl DefinedButton {
    fn read(button: &Value) -> Self {
        let kind = button.get("type").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
        let url = button.get("url").and_then(Value::as_str).unwrap_or_default();
        Self { has_variable: kind == "otp" || url.contains("{{"), kind }
    }

    /// What a message names it by; none where a message has nothing to say of it, or where this version does not know.
    pub(super) fn sub_type(&self) -> Option<&str> {
        match self.kind.as_str() {
            // Meta itself lists such a button as one with an address.
            "otp" => Some("url"),
            kind @ ("url" | "quick_reply" | "copy_code" | "flow" | "catalog" | "mpm" | "order_details"
            | "voice_call") => Some(kind),
            _ => None,
        }
    }

    /// Whether no message can fill anything of it.
    pub(super) fn takes_nothing(&self) -> bool {
        matches!(self.kind.as_str(), "phone_number" | "spm" | "request_contact_info")
    }

    /// Whether every message has to fill it.
    pub(super) fn is_needed(&self) -> bool {
        match self.sub_type() {
            Some("url") => self.has_variable,
            Some("copy_code" | "mpm") => true,
            // A quick reply, a flow and a catalogue do without.
            _ => false,
        }
    }
}

fn text<'a>(object: &'a Map<String, Value>, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn is_text(value: &Value, key: &str, text: &str) -> bool {
    value.get(key).and_then(Value::as_str).is_some_and(|found| found.eq_ignore_ascii_case(text))
}

fn buttons(component: &Map<String, Value>) -> Option<&Vec<Value>> {
    component.get("buttons").and_then(Value::as_array)
}
