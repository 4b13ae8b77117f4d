//! Meta's errors: what they look like on the wire.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::codes::{CODES, KnownCode};

/// One refusal, as Meta writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GraphError {
    pub(super) status: StatusCode,
    pub(super) kind: &'static str,
    pub(super) code: u32,
    pub(super) subcode: Option<u32>,
    pub(super) message: String,
    pub(super) details: Option<String>,
    pub(super) user: Option<(&'static str, &'static str)>,
    pub(super) transient: bool,
    /// Minutes until the account may call again; goes out in `x-business-use-case-usage`.
    pub(super) regain_minutes: u32,
}

impl GraphError {
    /// The error of a code as the table knows it; a plausible generic one for any other code.
    pub(super) fn of_code(code: u32) -> Self {
        match CODES.iter().find(|known| known.code == code) {
            Some(known) => Self::from_table(known),
            None if (200..300).contains(&code) => Self::from_table(&KnownCode {
                code,
                status: 403,
                title: "You do not have the necessary permissions required to send messages on behalf of this \
                        WhatsApp Business Account",
                details: "",
            }),
            None => Self::from_table(&KnownCode {
                code,
                status: 400,
                title: "Something Meta has not documented",
                details: "The sandbox knows no text for this code.",
            }),
        }
    }

    fn from_table(known: &KnownCode) -> Self {
        // Graph's own oldest codes come without the "(#n)" that all others begin with.
        let message = match known.code {
            0 | 1 | 2 | 190 => known.title.to_owned(),
            code => format!("(#{code}) {}", known.title),
        };
        Self {
            status: StatusCode::from_u16(known.status).unwrap_or(StatusCode::BAD_REQUEST),
            kind: "OAuthException",
            code: known.code,
            subcode: match known.code {
                4 | 80007 => Some(2_446_079),
                190 => Some(463),
                _ => None,
            },
            message,
            details: (!known.details.is_empty()).then(|| known.details.to_owned()),
            user: (known.code == 368).then_some((
                "Temporarily Blocked",
                "You have been temporarily blocked from performing this action.",
            )),
            transient: matches!(known.code, 2 | 4 | 80007),
            regain_minutes: if known.code == 80007 { 5 } else { 0 },
        }
    }

    /// The error of a code with other details.
    pub(super) fn detailed(code: u32, details: impl Into<String>) -> Self {
        Self { details: Some(details.into()), ..Self::of_code(code) }
    }

    /// Code 100 with a sentence of its own and no details, as Graph's parameter check writes it.
    pub(super) fn parameter(sentence: impl std::fmt::Display) -> Self {
        Self { message: format!("(#100) {sentence}"), details: None, ..Self::of_code(100) }
    }

    /// A path that names nothing the token may see.
    pub(super) fn unknown_object(method: &str, id: &str) -> Self {
        Self {
            kind: "GraphMethodException",
            subcode: Some(33),
            message: format!(
                "Unsupported {} request. Object with ID '{id}' does not exist, cannot be loaded due to missing \
                 permissions, or does not support this operation. Please read the Graph API documentation at \
                 https://developers.facebook.com/docs/graph-api",
                method.to_ascii_lowercase()
            ),
            details: None,
            ..Self::of_code(100)
        }
    }

    /// A path Graph cannot make sense of.
    pub(super) fn unknown_path(path: &str) -> Self {
        Self { message: format!("Unknown path components: {path}"), details: None, ..Self::of_code(2500) }
    }

    /// The body of the answer.
    pub(super) fn body(&self, trace: &str) -> Value {
        let mut error = Map::new();
        error.insert("message".into(), json!(self.message));
        error.insert("type".into(), json!(self.kind));
        error.insert("code".into(), json!(self.code));
        if let Some(subcode) = self.subcode {
            error.insert("error_subcode".into(), json!(subcode));
        }
        if self.transient {
            error.insert("is_transient".into(), json!(true));
        }
        if let Some((title, text)) = self.user {
            error.insert("error_user_title".into(), json!(title));
            error.insert("error_user_msg".into(), json!(text));
        }
        if let Some(details) = &self.details {
            error.insert("error_data".into(), json!({ "messaging_product": "whatsapp", "details": details }));
        }
        error.insert("fbtrace_id".into(), json!(trace));
        json!({ "error": error })
    }

    /// The sentence without the code before it.
    pub(super) fn title(&self) -> &str {
        self.message.split_once(") ").map_or(self.message.as_str(), |(_, title)| title)
    }

    /// The error as a `failed` status webhook carries it.
    pub(super) fn in_status(&self) -> Value {
        let title = self.title();
        json!({
            "code": self.code,
            "title": title,
            "message": title,
            "error_data": { "details": self.details.as_deref().unwrap_or(title) },
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        })
    }
}
