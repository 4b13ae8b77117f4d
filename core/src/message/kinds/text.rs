use crate::error::Error;
use crate::json::Writer;
use crate::message::Needs;
use crate::message::OriginalEndpoint;
use crate::message::declare::declare;
use crate::message::kind::{Checked, Declared, Kind};

declare! {
    /// A text message.
    ///
    /// ```
    /// use wamid::Text;
    /// let text = Text::new("Your table is ready: https://example.com/t/7").preview_url(true);
    /// ```
    kind Text = "text" {
        example r#"{"type":"text","message":"Your table is ready: https://example.com/t/7","preview_url":true}"#;
        required {
            /// The text, 1 to 4096 characters, not only white space or invisible characters.
            message: String [..=4096],
        }
        optional {
            /// Whether the first link in the text is shown with a preview; false where absent.
            preview_url: bool,
        }
    }
}

impl Kind for Text {
    type Checked<'a> = &'a Self;

    fn checked(&self) -> Result<&Self, Error> {
        self.check()?;
        Ok(self)
    }
}

impl Checked for &Text {
    const ORIGINAL: Option<OriginalEndpoint> = Some(OriginalEndpoint::Message);

    fn size(&self) -> usize {
        self.message.len()
    }

    fn meta_type(&self) -> &str {
        "text"
    }

    fn write_meta(&self, out: &mut Writer) {
        out.json(r#""type":"text","text":{"body":"#);
        out.text(&self.message);
        out.json(r#","preview_url":"#);
        out.boolean(self.preview_url.unwrap_or_default());
        out.json("}");
    }

    fn write_gateway(&self, out: &mut Writer) {
        out.json(r#","message":"#);
        out.text(&self.message);
        // A default is not sent: the original host does not know it.
        out.json(if self.preview_url == Some(true) { r#","preview_url":true"# } else { "" });
    }

    fn needs(&self, needs: &mut Needs) {
        if self.preview_url == Some(true) {
            needs.argument("preview_url");
        }
    }
}
