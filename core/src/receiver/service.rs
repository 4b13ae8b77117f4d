//! A receiver as a `tower` service, for axum and every server that takes one.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::FutureExt as _;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use tower_service::Service;
use tracing::Instrument as _;

use super::{WebhookAnswer, WebhookDelivery, WebhookReceiver};
use crate::webhook::Event;

/// An id of so many characters holds no phone number. Of a longer one logs show the last few.
const SHORT: usize = 12;
const END: usize = 8;

type BoxError = Box<dyn StdError + Send + Sync>;

/// A `tower` service that receives webhooks; made by [`WebhookReceiver::service`].
#[derive(Clone)]
pub struct WebhookService<H> {
    receiver: WebhookReceiver,
    handler: H,
}

impl<H> fmt::Debug for WebhookService<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookService").field("receiver", &self.receiver).finish_non_exhaustive()
    }
}

impl WebhookReceiver {
    /// A service that answers Meta's handshake, checks each webhook, and calls `handler` with its events one by one.
    ///
    /// Where the handler gives an error or panics, that is logged, Meta gets 500 and delivers the webhook again, and only that
    /// event is handed over again. Meta is answered after 10 seconds at the latest ([`answer_within`](Self::answer_within));
    /// a handler that takes longer runs on. One that the caller does not wait for runs on, too. It needs a tokio runtime with
    /// timers.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// use wamid::{Client, Event, WebhookReceiver};
    ///
    /// let client = Client::from_env()?;
    /// let receiver = WebhookReceiver::new(client.clone())?.verify_token("VERIFY-TOKEN");
    /// let webhook = receiver.service(move |event| {
    ///     let client = client.clone();
    ///     async move {
    ///         if let Event::Message(message) = event
    ///             && let Some(address) = message.address
    ///         {
    ///             client.send_message(address, "Thank you!").reply_to(message.id).await?;
    ///         }
    ///         Ok::<_, wamid::Error>(())
    ///     }
    /// });
    /// let app = axum::Router::<()>::new().route_service("/webhook", webhook);
    /// # drop(app);
    /// # Ok(())
    /// # }
    /// ```
    pub fn service<H, F, E>(self, handler: H) -> WebhookService<H>
    where
        H: Fn(Event) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        WebhookService { receiver: self, handler }
    }
}

impl<H, F, E, B> Service<Request<B>> for WebhookService<H>
where
    H: Fn(Event) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<BoxError> + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let Self { receiver, handler } = self.clone();
        Box::pin(async move { Ok(response(answered(receiver, handler, request).await)) })
    }
}

async fn answered<H, F, E, B>(receiver: WebhookReceiver, handler: H, request: Request<B>) -> WebhookAnswer
where
    H: Fn(Event) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<BoxError> + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    let (head, body) = request.into_parts();
    if let Some(answer) = receiver.answer_to(head.method.as_str(), head.uri.query().unwrap_or_default()) {
        return answer;
    }
    if body.size_hint().lower() > WebhookReceiver::LARGEST_BODY as u64 {
        return WebhookAnswer::too_large();
    }
    let body = match Limited::new(body, WebhookReceiver::LARGEST_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return WebhookAnswer::too_large(),
        Err(error) => {
            tracing::warn!(error, "the body of a webhook did not come whole");
            return WebhookAnswer::new(400, "the body did not come whole");
        }
    };
    let signature = head.headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    let delivery = Arc::new(receiver.delivery(body, signature.unwrap_or_default()));
    // Neither a caller that hangs up nor the end of Meta's patience stops a handler.
    let work = tokio::spawn(hand_over(Arc::clone(&delivery), handler).in_current_span());
    let _ = tokio::time::timeout(receiver.get_answer_within(), work).await;
    delivery.answer()
}

async fn hand_over<H, F, E>(delivery: Arc<WebhookDelivery>, handler: H)
where
    H: Fn(Event) -> F + Send + Sync,
    F: Future<Output = Result<(), E>> + Send,
    E: Into<BoxError>,
{
    while let Some(event) = delivery.next().await {
        let what = what(&event);
        let ended = AssertUnwindSafe(async { handler(event).await.map_err(Into::into) }).catch_unwind().await;
        let failure = match ended {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error),
            Err(_) => Some("it panicked".into()),
        };
        match failure {
            None => delivery.handled().await,
            Some(error) => {
                tracing::error!(error, event = what, "the handler of a webhook's event failed");
                delivery.failed().await;
            }
        }
    }
}

/// An event for a log line: what it is, and the end of its id where it has one. The whole id of a message holds the customer's number,
/// in base64.
fn what(event: &Event) -> String {
    let id = match event {
        Event::Message(message) => &message.id,
        Event::Echo(echo) => &echo.message.id,
        Event::Status(status) => &status.id,
        Event::Template(template) => &template.template_id,
        Event::Preference(_) | Event::Other(_) => return event.label(),
    };
    let characters: Vec<char> = id.chars().collect();
    let end: String = match characters.len().checked_sub(END) {
        Some(skipped) if characters.len() > SHORT => {
            format!("\u{2026}{}", characters.iter().skip(skipped).collect::<String>())
        }
        _ => id.clone(),
    };
    format!("{} {end}", event.label())
}

fn response(answer: WebhookAnswer) -> Response<Full<Bytes>> {
    let headers = answer.headers();
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
