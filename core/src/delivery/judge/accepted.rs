//! Reads the receipt from the response to an accepted message.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Answer, FailedAttempt, HostKind, unreadable};
use crate::json::Json;
use crate::json::Members;

/// What a host says of an accepted message.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub(crate) id: String,
    pub(crate) wa_id: Option<String>,
    pub(crate) user_id: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) raw: Json,
}

/// Meta's answer to a send as it is today, or a gateway's with that in its result.
#[derive(Deserialize)]
struct UsualAnswer<'a> {
    #[serde(borrow)]
    error: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    #[serde(default)]
    contacts: Vec<Members<Contact>>,
    #[serde(default)]
    messages: Vec<Members<Sent>>,
}

#[derive(Deserialize)]
struct Contact {
    wa_id: Option<String>,
    user_id: Option<String>,
}

#[derive(Deserialize)]
struct Sent {
    id: String,
    message_status: Option<String>,
}

/// What an answer tells that is as it always is: a 2xx that states no error. It is read in one pass; any other answer is
/// `None`, and judged step by step.
pub(super) fn at_once(host: HostKind, answer: &Answer) -> Option<Accepted> {
    if !(200..=299).contains(&answer.status) {
        return None;
    }
    let text = std::str::from_utf8(&answer.body).ok()?.trim_ascii();
    let outer = UsualAnswer::of(text)?;
    match (host, outer.result) {
        (HostKind::Cloud, None) => outer.accepted(text),
        (HostKind::Gateway, Some(result)) => UsualAnswer::of(result.get())?.accepted(result.get()),
        _ => None,
    }
}

impl<'a> UsualAnswer<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let Members(usual): Members<Self> = serde_json::from_str(text).ok()?;
        usual.error.is_none().then_some(usual)
    }

    fn accepted(self, raw: &str) -> Option<Accepted> {
        let Members(Sent { id, message_status }) = self.messages.into_iter().next()?;
        let contact = self.contacts.into_iter().next().map(|Members(contact)| contact);
        let (wa_id, user_id) = contact.map_or((None, None), |contact| (contact.wa_id, contact.user_id));
        if id.is_empty() {
            return None;
        }
        Some(Accepted { id, wa_id, user_id, status: message_status, raw: Json::known(raw) })
    }
}

/// Meta's answer to a send. Only the message's id decides whether it is one; all else may change.
#[derive(Deserialize)]
struct MetaAnswer {
    #[serde(default)]
    contacts: Value,
    messages: Vec<Value>,
}

/// Reads an answer of any shape, as far as it is Meta's answer to a send.
pub(super) fn read(answer: &Answer, raw: &str) -> Result<Accepted, FailedAttempt> {
    // A list is no answer, although it could be read into one.
    let Members(meta): Members<MetaAnswer> =
        serde_json::from_str(raw).map_err(|_| unreadable(answer, "it is not Meta's answer to a send"))?;
    let text_of = |object: Option<&Value>, key| object?.get(key)?.as_str().map(str::to_owned);
    let (contact, message) = (meta.contacts.get(0), meta.messages.first());
    match text_of(message, "id") {
        Some(id) if !id.is_empty() => Ok(Accepted {
            id,
            wa_id: text_of(contact, "wa_id"),
            user_id: text_of(contact, "user_id"),
            status: text_of(message, "message_status"),
            raw: Json::parse("raw", raw).map_err(|_| unreadable(answer, "it is not JSON"))?,
        }),
        _ => Err(unreadable(answer, "it has no message id")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Accepted, Answer, HostKind, at_once, read};

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, body: body.to_owned().into(), ..Answer::default() }
    }

    fn parts(accepted: &Accepted) -> [Option<&str>; 5] {
        let Accepted { id, wa_id, user_id, status, raw } = accepted;
        [Some(id), wa_id.as_deref(), user_id.as_deref(), status.as_deref(), Some(raw.as_str())]
    }

    #[test]
    fn the_usual_answer_tells_the_same_in_one_pass_as_step_by_step() {
        for meta in [
            r#"{"messages":[{"id":"wamid.A"}]}"#,
            r#"{"messaging_product":"whatsapp","contacts":[{"input":"9","wa_id":"919","user_id":"US.1"},{"wa_id":"2"}],
                "messages":[{"message_status":"accepted","id":"wamid.\u0041\"","new":[1.50,{"x":null}]},{"id":"B"}]}"#,
            r#"{"contacts":[],"error":null,"messages":[{"id":"wamid.A","message_status":null}]}"#,
        ] {
            let slowly = read(&answer(200, meta), meta).unwrap();
            let cloud = at_once(HostKind::Cloud, &answer(202, &format!(" {meta}\n"))).unwrap();
            assert_eq!(parts(&cloud), parts(&slowly), "{meta}");
            let answered = format!(r#"{{"status": "sent", "result": {meta} }}"#);
            let gateway = at_once(HostKind::Gateway, &answer(200, &answered)).unwrap();
            assert_eq!(parts(&gateway), parts(&slowly), "{meta}");
        }
    }

    #[test]
    fn every_other_answer_is_judged_step_by_step() {
        let sent = r#"{"messages":[{"id":"wamid.A"}]}"#;
        for (status, body) in [
            (400, sent),
            (302, sent),
            (200, r#"{"messages":[{"id":"wamid.A"}],"error":{"code":1}}"#),
            (200, r#"{"messages":[{"id":"wamid.A"}],"error":"no"}"#),
            (200, r#"{"messages":[{"id":"wamid.A"}],"result":{"error":{"code":1}}}"#),
            (200, r#"{"messages":[{"id":""}]}"#),
            (200, r#"{"messages":[{"id":7}]}"#),
            (200, r#"{"messages":[["wamid.A","accepted"]]}"#),
            (200, r#"{"messages":[]}"#),
            (200, r#"[null,null,[],[{"id":"wamid.A"}]]"#),
            (200, r#"{"messages":[{"id":"wamid.A"}]"#),
        ] {
            assert!(at_once(HostKind::Cloud, &answer(status, body)).is_none(), "{body}");
        }
        assert!(at_once(HostKind::Gateway, &answer(200, sent)).is_none());
        let refused = r#"{"status":"sent","result":{"messages":[{"id":"wamid.A"}],"error":{"code":1}}}"#;
        assert!(at_once(HostKind::Gateway, &answer(200, refused)).is_none());
    }
}
