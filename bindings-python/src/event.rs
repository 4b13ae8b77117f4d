// Written by `cargo xtask generate` from the declarations in core/src/webhook.

//! What webhooks tell.

use pyo3::prelude::*;

use crate::event_class::{event_class, events};

event_class! {
    /// A file of a message.
    EventMedia {
        /// Its id, under which Meta keeps it for 7 days.
        id "id" id,
        /// Its type, such as `image/jpeg`.
        mime_type "mime_type" mime_type,
        /// Its SHA-256 in base64, as webhooks have it.
        sha256 "sha256" sha256,
        /// What was written below it.
        caption "caption" caption,
        /// A document's name.
        filename "filename" filename,
        /// Whether it is a voice note.
        voice "voice" voice,
        /// Whether a sticker moves.
        animated "animated" animated,
        /// Where it can be fetched for five minutes, with the access token.
        url "url" url,
    }
}

event_class! {
    /// What a customer pressed.
    EventReply {
        /// `reply_button` or `list` for what a message of that kind has, `template_button` for a quick reply of a template.
        kind "kind" kind,
        /// The id of the button or row; of a template's button its payload.
        id "id" id,
        /// Its label.
        title "title" title,
        /// The description of a row.
        description "description" description,
    }
}

event_class! {
    /// What a customer filled in.
    EventFlow {
        /// `flow`, or `address_message` for an address.
        name "name" name,
        /// What the customer sees of it, such as `Sent`.
        body "body" body,
        /// The `flow_token` with which the flow was sent.
        token "token" token,
        /// What was filled in, as the JSON that it is. Absent where Meta's text is no JSON.
        response "response" response,
    }
}

event_class! {
    /// A place.
    EventLocation {
        /// Degrees north of the equator.
        latitude "latitude" latitude,
        /// Degrees east of Greenwich.
        longitude "longitude" longitude,
        /// Its name.
        name "name" name,
        /// Its address.
        address "address" address,
        /// A page about it.
        url "url" url,
    }
}

event_class! {
    /// A phone number of a contact card.
    EventPhone {
        /// The number, as it is shown.
        phone "phone" phone,
        /// What it is for, such as `HOME`, `WORK` or `CELL`.
        r#type "type" kind,
        /// The WhatsApp number, digits only. To write to it, put a `+` before it.
        wa_id "wa_id" wa_id,
    }
}

event_class! {
    /// A mail address of a contact card.
    EventEmail {
        /// The address.
        email "email" email,
        /// What it is for, such as `HOME` or `WORK`.
        r#type "type" kind,
    }
}

event_class! {
    /// A web address of a contact card.
    EventUrl {
        /// The address.
        url "url" url,
        /// What it is for, such as `HOME` or `WORK`.
        r#type "type" kind,
    }
}

event_class! {
    /// A postal address of a contact card.
    EventAddress {
        /// Street and number.
        street "street" street,
        /// The city.
        city "city" city,
        /// The state or region.
        state "state" state,
        /// The postal code.
        zip "zip" zip,
        /// The country's name.
        country "country" country,
        /// The country's code of two letters.
        country_code "country_code" country_code,
        /// What it is for, such as `HOME` or `WORK`.
        r#type "type" kind,
    }
}

event_class! {
    /// A contact card.
    EventContact {
        /// The whole name, as it is shown.
        formatted_name "formatted_name" formatted_name,
        /// The first name.
        first_name "first_name" first_name,
        /// The last name.
        last_name "last_name" last_name,
        /// The middle name.
        middle_name "middle_name" middle_name,
        /// The title before the name, such as `Dr`.
        prefix "prefix" prefix,
        /// The addition after the name, such as `Jr`.
        suffix "suffix" suffix,
        /// The phone numbers.
        phones "phones" phones,
        /// The mail addresses.
        emails "emails" emails,
        /// The web addresses.
        urls "urls" urls,
        /// The postal addresses.
        addresses "addresses" addresses,
        /// The company.
        company "company" company,
        /// The department in the company.
        department "department" department,
        /// The position in the company.
        title "title" title,
        /// The birthday, as `YYYY-MM-DD`.
        birthday "birthday" birthday,
        /// `contact_request` where the customer answers such a message.
        origin "origin" origin,
        /// The card as a vCard, where Meta gives it.
        vcard "vcard" vcard,
    }
}

