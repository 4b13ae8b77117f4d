use crate::json::Writer;
use crate::media::Bytes;
use crate::message::declare::declare;
use crate::message::kind::SimpleKind;
use crate::message::source::{given, medium, write_source};

declare! {
    /// A document, such as a PDF, at most 100 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, document object.)
    ///
    /// ```
    /// use wamid::Document;
    /// let invoice = Document::link("https://example.com/i/1042").filename("invoice-1042.pdf").caption("Your invoice");
    /// ```
    kind Document = "document" {
        example r#"{"type":"document","link":"https://example.com/i/1042.pdf","filename":"invoice-1042.pdf","caption":"Your invoice"}"#;
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
            /// The text under it, at most 1024 characters.
            caption: String [..=1024],
            /// The file name that the reader sees. WhatsApp chooses the icon by its extension.
            filename: String,
            /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
            mime_type: String,
        }
    }
}

impl SimpleKind for Document {
    medium!("document", filename);

    fn write_object(&self, out: &mut Writer) {
        out.json("{");
        write_source(out, &self.id, &self.link);
        out.optional_text(r#","caption":"#, given(&self.caption));
        out.optional_text(r#","filename":"#, given(&self.filename));
        out.json("}");
    }
}
