//! What an API key may do: the limits that it was made with.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use wamid::Error;

/// Something that an API key may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Right {
    /// Send messages of every kind, templates among them.
    Send,
    /// Send templates, and no other kind.
    SendTemplate,
    /// List the recent conversations.
    Chats,
    /// Upload, look up, fetch and delete files.
    Media,
    /// Mark messages as read.
    Read,
    /// List the templates of an account.
    Templates,
    /// See what became of the sends that were made with this key.
    Sends,
}

impl Right {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Send, Self::SendTemplate, Self::Chats, Self::Media, Self::Read, Self::Templates, Self::Sends];

    /// Its name, such as `send_template`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::SendTemplate => "send_template",
            Self::Chats => "chats",
            Self::Media => "media",
            Self::Read => "read",
            Self::Templates => "templates",
            Self::Sends => "sends",
        }
    }

    /// The right of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.as_str() == name)
    }
}

impl FromStr for Right {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::as_str).join(", ");
        Self::from_name(name).ok_or_else(|| format!("must be one of {}", names()))
    }
}

/// How many requests in how long: `10/min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    count: NonZeroU32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
}

impl Unit {
    fn as_str(self) -> &'static str {
        match self {
            Self::Second => "s",
            Self::Minute => "min",
            Self::Hour => "h",
            Self::Day => "d",
        }
    }

    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "s" | "sec" | "second" => Self::Second,
            "min" | "minute" => Self::Minute,
            "h" | "hour" => Self::Hour,
            "d" | "day" => Self::Day,
            _ => return None,
        })
    }

    fn seconds(self) -> u64 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
        }
    }
}

impl Rate {
    /// How many requests may come at once after a pause.
    pub(super) fn burst(self) -> u32 {
        self.count.get()
    }

    /// After how long there is room for another one.
    pub(super) fn each(self) -> Duration {
        Duration::from_secs(self.unit.seconds()) / self.count.get()
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.count, self.unit.as_str())
    }
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (count, unit) = text.split_once('/')?;
            Some(Self { count: count.parse().ok()?, unit: Unit::of(unit)? })
        };
        read().ok_or_else(|| {
            "must be a number of requests in a time, such as 5/s, 10/min, 100/h or 500/d".to_owned()
        })
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The limits of an API key. A key without any may do all that the messaging API has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct KeyLimits {
    /// What it may do; everything where this is absent.
    pub allow: Option<Vec<Right>>,
    /// The accounts that it may use; all of them where this is absent. A request that names none goes to the key's account
    /// where it has only one, and to the default account otherwise.
    pub accounts: Option<Vec<i64>>,
    /// The names of the templates that it may send, and is told of; all of them where this is absent.
    pub templates: Option<Vec<String>>,
    /// How fast its requests may come, for each process of a gateway.
    pub rate: Option<Rate>,
    /// From when on it is refused.
    pub expires_at: Option<Timestamp>,
}

impl KeyLimits {
    /// Whether it may do what the operator of the gateway may see: only a key that no limit but a rate and an end bounds.
    pub(super) fn is_operators(&self) -> bool {
        self.allow.is_none() && self.accounts.is_none() && self.templates.is_none()
    }

    /// Whether there is no limit at all.
    pub(super) fn is_none(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn has(&self, right: Right) -> bool {
        self.allow.as_ref().is_none_or(|allowed| allowed.contains(&right))
    }

    /// Whether its time is over.
    pub(super) fn expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// The only account that it may use.
    pub(super) fn only_account(&self) -> Option<i64> {
        match self.accounts.as_deref() {
            Some([id]) => Some(*id),
            _ => None,
        }
    }

    /// Whether it may know of a template of that name.
    pub(super) fn knows_template(&self, name: &str) -> bool {
        self.templates.as_ref().is_none_or(|names| names.iter().any(|known| known == name))
    }

    /// Refuses limits that no key can have. Whether the accounts exist is for the database to say.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), Error> {
        let one = |name, list: Option<usize>| match list {
            Some(0) => Err(Error::argument(name, "must name at least one, or be left out")),
            _ => Ok(()),
        };
        one("allow", self.allow.as_ref().map(Vec::len))?;
        one("account", self.accounts.as_ref().map(Vec::len))?;
        one("template", self.templates.as_ref().map(Vec::len))?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_name = |name: &String| (1..=512).contains(&name.len()) && name.bytes().all(plain);
        if let Some(wrong) = self.templates.iter().flatten().find(|name| !is_name(name)) {
            return Err(Error::argument(
                "template",
                format!("must have 1 to 512 of a-z, 0-9 and _, not {wrong:?}"),
            ));
        }
        if self.templates.is_some() && !self.has(Right::Send) && !self.has(Right::SendTemplate) {
            let rule = "limits what is sent: allow send or send_template, or leave it out";
            return Err(Error::argument("template", rule));
        }
        if self.expired(now) {
            return Err(Error::argument("expires", "must be in the future"));
        }
        Ok(())
    }
}

/// The limits for people, such as `send, chats; account 2; 10/min`.
impl fmt::Display for KeyLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(allowed) = &self.allow {
            parts.push(allowed.iter().map(|right| right.as_str()).collect::<Vec<_>>().join(", "));
        }
        if let Some(accounts) = &self.accounts {
            let ids: Vec<_> = accounts.iter().map(ToString::to_string).collect();
            parts.push(format!("account {}", ids.join(", ")));
        }
        if let Some(templates) = &self.templates {
            parts.push(format!("template {}", templates.join(", ")));
        }
        if let Some(rate) = self.rate {
            parts.push(rate.to_string());
        }
        if let Some(end) = self.expires_at {
            parts.push(format!("until {}", end.strftime("%F %T")));
        }
        f.write_str(&parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_and_written() {
        for (text, written, each) in [
            ("5/s", "5/s", Duration::from_millis(200)),
            ("10/min", "10/min", Duration::from_secs(6)),
            ("1/hour", "1/h", Duration::from_secs(3600)),
            ("500/day", "500/d", Duration::from_millis(172_800)),
        ] {
            let rate: Rate = text.parse().unwrap();
            assert_eq!((rate.to_string().as_str(), rate.each()), (written, each), "{text}");
            assert_eq!(written.parse(), Ok(rate));
        }
        for wrong in
            ["", "10", "10/", "/min", "0/min", "-1/min", "1.5/s", "10/week", "10/min/s", "5000000000/s"]
        {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_right_has_its_name() {
        for right in Right::ALL {
            assert_eq!(right.as_str().parse(), Ok(right));
            assert_eq!(serde_json::to_value(right).unwrap(), right.as_str());
        }
        assert!("Send".parse::<Right>().unwrap_err().contains("send_template"));
    }
}