event_class! {
    /// A reaction to a message.
    EventReaction {
        /// The id of the message that it is a reaction to.
        message_id "message_id" message_id,
        /// The emoji; absent where the reaction was taken back.
        emoji "emoji" emoji,
    }
}

event_class! {
    /// A product of an order.
    EventOrderItem {
        /// The product's id in the catalog.
        product_retailer_id "product_retailer_id" product_retailer_id,
        /// How many.
        quantity "quantity" quantity,
        /// The price of one.
        price "price" price,
        /// The currency of the price, such as `INR`.
        currency "currency" currency,
    }
}

event_class! {
    /// What a customer ordered from a catalog.
    EventOrder {
        /// The catalog's id.
        catalog_id "catalog_id" catalog_id,
        /// What the customer wrote beside it.
        text "text" text,
        /// The products.
        items "items" items,
    }
}

event_class! {
    /// What has changed about a customer.
    EventSystem {
        /// `user_changed_number`, `user_changed_user_id` …; new ones come without notice.
        r#type "type" kind,
        /// What Meta writes for people.
        body "body" body,
        /// The customer's new number, digits only. The event's `address` still names the old one: send to `+` and this.
        new_wa_id "new_wa_id" new_wa_id,
        /// The customer's business-scoped user id from now on.
        user_id "user_id" user_id,
        /// The user id that the customer had before.
        previous_user_id "previous_user_id" previous_user_id,
    }
}

event_class! {
    /// An earlier message as the sender wants it now.
    Edit {
        /// The id of the message that is changed.
        message_id "message_id" message_id,
        /// Its new text, or the new caption of its file.
        text "text" text,
        /// Its file.
        media "media" media,
    }
}

event_class! {
    /// An earlier message that the sender took back.
    Revoke {
        /// The id of the message that is gone.
        message_id "message_id" message_id,
    }
}

event_class! {
    /// A product of a catalog.
    EventProduct {
        /// The catalog's id.
        catalog_id "catalog_id" catalog_id,
        /// The product's id in the catalog.
        product_retailer_id "product_retailer_id" product_retailer_id,
    }
}

event_class! {
    /// What a message refers to.
    EventContext {
        /// The id of the message that it answers.
        message_id "message_id" message_id,
        /// The number that wrote that message, digits only.
        from_ "from" from,
        /// Whether it was forwarded.
        forwarded "forwarded" forwarded,
        /// Whether it was forwarded more than five times.
        frequently_forwarded "frequently_forwarded" frequently_forwarded,
        /// The product that the customer asks about.
        product "product" product,
    }
}

event_class! {
    /// The advertisement or post from which a customer came.
    EventReferral {
        /// `ad` or `post`.
        source_type "source_type" source_type,
        /// Its id.
        source_id "source_id" source_id,
        /// Where it is.
        source_url "source_url" source_url,
        /// Its headline.
        headline "headline" headline,
        /// Its text.
        body "body" body,
        /// `image` or `video`.
        media_type "media_type" media_type,
        /// The address of its picture.
        image_url "image_url" image_url,
        /// The address of its video.
        video_url "video_url" video_url,
        /// The address of the video's preview.
        thumbnail_url "thumbnail_url" thumbnail_url,
        /// The id of the click, for Meta's Conversions API.
        ctwa_clid "ctwa_clid" ctwa_clid,
    }
}

event_class! {
    /// An error that a webhook tells of.
    StatusError {
        /// The Graph API's code, such as 131026.
        code "code" code,
        /// A short title.
        title "title" title,
        /// What happened.
        message "message" message,
        /// What Meta says of the cause.
        details "details" details,
    }
}

event_class! {
    /// A conversation as Meta charges for it.
    EventConversation {
        /// Its id.
        id "id" id,
        /// What began it: `utility`, `marketing`, `service`, `referral_conversion` …
        origin "origin" origin,
        /// When it ends; only with the status `sent`. An aware datetime, in UTC.
        expires_at "expires_at" expires_at,
    }
}

event_class! {
    /// What Meta charges for a message.
    EventPricing {
        /// Whether it costs anything.
        billable "billable" billable,
        /// The model, such as `PMP` (for each message) or `CBP` (for each conversation).
        model "model" model,
        /// The category: `utility`, `marketing`, `authentication`, `service` …
        category "category" category,
        /// `regular`, `free_customer_service` or `free_entry_point`.
        r#type "type" kind,
    }
}

