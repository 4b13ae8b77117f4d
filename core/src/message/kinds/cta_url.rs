use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::interactive::{Header, Interactive};
use crate::message::kind::SimpleKind;
use crate::message::source::Medium;
use crate::message::source::given;

declare! {
    /// A text with a button that opens an address.
    ///
    /// (Meta: "messages" reference, interactive object, `cta_url`.)
    ///
    /// ```
    /// use wamid::CtaUrl;
    /// let order = CtaUrl::new("Your order is on its way.", "Track it", "https://example.com/t/A-1042").footer("Asha's Books");
    /// ```
    kind CtaUrl = "cta_url" {
        example r#"{"type":"cta_url","body":"Your order is on its way.","display_text":"Track it","url":"https://example.com/t/A-1042","footer":"Asha's Books"}"#;
        required {
            /// The text, at most 1024 characters.
            body: String [..=1024],
            /// The text on the button, at most 20 characters.
            display_text: String [..=20],
            /// What the button opens, an http or https address.
            url: String [url],
        }
        optional {
            /// The header: a text of at most 60 characters, or an image, a video or a document.
            header: Header,
            /// The footer, at most 60 characters.
            footer: String [..=60],
        }
    }
}

impl SimpleKind for CtaUrl {
    fn medium(&mut self) -> Option<Medium<'_>> {
        self.header.as_mut()?.medium()
    }

    fn is_local(&self) -> bool {
        self.header.as_ref().is_some_and(Header::is_local)
    }

    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "cta_url",
            header: (&self.header).into(),
            body: Some(&self.body),
            footer: given(&self.footer),
        };
        around.write(out, |out| {
            out.json(r#""name":"cta_url","parameters":{"display_text":"#);
            out.text(&self.display_text);
            out.json(r#","url":"#);
            out.text(&self.url);
            out.json("}");
        });
    }
}
