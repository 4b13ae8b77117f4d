//! The contact cards of a message. Meta nests names and company; a card has them flat, as one that is sent.

use super::part::{EventAddress, EventContact, EventEmail, EventPhone, EventUrl};
use crate::json::Node;

pub(super) fn card(card: Node<'_>) -> EventContact {
    let name = card.object("name").unwrap_or_default();
    let org = card.object("org").unwrap_or_default();
    EventContact {
        formatted_name: name.text("formatted_name"),
        first_name: name.text("first_name"),
        last_name: name.text("last_name"),
        middle_name: name.text("middle_name"),
        prefix: name.text("prefix"),
        suffix: name.text("suffix"),
        phones: each(card, "phones", phone),
        emails: each(card, "emails", email),
        urls: each(card, "urls", url),
        addresses: each(card, "addresses", address),
        company: org.text("company"),
        department: org.text("department"),
        title: org.text("title"),
        birthday: card.text("birthday"),
        origin: card.text("origin"),
        vcard: card.text("vcard"),
    }
}

fn each<T>(card: Node<'_>, key: &str, read: impl Fn(Node<'_>) -> T) -> Vec<T> {
    card.objects(key).map(read).collect()
}

fn phone(of: Node<'_>) -> EventPhone {
    EventPhone { phone: of.id("phone"), kind: of.text("type"), wa_id: of.id("wa_id") }
}

fn email(of: Node<'_>) -> EventEmail {
    EventEmail { email: of.text("email"), kind: of.text("type") }
}

fn url(of: Node<'_>) -> EventUrl {
    EventUrl { url: of.text("url"), kind: of.text("type") }
}

fn address(of: Node<'_>) -> EventAddress {
    EventAddress {
        street: of.text("street"),
        city: of.text("city"),
        state: of.text("state"),
        zip: of.id("zip"),
        country: of.text("country"),
        country_code: of.text("country_code"),
        kind: of.text("type"),
    }
}
