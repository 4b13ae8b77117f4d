//! A webhook is Meta's only with its signature over the very bytes that came.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use wamid::{ErrorKind, verify_webhook};

// printf '%s' BODY | openssl dgst -sha256 -hmac 'app-secret'
const BODY: &[u8] = br#"{"object":"whatsapp_business_account","entry":[]}"#;
const SIGNATURE: &str = "sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f";

fn verified(body: &[u8], signature: &str) -> bool {
    verify_webhook(body, signature, "app-secret").unwrap()
}

#[test]
fn the_signature_that_openssl_makes_is_accepted() {
    assert!(verified(BODY, SIGNATURE));
    let upper = format!("sha256={}", SIGNATURE[7..].to_uppercase());
    assert!(verified(BODY, &upper));
    // RFC 4231, test case 2.
    let rfc = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert!(verify_webhook(b"what do ya want for nothing?", rfc, "Jefe").unwrap());
}

#[test]
fn another_body_or_secret_is_refused() {
    for at in 0..BODY.len() {
        let mut body = BODY.to_vec();
        body[at] ^= 1;
        assert!(!verified(&body, SIGNATURE), "byte {at}");
    }
    assert!(!verified(&BODY[..BODY.len() - 1], SIGNATURE));
    assert!(!verify_webhook(BODY, SIGNATURE, "app-secreu").unwrap());
    // The same JSON, written anew.
    let value: serde_json::Value = serde_json::from_slice(BODY).unwrap();
    assert!(!verified(serde_json::to_string_pretty(&value).unwrap().as_bytes(), SIGNATURE));
}

#[test]
fn a_malformed_signature_is_refused_and_never_an_error() {
    let hex = &SIGNATURE[7..];
    for signature in [
        "",
        "sha256=",
        hex,
        &format!("sha1={hex}"),
        &format!("SHA256={hex}"),
        &format!("sha256={}", &hex[1..]),
        &format!("sha256={hex}0"),
        &format!("sha256= {}", &hex[1..]),
        &format!("sha256={}é", &hex[2..]),
        &format!("sha256=g{}", &hex[1..]),
        &format!("sha256=+{}", &hex[1..]),
        &format!("sha256={hex}\n"),
    ] {
        assert!(!verified(BODY, signature), "{signature:?}");
    }
}

#[test]
fn an_empty_secret_is_no_key() {
    // What anybody can sign with the empty key.
    let empty = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    let error = verify_webhook(b"", empty, "").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(error.field(), Some("app_secret"));
}