event_class! {
    /// Somebody wrote to the business.
    ///
    /// To answer, send to `address`: it is the sender exactly as Meta named it.
    MessageEvent event "message" answered at address quoting id {
        /// The message's id.
        id "id" id,
        /// The sender's number, digits only; absent where Meta gives only a user id. Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`.
        from_ "from" from,
        /// The sender's business-scoped user id.
        user_id "user_id" user_id,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none.
        address "address" address,
        /// The sender's name, as the sender wrote it.
        profile_name "profile_name" profile_name,
        /// The sender's user name.
        username "username" username,
        /// The group that it was written in; absent in a conversation of two.
        group_id "group_id" group_id,
        /// When it was written. An aware datetime, in UTC.
        timestamp "timestamp" timestamp,
        /// The business number that it came to.
        phone_number_id "phone_number_id" phone_number_id,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type "type" kind,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed.
        text "text" text,
        /// The id of the message that it answers.
        reply_to "reply_to" reply_to,
        /// The file of a picture, a video, an audio, a document or a sticker.
        media "media" media,
        /// What was pressed: a button, or a row of a list.
        reply "reply" reply,
        /// What the customer filled in, in a flow or a form for an address.
        flow "flow" flow,
        /// The place, where the type is `location`.
        location "location" location,
        /// The contact cards, where the type is `contacts`; else empty.
        contacts "contacts" contacts,
        /// The reaction, where the type is `reaction`.
        reaction "reaction" reaction,
        /// What was ordered, where the type is `order`.
        order "order" order,
        /// What has changed about the customer, where the type is `system`.
        system "system" system,
        /// What the sender made of an earlier message, where the type is `edit`.
        edit "edit" edit,
        /// Which message the sender took back, where the type is `revoke`.
        revoke "revoke" revoke,
        /// What it refers to: the message that it answers, a product, or that it was forwarded.
        context "context" context,
        /// The advertisement or post from which the customer came.
        referral "referral" referral,
        /// Why the message could not be passed on, where the type is `unsupported`; else mostly empty.
        errors "errors" errors,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store.
        redelivered "redelivered" redelivered,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did.
        raw "raw" raw,
    }
}

event_class! {
    /// A message that the business sent from its phone: all that a message event has, and whom it went to.
    ///
    /// `from_` is the business's own number; `user_id`, `username`, `profile_name` and `address` are the customer's.
    EchoEvent event "echo" {
        /// The customer's number, digits only; absent where Meta gives only a user id. Send to `address`, not to it.
        to "to" to,
        /// The message's id.
        id "id" message.id,
        /// The sender's number, digits only; absent where Meta gives only a user id. Do not send to it: a client with a default country code takes ten bare digits for a national number, and the message reaches a stranger. Send to `address`.
        from_ "from" message.from,
        /// The sender's business-scoped user id.
        user_id "user_id" message.user_id,
        /// What to send an answer to: `+` and the sender's number, or the user id where there is no number. A group's message has none.
        address "address" message.address,
        /// The sender's name, as the sender wrote it.
        profile_name "profile_name" message.profile_name,
        /// The sender's user name.
        username "username" message.username,
        /// The group that it was written in; absent in a conversation of two.
        group_id "group_id" message.group_id,
        /// When it was written. An aware datetime, in UTC.
        timestamp "timestamp" message.timestamp,
        /// The business number that it came to.
        phone_number_id "phone_number_id" message.phone_number_id,
        /// Meta's type: `text`, `image`, `interactive`, `reaction` …; new ones come without notice.
        r#type "type" message.kind,
        /// The text of a text message, the caption of a picture, video or document, or the label of the button or list row that was pressed.
        text "text" message.text,
        /// The id of the message that it answers.
        reply_to "reply_to" message.reply_to,
        /// The file of a picture, a video, an audio, a document or a sticker.
        media "media" message.media,
        /// What was pressed: a button, or a row of a list.
        reply "reply" message.reply,
        /// What the customer filled in, in a flow or a form for an address.
        flow "flow" message.flow,
        /// The place, where the type is `location`.
        location "location" message.location,
        /// The contact cards, where the type is `contacts`; else empty.
        contacts "contacts" message.contacts,
        /// The reaction, where the type is `reaction`.
        reaction "reaction" message.reaction,
        /// What was ordered, where the type is `order`.
        order "order" message.order,
        /// What has changed about the customer, where the type is `system`.
        system "system" message.system,
        /// What the sender made of an earlier message, where the type is `edit`.
        edit "edit" message.edit,
        /// Which message the sender took back, where the type is `revoke`.
        revoke "revoke" message.revoke,
        /// What it refers to: the message that it answers, a product, or that it was forwarded.
        context "context" message.context,
        /// The advertisement or post from which the customer came.
        referral "referral" message.referral,
        /// Why the message could not be passed on, where the type is `unsupported`; else mostly empty.
        errors "errors" message.errors,
        /// Whether the store has seen this message before: Meta delivers a webhook again until it was answered with 200. False without a store.
        redelivered "redelivered" message.redelivered,
        /// `{"message": ..., "contact": ...}` as Meta wrote them: the message, and what stood beside it of the sender. `contact` is left out where nothing did.
        raw "raw" message.raw,
    }
}

