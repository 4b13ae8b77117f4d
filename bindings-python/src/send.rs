//! A send, taken from plain arguments.

use pyo3::prelude::*;
use wamid::{Location, Message, SendOptions, Template, Text};

use crate::text::{number, optional_bool, optional_text, optional_whole, text};
use crate::value::{buttons, components, parameters};

/// A send of one of the three kinds, ready for the client.
#[pyclass(frozen, from_py_object, module = "wamid._wamid")]
#[derive(Clone)]
pub(crate) struct Send(pub(crate) Message);

type Any<'a, 'py> = &'a Bound<'py, PyAny>;

fn options(
    account_id: Option<Any<'_, '_>>,
    reply_to: Option<Any<'_, '_>>,
    reference: Option<Any<'_, '_>>,
    idempotency_key: Option<Any<'_, '_>>,
) -> PyResult<SendOptions> {
    let mut made = SendOptions::default();
    made.account_id = optional_whole("account_id", account_id)?;
    made.reply_to = optional_text("reply_to", reply_to)?;
    made.reference = optional_text("reference", reference)?;
    made.idempotency_key = optional_text("idempotency_key", idempotency_key)?;
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
    ) -> PyResult<Self> {
        let mut send = Text::new(text("phone", phone)?, text("message", message)?);
        send.preview_url = optional_bool("preview_url", preview_url)?;
        send.options = options(account_id, reply_to, reference, idempotency_key)?;
        Ok(Self(send.into()))
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
    ) -> PyResult<Self> {
        let (latitude, longitude) = (number("latitude", latitude)?, number("longitude", longitude)?);
        let mut send = Location::new(text("phone", phone)?, latitude, longitude);
        send.name = optional_text("name", name)?;
        send.address = optional_text("address", address)?;
        send.options = options(account_id, reply_to, reference, idempotency_key)?;
        Ok(Self(send.into()))
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
    ) -> PyResult<Self> {
        let mut send = Template::new(text("phone", phone)?, text("template_name", template_name)?);
        send.language = optional_text("language", language)?;
        send.header_params = parameters("header_params", header_params)?;
        send.body_params = parameters("body_params", body_params)?;
        send.buttons = buttons(template_buttons)?;
        send.components = components(template_components)?;
        send.options = options(account_id, reply_to, reference, idempotency_key)?;
        Ok(Self(send.into()))
    }
}
