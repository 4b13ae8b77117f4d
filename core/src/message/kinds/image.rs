use crate::json::Writer;
use crate::media::Bytes;
use crate::message::declare::declare;
use crate::message::kind::SimpleKind;
use crate::message::source::{given, medium, write_source};

declare! {
    /// A picture: JPEG or PNG, 8 bit, RGB or RGBA, at most 5 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, image object.)
    ///
    /// ```
    /// use wamid::Image;
    /// let receipt = Image::link("https://example.com/receipt.png").caption("Your receipt");
    /// ```
    kind Image = "image" {
        example r#"{"type":"image","link":"https://example.com/receipt.png","caption":"Your receipt"}"#;
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
            /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
            mime_type: String,
        }
    }
}

impl SimpleKind for Image {
    medium!("image");

    fn write_object(&self, out: &mut Writer) {
        out.json("{");
        write_source(out, &self.id, &self.link);
        out.optional_text(r#","caption":"#, given(&self.caption));
        out.json("}");
    }
}
