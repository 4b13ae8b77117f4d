//! What a sandbox is started with.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;

use jiff::Timestamp;

/// How to start a [`Sandbox`](super::Sandbox). `Default` suits most tests; begin from it (`..Default::default()`),
/// as there may be more options some day.
#[derive(Clone)]
pub struct SandboxOptions {
    /// Where to listen: an address of this machine's loopback; port 0 takes a free one. Default `127.0.0.1:0`.
    pub listen: SocketAddr,
    /// The token a caller must send. Default `sandbox-token`.
    pub access_token: String,
    /// The sending number's id, as in the path of a send. Default `106540352242922`.
    pub phone_number_id: String,
    /// The ids of further sending numbers, of the same token and app. Default: none.
    pub more_phone_number_ids: Vec<String>,
    /// What webhooks are signed with. Default `sandbox-app-secret`.
    pub app_secret: String,
    /// Templates beyond `hello_world`, `order_update` and `appointment_reminder`. One of the same name replaces
    /// the built-in one.
    pub templates: Vec<Template>,
    /// Where delivery reports and inbound messages go: plain HTTP on loopback. Default: nowhere.
    pub webhook_url: Option<String>,
    /// What ids and tokens are made from: with the same seed they are the same in every run, as long as the same is done in the same
    /// order. Default: they are new in every run.
    pub seed: Option<u64>,
    /// What time it is for the first message or act; each further one is a second later. Default: the machine's clock.
    pub clock: Option<Timestamp>,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            access_token: "sandbox-token".to_owned(),
            phone_number_id: "106540352242922".to_owned(),
            more_phone_number_ids: Vec::new(),
            app_secret: "sandbox-app-secret".to_owned(),
            templates: Vec::new(),
            webhook_url: None,
            seed: None,
            clock: None,
        }
    }
}

impl fmt::Debug for SandboxOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SandboxOptions")
            .field("listen", &self.listen)
            .field("access_token", &"***")
            .field("phone_number_id", &self.phone_number_id)
            .field("more_phone_number_ids", &self.more_phone_number_ids)
            .field("app_secret", &"***")
            .field("templates", &self.templates)
            .field("webhook_url", &self.webhook_url)
            .field("seed", &self.seed)
            .field("clock", &self.clock)
            .finish()
    }
}

impl SandboxOptions {
    /// Refuses options under which nothing could work, before a port is taken.
    pub(super) fn check(&self) -> Result<(), SandboxError> {
        if !self.listen.ip().is_loopback() {
            return Err(SandboxError::new(format!(
                "the sandbox listens on loopback only, and {} is not: use 127.0.0.1 or [::1]",
                self.listen
            )));
        }
        if self.access_token.is_empty() || self.app_secret.is_empty() {
            return Err(SandboxError::new("access_token and app_secret may not be empty"));
        }
        let is_id = |id: &String| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        if !is_id(&self.phone_number_id) || !self.more_phone_number_ids.iter().all(is_id) {
            return Err(SandboxError::new("phone_number_id must be digits, as Meta's ids are"));
        }
        Ok(())
    }

    /// All templates the sandbox knows: the caller's first, so that they win.
    pub(super) fn all_templates(&self) -> Vec<Template> {
        let mut all = self.templates.clone();
        for (name, body) in [("hello_world", 0), ("order_update", 2), ("appointment_reminder", 2)] {
            all.push(Template { name: name.to_owned(), header_params: 0, body_params: body });
        }
        all
    }
}

/// A message template the sandbox knows, in every language.
///
/// ```
/// use wamid_sandbox::Template;
///
/// let template: Template = "parcel_ready:1:3".parse()?;
/// assert_eq!((template.name(), template.header_params(), template.body_params()), ("parcel_ready", 1, 3));
/// # Ok::<(), wamid_sandbox::SandboxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    name: String,
    header_params: usize,
    body_params: usize,
}

impl Template {
    /// A template by name and numbers of parameters.
    ///
    /// # Errors
    /// The name is not 1 to 512 of `a-z0-9_`, or the header has more than the one parameter Meta allows.
    pub fn new(
        name: impl Into<String>,
        header_params: usize,
        body_params: usize,
    ) -> Result<Self, SandboxError> {
        let name = name.into();
        if !is_template_name(&name) {
            return Err(SandboxError::new(format!(
                "the template name {name:?} is not 1 to 512 lower-case letters, digits and underscores"
            )));
        }
        if header_params > 1 {
            return Err(SandboxError::new(format!(
                "the template {name} has {header_params} header parameters; Meta allows one"
            )));
        }
        Ok(Self { name, header_params, body_params })
    }

    /// The name a send gives.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many parameters the header takes: 0 or 1.
    #[must_use]
    pub fn header_params(&self) -> usize {
        self.header_params
    }

    /// How many parameters the body takes.
    #[must_use]
    pub fn body_params(&self) -> usize {
        self.body_params
    }
}

impl FromStr for Template {
    type Err = SandboxError;

    /// Reads `NAME:HEADER:BODY`: the name, the number of header and of body parameters.
    fn from_str(text: &str) -> Result<Self, SandboxError> {
        let wrong = || {
            SandboxError::new(format!(
                "the template {text:?} is not NAME:HEADER:BODY, as in order_update:0:2 (name, number of header \
                 parameters, number of body parameters)"
            ))
        };
        let mut parts = text.split(':');
        let (Some(name), Some(header), Some(body), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        let number = |part: &str| part.parse::<u16>().map(usize::from).map_err(|_| wrong());
        Self::new(name, number(header)?, number(body)?)
    }
}

/// Meta's rule for template names.
pub(super) fn is_template_name(name: &str) -> bool {
    (1..=512).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// An option or argument the sandbox cannot work with; the text says what would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxError {
    text: String,
    is_timeout: bool,
}

impl SandboxError {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_timeout: false }
    }

    pub(super) fn timeout(text: impl Into<String>) -> Self {
        Self { is_timeout: true, ..Self::new(text) }
    }

    /// Whether nothing came in the time given to wait, as with [`Phone::next_message`](crate::Phone::next_message).
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl std::error::Error for SandboxError {}

impl From<SandboxError> for io::Error {
    fn from(error: SandboxError) -> Self {
        Self::new(io::ErrorKind::InvalidInput, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_texts() {
        for (text, expected) in [
            ("a:0:0", Some((0, 0))),
            ("order_2:1:12", Some((1, 12))),
            ("a", None),
            ("a:1", None),
            ("a:1:2:3", None),
            ("a:2:0", None),
            ("a:-1:0", None),
            ("A:0:0", None),
            (":0:0", None),
            ("a:0:", None),
        ] {
            let found =
                text.parse::<Template>().ok().map(|template| (template.header_params, template.body_params));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn nothing_but_loopback() {
        let options = SandboxOptions { listen: "0.0.0.0:0".parse().unwrap(), ..SandboxOptions::default() };
        assert!(options.check().unwrap_err().to_string().contains("loopback only"));
    }

    #[test]
    fn secrets_are_not_printed() {
        let options = SandboxOptions {
            access_token: "EAAsecret".into(),
            app_secret: "hush".into(),
            ..SandboxOptions::default()
        };
        let printed = format!("{options:?}");
        assert!(!printed.contains("EAAsecret") && !printed.contains("hush"), "{printed}");
    }
}
