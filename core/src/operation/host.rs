//! How an operation asks its host.

use bytes::Bytes;
use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use url::Url;

use crate::client::Client;
use crate::delivery::judge::refusal;
use crate::delivery::{Call, Written};
use crate::error::{Error, ErrorKind};
use crate::json::Json;
use crate::message::Need;
use crate::transport::{Answer, Body, Endpoint, FailedAttempt, HostKind, Request, Retry, unreadable};

/// What is asked of a host.
pub(super) struct Ask<'a> {
    pub(super) method: Method,
    pub(super) address: Url,
    /// JSON, or nothing.
    pub(super) body: Option<Vec<u8>>,
    /// What an address that HTTP cannot carry came as.
    pub(super) field: &'a str,
    /// Whether it may do something that twice is not the same as once.
    pub(super) once: bool,
}

impl<'a> Ask<'a> {
    /// Reads something.
    pub(super) fn get(address: Url) -> Self {
        Self { method: Method::GET, address, body: None, field: "graph_url", once: false }
    }

    /// Changes something that twice is the same as once.
    pub(super) fn change(method: Method, address: Url, body: Option<Vec<u8>>) -> Self {
        Self { method, address, body, field: "graph_url", once: false }
    }

    /// Is made again only where it surely had no effect.
    pub(super) fn once(self) -> Self {
        Self { once: true, ..self }
    }

    pub(super) fn named(self, field: &'a str) -> Self {
        Self { field, ..self }
    }
}

#[derive(Deserialize)]
struct Wrapped {
    result: Box<RawValue>,
}

impl Client {
    /// Asks, and reads the answer. On a gateway it is what its `result` holds.
    pub(super) async fn asked<T>(
        &self,
        ask: Ask<'_>,
        read: impl Fn(&Answer, &str) -> Result<T, FailedAttempt>,
    ) -> Result<T, Error> {
        self.asked_despite(ask, &[], read).await
    }

    /// The same; an error with one of these codes stands beside an answer that can be read.
    pub(super) async fn asked_despite<T>(
        &self,
        ask: Ask<'_>,
        despite: &[i64],
        read: impl Fn(&Answer, &str) -> Result<T, FailedAttempt>,
    ) -> Result<T, Error> {
        let address = Endpoint::new(ask.address, ask.field)?;
        let body = ask.body.map(Bytes::from);
        let request = match (ask.once, body) {
            (true, body) => Request::once(&address, Body::Json(body.unwrap_or_default())),
            (false, None) if ask.method == Method::GET => Request::read(&address),
            (false, body) => Request::change(ask.method, &address, body.map_or(Body::Empty, Body::Json)),
        };
        self.answered(request, despite, read).await
    }

    /// Makes a request, and reads its answer as [`asked_despite`](Self::asked_despite) does.
    pub(super) async fn answered<T>(
        &self,
        request: Request<'_>,
        despite: &[i64],
        read: impl Fn(&Answer, &str) -> Result<T, FailedAttempt>,
    ) -> Result<T, Error> {
        let kind = self.delivery().host.kind();
        let written = Written::default();
        let call = Call { request, deadline: self.delivery().deadline(), stop: None, written: &written };
        self.delivery()
            .exchange(&call, |answer| {
                let text = std::str::from_utf8(&answer.body)
                    .map_err(|_| unreadable(answer, "it is not valid Unicode"))?;
                if let Some(failed) = refusal(kind, answer) {
                    let beside = failed.error.code().is_some_and(|code| despite.contains(&code));
                    return match beside.then(|| read(answer, text)) {
                        Some(Ok(answered)) => Ok(answered),
                        _ => Err(failed),
                    };
                }
                if kind == HostKind::Cloud {
                    return read(answer, text);
                }
                match serde_json::from_str::<Wrapped>(text) {
                    Ok(wrapped) => read(answer, wrapped.result.get()),
                    Err(_) => read(answer, text),
                }
            })
            .await
    }

    /// What a path below Graph's version leads to. Each segment is escaped where it needs to be.
    pub(super) fn graph(&self, operation: &'static str, segments: &[&str]) -> Result<Url, Error> {
        let (mut url, _) = self.delivery().host.graph().ok_or_else(|| no_cloud(operation))?;
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        Ok(url)
    }

    /// The phone number id of a cloud client.
    pub(super) fn phone_number(&self, operation: &'static str) -> Result<&str, Error> {
        self.delivery().host.graph().map(|(_, id)| id).ok_or_else(|| no_cloud(operation))
    }

    /// The id of the business account of a cloud client.
    pub(super) fn business_account(&self, operation: &'static str) -> Result<&str, Error> {
        self.phone_number(operation)?;
        self.business_account_id().ok_or_else(|| {
            Error::unsupported(
                Some("business_account_id"),
                format!(
                    "{operation} asks for the WhatsApp Business Account, and this client does not know its id: give the \
                     option business_account_id, or set WAMID_BUSINESS_ACCOUNT_ID."
                ),
            )
        })
    }

    /// What a path of a gateway leads to, once it has said that it has the extension.
    pub(super) async fn gateway_api(
        &self,
        operation: &'static str,
        extension: &'static str,
        path: &str,
    ) -> Result<Url, Error> {
        let needs = [Need { extension, argument: operation, remedy: NO_EXTENSION }];
        let delivery = self.delivery();
        delivery.extensions(delivery.deadline()).await?.require(&needs)?;
        delivery.host.gateway().and_then(|root| root.join(path).ok()).ok_or_else(|| no_gateway(operation))
    }

    /// Whether it asks a gateway.
    pub(super) fn asks_gateway(&self) -> bool {
        self.delivery().host.kind() == HostKind::Gateway
    }
}

const NO_EXTENSION: &str = "the original django-meta-whatsapp has no such endpoint. Use a wamid gateway that has this \
                            extension, or a cloud client.";

fn no_cloud(operation: &str) -> Error {
    Error::unsupported(
        None,
        format!(
            "{operation} asks Meta itself, which a gateway does not do for its keys: make a cloud client for it."
        ),
    )
}

fn no_gateway(operation: &str) -> Error {
    Error::unsupported(None, format!("{operation} has no address on this gateway."))
}

/// An id that becomes a part of an address: nothing that would lead elsewhere.
pub(super) fn check_id(field: &'static str, id: &str) -> Result<(), Error> {
    if id.chars().any(|letter| letter.is_control() || letter.is_whitespace()) || id == "." || id == ".." {
        return Err(Error::invalid(
            field,
            "must be an id of Meta's, which has no white space and no dots alone",
        ));
    }
    Ok(())
}

/// An answer that is read as JSON.
pub(super) fn json<T: DeserializeOwned>(answer: &Answer, text: &str, what: &str) -> Result<T, FailedAttempt> {
    serde_json::from_str(text).map_err(|error| unreadable(answer, &format!("it is no {what} ({error})")))
}

/// An answer that is kept as JSON.
pub(super) fn kept(answer: &Answer, text: &str) -> Result<Json, FailedAttempt> {
    Json::parse("answer", text).map_err(|_| unreadable(answer, "it is no JSON"))
}

/// An answer that says that it was done.
pub(super) fn success(answer: &Answer, text: &str) -> Result<(), FailedAttempt> {
    #[derive(Deserialize)]
    struct Done {
        success: bool,
    }
    let done: Done = json(answer, text, "answer to a change")?;
    if done.success {
        return Ok(());
    }
    let error = answer.error(
        ErrorKind::UnexpectedResponse,
        "The host answers that nothing was done, and does not say why.",
    );
    Err(FailedAttempt::not_sent(error, false, Retry::No))
}
