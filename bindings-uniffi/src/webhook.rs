//! Webhooks of any account.

use crate::error::WamidError;
use crate::event::Event;
use crate::text::Text;

/// Whether `signature`, the header `X-Hub-Signature-256`, is Meta's for this body.
///
/// The body must be the bytes that came, before any parsing: JSON written anew has another signature. Fails with
/// `invalid_input` where `appSecret` is empty.
#[uniffi::export]
pub fn verify_webhook(body: Vec<u8>, signature: Text, app_secret: Text) -> Result<bool, WamidError> {
    let (signature, secret) = (signature.read("signature")?, app_secret.read("app_secret")?);
    Ok(wamid::verify_webhook(&body, &signature, &secret)?)
}

/// What a webhook's body tells, in its order. What Meta may send tomorrow never fails: it is an `Other` event.
///
/// Check the body with `verifyWebhook` first. Fails with `invalid_input` where the body is no JSON object.
#[uniffi::export]
pub fn parse_webhook(body: Vec<u8>) -> Result<Vec<Event>, WamidError> {
    Ok(Event::all(wamid::parse_webhook(&body)?))
}
