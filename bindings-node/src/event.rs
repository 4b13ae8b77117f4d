// Written by `cargo xtask generate` from the declarations in core/src/webhook.

//! The values that events cross with, in the order in which `lib/events.ts` reads them.

use crate::event_text::crossing;

crossing! {
    parts {
        EventMedia: id, mime_type, sha256, caption, filename, voice, animated, url;
        EventReply: kind, id, title, description;
        EventFlow: name, body, token, response;
        EventLocation: latitude, longitude, name, address, url;
        EventPhone: phone, kind, wa_id;
        EventEmail: email, kind;
        EventUrl: url, kind;
        EventAddress: street, city, state, zip, country, country_code, kind;
        EventContact: formatted_name, first_name, last_name, middle_name, prefix, suffix, phones, emails, urls, addresses, company, department, title, birthday, origin, vcard;
        EventReaction: message_id, emoji;
        EventOrderItem: product_retailer_id, quantity, price, currency;
        EventOrder: catalog_id, text, items;
        EventSystem: kind, body, new_wa_id, user_id, previous_user_id;
        Edit: message_id, text, media;
        Revoke: message_id;
        EventProduct: catalog_id, product_retailer_id;
        EventContext: message_id, from, forwarded, frequently_forwarded, product;
        EventReferral: source_type, source_id, source_url, headline, body, media_type, image_url, video_url, thumbnail_url, ctwa_clid;
        StatusError: code, title, message, details;
        EventConversation: id, origin, expires_at;
        EventPricing: billable, model, category, kind;
    }
    events {
        Message(MessageEvent), "message", raw: id, from, user_id, address, profile_name, username, group_id, timestamp, phone_number_id, kind, text, reply_to, media, reply, flow, location, contacts, reaction, order, system, edit, revoke, context, referral, errors, redelivered;
        Echo(EchoEvent), "echo", message.raw: to, message.id, message.from, message.user_id, message.address, message.profile_name, message.username, message.group_id, message.timestamp, message.phone_number_id, message.kind, message.text, message.reply_to, message.media, message.reply, message.flow, message.location, message.contacts, message.reaction, message.order, message.system, message.edit, message.revoke, message.context, message.referral, message.errors, message.redelivered;
        Status(StatusEvent), "status", raw: id, status, timestamp, recipient, user_id, address, phone_number_id, reference, errors, conversation, pricing, payment, redelivered;
        Template(TemplateEvent), "template", raw: template_id, change, name, language, value, previous, reason;
        Preference(PreferenceEvent), "preference", raw: value, timestamp, phone_number_id, category, phone, user_id, address;
        Other(OtherEvent), "other", raw: field;
    }
}
