//! Reads the JSON bodies of the messaging API, as generously as the original: numbers as phone, texts as coordinates,
//! unknown keys ignored.

use std::collections::HashMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};
use wamid::{Button, Components, Content, Json, Location, Message, Parameter, SendOptions, Template, Text};

use super::answer::Failure;

/// The object of a request's body.
pub(super) struct Arguments {
    values: Map<String, Value>,
    /// The arguments of a template, or of a content, as they came: numbers in them may be longer than a value holds.
    texts: HashMap<String, Box<RawValue>>,
}

impl Arguments {
    pub(super) fn read(body: &[u8]) -> Result<Self, Failure> {
        // Python's json takes a byte order mark, too.
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        match serde_json::from_slice(body) {
            Ok(Value::Object(values)) => {
                let digits_count = values.contains_key("template_name") || values.contains_key("content");
                let texts =
                    digits_count.then(|| serde_json::from_slice(body).ok()).flatten().unwrap_or_default();
                Ok(Self { values, texts })
            }
            Ok(_) => Err(Failure::Argument("body".to_owned(), "must be a JSON object".to_owned())),
            Err(error) => Err(Failure::Argument("body".to_owned(), format!("must be JSON: {error}"))),
        }
    }

    /// The account to send from; the original takes a text of digits too, and whatever is empty to Python as none.
    pub(super) fn account_id(&self) -> Result<Option<i64>, Failure> {
        if self.values.get("account_id").is_some_and(|value| *value == "" || *value == 0) {
            return Ok(None);
        }
        self.optional("account_id", "a number", |value| {
            value.as_i64().or_else(|| value.as_str()?.parse().ok())
        })
    }

    pub(super) fn text(&self) -> Result<Message, Failure> {
        let phone = self.phone()?;
        let mut text = Text::new(self.required("message", "a text", as_text)?);
        text.preview_url = self.optional("preview_url", "true or false", Value::as_bool)?;
        self.message(phone, text)
    }

    pub(super) fn location(&self) -> Result<Message, Failure> {
        let phone = self.phone()?;
        let mut location = Location::new(
            self.required("latitude", "a number", as_number)?,
            self.required("longitude", "a number", as_number)?,
        );
        location.name = self.optional("name", "a text", as_text)?;
        location.address = self.optional("address", "a text", as_text)?;
        self.message(phone, location)
    }

    pub(super) fn template(&self) -> Result<Message, Failure> {
        let phone = self.phone()?;
        let mut template = Template::new(self.required("template_name", "a text", as_text)?);
        template.language = self.optional("language", "a text", as_text)?;
        template.header_params = self.params("header_params")?;
        template.body_params = self.params("body_params")?;
        template.buttons = self.list("buttons", Button::json)?;
        if let Some(buttons) = self.texts.get("buttons") {
            wamid::check_whole_numbers(buttons.get(), "buttons")?;
        }
        template.components = match (self.texts.get("components"), self.values.get("components")) {
            (_, None | Some(Value::Null)) => None,
            (Some(text), _) => Some(Components::from_json(text.get())?),
            (None, Some(value)) => Some(Components::from_value(value.clone())?),
        };
        self.message(phone, uploaded(template.into(), "")?)
    }

    /// A message of any kind. What is newer than the original is read strictly: a misspelt name is an error.
    pub(super) fn any(&self) -> Result<Message, Failure> {
        const NAMES: [&str; 6] = ["phone", "content", "account_id", "reply_to", "reference", "extra"];
        let phone = self.phone()?;
        let content = match self.texts.get("content") {
            Some(content) if content.get() != "null" => Content::from_json(content.get())?,
            _ => return Err(Failure::argument("content", "is missing")),
        };
        let content = uploaded(content, "content.")?;
        match self.values.keys().find(|name| !NAMES.contains(&name.as_str())) {
            None => {
                let mut message = self.message(phone, content)?;
                message.options.extra = self.extra()?;
                Ok(message)
            }
            Some(name) => Err(Failure::argument(name, "is not known here; look at its spelling")),
        }
    }

    fn message(&self, phone: String, content: impl Into<Content>) -> Result<Message, Failure> {
        Ok(Message::new(phone, content).options(self.options()?))
    }

    fn options(&self) -> Result<SendOptions, Failure> {
        let mut made = SendOptions::default();
        // Which account it goes from is the gateway's business; its client is that account.
        made.reply_to = self.optional("reply_to", "a text", as_text)?;
        made.reference = self.optional("reference", "a text", as_text)?;
        Ok(made)
    }

    /// By its text: numbers in it may be longer than a value holds.
    fn extra(&self) -> Result<Option<Json>, Failure> {
        match self.texts.get("extra") {
            Some(extra) if extra.get() != "null" => Ok(Some(Json::parse("extra", extra.get())?)),
            _ => Ok(None),
        }
    }

    fn phone(&self) -> Result<String, Failure> {
        self.required("phone", "a text", |value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => number.as_u64().map(|digits| digits.to_string()),
            _ => None,
        })
    }

    /// Parameters, whose numbers go out digit for digit.
    fn params(&self, name: &str) -> Result<Vec<Parameter>, Failure> {
        match (self.texts.get(name), self.values.get(name)) {
            (Some(text), Some(Value::Array(_))) => Ok(Parameter::list_from_json(text.get(), name)?),
            _ => self.list(name, Parameter::json),
        }
    }

    fn list<T>(&self, name: &str, item: impl Fn(Value) -> T) -> Result<Vec<T>, Failure> {
        // The original's `if header_params` takes an empty text as none.
        let none = |value: &Value| value.as_str().is_some_and(str::is_empty).then(Vec::new);
        let list =
            self.optional(name, "a list", |value| value.as_array().cloned().or_else(|| none(value)))?;
        Ok(list.unwrap_or_default().into_iter().map(item).collect())
    }

    fn optional<T>(
        &self,
        name: &str,
        what: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, Failure> {
        match self.values.get(name).filter(|value| !value.is_null()) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(value) => Ok(Some(value)),
                None => Err(Failure::Argument(name.to_owned(), format!("must be {what}"))),
            },
        }
    }

    fn required<T>(&self, name: &str, what: &str, read: impl Fn(&Value) -> Option<T>) -> Result<T, Failure> {
        self.optional(name, what, read)?
            .ok_or_else(|| Failure::Argument(name.to_owned(), "is missing".to_owned()))
    }
}

fn as_text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A number, also one written as a text.
fn as_number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// Refuses a content with a file or bytes in it, whose fields stand below that path: a path would be one of this machine.
fn uploaded(content: Content, below: &str) -> Result<Content, Failure> {
    match content.local_field() {
        None => Ok(content),
        Some(field) => {
            let rule = "cannot cross to a gateway: upload it at api/media/ first, and send it by its id";
            Err(Failure::argument(&format!("{below}{field}"), rule))
        }
    }
}
