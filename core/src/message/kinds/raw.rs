use crate::argument::Path;
use crate::error::Error;
use crate::json::{Json, Writer};
use crate::message::declare::declare;
use crate::message::envelope;
use crate::message::kind::SimpleKind;

declare! {
    /// A message of any other type that Meta has: payments, carousels, calls, and types that are new.
    ///
    /// Only Meta checks its content. Delivery, errors and records are those of every kind.
    ///
    /// ```
    /// use wamid::{Json, Raw};
    /// let call = Json::parse("object", r#"{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}"#)?;
    /// let button = Raw::new("interactive", call);
    /// # Ok::<(), wamid::Error>(())
    /// ```
    kind Raw = "raw" {
        example r#"{"type":"raw","message_type":"interactive","object":{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}}"#;
        required {
            /// Its `type` at Meta, of `a-z` and `_`, which is also the name of the member that holds `object`.
            message_type: String,
            /// What that member holds, as Meta has it.
            object: Json,
        }
    }
}

impl SimpleKind for Raw {
    fn rules(&self) -> Result<(), Error> {
        if !self.message_type.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return Err(Error::invalid(Path::key("message_type"), "must be of a-z and _, as Meta has it"));
        }
        if envelope::has(&self.message_type) {
            return Err(Error::invalid(Path::key("message_type"), "must not be a member of Meta's envelope"));
        }
        Ok(())
    }

    fn meta_type(&self) -> &str {
        &self.message_type
    }

    fn write_object(&self, out: &mut Writer) {
        self.object.write_value(out);
    }
}
