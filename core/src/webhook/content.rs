//! What a message holds, by its type.

use super::cards::card;
use super::event::MessageEvent;
use super::part::{
    Edit, EventContext, EventFlow, EventLocation, EventMedia, EventOrder, EventOrderItem, EventProduct,
    EventReaction, EventReferral, EventReply, EventSystem, Revoke,
};
use crate::json::{Document, Json, Node};

/// Fills what the type has. What is not of the expected shape is absent.
pub(super) fn fill(event: &mut MessageEvent, message: Node<'_>) {
    match event.kind.as_str() {
        "text" => event.text = message.object("text").and_then(|text| text.text("body")),
        "image" | "video" | "document" | "audio" | "sticker" => {
            event.media = media(message, &event.kind).map(Box::new);
            event.text = event.media.as_ref().and_then(|media| media.caption.clone());
        }
        "button" => {
            event.reply = message.object("button").map(|button| Box::new(template_button(button)));
            event.text = event.reply.as_ref().and_then(|reply| reply.title.clone());
        }
        "interactive" => {
            let Some(interactive) = message.object("interactive") else { return };
            event.reply = pressed(interactive).map(Box::new);
            event.text = event.reply.as_ref().and_then(|reply| reply.title.clone());
            event.flow = interactive.object("nfm_reply").map(|reply| Box::new(flow(reply)));
        }
        "location" => event.location = message.object("location").map(|place| Box::new(location(place))),
        "contacts" => {
            event.contacts = message.objects("contacts").map(card).collect();
        }
        "reaction" => event.reaction = message.object("reaction").and_then(|of| reaction(of)).map(Box::new),
        "order" => event.order = message.object("order").map(|of| Box::new(order(of))),
        "system" => event.system = message.object("system").map(|of| Box::new(system(of))),
        "edit" => event.edit = edit(message).map(Box::new),
        "revoke" => event.revoke = revoke(message),
        _ => {}
    }
}

/// What any type may have.
pub(super) fn fill_beside(event: &mut MessageEvent, message: Node<'_>) {
    if let Some(of) = message.object("context") {
        event.reply_to = of.id("id");
        event.context = Some(Box::new(context(of)));
    }
    event.referral = message.object("referral").map(|of| Box::new(referral(of)));
    event.errors = super::messages::errors(message);
}

fn media(message: Node<'_>, kind: &str) -> Option<EventMedia> {
    let media = message.object(kind)?;
    Some(EventMedia {
        id: media.id("id"),
        mime_type: media.text("mime_type"),
        sha256: media.text("sha256"),
        caption: media.text("caption"),
        filename: media.text("filename"),
        voice: media.boolean("voice"),
        animated: media.boolean("animated"),
        url: media.text("url"),
    })
}

fn template_button(button: Node<'_>) -> EventReply {
    EventReply {
        kind: "template_button".to_owned(),
        id: button.text("payload"),
        title: button.text("text"),
        description: None,
    }
}

fn pressed(interactive: Node<'_>) -> Option<EventReply> {
    let kinds = [("button_reply", "reply_button"), ("list_reply", "list")];
    let (of, kind) = kinds.into_iter().find_map(|(name, kind)| Some((interactive.object(name)?, kind)))?;
    Some(EventReply {
        kind: kind.to_owned(),
        id: of.id("id"),
        title: of.text("title"),
        description: of.text("description"),
    })
}

/// Meta writes what was filled in as JSON in a text.
fn flow(reply: Node<'_>) -> EventFlow {
    let response = match reply.text("response_json") {
        Some(text) => Json::parse("response_json", text.trim()).ok(),
        None => reply.get("response_json").map(Json::of),
    };
    let token = response
        .as_ref()
        .and_then(|response| Document::of(response.as_str()).ok()?.root().text("flow_token"));
    EventFlow { name: reply.text("name"), body: reply.text("body"), token, response }
}

fn location(place: Node<'_>) -> EventLocation {
    EventLocation {
        latitude: place.number("latitude"),
        longitude: place.number("longitude"),
        name: place.text("name"),
        address: place.text("address"),
        url: place.text("url"),
    }
}

fn reaction(of: Node<'_>) -> Option<EventReaction> {
    let emoji = of.text("emoji").filter(|emoji| !emoji.is_empty());
    Some(EventReaction { message_id: of.id("message_id")?, emoji })
}

fn order(of: Node<'_>) -> EventOrder {
    EventOrder {
        catalog_id: of.id("catalog_id"),
        text: of.text("text"),
        items: of.objects("product_items").map(order_item).collect(),
    }
}

fn order_item(item: Node<'_>) -> EventOrderItem {
    EventOrderItem {
        product_retailer_id: item.id("product_retailer_id"),
        quantity: item.integer("quantity"),
        price: item.number("item_price"),
        currency: item.text("currency"),
    }
}

/// Old and new shapes: the new number stands in `wa_id` or `new_wa_id`.
fn system(of: Node<'_>) -> EventSystem {
    EventSystem {
        kind: of.text("type"),
        body: of.text("body"),
        new_wa_id: of.id("wa_id").or_else(|| of.id("new_wa_id")),
        user_id: of.id("user_id"),
        previous_user_id: of.id("previous_user_id"),
    }
}

/// A message in place of an earlier one.
fn edit(message: Node<'_>) -> Option<Edit> {
    let edit = message.object("edit")?;
    let message_id = edit.id("original_message_id")?;
    let now = edit.object("message").unwrap_or_default();
    let mut written = MessageEvent { kind: now.text("type").unwrap_or_default(), ..MessageEvent::default() };
    // An edit of an edit has nothing that an edit could be.
    if written.kind != "edit" {
        fill(&mut written, now);
    }
    Some(Edit { message_id, text: written.text, media: written.media.map(|media| *media) })
}

fn revoke(message: Node<'_>) -> Option<Revoke> {
    Some(Revoke { message_id: message.object("revoke")?.id("original_message_id")? })
}

fn context(of: Node<'_>) -> EventContext {
    EventContext {
        message_id: of.id("id"),
        from: of.id("from"),
        forwarded: of.boolean("forwarded"),
        frequently_forwarded: of.boolean("frequently_forwarded"),
        product: of.object("referred_product").map(|product| EventProduct {
            catalog_id: product.id("catalog_id"),
            product_retailer_id: product.id("product_retailer_id"),
        }),
    }
}

fn referral(of: Node<'_>) -> EventReferral {
    EventReferral {
        source_type: of.text("source_type"),
        source_id: of.id("source_id"),
        source_url: of.text("source_url"),
        headline: of.text("headline"),
        body: of.text("body"),
        media_type: of.text("media_type"),
        image_url: of.text("image_url"),
        video_url: of.text("video_url"),
        thumbnail_url: of.text("thumbnail_url"),
        ctwa_clid: of.text("ctwa_clid"),
    }
}
