use crate::error::Error;
use crate::json::Writer;
use crate::message::Needs;
use crate::message::OriginalEndpoint;
use crate::message::declare::declare;
use crate::message::kind::{Checked, Declared, Kind};

declare! {
    /// A location pin.
    ///
    /// ```
    /// use wamid::Location;
    /// let pin = Location::new(28.6139, 77.2090).name("Our Office").address("Connaught Place, New Delhi");
    /// ```
    kind Location = "location" {
        example r#"{"type":"location","latitude":28.6139,"longitude":77.209,"name":"Our Office","address":"Connaught Place, New Delhi"}"#;
        required {
            /// Degrees north, -90 to 90.
            latitude: f64 [degrees 90.0],
            /// Degrees east, -180 to 180.
            longitude: f64 [degrees 180.0],
        }
        optional {
            /// The title of the pin, at most 1000 characters; empty is none.
            name: String [maybe_blank ..=1000],
            /// The line below the title, at most 1000 characters; empty is none.
            address: String [maybe_blank ..=1000],
        }
    }
}

impl Kind for Location {
    type Checked<'a> = &'a Self;

    fn checked(&self) -> Result<&Self, Error> {
        self.check()?;
        Ok(self)
    }
}

impl Checked for &Location {
    const ORIGINAL: Option<OriginalEndpoint> = Some(OriginalEndpoint::Location);

    fn size(&self) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        length(&self.name) + length(&self.address)
    }

    fn meta_type(&self) -> &str {
        "location"
    }

    fn write_meta(&self, out: &mut Writer) {
        out.json(r#""type":"location","location":{"latitude":"#);
        self.write_place(out);
        out.json("}");
    }

    fn write_gateway(&self, out: &mut Writer) {
        out.json(r#","latitude":"#);
        self.write_place(out);
    }

    fn needs(&self, _: &mut Needs) {}
}

impl Location {
    /// Where the pin stands, from the value of its latitude on: both hosts take it alike.
    fn write_place(&self, out: &mut Writer) {
        out.value(&self.latitude);
        out.json(r#","longitude":"#);
        out.value(&self.longitude);
        out.optional_text(r#","name":"#, given(&self.name));
        out.optional_text(r#","address":"#, given(&self.address));
    }
}

/// An empty text is none.
fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}
