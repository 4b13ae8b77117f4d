//! Receiving webhooks: what a server of any kind asks, and the events of a request one by one.

use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use wamid::{Event, WebhookAnswer, WebhookDelivery, WebhookReceiver};
use wamid_bindings::{OfProcess, PerProcess, Process};

use crate::call::{How, To, run};
use crate::client::NativeClient;
use crate::error::raise;
use crate::event::events;
use crate::functions::{bytes, header};
use crate::runtime::with_started;
use crate::text::{number, optional_text};

/// Status, headers, text.
type Answer = (u16, Vec<(&'static str, &'static str)>, String);

fn as_tuple(answer: WebhookAnswer) -> Answer {
    (answer.status, answer.headers(), answer.body)
}

/// Receives webhooks for a client; made anew in a child after a fork.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct NativeReceiver {
    client: Py<NativeClient>,
    app_secret: Option<String>,
    verify_token: Option<String>,
    answer_within: Option<Duration>,
    receiver: PerProcess<WebhookReceiver>,
}

impl NativeReceiver {
    fn receiver(&self, py: Python<'_>) -> PyResult<(WebhookReceiver, How)> {
        let (client, how) = self.client.get().client(py)?;
        let make = || {
            let mut receiver = match &self.app_secret {
                Some(secret) => WebhookReceiver::with_app_secret(client, secret)?,
                None => WebhookReceiver::new(client)?,
            };
            if let Some(token) = &self.verify_token {
                receiver = receiver.verify_token(token);
            }
            Ok(match self.answer_within {
                Some(within) => receiver.answer_within(within),
                None => receiver,
            })
        };
        let receiver = self.receiver.get_or_make(how.this, make);
        Ok((receiver.map_err(|error| raise(py, &error))?, how))
    }
}

impl Drop for NativeReceiver {
    fn drop(&mut self) {
        if let Some(receiver) = self.receiver.take() {
            with_started(|| drop(receiver));
        }
    }
}

#[pymethods]
impl NativeReceiver {
    /// The largest body that is read, in bytes.
    #[classattr]
    const LARGEST_BODY: usize = WebhookReceiver::LARGEST_BODY;

    #[new]
    fn new(
        py: Python<'_>,
        client: Py<NativeClient>,
        app_secret: Option<&Bound<'_, PyAny>>,
        verify_token: Option<&Bound<'_, PyAny>>,
        answer_within: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let answer_within = answer_within.map(|within| number("answer_within", within)).transpose()?;
        let answer_within = answer_within.map(|within| wamid::seconds("answer_within", within)).transpose();
        let new = Self {
            client,
            app_secret: optional_text("app_secret", app_secret)?,
            verify_token: optional_text("verify_token", verify_token)?,
            answer_within: answer_within.map_err(|error| raise(py, &error))?,
            receiver: PerProcess::new(),
        };
        // What cannot work is told here, not by the first request.
        new.receiver(py)?;
        Ok(new)
    }

    /// Seconds after which Meta is answered although a handler is not done.
    fn answer_within(&self, py: Python<'_>) -> PyResult<f64> {
        Ok(self.receiver(py)?.0.get_answer_within().as_secs_f64())
    }

    /// The answer to a request by its method and query alone; None where its body is needed.
    fn answer_to(&self, py: Python<'_>, method: &str, query: &str) -> PyResult<Option<Answer>> {
        Ok(self.receiver(py)?.0.answer_to(method, query).map(as_tuple))
    }

    /// The answer to a body that is too large.
    #[staticmethod]
    fn too_large() -> Answer {
        as_tuple(WebhookAnswer::too_large())
    }

    /// A webhook that came.
    fn delivery(
        &self,
        py: Python<'_>,
        body: &Bound<'_, PyAny>,
        signature: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<NativeDelivery> {
        let (receiver, how) = self.receiver(py)?;
        let delivery = Arc::new(receiver.delivery(bytes(body)?, header(signature)?));
        Ok(NativeDelivery { how, delivery: OfProcess::new(how.this, delivery) })
    }
}

/// The events of one webhook.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct NativeDelivery {
    how: How,
    /// A child that inherits it leaves it to its parent.
    delivery: OfProcess<Arc<WebhookDelivery>>,
}

impl Drop for NativeDelivery {
    fn drop(&mut self) {
        if let Some(delivery) = self.delivery.take(Process::this()) {
            with_started(|| drop(delivery));
        }
    }
}

#[pymethods]
impl NativeDelivery {
    /// The next event, or None; before it, what became of the last one: whether it was handled.
    #[pyo3(signature = (handled, to=None))]
    fn next(&self, py: Python<'_>, handled: Option<bool>, to: To<'_>) -> PyResult<Py<PyAny>> {
        let delivery = self.delivery.get(Process::this()).map(Arc::clone);
        let next = async move {
            let Some(delivery) = delivery else { return Ok(None) };
            Ok(delivery.next_after(handled).await)
        };
        run(py, self.how, to, false, next, |py, event: Option<Event>| match event {
            Some(event) => events(py, vec![event])?.get_item(0),
            None => Ok(py.None().into_bound(py)),
        })
    }

    /// What Meta is answered with, as far as that is known.
    fn answer(&self) -> Option<Answer> {
        self.delivery.get(Process::this()).map(|delivery| as_tuple(delivery.answer()))
    }
}
