//! Wraps a content in the request body, in Meta's form or in a gateway's form.

use super::Message;
use super::kind::{Checked, Declared, Kind, operation_of, original_endpoint, write_content};
use super::kinds::each_kind;
use super::options::SendOptions;
use crate::error::Error;
use crate::json::Writer;
use crate::message::phone::{self, Recipient};

/// The body of `POST /{phone_number_id}/messages`, after Meta's "messages" reference.
pub(crate) fn cloud_body<C: Checked>(
    recipient: &Recipient,
    content: &C,
    options: &SendOptions,
    reference: Option<&str>,
) -> Result<Vec<u8>, Error> {
    let reply_to = options.reply_to.as_deref();
    let mut out = Writer::with_capacity(200 + content.size() + length(reply_to) + length(reference));
    out.json(r#"{"messaging_product":"whatsapp","recipient_type":"individual","#);
    match recipient {
        // Meta puts the business's own country code before a number that has no `+`.
        Recipient::Phone(digits) => {
            out.json(r#""to":"+"#);
            out.json(digits);
            out.json("\",");
        }
        Recipient::UserId(id) => {
            out.json(r#""recipient":"#);
            out.text(id);
            out.json(",");
        }
    }
    content.write_meta(&mut out);
    if let Some(message_id) = reply_to {
        out.json(r#","context":{"message_id":"#);
        out.text(message_id);
        out.json("}");
    }
    out.optional_text(r#","biz_opaque_callback_data":"#, reference);
    if let Some(extra) = options.beside() {
        extra.write_members(&mut out);
    }
    out.json("}");
    out.finish()
}

/// The body of a send through the messaging API. Absent options are left out: the original host would not know them.
pub(crate) fn gateway_body<K: Declared, C: Checked>(
    recipient: &Recipient,
    kind: &K,
    content: &C,
    options: &SendOptions,
) -> Result<Vec<u8>, Error> {
    let original = original_endpoint(content, options);
    let options_size = length(options.reply_to.as_deref()) + length(options.reference.as_deref());
    let mut out = Writer::with_capacity(200 + content.size() + options_size);
    match recipient {
        // The original takes digits; what is newer takes what Meta takes.
        Recipient::Phone(digits) if original.is_none() => {
            out.json(r#"{"phone":"+"#);
            out.json(digits);
            out.json("\"");
        }
        recipient => {
            out.json(r#"{"phone":"#);
            out.text(recipient.as_str());
        }
    }
    match original {
        Some(_) => content.write_gateway(&mut out),
        None => write_content(kind, &mut out),
    }
    options.write(&mut out);
    out.json("}");
    out.finish()
}

/// What a caller asked for, in one form for all ways to write it: the same text means the same message. Nothing of the client that
/// sends it is in it (no address, no version, no account, no country code), and nothing that the client makes up.
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput), as sending.
#[doc(hidden)]
pub fn asked_for(message: &Message) -> Result<String, Error> {
    // What no country is known of is what was written; the client that sends it knows one, or refuses it.
    let recipient =
        phone::normalize(&message.to, None).unwrap_or_else(|_| Recipient::Phone(message.to.clone()));
    let given = SendOptions {
        reply_to: message.options.reply_to.clone(),
        reference: message.options.reference.clone(),
        extra: message.options.extra.clone(),
        ..SendOptions::default()
    };
    each_kind!(&message.content, kind => asked(kind, &recipient, &given))
}

fn asked<K: Kind>(kind: &K, recipient: &Recipient, given: &SendOptions) -> Result<String, Error> {
    let content = kind.checked()?;
    given.check(content.meta_type())?;
    let body = gateway_body(recipient, kind, &content, given)?;
    Ok(format!("{} {}", operation_of(&content), String::from_utf8_lossy(&body)))
}

fn length(text: Option<&str>) -> usize {
    text.map_or(0, str::len)
}
