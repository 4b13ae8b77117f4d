//! What events hold, declared for every language.

use jiff::Timestamp;

use super::declare::declare;
use crate::json::Json;

declare! {
    /// An earlier message as the sender wants it now.
    Edit {
        /// The id of the message that is changed.
        message_id: String,
        /// Its new text, or the new caption of its file.
        text: Option<String>,
        /// Its file.
        media: Option<EventMedia>,
    }

    /// An earlier message that the sender took back.
    Revoke {
        /// The id of the message that is gone.
        message_id: String,
    }

    /// A file of a message.
    EventMedia {
        /// Its id, under which Meta keeps it for 7 days.
        id: Option<String>,
        /// Its type, such as `image/jpeg`.
        mime_type: Option<String>,
        /// Its SHA-256 in base64, as webhooks have it.
        sha256: Option<String>,
        /// What was written below it.
        caption: Option<String>,
        /// A document's name.
        filename: Option<String>,
        /// Whether it is a voice note.
        voice: Option<bool>,
        /// Whether a sticker moves.
        animated: Option<bool>,
        /// Where it can be fetched for five minutes, with the access token.
        url: Option<String>,
    }

    /// What a customer pressed.
    EventReply {
        /// `reply_button` or `list` for what a message of that kind has, `template_button` for a quick reply of a template.
        kind: String,
        /// The id of the button or row; of a template's button its payload.
        id: Option<String>,
        /// Its label.
        title: Option<String>,
        /// The description of a row.
        description: Option<String>,
    }

    /// What a customer filled in.
    EventFlow {
        /// `flow`, or `address_message` for an address.
        name: Option<String>,
        /// What the customer sees of it, such as `Sent`.
        body: Option<String>,
        /// The `flow_token` with which the flow was sent.
        token: Option<String>,
        /// What was filled in, as the JSON that it is. Absent where Meta's text is no JSON.
        response: Option<Json>,
    }

    /// A place.
    EventLocation {
        /// Degrees north of the equator.
        latitude: Option<f64>,
        /// Degrees east of Greenwich.
        longitude: Option<f64>,
        /// Its name.
        name: Option<String>,
        /// Its address.
        address: Option<String>,
        /// A page about it.
        url: Option<String>,
    }

    /// A contact card.
    EventContact {
        /// The whole name, as it is shown.
        formatted_name: Option<String>,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// The middle name.
        middle_name: Option<String>,
        /// The title before the name, such as `Dr`.
        prefix: Option<String>,
        /// The addition after the name, such as `Jr`.
        suffix: Option<String>,
        /// The phone numbers.
        phones: Vec<EventPhone>,
        /// The mail addresses.
        emails: Vec<EventEmail>,
        /// The web addresses.
        urls: Vec<EventUrl>,
        /// The postal addresses.
        addresses: Vec<EventAddress>,
        /// The company.
        company: Option<String>,
        /// The department in the company.
        department: Option<String>,
        /// The position in the company.
        title: Option<String>,
        /// The birthday, as `YYYY-MM-DD`.
        birthday: Option<String>,
        /// `contact_request` where the customer answers such a message.
        origin: Option<String>,
        /// The card as a vCard, where Meta gives it.
        vcard: Option<String>,
    }

    /// A phone number of a contact card.
    EventPhone {
        /// The number, as it is shown.
        phone: Option<String>,
        /// What it is for, such as `HOME`, `WORK` or `CELL`.
        kind as "type": Option<String>,
        /// The WhatsApp number, digits only. To write to it, put a `+` before it.
        wa_id: Option<String>,
    }

    /// A mail address of a contact card.
    EventEmail {
        /// The address.
        email: Option<String>,
        /// What it is for, such as `HOME` or `WORK`.
        kind as "type": Option<String>,
    }

    /// A web address of a contact card.
    EventUrl {
        /// The address.
        url: Option<String>,
        /// What it is for, such as `HOME` or `WORK`.
        kind as "type": Option<String>,
    }

    /// A postal address of a contact card.
    EventAddress {
        /// Street and number.
        street: Option<String>,
        /// The city.
        city: Option<String>,
        /// The state or region.
        state: Option<String>,
        /// The postal code.
        zip: Option<String>,
        /// The country's name.
        country: Option<String>,
        /// The country's code of two letters.
        country_code: Option<String>,
        /// What it is for, such as `HOME` or `WORK`.
        kind as "type": Option<String>,
    }

    /// A reaction to a message.
    EventReaction {
        /// The id of the message that it is a reaction to.
        message_id: String,
        /// The emoji; absent where the reaction was taken back.
        emoji: Option<String>,
    }

    /// What a customer ordered from a catalog.
    EventOrder {
        /// The catalog's id.
        catalog_id: Option<String>,
        /// What the customer wrote beside it.
        text: Option<String>,
        /// The products.
        items: Vec<EventOrderItem>,
    }

    /// A product of an order.
    EventOrderItem {
        /// The product's id in the catalog.
        product_retailer_id: Option<String>,
        /// How many.
        quantity: Option<i64>,
        /// The price of one.
        price: Option<f64>,
        /// The currency of the price, such as `INR`.
        currency: Option<String>,
    }

    /// What has changed about a customer.
    EventSystem {
        /// `user_changed_number`, `user_changed_user_id` …; new ones come without notice.
        kind as "type": Option<String>,
        /// What Meta writes for people.
        body: Option<String>,
        /// The customer's new number, digits only. The event's `address` still names the old one: send to `+` and this.
        new_wa_id: Option<String>,
        /// The customer's business-scoped user id from now on.
        user_id: Option<String>,
        /// The user id that the customer had before.
        previous_user_id: Option<String>,
    }

    /// What a message refers to.
    EventContext {
        /// The id of the message that it answers.
        message_id: Option<String>,
        /// The number that wrote that message, digits only.
        from: Option<String>,
        /// Whether it was forwarded.
        forwarded: Option<bool>,
        /// Whether it was forwarded more than five times.
        frequently_forwarded: Option<bool>,
        /// The product that the customer asks about.
        product: Option<EventProduct>,
    }

    /// A product of a catalog.
    EventProduct {
        /// The catalog's id.
        catalog_id: Option<String>,
        /// The product's id in the catalog.
        product_retailer_id: Option<String>,
    }

    /// The advertisement or post from which a customer came.
    EventReferral {
        /// `ad` or `post`.
        source_type: Option<String>,
        /// Its id.
        source_id: Option<String>,
        /// Where it is.
        source_url: Option<String>,
        /// Its headline.
        headline: Option<String>,
        /// Its text.
        body: Option<String>,
        /// `image` or `video`.
        media_type: Option<String>,
        /// The address of its picture.
        image_url: Option<String>,
        /// The address of its video.
        video_url: Option<String>,
        /// The address of the video's preview.
        thumbnail_url: Option<String>,
        /// The id of the click, for Meta's Conversions API.
        ctwa_clid: Option<String>,
    }

    /// A conversation as Meta charges for it.
    EventConversation {
        /// Its id.
        id: Option<String>,
        /// What began it: `utility`, `marketing`, `service`, `referral_conversion` …
        origin: Option<String>,
        /// When it ends; only with the status `sent`.
        expires_at: Option<Timestamp>,
    }

    /// What Meta charges for a message.
    EventPricing {
        /// Whether it costs anything.
        billable: Option<bool>,
        /// The model, such as `PMP` (for each message) or `CBP` (for each conversation).
        model: Option<String>,
        /// The category: `utility`, `marketing`, `authentication`, `service` …
        category: Option<String>,
        /// `regular`, `free_customer_service` or `free_entry_point`.
        kind as "type": Option<String>,
    }

    /// An error that a webhook tells of.
    StatusError {
        /// The Graph API's code, such as 131026.
        code: i64,
        /// A short title.
        title: Option<String>,
        /// What happened.
        message: Option<String>,
        /// What Meta says of the cause.
        details: Option<String>,
    }
}
