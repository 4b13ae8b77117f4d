//! What the original messaging API has endpoints for.

/// The endpoints that the original messaging API has for three kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OriginalEndpoint {
    Message,
    Location,
    Template,
}

/// The operation that a content of this kind is sent by.
pub(super) const fn operation(original: Option<OriginalEndpoint>) -> &'static str {
    match original {
        Some(OriginalEndpoint::Message) => "send_message",
        Some(OriginalEndpoint::Location) => "send_location",
        Some(OriginalEndpoint::Template) => "send_template",
        None => "send",
    }
}
