//! A send, taken from plain arguments.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat};
use serde_json::{Map, Value};
use wamid::{Content, Error, Location, Message, SendOptions, Template, Text};

use crate::error::raise;
use crate::place::Place;
use crate::text::{number, optional_bool, optional_text, optional_whole, text};
use crate::value::{buttons, components, parameters, value, value_at};

/// A message, ready for the client.
#[pyclass(frozen, from_py_object, module = "wamid._wamid")]
#[derive(Clone)]
pub(crate) struct Send(pub(crate) Message);

type Any<'a, 'py> = &'a Bound<'py, PyAny>;

fn options(
    account_id: Option<Any<'_, '_>>,
    reply_to: Option<Any<'_, '_>>,
    reference: Option<Any<'_, '_>>,
    idempotency_key: Option<Any<'_, '_>>,
    extra: Option<Any<'_, '_>>,
) -> PyResult<SendOptions> {
    let mut made = SendOptions::default();
    made.account_id = optional_whole("account_id", account_id)?;
    made.reply_to = optional_text("reply_to", reply_to)?;
    made.reference = optional_text("reference", reference)?;
    made.idempotency_key = optional_text("idempotency_key", idempotency_key)?;
    made.extra = extra.map(|extra| value(&"extra", extra)).transpose()?.map(Into::into);
    Ok(made)
}

#[pymethods]
#[allow(clippy::too_many_arguments, reason = "each is an argument of the operation, and crosses as it is")]
impl Send {
    #[staticmethod]
    fn text(
        phone: Any<'_, '_>,
        message: Any<'_, '_>,
        preview_url: Option<Any<'_, '_>>,
        account_id: Option<Any<'_, '_>>,
        reply_to: Option<Any<'_, '_>>,
        reference: Option<Any<'_, '_>>,
        idempotency_key: Option<Any<'_, '_>>,
        extra: Option<Any<'_, '_>>,
    ) -> PyResult<Self> {
        let phone = text("phone", phone)?;
        let mut content = Text::new(text("message", message)?);
        content.preview_url = optional_bool("preview_url", preview_url)?;
        let options = options(account_id, reply_to, reference, idempotency_key, extra)?;
        Ok(Self(Message::new(phone, content).options(options)))
    }

    #[staticmethod]
    fn location(
        phone: Any<'_, '_>,
        latitude: Any<'_, '_>,
        longitude: Any<'_, '_>,
        name: Option<Any<'_, '_>>,
        address: Option<Any<'_, '_>>,
        account_id: Option<Any<'_, '_>>,
        reply_to: Option<Any<'_, '_>>,
        reference: Option<Any<'_, '_>>,
        idempotency_key: Option<Any<'_, '_>>,
        extra: Option<Any<'_, '_>>,
    ) -> PyResult<Self> {
        let (latitude, longitude) = (number("latitude", latitude)?, number("longitude", longitude)?);
        let phone = text("phone", phone)?;
        let mut content = Location::new(latitude, longitude);
        content.name = optional_text("name", name)?;
        content.address = optional_text("address", address)?;
        let options = options(account_id, reply_to, reference, idempotency_key, extra)?;
        Ok(Self(Message::new(phone, content).options(options)))
    }

    #[staticmethod]
    fn template(
        phone: Any<'_, '_>,
        template_name: Any<'_, '_>,
        language: Option<Any<'_, '_>>,
        header_params: Option<Any<'_, '_>>,
        body_params: Option<Any<'_, '_>>,
        template_buttons: Option<Any<'_, '_>>,
        template_components: Option<Any<'_, '_>>,
        account_id: Option<Any<'_, '_>>,
        reply_to: Option<Any<'_, '_>>,
        reference: Option<Any<'_, '_>>,
        idempotency_key: Option<Any<'_, '_>>,
        extra: Option<Any<'_, '_>>,
    ) -> PyResult<Self> {
        let phone = text("phone", phone)?;
        let mut content = Template::new(text("template_name", template_name)?);
        content.language = optional_text("language", language)?;
        content.header_params = parameters("header_params", header_params)?;
        content.body_params = parameters("body_params", body_params)?;
        content.buttons = buttons(template_buttons)?;
        content.components = components(template_components)?;
        let options = options(account_id, reply_to, reference, idempotency_key, extra)?;
        Ok(Self(Message::new(phone, content).options(options)))
    }

    /// A message of any kind, whose content is the dict of its JSON.
    #[staticmethod]
    fn content(
        phone: Any<'_, '_>,
        content: &Bound<'_, PyDict>,
        account_id: Option<Any<'_, '_>>,
        reply_to: Option<Any<'_, '_>>,
        reference: Option<Any<'_, '_>>,
        idempotency_key: Option<Any<'_, '_>>,
        extra: Option<Any<'_, '_>>,
    ) -> PyResult<Self> {
        let phone = text("phone", phone)?;
        let content = content_of(content)?;
        let options = options(account_id, reply_to, reference, idempotency_key, extra)?;
        Ok(Self(Message::new(phone, content).options(options)))
    }
}

/// Refuses what is not the JSON text of a content.
#[pyfunction]
#[pyo3(name = "_check_content")]
pub(crate) fn check_content(json: Any<'_, '_>) -> PyResult<()> {
    let read = Content::from_json(&text("text", json)?);
    read.map(|_| ()).map_err(|error| raise(json.py(), &error))
}

/// The JSON text of the content that this dict is.
#[pyfunction]
#[pyo3(name = "_content_json")]
pub(crate) fn content_json(content: &Bound<'_, PyDict>) -> PyResult<String> {
    content_of(content)?.to_json().map_err(|error| raise(content.py(), &error))
}

fn content_of(members: &Bound<'_, PyDict>) -> PyResult<Content> {
    let read = members_json("content", members, Place::Content)?.and_then(|json| Content::from_json(&json));
    read.map_err(|error| raise(members.py(), &error))
}

/// The JSON text of an object of these members. Errors name them without anything before.
pub(crate) fn members_json(
    object: &str,
    members: &Bound<'_, PyDict>,
    place: Place,
) -> PyResult<Result<String, Error>> {
    let mut map = Map::with_capacity(members.len());
    for (name, member) in members {
        let name = text(object, &name)?;
        // JSON would make null of it, which is absent.
        if member.cast::<PyFloat>().is_ok_and(|number| !number.value().is_finite()) {
            return Ok(Err(Error::argument(&name, "must be a number that is finite")));
        }
        let member = value_at(&name, &member, place.member(&name))?;
        map.insert(name, member);
    }
    Ok(Ok(Value::Object(map).to_string()))
}
