use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::interactive::{Above, Interactive};
use crate::message::kind::SimpleKind;

declare! {
    /// Asks for somebody's phone number, with a button that sends their contact.
    ///
    /// The answer is a contact. It is the way to the number of somebody who writes under a username.
    /// (Meta: "messages" reference, interactive object, `request_contact_info`.)
    ///
    /// ```
    /// use wamid::ContactRequest;
    /// let ask = ContactRequest::new("May we call you about your order?");
    /// ```
    kind ContactRequest = "contact_request" {
        example r#"{"type":"contact_request","body":"May we call you about your order?"}"#;
        required {
            /// The text, at most 1024 characters.
            body: String [..=1024],
        }
    }
}

impl SimpleKind for ContactRequest {
    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "request_contact_info",
            header: Above::Nothing,
            body: Some(&self.body),
            footer: None,
        };
        around.write(out, |out| out.json(r#""name":"request_contact_info""#));
    }
}
