//! Meta's check that an address is meant to receive webhooks.

use ring::hmac;

/// Reads the query of the `GET` that Meta sends when a webhook is set up: `hub.mode=subscribe`, `hub.verify_token` and
/// `hub.challenge`. Gives the challenge, which is to be the answer's body, where the token is one of `tokens`. (Meta: "webhooks",
/// verification requests.)
///
/// ```
/// let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock";
/// assert_eq!(wamid::handshake(query, ["meatyhamhock"]).as_deref(), Some("1158201444"));
/// assert_eq!(wamid::handshake(query, ["another"]), None);
/// ```
#[doc(hidden)]
pub fn handshake<'a>(query: &str, tokens: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let asked = |name: &str| {
        let mut parameters = url::form_urlencoded::parse(query.as_bytes());
        parameters.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let token = asked("hub.verify_token");
    // Each is looked at, so that the time tells nothing of which one it is.
    let known = tokens.into_iter().fold(false, |known, ours| same(ours, &token) | known);
    (asked("hub.mode") == "subscribe" && known).then(|| asked("hub.challenge"))
}

/// Whether two texts are the same; it takes the same time wherever they differ.
fn same(ours: &str, theirs: &str) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, ours.as_bytes());
    let tag = hmac::sign(&key, ours.as_bytes());
    hmac::verify(&key, theirs.as_bytes(), tag.as_ref()).is_ok()
}
