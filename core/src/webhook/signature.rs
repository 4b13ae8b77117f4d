//! Checks `X-Hub-Signature-256`.

use ring::hmac;

use crate::error::Error;

/// Whether `signature`, the header `X-Hub-Signature-256`, is Meta's for this body.
///
/// The body must be the bytes that came, before any parsing: JSON written anew has another signature. The comparison
/// takes the same time wherever the two differ.
///
/// ```
/// let body = br#"{"object":"whatsapp_business_account","entry":[]}"#;
/// let signature = "sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f";
/// assert!(wamid::verify_webhook(body, signature, "app-secret")?);
/// assert!(!wamid::verify_webhook(b"{}", signature, "app-secret")?);
/// assert!(!wamid::verify_webhook(body, "", "app-secret")?);
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `app_secret` where it is empty: anybody could sign with it.
pub fn verify_webhook(body: &[u8], signature: &str, app_secret: &str) -> Result<bool, Error> {
    if app_secret.is_empty() {
        return Err(Error::invalid(
            "app_secret",
            "must not be empty; it is on the app's page at developers.facebook.com",
        ));
    }
    let Some(tag) = signature.strip_prefix("sha256=").and_then(tag) else {
        return Ok(false);
    };
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.as_bytes());
    Ok(hmac::verify(&key, body, &tag).is_ok())
}

/// What `X-Hub-Signature-256` says of this body: for a gateway that passes webhooks on.
#[doc(hidden)]
#[must_use]
pub fn sign_webhook(body: &[u8], secret: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let mut signature = String::with_capacity(71);
    signature.push_str("sha256=");
    for byte in hmac::sign(&key, body).as_ref() {
        for half in [byte >> 4, byte & 15] {
            signature.extend(char::from_digit(u32::from(half), 16));
        }
    }
    signature
}

/// The 32 bytes that 64 hexadecimal digits write.
fn tag(hex: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = hex.as_bytes().try_into().ok()?;
    let mut tag = [0; 32];
    for (byte, pair) in tag.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        let digit = |c: u8| char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(tag)
}
