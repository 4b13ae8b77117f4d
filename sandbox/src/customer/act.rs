//! What a customer can do, as the phone page writes it.

use serde::Deserialize;
use serde_json::{Map, Value};

/// One act.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Act {
    Text { text: String, reply_to: Option<String> },
    Press { title: String, id: Option<String>, message: Option<String> },
    React { emoji: String, message: Option<String> },
    Media(File),
    Location(Place),
    Contact { name: String, phone: String },
    Flow { answers: Map<String, Value>, message: Option<String> },
    Order { items: Vec<Item>, message: Option<String>, text: Option<String> },
    Edit { message: String, text: String },
    Delete { message: String },
    Read,
    Set(Settings),
}

/// A file that was uploaded before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) id: String,
    pub(crate) caption: Option<String>,
    pub(crate) filename: Option<String>,
    #[serde(default)]
    pub(crate) voice: bool,
    pub(crate) reply_to: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) name: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) reply_to: Option<String>,
}

/// So many of a product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    pub(crate) product_retailer_id: String,
    pub(crate) quantity: u32,
}

/// What is to be different from now on; the rest stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) name: Option<String>,
    pub(crate) reads: Option<bool>,
    pub(crate) offline: Option<bool>,
    pub(crate) deleted: Option<bool>,
    pub(crate) opted_out: Option<bool>,
    pub(crate) window_closed: Option<bool>,
    pub(crate) blocked: Option<bool>,
}

impl Act {
    /// Whether the business is told of it by a webhook that is no status.
    pub(super) fn is_told(&self) -> bool {
        !matches!(self, Self::Read | Self::Set(_))
    }
}
