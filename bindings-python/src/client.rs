//! The client: the core's, made anew in a child after a fork.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use wamid::{Client, ClientBuilder, Error, Message, Receipt as Sent, SendMany};
use wamid_bindings::{PerProcess, Process};

use crate::bulk::{NativeBulk, NativeStop, outcomes};
use crate::call::{How, To, run, run_reporting, run_with_progress};
use crate::error::raise;
use crate::event::events;
use crate::functions::{bytes, header};
use crate::options::options;
use crate::place::Place;
use crate::record::Raw;
use crate::result::{Conversation, Receipt};
use crate::runtime::with_started;
use crate::send::{Send, members_json};
use crate::text::{optional_whole, text};
use crate::value::elements;
use crate::wait::Drive;

/// A client of one host. Each operation waits for its result, or, given an event loop's queue and a future, gives the call's
/// number.
#[pyclass(frozen, module = "wamid._wamid")]
pub(crate) struct NativeClient {
    builder: ClientBuilder,
    client: PerProcess<Client>,
    closed: AtomicBool,
}

impl NativeClient {
    fn build(py: Python<'_>, builder: ClientBuilder, given: &Bound<'_, PyDict>) -> PyResult<Self> {
        let options = options(builder.get_options(), given)?;
        let builder = builder.options(options);
        let client = builder.clone().build().map_err(|error| raise(py, &error))?;
        Ok(Self { builder, client: PerProcess::with(client), closed: AtomicBool::new(false) })
    }

    /// The client of this process, and how it is called.
    pub(crate) fn client(&self, py: Python<'_>) -> PyResult<(Client, How)> {
        if self.closed.load(Ordering::Relaxed) {
            return Err(raise(py, &Error::argument("client", "is closed: make a new one")));
        }
        let this = Process::this();
        let client = self.client.get_or_make(this, || self.builder.clone().build());
        // A store's connections are given back after a call, and what one call writes may be another's.
        let drive = match self.builder.get_options().store {
            Some(_) => Drive::Background,
            None => Drive::Calling,
        };
        Ok((client.map_err(|error| raise(py, &error))?, How { this, drive }))
    }
}

impl Drop for NativeClient {
    fn drop(&mut self) {
        // What the client holds may want the runtime that it was used on.
        if let Some(client) = self.client.take() {
            with_started(|| drop(client));
        }
    }
}

#[pymethods]
impl NativeClient {
    #[staticmethod]
    fn cloud(
        py: Python<'_>,
        access_token: &Bound<'_, PyAny>,
        phone_number_id: &Bound<'_, PyAny>,
        options: &Bound<'_, PyDict>,
    ) -> PyResult<Self> {
        let token = text("access_token", access_token)?;
        Self::build(py, Client::cloud(token, text("phone_number_id", phone_number_id)?), options)
    }

    #[staticmethod]
    fn gateway(
        py: Python<'_>,
        base_url: &Bound<'_, PyAny>,
        api_key: &Bound<'_, PyAny>,
        options: &Bound<'_, PyDict>,
    ) -> PyResult<Self> {
        Self::build(py, Client::gateway(text("base_url", base_url)?, text("api_key", api_key)?), options)
    }

    #[staticmethod]
    fn from_env(py: Python<'_>, options: &Bound<'_, PyDict>) -> PyResult<Self> {
        Self::build(py, ClientBuilder::from_env().map_err(|error| raise(py, &error))?, options)
    }

