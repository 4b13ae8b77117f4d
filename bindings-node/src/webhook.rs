//! Webhooks and template components, which need no client.

use napi::Either;
use napi::bindgen_prelude::Uint8ArraySlice;
use napi_derive::napi;
use wamid::Error;

use crate::answer::answer;
use crate::arguments;
use crate::event_text;
use crate::reader;

reader::arguments!(Signature { signature });
reader::arguments!(SignatureAndSecret { signature, app_secret = "appSecret" });

/// The signature header of a webhook.
pub(crate) fn signature(json: &str) -> Result<String, Error> {
    let given: Signature = reader::fields(json, "arguments")?;
    Ok(reader::text("signature", given.signature)?.unwrap_or_default())
}

/// Whether the body is Meta's; signature and app secret as JSON.
#[napi(catch_unwind)]
pub fn verify_webhook(body: Uint8ArraySlice<'_>, arguments: String) -> String {
    let verified = || {
        let given: SignatureAndSecret = reader::fields(&arguments, "arguments")?;
        let signature = reader::text("signature", given.signature)?.unwrap_or_default();
        let app_secret = reader::text("app_secret", given.app_secret)?.unwrap_or_default();
        wamid::verify_webhook(&body, &signature, &app_secret)
    };
    answer(&verified())
}

/// The events of a webhook's body as their two texts, or why there are none as JSON.
#[napi(catch_unwind)]
pub fn parse_webhook(body: Uint8ArraySlice<'_>) -> Either<Vec<String>, String> {
    match event_text::of_body(&body) {
        Ok(texts) => Either::A(texts.into()),
        Err(error) => Either::B(answer::<()>(&Err(error))),
    }
}

/// Meta's components of header, body and buttons, as JSON.
#[napi(catch_unwind)]
pub fn build_template_components(arguments: String) -> String {
    answer(&arguments::build(&arguments))
}
