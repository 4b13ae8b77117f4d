//! The receipt of nearly every send, in a few texts: Meta's answer mostly says nothing that is not in them, and
//! `lib/answers.ts` writes it anew from them. That costs a small part of reading it.

use wamid::Receipt;

use crate::answer::json;

/// Whether one attempt was enough, and Meta's answer is, to the letter, what the other fields say.
pub(crate) fn is_usual(receipt: &Receipt) -> bool {
    let number = receipt.address.as_deref().and_then(|address| address.strip_prefix('+'));
    receipt.user_id.is_none()
        && receipt.attempts == 1
        && number == receipt.wa_id.as_deref()
        && rest(receipt).is_some_and(str::is_empty)
}

/// What Meta's answer has beyond that.
fn rest(receipt: &Receipt) -> Option<&str> {
    let rest = receipt
        .raw
        .as_str()
        .strip_prefix(r#"{"messaging_product":"whatsapp","contacts":[{"input":"+"#)?
        .strip_prefix(receipt.phone.as_str())?
        .strip_prefix(r#"","wa_id":""#)?
        .strip_prefix(receipt.wa_id.as_deref()?)?
        .strip_prefix(r#""}],"messages":[{"id":""#)?
        .strip_prefix(receipt.id.as_str())?;
    let rest = match &receipt.status {
        Some(status) => rest.strip_prefix(r#"","message_status":""#)?.strip_prefix(status.as_str())?,
        None => rest,
    };
    rest.strip_prefix(r#""}]}"#)
}

/// Its five texts: id, phone, WhatsApp id, status and reference.
pub(crate) fn write_usual(text: &mut Vec<u8>, receipt: &Receipt) {
    json(text, &receipt.id);
    text.push(b',');
    json(text, &receipt.phone);
    text.push(b',');
    json(text, &receipt.wa_id);
    text.push(b',');
    json(text, &receipt.status);
    text.push(b',');
    json(text, &receipt.reference);
}
