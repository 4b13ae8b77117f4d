use crate::json::Writer;
use crate::media::Bytes;
use crate::message::declare::declare;
use crate::message::kind::SimpleKind;
use crate::message::source::{medium, write_source};

declare! {
    /// An audio file: AAC, AMR, MP3, MP4 or OGG with Opus, at most 16 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, audio object.)
    ///
    /// ```
    /// use wamid::Audio;
    /// let greeting = Audio::id("1037543291543636").voice(true);
    /// ```
    kind Audio = "audio" {
        example r#"{"type":"audio","link":"https://example.com/greeting.ogg","voice":true}"#;
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
            /// Whether it is shown as a voice note, which has to be OGG with Opus; false where absent.
            voice: bool,
            /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
            mime_type: String,
        }
    }
}

impl SimpleKind for Audio {
    medium!("audio");

    fn write_object(&self, out: &mut Writer) {
        out.json("{");
        write_source(out, &self.id, &self.link);
        if let Some(voice) = self.voice {
            out.json(r#","voice":"#);
            out.boolean(voice);
        }
        out.json("}");
    }
}