    /// Closes its connections, once no call is under way.
    fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        with_started(|| drop(self.client.take()));
    }

    /// Host and address, without any secret; None once it is closed.
    fn shown(&self, py: Python<'_>) -> Option<(String, String)> {
        let (client, _) = self.client(py).ok()?;
        let (host, address) = client.shown();
        Some((host.to_owned(), address.to_owned()))
    }

    #[pyo3(signature = (send, to=None))]
    fn send(&self, py: Python<'_>, send: &Bound<'_, Send>, to: To<'_>) -> PyResult<Py<PyAny>> {
        let (client, how) = self.client(py)?;
        run(py, how, to, true, sending(client, send.get()), |py, receipt| {
            Receipt::from(receipt).into_bound_py_any(py)
        })
    }

    #[pyo3(signature = (to=None))]
    fn chats(&self, py: Python<'_>, to: To<'_>) -> PyResult<Py<PyAny>> {
        let (client, how) = self.client(py)?;
        run(py, how, to, false, async move { client.chats().await }, |py, conversations| {
            conversations.into_iter().map(Conversation::from).collect::<Vec<_>>().into_bound_py_any(py)
        })
    }

    /// An operation by its name, with its arguments as JSON has them; so is its answer.
    #[pyo3(signature = (operation, arguments, to=None))]
    fn ask(
        &self,
        py: Python<'_>,
        operation: String,
        arguments: &Bound<'_, PyDict>,
        to: To<'_>,
    ) -> PyResult<Py<PyAny>> {
        let (client, how) = self.client(py)?;
        let arguments =
            members_json("arguments", arguments, Place::Arguments)?.map_err(|error| raise(py, &error))?;
        let call = async move { client.ask(&operation, &arguments, None).await };
        run(py, how, to, false, call, |py, answer| Raw::from(answer).into_bound_py_any(py))
    }

    /// The same of one that tells how far it has come.
    #[pyo3(signature = (operation, arguments, progress, to=None))]
    fn ask_with_progress(
        &self,
        py: Python<'_>,
        operation: String,
        arguments: &Bound<'_, PyDict>,
        progress: Option<Py<PyAny>>,
        to: To<'_>,
    ) -> PyResult<Py<PyAny>> {
        let Some(progress) = progress else { return self.ask(py, operation, arguments, to) };
        let (client, how) = self.client(py)?;
        let arguments =
            members_json("arguments", arguments, Place::Arguments)?.map_err(|error| raise(py, &error))?;
        let call = |report| async move { client.ask(&operation, &arguments, Some(report)).await };
        run_with_progress(py, how, to, progress, call, |py, answer| Raw::from(answer).into_bound_py_any(py))
    }

    #[pyo3(signature = (body, signature, to=None))]
    fn receive_webhook(
        &self,
        py: Python<'_>,
        body: &Bound<'_, PyAny>,
        signature: Option<&Bound<'_, PyAny>>,
        to: To<'_>,
    ) -> PyResult<Py<PyAny>> {
        let ((client, how), body, signature) = (self.client(py)?, bytes(body)?, header(signature)?);
        run(py, how, to, false, async move { client.receive_webhook(&body, &signature).await }, events)
    }

    /// A stream of outcomes; for an event loop or for a thread.
    fn bulk(
        &self,
        py: Python<'_>,
        concurrency: Option<&Bound<'_, PyAny>>,
        for_loop: bool,
    ) -> PyResult<NativeBulk> {
        let (client, how) = self.client(py)?;
        let how = if for_loop { How { drive: Drive::Background, ..how } } else { how };
        let bulk = client.bulk(many(concurrency)?).map_err(|error| raise(py, &error))?;
        NativeBulk::begin(py, how, bulk)
    }

    #[pyo3(signature = (sends, concurrency, progress, stop, to=None))]
    fn send_many(
        &self,
        py: Python<'_>,
        sends: &Bound<'_, PyAny>,
        concurrency: Option<&Bound<'_, PyAny>>,
        progress: Option<Py<PyAny>>,
        stop: &Bound<'_, NativeStop>,
        to: To<'_>,
    ) -> PyResult<Py<PyAny>> {
        let (client, how) = self.client(py)?;
        let (sends, many) = (elements("sends", Some(sends), |_, send| read(send))?, many(concurrency)?);
        let (stop, told) = (stop.get().handle(), stop.get().handle());
        let make = |report: Option<crate::call::Report>| {
            let many = match report {
                Some(report) => many.progress(report),
                None => many,
            };
            async move { client.send_many_read_until(sends, many, async { told.stopped().await }).await }
        };
        run_reporting(py, how, to, progress, stop, make, outcomes)
    }
}

/// How many are sent.
fn many(concurrency: Option<&Bound<'_, PyAny>>) -> PyResult<SendMany> {
    let concurrency = optional_whole("concurrency", concurrency)?;
    Ok(concurrency.map_or_else(SendMany::default, |concurrency| SendMany::default().concurrency(concurrency)))
}

/// A send; or the error of one that could not be read, which stands in its place.
pub(crate) fn read(send: &Bound<'_, PyAny>) -> PyResult<Result<Message, Error>> {
    if let Ok(send) = send.cast::<Send>() {
        return Ok(Ok(send.get().0.clone()));
    }
    let (field, message): (String, String) =
        (send.getattr("field")?.extract()?, send.getattr("message")?.extract()?);
    let rule = message.strip_prefix(&field).unwrap_or(&message);
    Ok(Err(Error::argument(&field, rule.trim_start())))
}

/// A send that has not begun. Apart, so that a thread that waits for it does not keep the room in which it was put together.
#[inline(never)]
fn sending(
    client: Client,
    send: &Send,
) -> Pin<Box<dyn Future<Output = Result<Sent, Error>> + std::marker::Send>> {
    let message = send.0.clone();
    Box::pin(async move { client.send_built(message).await })
}
