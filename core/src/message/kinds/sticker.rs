use crate::json::Writer;
use crate::media::Bytes;
use crate::message::declare::declare;
use crate::message::kind::SimpleKind;
use crate::message::source::{medium, write_source};

declare! {
    /// A sticker: WebP, at most 100 KB if static, 500 KB if animated.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, sticker object.)
    ///
    /// ```
    /// use wamid::Sticker;
    /// let thanks = Sticker::link("https://example.com/thanks.webp");
    /// ```
    kind Sticker = "sticker" {
        example r#"{"type":"sticker","link":"https://example.com/thanks.webp"}"#;
        one of {
            /// The id that Meta gave it when it was uploaded.
            id: String,
            /// Where Meta fetches it, an http or https address.
            link: String [url],
            /// The path of a file, which is uploaded first.
            file: String,
            /// The content itself, which is uploaded first.
            data: Bytes,
        }
        optional {
            /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
            mime_type: String,
        }
    }
}

impl SimpleKind for Sticker {
    medium!("sticker");

    fn write_object(&self, out: &mut Writer) {
        out.json("{");
        write_source(out, &self.id, &self.link);
        out.json("}");
    }
}
