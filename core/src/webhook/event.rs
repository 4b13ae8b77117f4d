//! The events of webhooks, declared for every language.

use jiff::Timestamp;

use super::declare::{declare, events};
use super::part::{
    Edit, EventContact, EventContext, EventConversation, EventFlow, EventLocation, EventMedia, EventOrder,
    EventPricing, EventReaction, EventReferral, EventReply, EventSystem, Revoke, StatusError,
};
use crate::json::Json;

events! {
    /// One thing that a webhook tells.
    Event {
        /// Somebody wrote to the business.
        Message(MessageEvent) = "message",
        /// The business answered from its phone (field `smb_message_echoes`).
        Echo(EchoEvent) = "echo",
        /// What became of a message that the business sent.
        Status(StatusEvent) = "status",
        /// Something about a template has changed (fields `message_template_status_update` and the like).
        Template(TemplateEvent) = "template",
        /// A customer stops or resumes marketing messages (field `user_preferences`).
        Preference(PreferenceEvent) = "preference",
        /// Anything else, as Meta wrote it.
        Other(OtherEvent) = "other",
    }
}

impl Event {
    /// The business number that it is about, by its id; of a [`TemplateEvent`] and an [`OtherEvent`] none is known.
    #[must_use]
    pub fn phone_number_id(&self) -> Option<&str> {
        match self {
            Self::Message(message) => Some(&message.phone_number_id),
            Self::Echo(echo) => Some(&echo.message.phone_number_id),
            Self::Status(status) => Some(&status.phone_number_id),
            Self::Preference(preference) => Some(&preference.phone_number_id),
            Self::Template(_) | Self::Other(_) => None,
        }
    }

    /// The customer that it is about, as Meta names it: the digits of a number, or where there is none the user id. Send to `address`,
    /// not to it.
    #[must_use]
    pub fn customer(&self) -> Option<&str> {
        let (number, user_id) = match self {
            Self::Message(message) => (&message.from, &message.user_id),
            Self::Echo(echo) => (&echo.to, &echo.message.user_id),
            Self::Status(status) => (&status.recipient, &status.user_id),
            Self::Preference(preference) => (&preference.phone, &preference.user_id),
            Self::Template(_) | Self::Other(_) => return None,
        };
        number.as_deref().or(user_id.as_deref())
    }

    /// What it is called in a list or a log: `message image`, `status read`, `template quality`, `preference stop`; anything else by its
    /// webhook field.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Message(message) => format!("message {}", message.kind),
            Self::Echo(echo) => format!("echo {}", echo.message.kind),
            Self::Status(status) => format!("status {}", status.status),
            Self::Template(template) => format!("template {}", template.change),
            Self::Preference(preference) => format!("preference {}", preference.value),
            Self::Other(other) => other.field.clone(),
        }
    }
}

