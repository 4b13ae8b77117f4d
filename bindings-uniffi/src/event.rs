// Written by `cargo xtask generate` from the declarations in core/src/webhook.

//! What a webhook tells, typed.

use crate::event_record::{event_record, events};
use crate::time::Date;

event_record! {
    /// A file of a message.
    EventMedia {
        /// Its id, under which Meta keeps it for 7 days.
        #[uniffi(default = None)]
        id: Option<String> = id,
        /// Its type, such as `image/jpeg`.
        #[uniffi(default = None)]
        mime_type: Option<String> = mime_type,
        /// Its SHA-256 in base64, as webhooks have it.
        #[uniffi(default = None)]
        sha256: Option<String> = sha256,
        /// What was written below it.
        #[uniffi(default = None)]
        caption: Option<String> = caption,
        /// A document's name.
        #[uniffi(default = None)]
        filename: Option<String> = filename,
        /// Whether it is a voice note.
        #[uniffi(default = None)]
        voice: Option<bool> = voice,
        /// Whether a sticker moves.
        #[uniffi(default = None)]
        animated: Option<bool> = animated,
        /// Where it can be fetched for five minutes, with the access token.
        #[uniffi(default = None)]
        url: Option<String> = url,
    }

    /// What a customer pressed.
    EventReply {
        /// `reply_button` or `list` for what a message of that kind has, `template_button` for a quick reply of a template.
        kind: String = kind,
        /// The id of the button or row; of a template's button its payload.
        #[uniffi(default = None)]
        id: Option<String> = id,
        /// Its label.
        #[uniffi(default = None)]
        title: Option<String> = title,
        /// The description of a row.
        #[uniffi(default = None)]
        description: Option<String> = description,
    }

    /// What a customer filled in.
    EventFlow {
        /// `flow`, or `address_message` for an address.
        #[uniffi(default = None)]
        name: Option<String> = name,
        /// What the customer sees of it, such as `Sent`.
        #[uniffi(default = None)]
        body: Option<String> = body,
        /// The `flow_token` with which the flow was sent.
        #[uniffi(default = None)]
        token: Option<String> = token,
        /// What was filled in, as the JSON that it is. Absent where Meta's text is no JSON.
        #[uniffi(default = None)]
        response: Option<String> = response,
    }

    /// A place.
    EventLocation {
        /// Degrees north of the equator.
        #[uniffi(default = None)]
        latitude: Option<f64> = latitude,
        /// Degrees east of Greenwich.
        #[uniffi(default = None)]
        longitude: Option<f64> = longitude,
        /// Its name.
        #[uniffi(default = None)]
        name: Option<String> = name,
        /// Its address.
        #[uniffi(default = None)]
        address: Option<String> = address,
        /// A page about it.
        #[uniffi(default = None)]
        url: Option<String> = url,
    }

    /// A phone number of a contact card.
    EventPhone {
        /// The number, as it is shown.
        #[uniffi(default = None)]
        phone: Option<String> = phone,
        /// What it is for, such as `HOME`, `WORK` or `CELL`.
        #[uniffi(default = None)]
        r#type: Option<String> = kind,
        /// The WhatsApp number, digits only. To write to it, put a `+` before it.
        #[uniffi(default = None)]
        wa_id: Option<String> = wa_id,
    }

    /// A mail address of a contact card.
    EventEmail {
        /// The address.
        #[uniffi(default = None)]
        email: Option<String> = email,
        /// What it is for, such as `HOME` or `WORK`.
        #[uniffi(default = None)]
        r#type: Option<String> = kind,
    }

    /// A web address of a contact card.
    EventUrl {
        /// The address.
        #[uniffi(default = None)]
        url: Option<String> = url,
        /// What it is for, such as `HOME` or `WORK`.
        #[uniffi(default = None)]
        r#type: Option<String> = kind,
    }

    /// A postal address of a contact card.
    EventAddress {
        /// Street and number.
        #[uniffi(default = None)]
        street: Option<String> = street,
        /// The city.
        #[uniffi(default = None)]
        city: Option<String> = city,
        /// The state or region.
        #[uniffi(default = None)]
        state: Option<String> = state,
        /// The postal code.
        #[uniffi(default = None)]
        zip: Option<String> = zip,
        /// The country's name.
        #[uniffi(default = None)]
        country: Option<String> = country,
        /// The country's code of two letters.
        #[uniffi(default = None)]
        country_code: Option<String> = country_code,
        /// What it is for, such as `HOME` or `WORK`.
        #[uniffi(default = None)]
        r#type: Option<String> = kind,
    }

    /// A contact card.
    EventContact {
        /// The whole name, as it is shown.
        #[uniffi(default = None)]
        formatted_name: Option<String> = formatted_name,
        /// The first name.
        #[uniffi(default = None)]
        first_name: Option<String> = first_name,
        /// The last name.
        #[uniffi(default = None)]
        last_name: Option<String> = last_name,
        /// The middle name.
        #[uniffi(default = None)]
        middle_name: Option<String> = middle_name,
        /// The title before the name, such as `Dr`.
        #[uniffi(default = None)]
        prefix: Option<String> = prefix,
        /// The addition after the name, such as `Jr`.
        #[uniffi(default = None)]
        suffix: Option<String> = suffix,
        /// The phone numbers.
        #[uniffi(default = [])]
        phones: Vec<EventPhone> = phones,
        /// The mail addresses.
        #[uniffi(default = [])]
        emails: Vec<EventEmail> = emails,
        /// The web addresses.
        #[uniffi(default = [])]
        urls: Vec<EventUrl> = urls,
        /// The postal addresses.
        #[uniffi(default = [])]
        addresses: Vec<EventAddress> = addresses,
        /// The company.
        #[uniffi(default = None)]
        company: Option<String> = company,
        /// The department in the company.
        #[uniffi(default = None)]
        department: Option<String> = department,
        /// The position in the company.
        #[uniffi(default = None)]
        title: Option<String> = title,
        /// The birthday, as `YYYY-MM-DD`.
        #[uniffi(default = None)]
        birthday: Option<String> = birthday,
        /// `contact_request` where the customer answers such a message.
        #[uniffi(default = None)]
        origin: Option<String> = origin,
        /// The card as a vCard, where Meta gives it.
        #[uniffi(default = None)]
        vcard: Option<String> = vcard,
    }

    /// A reaction to a message.
    EventReaction {
        /// The id of the message that it is a reaction to.
        message_id: String = message_id,
        /// The emoji; absent where the reaction was taken back.
        #[uniffi(default = None)]
        emoji: Option<String> = emoji,
    }

    /// A product of an order.
    EventOrderItem {
        /// The product's id in the catalog.
        #[uniffi(default = None)]
        product_retailer_id: Option<String> = product_retailer_id,
        /// How many.
        #[uniffi(default = None)]
        quantity: Option<i64> = quantity,
        /// The price of one.
        #[uniffi(default = None)]
        price: Option<f64> = price,
        /// The currency of the price, such as `INR`.
        #[uniffi(default = None)]
        currency: Option<String> = currency,
    }

    /// What a customer ordered from a catalog.
    EventOrder {
        /// The catalog's id.
        #[uniffi(default = None)]
        catalog_id: Option<String> = catalog_id,
        /// What the customer wrote beside it.
        #[uniffi(default = None)]
        text: Option<String> = text,
        /// The products.
        #[uniffi(default = [])]
        items: Vec<EventOrderItem> = items,
    }

    /// What has changed about a customer.
    EventSystem {
        /// `user_changed_number`, `user_changed_user_id` …; new ones come without notice.
        #[uniffi(default = None)]
        r#type: Option<String> = kind,
        /// What Meta writes for people.
        #[uniffi(default = None)]
        body: Option<String> = body,
        /// The customer's new number, digits only. The event's `address` still names the old one: send to `+` and this.
        #[uniffi(default = None)]
        new_wa_id: Option<String> = new_wa_id,
        /// The customer's business-scoped user id from now on.
        #[uniffi(default = None)]
        user_id: Option<String> = user_id,
        /// The user id that the customer had before.
        #[uniffi(default = None)]
        previous_user_id: Option<String> = previous_user_id,
    }

    /// An earlier message as the sender wants it now.
    Edit {
        /// The id of the message that is changed.
        message_id: String = message_id,
        /// Its new text, or the new caption of its file.
        #[uniffi(default = None)]
        text: Option<String> = text,
        /// Its file.
        #[uniffi(default = None)]
        media: Option<EventMedia> = media,
    }

    /// An earlier message that the sender took back.
    Revoke {
        /// The id of the message that is gone.
        message_id: String = message_id,
    }

    /// A product of a catalog.
    EventProduct {
        /// The catalog's id.
        #[uniffi(default = None)]
        catalog_id: Option<String> = catalog_id,
        /// The product's id in the catalog.
        #[uniffi(default = None)]
        product_retailer_id: Option<String> = product_retailer_id,
    }

    /// What a message refers to.
    EventContext {
        /// The id of the message that it answers.
        #[uniffi(default = None)]
        message_id: Option<String> = message_id,
        /// The number that wrote that message, digits only.
        #[uniffi(default = None)]
        from: Option<String> = from,
        /// Whether it was forwarded.
        #[uniffi(default = None)]
        forwarded: Option<bool> = forwarded,
        /// Whether it was forwarded more than five times.
        #[uniffi(default = None)]
        frequently_forwarded: Option<bool> = frequently_forwarded,
        /// The product that the customer asks about.
        #[uniffi(default = None)]
        product: Option<EventProduct> = product,
    }

    /// The advertisement or post from which a customer came.
    EventReferral {
        /// `ad` or `post`.
        #[uniffi(default = None)]
        source_type: Option<String> = source_type,
        /// Its id.
        #[uniffi(default = None)]
        source_id: Option<String> = source_id,
        /// Where it is.
        #[uniffi(default = None)]
        source_url: Option<String> = source_url,
        /// Its headline.
        #[uniffi(default = None)]
        headline: Option<String> = headline,
        /// Its text.
        #[uniffi(default = None)]
        body: Option<String> = body,
        /// `image` or `video`.
        #[uniffi(default = None)]
        media_type: Option<String> = media_type,
        /// The address of its picture.
        #[uniffi(default = None)]
        image_url: Option<String> = image_url,
        /// The address of its video.
        #[uniffi(default = None)]
        video_url: Option<String> = video_url,
        /// The address of the video's preview.
        #[uniffi(default = None)]
        thumbnail_url: Option<String> = thumbnail_url,
        /// The id of the click, for Meta's Conversions API.
        #[uniffi(default = None)]
        ctwa_clid: Option<String> = ctwa_clid,
    }

    /// An error that a webhook tells of.
    StatusError {
        /// The Graph API's code, such as 131026.
        code: i64 = code,
        /// A short title.
        #[uniffi(default = None)]
        title: Option<String> = title,
        /// What happened.
        #[uniffi(default = None)]
        message: Option<String> = message,
        /// What Meta says of the cause.
        #[uniffi(default = None)]
        details: Option<String> = details,
    }

    /// A conversation as Meta charges for it.
    EventConversation {
        /// Its id.
        #[uniffi(default = None)]
        id: Option<String> = id,
        /// What began it: `utility`, `marketing`, `service`, `referral_conversion` …
        #[uniffi(default = None)]
        origin: Option<String> = origin,
        /// When it ends; only with the status `sent`.
        #[uniffi(default = None)]
        expires_at: Option<Date> = expires_at,
    }

    /// What Meta charges for a message.
    EventPricing {
        /// Whether it costs anything.
        #[uniffi(default = None)]
        billable: Option<bool> = billable,
        /// The model, such as `PMP` (for each message) or `CBP` (for each conversation).
        #[uniffi(default = None)]
        model: Option<String> = model,
        /// The category: `utility`, `marketing`, `authentication`, `service` …
        #[uniffi(default = None)]
        category: Option<String> = category,
        /// `regular`, `free_customer_service` or `free_entry_point`.
        #[uniffi(default = None)]
        r#type: Option<String> = kind,
    }

    /// Somebody wrote to the business.
    ///
    /// To answer, send to `address`: it is the sender exactly as Meta named it.
    MessageEvent {
        /// The message's id.
        id: String = id,
        /// The sender's number, digits only; absent where Meta gives only a user id.
        ///
        /// Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`.
        #[uniffi(default = None)]
        from: Option<String> = from,
        /// The sender's business-scoped user id.
        #[uniffi(default = None)]
        user_id: Option<String> = user_id,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none.
        #[uniffi(default = None)]
        address: Option<String> = address,
        /// The sender's name, as the sender wrote it.
        #[uniffi(default = None)]
        profile_name: Option<String> = profile_name,
        /// The sender's user name.
        #[uniffi(default = None)]
        username: Option<String> = username,
        /// The group that it was written in; absent in a conversation of two.
        #[uniffi(default = None)]
        group_id: Option<String> = group_id,
        /// When it was written.
        timestamp: Date = timestamp,
        /// The business number that it came to.
        phone_number_id: String = phone_number_id,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type: String = kind,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed.
        #[uniffi(default = None)]
        text: Option<String> = text,
        /// The id of the message that it answers.
        #[uniffi(default = None)]
        reply_to: Option<String> = reply_to,
        /// The file of a picture, a video, an audio, a document or a sticker.
        #[uniffi(default = None)]
        media: Option<EventMedia> = media,
        /// What was pressed: a button, or a row of a list.
        #[uniffi(default = None)]
        reply: Option<EventReply> = reply,
        /// What the customer filled in, in a flow or a form for an address.
        #[uniffi(default = None)]
        flow: Option<EventFlow> = flow,
        /// The place, where the type is `location`.
        #[uniffi(default = None)]
        location: Option<EventLocation> = location,
        /// The contact cards, where the type is `contacts`; else empty.
        #[uniffi(default = [])]
        contacts: Vec<EventContact> = contacts,
        /// The reaction, where the type is `reaction`.
        #[uniffi(default = None)]
        reaction: Option<EventReaction> = reaction,
        /// What was ordered, where the type is `order`.
        #[uniffi(default = None)]
        order: Option<EventOrder> = order,
        /// What has changed about the customer, where the type is `system`.
        #[uniffi(default = None)]
        system: Option<EventSystem> = system,
        /// What the sender made of an earlier message, where the type is `edit`.
        #[uniffi(default = None)]
        edit: Option<Edit> = edit,
        /// Which message the sender took back, where the type is `revoke`.
        #[uniffi(default = None)]
        revoke: Option<Revoke> = revoke,
        /// What it refers to: the message that it answers, a product, or that it was forwarded.
        #[uniffi(default = None)]
        context: Option<EventContext> = context,
        /// The advertisement or post from which the customer came.
        #[uniffi(default = None)]
        referral: Option<EventReferral> = referral,
        /// Why the message could not be passed on, where the type is `unsupported`; else mostly empty.
        #[uniffi(default = [])]
        errors: Vec<StatusError> = errors,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store.
        redelivered: bool = redelivered,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did. JSON text.
        raw: String = raw,
    }

    /// A message that the business sent from its phone: all that a message event has, and whom it went to.
    ///
    /// `from` is the business's own number; `userId`, `username`, `profileName` and `address` are the customer's.
    EchoEvent {
        /// The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it.
        #[uniffi(default = None)]
        to: Option<String> = to,
        /// The message's id.
        id: String = message.id,
        /// The sender's number, digits only; absent where Meta gives only a user id.
        ///
        /// Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`.
        #[uniffi(default = None)]
        from: Option<String> = message.from,
        /// The sender's business-scoped user id.
        #[uniffi(default = None)]
        user_id: Option<String> = message.user_id,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none.
        #[uniffi(default = None)]
        address: Option<String> = message.address,
        /// The sender's name, as the sender wrote it.
        #[uniffi(default = None)]
        profile_name: Option<String> = message.profile_name,
        /// The sender's user name.
        #[uniffi(default = None)]
        username: Option<String> = message.username,
        /// The group that it was written in; absent in a conversation of two.
        #[uniffi(default = None)]
        group_id: Option<String> = message.group_id,
        /// When it was written.
        timestamp: Date = message.timestamp,
        /// The business number that it came to.
        phone_number_id: String = message.phone_number_id,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type: String = message.kind,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed.
        #[uniffi(default = None)]
        text: Option<String> = message.text,
        /// The id of the message that it answers.
        #[uniffi(default = None)]
        reply_to: Option<String> = message.reply_to,
        /// The file of a picture, a video, an audio, a document or a sticker.
        #[uniffi(default = None)]
        media: Option<EventMedia> = message.media,
        /// What was pressed: a button, or a row of a list.
        #[uniffi(default = None)]
        reply: Option<EventReply> = message.reply,
        /// What the customer filled in, in a flow or a form for an address.
        #[uniffi(default = None)]
        flow: Option<EventFlow> = message.flow,
        /// The place, where the type is `location`.
        #[uniffi(default = None)]
        location: Option<EventLocation> = message.location,
        /// The contact cards, where the type is `contacts`; else empty.
        #[uniffi(default = [])]
        contacts: Vec<EventContact> = message.contacts,
        /// The reaction, where the type is `reaction`.
        #[uniffi(default = None)]
        reaction: Option<EventReaction> = message.reaction,
        /// What was ordered, where the type is `order`.
        #[uniffi(default = None)]
        order: Option<EventOrder> = message.order,
        /// What has changed about the customer, where the type is `system`.
        #[uniffi(default = None)]
        system: Option<EventSystem> = message.system,
        /// What the sender made of an earlier message, where the type is `edit`.
        #[uniffi(default = None)]
        edit: Option<Edit> = message.edit,
        /// Which message the sender took back, where the type is `revoke`.
        #[uniffi(default = None)]
        revoke: Option<Revoke> = message.revoke,
        /// What it refers to: the message that it answers, a product, or that it was forwarded.
        #[uniffi(default = None)]
        context: Option<EventContext> = message.context,
        /// The advertisement or post from which the customer came.
        #[uniffi(default = None)]
        referral: Option<EventReferral> = message.referral,
        /// Why the message could not be passed on, where the type is `unsupported`; else mostly empty.
        #[uniffi(default = [])]
        errors: Vec<StatusError> = message.errors,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store.
        redelivered: bool = message.redelivered,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did. JSON text.
        raw: String = message.raw,
    }

    /// What became of a message that the business sent.
    StatusEvent {
        /// The message's id.
        id: String = id,
        /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
        status: String = status,
        /// When it became so.
        timestamp: Date = timestamp,
        /// The recipient's number, digits only. Do not send to it, but to `address`.
        #[uniffi(default = None)]
        recipient: Option<String> = recipient,
        /// The recipient's business-scoped user id.
        #[uniffi(default = None)]
        user_id: Option<String> = user_id,
        /// What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none.
        #[uniffi(default = None)]
        address: Option<String> = address,
        /// The business number that it was sent from.
        phone_number_id: String = phone_number_id,
        /// The send's reference.
        #[uniffi(default = None)]
        reference: Option<String> = reference,
        /// Why it failed.
        #[uniffi(default = [])]
        errors: Vec<StatusError> = errors,
        /// The conversation that Meta charges for. Newer versions of the Graph API leave it out.
        #[uniffi(default = None)]
        conversation: Option<EventConversation> = conversation,
        /// What Meta charges for the message.
        #[uniffi(default = None)]
        pricing: Option<EventPricing> = pricing,
        /// Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message. JSON text.
        #[uniffi(default = None)]
        payment: Option<String> = payment,
        /// Whether the store has seen this status of this message before. False without a store.
        redelivered: bool = redelivered,
        /// The status as Meta wrote it. JSON text.
        raw: String = raw,
    }

    /// Something about a template has changed.
    TemplateEvent {
        /// The template's id.
        template_id: String = template_id,
        /// What has changed: `status`, `quality`, `category` or `components`.
        change: String = change,
        /// The template's name.
        #[uniffi(default = None)]
        name: Option<String> = name,
        /// The template's language, such as `en_US`.
        #[uniffi(default = None)]
        language: Option<String> = language,
        /// What it is now: the status (`APPROVED`, `REJECTED`, `PAUSED` …), the quality (`GREEN`, `YELLOW`, `RED`, `UNKNOWN`), the category, or the text of the body.
        #[uniffi(default = None)]
        value: Option<String> = value,
        /// What it was before: the quality or the category.
        #[uniffi(default = None)]
        previous: Option<String> = previous,
        /// Why the status changed, such as `INCORRECT_CATEGORY`; `NONE` where Meta gives no reason.
        #[uniffi(default = None)]
        reason: Option<String> = reason,
        /// The change's value as Meta wrote it. JSON text.
        raw: String = raw,
    }

    /// A customer stops or resumes marketing messages.
    PreferenceEvent {
        /// `stop` or `resume`.
        value: String = value,
        /// When the customer said so.
        timestamp: Date = timestamp,
        /// The business number that it is about.
        phone_number_id: String = phone_number_id,
        /// What it is about: `marketing_messages`.
        #[uniffi(default = None)]
        category: Option<String> = category,
        /// The customer's number, digits only. Send to `address`, not to it.
        #[uniffi(default = None)]
        phone: Option<String> = phone,
        /// The customer's business-scoped user id.
        #[uniffi(default = None)]
        user_id: Option<String> = user_id,
        /// What to send to: `+` and the customer's number, or the user id where there is no number.
        #[uniffi(default = None)]
        address: Option<String> = address,
        /// The preference as Meta wrote it. JSON text.
        raw: String = raw,
    }

    /// Anything that is none of the others.
    OtherEvent {
        /// The webhook field, such as `account_update`.
        field: String = field,
        /// The change's value as Meta wrote it. JSON text.
        raw: String = raw,
    }
}

events! {
    /// One thing that a webhook tells.
    Event {
        /// Somebody wrote to the business.
        ///
        /// To answer, send to `address`: it is the sender exactly as Meta named it.
        Message(message: MessageEvent),
        /// A message that the business sent from its phone: all that a message event has, and whom it went to.
        ///
        /// `from` is the business's own number; `userId`, `username`, `profileName` and `address` are the customer's.
        Echo(echo: EchoEvent),
        /// What became of a message that the business sent.
        Status(status: StatusEvent),
        /// Something about a template has changed.
        Template(template: TemplateEvent),
        /// A customer stops or resumes marketing messages.
        Preference(preference: PreferenceEvent),
        /// Anything that is none of the others.
        Other(other: OtherEvent),
    }
}
