use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::kind::SimpleKind;
use crate::message::source::write_source;

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
        one of {
            /// The id that Meta gave it when it was uploaded.
            id: String,
            /// Where Meta fetches it, an http or https address.
            link: String [url],
        }
        optional {
            /// Whether it is shown as a voice note, which has to be OGG with Opus; false where absent.
            voice: bool,
        }
    }
}

impl SimpleKind for Audio {
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
