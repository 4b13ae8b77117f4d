use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::interactive::{Header, Interactive};
use crate::message::kind::SimpleKind;
use crate::message::sections::Seen;
use crate::message::source::Medium;
use crate::message::source::given;

declare! {
    /// A text with 1 to 3 buttons.
    ///
    /// The answer is an event with the `id` and the `title` of the button.
    ///
    /// (Meta: "messages" reference, interactive object, `button`.)
    ///
    /// ```
    /// use wamid::{ReplyButton, ReplyButtons};
    /// let question = ReplyButtons::new("Shall we deliver it today?", [
    ///     ReplyButton::new("yes", "Yes"),
    ///     ReplyButton::new("later", "Another day"),
    /// ])
    /// .footer("Asha's Books");
    /// ```
    kind ReplyButtons = "reply_buttons" {
        example r#"{"type":"reply_buttons","body":"Shall we deliver it today?","buttons":[{"id":"yes","title":"Yes"},{"id":"tomorrow","title":"Tomorrow"}],"header":"Your order","footer":"Asha's Books"}"#;
        required {
            /// The text, at most 1024 characters.
            body: String [..=1024],
            /// The buttons, 1 to 3; each needs its own `id` and its own `title`.
            buttons: Vec<ReplyButton> [1 ..=3],
        }
        optional {
            /// The header: a text of at most 60 characters, or an image, a video or a document.
            header: Header,
            /// The footer, at most 60 characters.
            footer: String [..=60],
        }
    }
}

declare! {
    /// A button. Pressing it sends an answer.
    record ReplyButton {
        required {
            /// The id that the answer brings, at most 256 characters.
            id: String [..=256],
            /// The text on it, at most 20 characters.
            title: String [..=20],
        }
    }
}

impl SimpleKind for ReplyButtons {
    fn medium(&mut self) -> Option<Medium<'_>> {
        self.header.as_mut()?.medium()
    }

    fn is_local(&self) -> bool {
        self.header.as_ref().is_some_and(Header::is_local)
    }

    fn rules(&self) -> Result<(), Error> {
        let buttons = Path::key("buttons");
        let (mut ids, mut titles) = (Seen::default(), Seen::default());
        for (at, button) in self.buttons.iter().enumerate() {
            let path = buttons.element(at);
            ids.add(&button.id, Path::below(Some(&path), "id"))?;
            titles.add(&button.title, Path::below(Some(&path), "title"))?;
        }
        Ok(())
    }

    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "button",
            header: (&self.header).into(),
            body: Some(&self.body),
            footer: given(&self.footer),
        };
        around.write(out, |out| {
            out.json(r#""buttons":"#);
            out.list(&self.buttons, |out, button| {
                out.json(r#"{"type":"reply","reply":{"id":"#);
                out.text(&button.id);
                out.json(r#","title":"#);
                out.text(&button.title);
                out.json("}}");
            });
        });
    }
}