declare! {
    /// Somebody wrote to the business.
    ///
    /// To answer, send to `address`: it is the sender exactly as Meta named it.
    MessageEvent {
        /// The message's id.
        id: String,
        /// The sender's number, digits only; absent where Meta gives only a user id.
        ///
        /// Do not send to it: a client with a default country code takes ten bare digits for a national number, and the
        /// message reaches a stranger. Send to `address`.
        from: Option<String>,
        /// The sender's business-scoped user id.
        user_id: Option<String>,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's
        /// message has none.
        address: Option<String>,
        /// The sender's name, as the sender wrote it.
        profile_name: Option<String>,
        /// The sender's user name.
        username: Option<String>,
        /// The group that it was written in; absent in a conversation of two.
        group_id: Option<String>,
        /// When it was written.
        timestamp: Timestamp,
        /// The business number that it came to.
        phone_number_id: String,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        kind as "type": String,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row
        /// that was pressed.
        text: Option<String>,
        /// The id of the message that it answers.
        reply_to: Option<String>,
        /// The file of a picture, a video, an audio, a document or a sticker.
        media: Option<Box<EventMedia>>,
        /// What was pressed: a button, or a row of a list.
        reply: Option<Box<EventReply>>,
        /// What the customer filled in, in a flow or a form for an address.
        flow: Option<Box<EventFlow>>,
        /// The place, where the type is `location`.
        location: Option<Box<EventLocation>>,
        /// The contact cards, where the type is `contacts`; else empty.
        contacts: Vec<EventContact>,
        /// The reaction, where the type is `reaction`.
        reaction: Option<Box<EventReaction>>,
        /// What was ordered, where the type is `order`.
        order: Option<Box<EventOrder>>,
        /// What has changed about the customer, where the type is `system`.
        system: Option<Box<EventSystem>>,
        /// What the sender made of an earlier message, where the type is `edit`.
        edit: Option<Box<Edit>>,
        /// Which message the sender took back, where the type is `revoke`.
        revoke: Option<Revoke>,
        /// What it refers to: the message that it answers, a product, or that it was forwarded.
        context: Option<Box<EventContext>>,
        /// The advertisement or post from which the customer came.
        referral: Option<Box<EventReferral>>,
        /// Why the message could not be passed on, where the type is `unsupported`; else mostly empty.
        errors: Vec<StatusError>,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False
        /// without a store.
        redelivered: bool,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is
        /// left out where nothing did.
        raw: Json,
    }

    /// A message that the business sent from its phone: all that a message event has, and whom it went to.
    ///
    /// `from` is the business's own number; `user_id`, `username`, `profile_name` and `address` are the customer's.
    EchoEvent holds message: MessageEvent {
        /// The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it.
        to: Option<String>,
    }

    /// What became of a message that the business sent.
    StatusEvent {
        /// The message's id.
        id: String,
        /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
        status: String,
        /// When it became so.
        timestamp: Timestamp,
        /// The recipient's number, digits only. Do not send to it, but to `address`.
        recipient: Option<String>,
        /// The recipient's business-scoped user id.
        user_id: Option<String>,
        /// What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none.
        address: Option<String>,
        /// The business number that it was sent from.
        phone_number_id: String,
        /// The send's reference.
        reference: Option<String>,
        /// Why it failed.
        errors: Vec<StatusError>,
        /// The conversation that Meta charges for. Newer versions of the Graph API leave it out.
        conversation: Option<Box<EventConversation>>,
        /// What Meta charges for the message.
        pricing: Option<Box<EventPricing>>,
        /// Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message.
        payment: Option<Json>,
        /// Whether the store has seen this status of this message before. False without a store.
        redelivered: bool,
        /// The status as Meta wrote it.
        raw: Json,
    }

    /// Something about a template has changed.
    TemplateEvent {
        /// The template's id.
        template_id: String,
        /// What has changed: `status`, `quality`, `category` or `components`.
        change: String,
        /// The template's name.
        name: Option<String>,
        /// The template's language, such as `en_US`.
        language: Option<String>,
        /// What it is now: the status (`APPROVED`, `REJECTED`, `PAUSED` …), the quality (`GREEN`, `YELLOW`, `RED`, `UNKNOWN`), the category, or
        /// the text of the body.
        value: Option<String>,
        /// What it was before: the quality or the category.
        previous: Option<String>,
        /// Why the status changed, such as `INCORRECT_CATEGORY`; `NONE` where Meta gives no reason.
        reason: Option<String>,
        /// The change's value as Meta wrote it.
        raw: Json,
    }

    /// A customer stops or resumes marketing messages.
    PreferenceEvent {
        /// `stop` or `resume`.
        value: String,
        /// When the customer said so.
        timestamp: Timestamp,
        /// The business number that it is about.
        phone_number_id: String,
        /// What it is about: `marketing_messages`.
        category: Option<String>,
        /// The customer's number, digits only. Send to `address`, not to it.
        phone: Option<String>,
        /// The customer's business-scoped user id.
        user_id: Option<String>,
        /// What to send to: `+` and the customer's number, or the user id where there is no number.
        address: Option<String>,
        /// The preference as Meta wrote it.
        raw: Json,
    }

    /// Anything that is none of the others.
    OtherEvent {
        /// The webhook field, such as `account_update`.
        field: String,
        /// The change's value as Meta wrote it.
        raw: Json,
    }
}