event_class! {
    /// What became of a message that the business sent.
    StatusEvent event "status" {
        /// The message's id.
        id "id" id,
        /// `sent`, `delivered`, `read`, `failed` …; new ones come without notice.
        status "status" status,
        /// When it became so. An aware datetime, in UTC.
        timestamp "timestamp" timestamp,
        /// The recipient's number, digits only. Do not send to it, but to `address`.
        recipient "recipient" recipient,
        /// The recipient's business-scoped user id.
        user_id "user_id" user_id,
        /// What to send to: `+` and the recipient's number, or the user id where there is no number. A group has none.
        address "address" address,
        /// The business number that it was sent from.
        phone_number_id "phone_number_id" phone_number_id,
        /// The send's reference.
        reference "reference" reference,
        /// Why it failed.
        errors "errors" errors,
        /// The conversation that Meta charges for. Newer versions of the Graph API leave it out.
        conversation "conversation" conversation,
        /// What Meta charges for the message.
        pricing "pricing" pricing,
        /// Meta's object of a payment. Where there is one, `status` is that of the payment, not of the message.
        payment "payment" payment,
        /// Whether the store has seen this status of this message before. False without a store.
        redelivered "redelivered" redelivered,
        /// The status as Meta wrote it.
        raw "raw" raw,
    }
}

event_class! {
    /// Something about a template has changed.
    TemplateEvent event "template" {
        /// The template's id.
        template_id "template_id" template_id,
        /// What has changed: `status`, `quality`, `category` or `components`.
        change "change" change,
        /// The template's name.
        name "name" name,
        /// The template's language, such as `en_US`.
        language "language" language,
        /// What it is now: the status (`APPROVED`, `REJECTED`, `PAUSED` …), the quality (`GREEN`, `YELLOW`, `RED`, `UNKNOWN`), the category, or the text of the body.
        value "value" value,
        /// What it was before: the quality or the category.
        previous "previous" previous,
        /// Why the status changed, such as `INCORRECT_CATEGORY`; `NONE` where Meta gives no reason.
        reason "reason" reason,
        /// The change's value as Meta wrote it.
        raw "raw" raw,
    }
}

event_class! {
    /// A customer stops or resumes marketing messages.
    PreferenceEvent event "preference" {
        /// `stop` or `resume`.
        value "value" value,
        /// When the customer said so. An aware datetime, in UTC.
        timestamp "timestamp" timestamp,
        /// The business number that it is about.
        phone_number_id "phone_number_id" phone_number_id,
        /// What it is about: `marketing_messages`.
        category "category" category,
        /// The customer's number, digits only. Send to `address`, not to it.
        phone "phone" phone,
        /// The customer's business-scoped user id.
        user_id "user_id" user_id,
        /// What to send to: `+` and the customer's number, or the user id where there is no number.
        address "address" address,
        /// The preference as Meta wrote it.
        raw "raw" raw,
    }
}

event_class! {
    /// Anything that is none of the others.
    OtherEvent event "other" {
        /// The webhook field, such as `account_update`.
        field "field" field,
        /// The change's value as Meta wrote it.
        raw "raw" raw,
    }
}

events! {
    events { Message(MessageEvent), Echo(EchoEvent), Status(StatusEvent), Template(TemplateEvent), Preference(PreferenceEvent), Other(OtherEvent) }
    classes { EventMedia, EventReply, EventFlow, EventLocation, EventPhone, EventEmail, EventUrl, EventAddress, EventContact, EventReaction, EventOrderItem, EventOrder, EventSystem, Edit, Revoke, EventProduct, EventContext, EventReferral, StatusError, EventConversation, EventPricing, MessageEvent, EchoEvent, StatusEvent, TemplateEvent, PreferenceEvent, OtherEvent }
}
