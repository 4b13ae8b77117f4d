//! The sandbox that plays Meta, in this process, for `wamid.testing`.

use std::io;
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use wamid::Timestamp;
use wamid_bindings::{OfProcess, Process};
use wamid_sandbox::{Failure, Message, Outcome, Sandbox, SandboxOptions, Template};

use crate::phone::{NativePhone, refused};
use crate::record::{Instant, Raw, record};
use crate::wait::wait_for;

record! {
    /// A message that the sandbox was sent.
    RecordedMessage "wamid.testing" "RecordedMessage" {
        /// The message id: what the answer named, or would have named.
        id "id": String,
        /// When it arrived: an aware datetime, in UTC.
        time "time": Instant,
        /// The recipient as the request wrote it.
        to "to": String,
        /// `text`, `location`, `template` … as the request wrote it.
        r#type "type": String,
        /// The whole request body.
        body "body": Raw,
        /// Whether the recipient would have got it.
        accepted "accepted": bool,
        /// Whether the caller got an answer that says so.
        answered "answered": bool,
        /// The HTTP status of a refusal.
        status "status": Option<i64>,
        /// The Graph API's code of a refusal.
        code "code": Option<i64>,
    }
}

impl From<Message> for RecordedMessage {
    fn from(message: Message) -> Self {
        let (status, code) = match message.outcome {
            Outcome::Refused { status, code } => (Some(status.into()), code.map(Into::into)),
            _ => (None, None),
        };
        Self {
            accepted: message.outcome.is_accepted(),
            answered: message.outcome != Outcome::AcceptedUnanswered,
            id: message.id,
            time: message.time.into(),
            to: message.to,
            r#type: message.kind,
            body: message.body.to_string().into(),
            status,
            code,
        }
    }
}

/// A running sandbox.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct NativeSandbox(Mutex<Option<OfProcess<Sandbox>>>);

impl NativeSandbox {
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Sandbox) -> T) -> PyResult<T> {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sandbox = slot.as_ref().and_then(|sandbox| sandbox.get(Process::this()));
        sandbox
            .map(work)
            .ok_or_else(|| PyRuntimeError::new_err("the sandbox does not run (any more) in this process"))
    }
}

#[pymethods]
impl NativeSandbox {
    /// Starts one on a port of its own. The last argument makes it the same every time: the seed, and the microseconds of the clock since
    /// 1970.
    #[new]
    fn new(
        py: Python<'_>,
        access_token: Option<String>,
        phone_number_id: Option<String>,
        app_secret: Option<String>,
        templates: Vec<String>,
        webhook_url: Option<String>,
        repeated: (Option<u64>, Option<i64>),
    ) -> PyResult<Self> {
        let (seed, clock) = repeated;
        let clock = clock.map(Timestamp::from_microsecond).transpose();
        let clock = clock.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let mut options = SandboxOptions { webhook_url, seed, clock, ..SandboxOptions::default() };
        if let Some(token) = access_token {
            options.access_token = token;
        }
        if let Some(id) = phone_number_id {
            options.phone_number_id = id;
        }
        if let Some(secret) = app_secret {
            options.app_secret = secret;
        }
        for template in templates {
            options.templates.push(template.parse::<Template>().map_err(|error| refused(&error))?);
        }
        let started = wait_for(py, Sandbox::start(options))?;
        let sandbox = started.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput => PyValueError::new_err(error.to_string()),
            _ => error.into(),
        })?;
        Ok(Self(Mutex::new(Some(OfProcess::new(Process::this(), sandbox)))))
    }

    #[getter]
    fn url(&self) -> PyResult<String> {
        self.with(|sandbox| sandbox.url().to_owned())
    }

    #[getter]
    fn phone_page(&self) -> PyResult<String> {
        self.with(Sandbox::phone_page)
    }

    #[getter]
    fn access_token(&self) -> PyResult<String> {
        self.with(|sandbox| sandbox.access_token().to_owned())
    }

    #[getter]
    fn phone_number_id(&self) -> PyResult<String> {
        self.with(|sandbox| sandbox.phone_number_id().to_owned())
    }

    #[getter]
    fn business_account_id(&self) -> PyResult<String> {
        self.with(|sandbox| sandbox.business_account_id().to_owned())
    }

    #[getter]
    fn app_id(&self) -> PyResult<String> {
        self.with(|sandbox| sandbox.app_id().to_owned())
    }

    #[getter]
    fn app_secret(&self) -> PyResult<String> {
        self.with(|sandbox| sandbox.app_secret().to_owned())
    }

    fn messages(&self) -> PyResult<Vec<RecordedMessage>> {
        let messages = self.with(Sandbox::messages)?;
        Ok(messages.into_iter().map(RecordedMessage::from).collect())
    }

    fn clear(&self) -> PyResult<()> {
        self.with(Sandbox::clear)
    }

    fn fail_next(&self, failure: &str, times: u32) -> PyResult<()> {
        let failure: Failure = failure.parse().map_err(|error| refused(&error))?;
        self.with(|sandbox| sandbox.fail_next(failure, times))
    }

    fn set_webhook(&self, url: Option<&str>) -> PyResult<()> {
        self.with(|sandbox| match url {
            Some(url) => sandbox.set_webhook(url),
            None => {
                sandbox.remove_webhook();
                Ok(())
            }
        })?
        .map_err(|error| refused(&error))
    }

    /// The phone of the customer with that number.
    fn phone(slf: &Bound<'_, Self>, number: &str, name: Option<&str>) -> PyResult<NativePhone> {
        let phone = slf.get().with(|sandbox| match name {
            Some(name) => sandbox.phone(number).named(name),
            None => sandbox.phone(number),
        })?;
        Ok(NativePhone::new(slf.clone().unbind(), phone))
    }

    /// Stops it: its port is free then. Stopping again does nothing.
    fn stop(&self, py: Python<'_>) -> PyResult<()> {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(sandbox) = slot.and_then(|mut slot| slot.take(Process::this())) {
            wait_for(py, sandbox.shutdown())?;
        }
        Ok(())
    }
}

/// Phone numbers that make the sandbox answer in a chosen way: number, name for `fail_next`, and what happens.
#[pyfunction]
pub(crate) fn magic_recipients() -> Vec<(String, String, String)> {
    let all = wamid_sandbox::magic_recipients();
    all.into_iter().map(|magic| (magic.recipient, magic.name, magic.what)).collect()
}
