//! Holds a request to the limits of its API key. Whoever is refused learns what the key lacks.

use jiff::Timestamp;
use serde_json::Value;
use wamid::{Content, Message};

use super::answer::Failure;
use super::rights::{KeyLimits, Right};

/// A call beyond the limits of its key. Nothing was done.
#[derive(Debug)]
pub(super) struct BeyondLimit {
    pub(super) field: Option<String>,
    pub(super) sentence: String,
}

impl BeyondLimit {
    fn of(sentence: String) -> Failure {
        Failure::BeyondLimit(Self { field: None, sentence })
    }

    fn with_field(field: impl Into<String>, sentence: String) -> Failure {
        Failure::BeyondLimit(Self { field: Some(field.into()), sentence })
    }

    fn right(limits: &KeyLimits, right: Right) -> Failure {
        let has: Vec<_> = limits.allow.iter().flatten().map(|right| right.as_str()).collect();
        let right = right.as_str();
        Self::of(format!(
            "This API key lacks the right {right}: it was made for {}. Use another key; `wamid key create --allow {right}` makes one.",
            has.join(", ")
        ))
    }
}

impl KeyLimits {
    /// Refuses a key whose time is over.
    pub(super) fn in_time(&self, now: Timestamp) -> Result<(), Failure> {
        match self.expires_at {
            Some(end) if self.expired(now) => Err(BeyondLimit::of(format!(
                "This API key expired at {end:.0}. Use another key; `wamid key create` makes one."
            ))),
            _ => Ok(()),
        }
    }

    /// Refuses a key that has none of these rights.
    pub(super) fn one_of(&self, rights: &[Right]) -> Result<(), Failure> {
        match rights.last() {
            Some(right) if !rights.iter().any(|right| self.has(*right)) => {
                Err(BeyondLimit::right(self, *right))
            }
            _ => Ok(()),
        }
    }

    /// Refuses an account that is none of the key's. `named` says whether the request named it.
    pub(super) fn account(&self, id: i64, named: bool) -> Result<(), Failure> {
        let Some(accounts) = self.accounts.as_ref().filter(|accounts| !accounts.contains(&id)) else {
            return Ok(());
        };
        let ids: Vec<_> = accounts.iter().map(ToString::to_string).collect();
        let (ids, which) = (ids.join(", "), if named { "" } else { ", the default account" });
        let name_one = if named {
            ""
        } else {
            ": name one of them as account_id (for chats, make a key with one account)"
        };
        Err(BeyondLimit::with_field(
            "account_id",
            format!(
                "This API key may not use account {id}{which}. It is limited to account {ids}{name_one}."
            ),
        ))
    }

    /// Says that the only account of the key is gone.
    pub(super) fn account_is_gone(id: i64) -> Failure {
        BeyondLimit::of(format!(
            "This API key is limited to account {id}, which this gateway does not have any more."
        ))
    }

    /// Refuses a message that is of no kind, or of no template, that the key may send.
    pub(super) fn message(&self, message: &Message) -> Result<(), Failure> {
        match &message.content {
            Content::Template(template) => {
                self.one_of(&[Right::Send, Right::SendTemplate])?;
                let name = &template.template_name;
                if !self.knows_template(name) {
                    let sentence = format!("This API key may not send the template {name}. {}", self.names());
                    return Err(BeyondLimit::with_field("template_name", sentence));
                }
            }
            content => {
                self.one_of(&[Right::Send])?;
                if matches!(content, Content::Raw(_)) && self.templates.is_some() {
                    let sentence = format!(
                        "This API key may not send a raw message, which could be any template. {}",
                        self.names()
                    );
                    return Err(BeyondLimit::with_field("content", sentence));
                }
            }
        }
        if self.templates.is_some() || !self.has(Right::Send) {
            self.extra(message)?;
        }
        Ok(())
    }

    /// Refuses members beside the content that could make another template of it, Meta's Direct Send among them, which makes a
    /// template of any text. The core refuses those of the envelope.
    fn extra(&self, message: &Message) -> Result<(), Failure> {
        let Some(Ok(Value::Object(members))) = message.options.extra.as_ref().map(wamid::Json::to_value)
        else {
            return Ok(());
        };
        let changes = |name: &&String| {
            let name = name.trim().to_ascii_lowercase();
            ["template", "type", "category", "direct_send"].iter().any(|start| name.starts_with(start))
        };
        match members.keys().find(changes) {
            None => Ok(()),
            Some(name) => Err(BeyondLimit::with_field(
                format!("extra.{name}"),
                format!(
                    "This API key may not send {name} as extra, which could make another template of it. {}",
                    self.names()
                ),
            )),
        }
    }

    fn names(&self) -> String {
        match &self.templates {
            Some(names) => format!("It is limited to the templates {}.", names.join(", ")),
            None => "It is limited to templates.".to_owned(),
        }
    }
}
