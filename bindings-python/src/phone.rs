//! The phone of a customer of the sandbox, for `wamid.testing`.

use std::sync::Arc;
use std::time::Duration;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyTimeoutError, PyValueError};
use pyo3::prelude::*;
use wamid::Error;
use wamid_bindings::Process;
use wamid_sandbox::{Phone, SandboxError};

use crate::call::{How, To, run};
use crate::record::{Instant, Raw, record};
use crate::sandbox::NativeSandbox;
use crate::wait::Drive;

record! {
    /// A message as the phone of a customer of the sandbox shows it.
    PhoneMessage "wamid.testing" "PhoneMessage" {
        /// The message id.
        id "id": String,
        /// Who wrote it: `business` or `customer`.
        side "side": String,
        /// When it arrived: an aware datetime, in UTC.
        time "time": Instant,
        /// Meta's type: `text`, `interactive`, `template` …
        r#type "type": String,
        /// Its text: of a template the body with the parameters filled in, of a picture the caption; empty where it has none.
        text "text": String,
        /// The titles of what can be pressed: reply buttons, rows of a list, quick replies of a template.
        buttons "buttons": Vec<String>,
        /// How far it has come: `refused`, `accepted`, `sent`, `delivered`, `read` or `failed`; of the customer's own `received` once a
        /// receiver took the webhook, before that `waiting`, `no_webhook` where no webhook is set, `undelivered` where it was given up.
        status "status": String,
        /// The emoji that the other side put on it.
        reaction "reaction": Option<String>,
        /// Meta's code, where it was refused or failed.
        error_code "error_code": Option<i64>,
        /// Of the business: the request body. Of the customer: the message object of the webhook.
        body "body": Raw,
    }
}

impl From<wamid_sandbox::PhoneMessage> for PhoneMessage {
    fn from(message: wamid_sandbox::PhoneMessage) -> Self {
        Self {
            id: message.id,
            side: message.side.as_str().to_owned(),
            time: message.time.into(),
            r#type: message.kind,
            text: message.text,
            buttons: message.buttons,
            status: message.status.as_str().to_owned(),
            reaction: message.reaction,
            error_code: message.error_code.map(Into::into),
            body: message.body.to_string().into(),
        }
    }
}

/// The exception of an act that the sandbox refuses, or of a wait that has ended.
pub(crate) fn refused(error: &SandboxError) -> PyErr {
    let text = error.to_string();
    if error.is_timeout() { PyTimeoutError::new_err(text) } else { PyValueError::new_err(text) }
}

/// What a customer of a sandbox does.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct NativePhone {
    sandbox: Py<NativeSandbox>,
    phone: Arc<Phone>,
}

impl NativePhone {
    pub(crate) fn new(sandbox: Py<NativeSandbox>, phone: Phone) -> Self {
        Self { sandbox, phone: Arc::new(phone) }
    }

    /// An act, while the sandbox runs in this process.
    fn act<T>(&self, act: impl FnOnce(&Phone) -> Result<T, SandboxError>) -> PyResult<T> {
        self.shown(act)?.map_err(|error| refused(&error))
    }

    /// The same of what never fails.
    fn shown<T>(&self, look: impl FnOnce(&Phone) -> T) -> PyResult<T> {
        self.sandbox.get().with(|_| look(&self.phone))
    }
}

#[pymethods]
impl NativePhone {
    fn text(&self, text: &str) -> PyResult<String> {
        self.act(|phone| phone.text(text))
    }

    fn reply(&self, message_id: &str, text: &str) -> PyResult<String> {
        self.act(|phone| phone.reply(message_id, text))
    }

    fn press(&self, title: &str) -> PyResult<String> {
        self.act(|phone| phone.press(title))
    }

    fn react(&self, emoji: &str) -> PyResult<String> {
        self.act(|phone| phone.react(emoji))
    }

    fn react_to(&self, message_id: &str, emoji: &str) -> PyResult<String> {
        self.act(|phone| phone.react_to(message_id, emoji))
    }

    fn send_file(&self, mime_type: &str, data: Vec<u8>, caption: Option<&str>) -> PyResult<String> {
        self.act(|phone| phone.send_file(mime_type, data, caption))
    }

    fn send_location(
        &self,
        latitude: f64,
        longitude: f64,
        name: Option<&str>,
        address: Option<&str>,
    ) -> PyResult<String> {
        self.act(|phone| phone.send_place(latitude, longitude, name, address))
    }

    fn send_contact(&self, name: &str, phone: &str) -> PyResult<String> {
        self.act(|own| own.send_contact(name, phone))
    }

    fn fill_flow(&self, answers: &str) -> PyResult<String> {
        let answers =
            serde_json::from_str(answers).map_err(|error| PyValueError::new_err(error.to_string()))?;
        self.act(|phone| phone.fill_flow(answers))
    }

    fn order(&self, items: Vec<(String, u32)>) -> PyResult<String> {
        self.act(|phone| phone.order(items.iter().map(|(id, quantity)| (id.as_str(), *quantity))))
    }

    fn edit(&self, message_id: &str, text: &str) -> PyResult<String> {
        self.act(|phone| phone.edit(message_id, text))
    }

    fn delete(&self, message_id: &str) -> PyResult<String> {
        self.act(|phone| phone.delete(message_id))
    }

    fn read(&self) -> PyResult<()> {
        self.act(Phone::read)
    }

    fn set_reads(&self, reads: bool) -> PyResult<()> {
        self.act(|phone| phone.set_reads(reads))
    }

    fn set_offline(&self, offline: bool) -> PyResult<()> {
        self.act(|phone| phone.set_offline(offline))
    }

    fn set_deleted(&self, deleted: bool) -> PyResult<()> {
        self.act(|phone| phone.set_deleted(deleted))
    }

    fn set_opted_out(&self, opted_out: bool) -> PyResult<()> {
        self.act(|phone| phone.set_opted_out(opted_out))
    }

    fn set_window_closed(&self, window_closed: bool) -> PyResult<()> {
        self.act(|phone| phone.set_window_closed(window_closed))
    }

    fn set_blocked(&self, blocked: bool) -> PyResult<()> {
        self.act(|phone| phone.set_blocked(blocked))
    }

    fn messages(&self) -> PyResult<Vec<PhoneMessage>> {
        let messages = self.shown(Phone::messages)?;
        Ok(messages.into_iter().map(PhoneMessage::from).collect())
    }

    fn last(&self) -> PyResult<Option<PhoneMessage>> {
        Ok(self.shown(Phone::last)?.map(PhoneMessage::from))
    }

    /// Waits so many seconds for the next message of the business.
    #[pyo3(signature = (timeout, to=None))]
    fn next_message(&self, py: Python<'_>, timeout: f64, to: To<'_>) -> PyResult<Py<PyAny>> {
        let patience = Duration::try_from_secs_f64(timeout)
            .map_err(|_| PyValueError::new_err("timeout must be seconds, 0 or more"))?;
        let phone = self.shown(|_| Arc::clone(&self.phone))?;
        let how = How { this: Process::this(), drive: Drive::Background };
        let waited = async move { Ok::<_, Error>(phone.next_message_within(patience).await) };
        run(py, how, to, false, waited, |py, message| {
            PhoneMessage::from(message.map_err(|error| refused(&error))?).into_bound_py_any(py)
        })
    }
}
