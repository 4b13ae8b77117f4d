//! What a webhook's request is answered with.

/// The answer to a webhook's request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body, a plain text.
    pub body: String,
}

impl WebhookAnswer {
    pub(super) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, body: body.into() }
    }

    /// The answer to a body of more than [`LARGEST_BODY`](crate::WebhookReceiver::LARGEST_BODY).
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(413, "a webhook has at most 3 MiB")
    }

    /// Its headers, but for those that the server writes.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, &'static str)> {
        // A challenge is a text of the caller's: no browser may take it for a page.
        let mut headers =
            vec![("content-type", "text/plain; charset=utf-8"), ("x-content-type-options", "nosniff")];
        if self.status == 405 {
            headers.push(("allow", "GET, POST"));
        }
        headers
    }
}
