use crate::argument::Path;
use crate::error::Error;
use crate::json::{Json, Writer};
use crate::message::declare::declare;
use crate::message::interactive::{Header, Interactive};
use crate::message::kind::SimpleKind;
use crate::message::source::Medium;
use crate::message::source::given;

/// The only version that Meta has.
const VERSION: &str = "3";

declare! {
    /// A text with a button that opens a Flow: screens in which the reader fills in a form.
    ///
    /// The answer is an event with what they filled in.
    ///
    /// (Meta: "messages" reference, interactive object, `flow`.)
    ///
    /// ```
    /// use wamid::Flow;
    /// let survey = Flow::new("How was your stay?", "Tell us").flow_id("1037543291543636").screen("RATING");
    /// ```
    kind Flow = "flow" {
        example r#"{"type":"flow","body":"How was your stay?","button":"Tell us","flow_id":"1037543291543636","flow_token":"stay-1042","screen":"RATING","header":"Your opinion"}"#;
        required {
            /// The text, at most 1024 characters.
            body: String [..=1024],
            /// The text on the button, at most 30 characters.
            button: String [..=30],
        }
        one of [flow_id] {
            /// The Flow's id at Meta.
            flow_id: String,
            /// The Flow's name.
            flow_name: String,
        }
        optional {
            /// A text of yours that comes back with the answer.
            flow_token: String,
            /// What the button does: `navigate` opens the screen of that name, `data_exchange` asks the Flow's endpoint which one.
            flow_action: String [one of "navigate" "data_exchange"],
            /// The first screen. It implies `navigate`, and `navigate` needs it.
            screen: String,
            /// The data of that screen, an object that is not empty. It needs `screen`.
            data: Json,
            /// Which state of the Flow is opened: `published`, or `draft` to try it.
            mode: String [one of "draft" "published"],
            /// The header: a text of at most 60 characters, or an image, a video or a document.
            header: Header,
            /// The footer, at most 60 characters.
            footer: String [..=60],
        }
    }
}

impl SimpleKind for Flow {
    fn medium(&mut self) -> Option<Medium<'_>> {
        self.header.as_mut()?.medium()
    }

    fn is_local(&self) -> bool {
        self.header.as_ref().is_some_and(Header::is_local)
    }

    fn rules(&self) -> Result<(), Error> {
        let screen = given(&self.screen);
        match given(&self.flow_action) {
            Some("navigate") if screen.is_none() => {
                return Err(Error::invalid(Path::key("screen"), "is missing: navigate needs it"));
            }
            Some("data_exchange") if screen.is_some() => {
                return Err(Error::invalid(
                    Path::key("screen"),
                    "must not stand beside data_exchange: the Flow's endpoint gives the screen",
                ));
            }
            _ => {}
        }
        match &self.data {
            Some(data) if !is_filled_object(data) => {
                Err(Error::invalid(Path::key("data"), "must be an object that is not empty"))
            }
            Some(_) if screen.is_none() => Err(Error::invalid(Path::key("data"), "needs a screen")),
            _ => Ok(()),
        }
    }

    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "flow",
            header: (&self.header).into(),
            body: Some(&self.body),
            footer: given(&self.footer),
        };
        around.write(out, |out| {
            out.json(r#""name":"flow","parameters":{"flow_message_version":"#);
            out.text(VERSION);
            out.optional_text(r#","flow_id":"#, self.flow_id.as_deref());
            out.optional_text(r#","flow_name":"#, self.flow_name.as_deref());
            out.json(r#","flow_cta":"#);
            out.text(&self.button);
            out.optional_text(r#","flow_token":"#, given(&self.flow_token));
            out.optional_text(r#","mode":"#, given(&self.mode));
            let screen = given(&self.screen);
            let action = given(&self.flow_action).or(screen.map(|_| "navigate"));
            out.optional_text(r#","flow_action":"#, action);
            if let Some(screen) = screen {
                out.json(r#","flow_action_payload":{"screen":"#);
                out.text(screen);
                if let Some(data) = &self.data {
                    out.json(r#","data":"#);
                    data.write_value(out);
                }
                out.json("}");
            }
            out.json("}");
        });
    }
}

/// Whether it is an object with a member.
fn is_filled_object(data: &Json) -> bool {
    data.as_str().trim_start().starts_with('{') && !data.is_empty_object()
}
