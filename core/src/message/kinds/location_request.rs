use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::interactive::{Above, Interactive};
use crate::message::kind::SimpleKind;

declare! {
    /// Asks where somebody is, with a button that sends their location.
    ///
    /// The answer is a location.
    /// (Meta: "messages" reference, interactive object, `location_request_message`.)
    ///
    /// ```
    /// use wamid::LocationRequest;
    /// let ask = LocationRequest::new("Where shall we deliver?");
    /// ```
    kind LocationRequest = "location_request" {
        example r#"{"type":"location_request","body":"Where shall we deliver?"}"#;
        required {
            /// The text, at most 1024 characters.
            body: String [..=1024],
        }
    }
}

impl SimpleKind for LocationRequest {
    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "location_request_message",
            header: Above::Nothing,
            body: Some(&self.body),
            footer: None,
        };
        around.write(out, |out| out.json(r#""name":"send_location""#));
    }
}
