use crate::json::{Json, Writer};
use crate::message::declare::declare;
use crate::message::interactive::{Above, Interactive};
use crate::message::kind::SimpleKind;
use crate::message::source::given;

declare! {
    /// Asks the customer for a delivery address, in a form. Only businesses and customers in India have it.
    ///
    /// (Meta: "messages" reference, interactive object, `address_message`.)
    ///
    /// ```
    /// use wamid::AddressMessage;
    /// let question = AddressMessage::new("Where shall we deliver to?", "IN");
    /// ```
    kind AddressMessage = "address_message" {
        example r#"{"type":"address_message","body":"Where shall we deliver to?","country":"IN","values":{"name":"Asha Rao","city":"New Delhi"}}"#;
        required {
            /// The text, at most 1024 characters.
            body: String [..=1024],
            /// The country of the address, as ISO 3166 has it: `IN`.
            country: String [..=2],
        }
        optional {
            /// What the form is filled in with: an object with `name`, `phone_number`, `in_pin_code`, `house_number`, `address`, `city` …
            values: Json,
            /// Addresses to choose from: a list of objects with `id` and `value`.
            saved_addresses: Json,
            /// What was wrong with the last answer: an object with a text for each field.
            validation_errors: Json,
            /// The footer, at most 60 characters.
            footer: String [..=60],
        }
    }
}

impl SimpleKind for AddressMessage {
    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "address_message",
            header: Above::Nothing,
            body: Some(&self.body),
            footer: given(&self.footer),
        };
        around.write(out, |out| {
            out.json(r#""name":"address_message","parameters":{"country":"#);
            out.text(&self.country);
            for (name, json) in [
                (r#","values":"#, &self.values),
                (r#","saved_addresses":"#, &self.saved_addresses),
                (r#","validation_errors":"#, &self.validation_errors),
            ] {
                if let Some(json) = json {
                    out.json(name);
                    json.write_value(out);
                }
            }
            out.json("}");
        });
    }
}
