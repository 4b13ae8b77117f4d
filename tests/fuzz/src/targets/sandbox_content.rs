//! What core takes and builds, the sandbox takes, which checks by Meta's pages: or it says as Meta would what core leaves to Meta.

use wamid::{Content, ErrorKind, Message};

use crate::Target;
use crate::meta::call;
use crate::requests::{assert_is_rule, to_meta};
use crate::seeds;

pub(super) const TARGET: Target = Target { name: "sandbox_content", run, seeds: seeds::contents };

/// Kinds that Meta refuses for nothing that core does not look at, but white space around a button's id.
const SETTLED: [&str; 6] = ["text", "location", "reaction", "reply_buttons", "list", "location_request"];

/// What the sandbox says of such an id.
const BUTTON_ID: &str = "Button id must not begin or end with white space";

fn run(data: &[u8]) {
    let Some(content) = std::str::from_utf8(data).ok().and_then(|text| Content::from_json(text).ok()) else {
        return;
    };
    // A file of this machine is not read for a test; a media link is not fetched either.
    if content.local_field().is_some() {
        return;
    }
    let message = Message::new("+919876543210", content.clone());
    let built = to_meta(&message, 0);
    let sent = call(async move |client| client.send(message.to, message.content).await);
    let body = match built {
        Ok(body) => body,
        Err(error) => {
            assert_is_rule(&error);
            assert_eq!(sent.err().map(|error| error.kind()), Some(ErrorKind::InvalidInput), "{error:?}");
            return;
        }
    };
    match sent {
        Ok(receipt) => assert!(receipt.id.starts_with("wamid."), "{receipt:?}"),
        Err(error) => {
            // A refusal of Meta's, with its code, and surely not sent.
            assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Rejected, false), "{body}: {error:?}");
            let is_settled = SETTLED.contains(&content.type_name()) && error.details() != Some(BUTTON_ID);
            assert!(error.code().is_some() && !is_settled, "{body}: {error:?}");
        }
    }
}
