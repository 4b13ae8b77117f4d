//! What a message fills of its template, whether it is given as parameters and buttons or as Meta's own components.

use serde_json::{Map, Value};

use super::button::{Button, ButtonKind};
use super::parameter::Parameter;
use super::{Arguments, Components};

/// What a message, or a card of one, fills. Each part has the path by which an error names it.
#[derive(Debug)]
pub(crate) struct Filling {
    pub(super) header: Params,
    pub(super) body: Params,
    pub(super) buttons: Buttons,
    /// The end of an offer: whether it is given, and where it stands or would stand.
    pub(super) offer: (bool, String),
    /// The cards of a carousel, and where they stand or would stand.
    pub(super) cards: (Vec<(usize, Self)>, String),
    /// Whether all of it is a code.
    pub(super) is_code: bool,
    /// What is missing where an authentication template is not filled at all.
    pub(super) code_path: &'static str,
}

/// A list of parameters.
#[derive(Debug)]
pub(super) struct Params {
    pub(super) path: String,
    /// None where it cannot be read: then it is Meta's to check.
    pub(super) given: Option<Vec<Param>>,
}

#[derive(Debug)]
pub(super) struct Param {
    pub(super) path: String,
    /// Its type at Meta.
    pub(super) kind: String,
    pub(super) name: Option<(String, String)>,
    /// The path and the text of one that was not held to the rules of texts before.
    pub(super) unchecked: Option<(String, String)>,
}

/// The buttons.
#[derive(Debug)]
pub(super) struct Buttons {
    pub(super) path: String,
    pub(super) given: Vec<Filled>,
}

#[derive(Debug)]
pub(super) struct Filled {
    pub(super) path: String,
    pub(super) index: usize,
    /// Its type at Meta, in lower case.
    pub(super) sub_type: String,
}

impl Filling {
    /// A code, which fills the text and the button of an authentication template.
    pub(crate) fn code() -> Self {
        let path = "one_time_code".to_owned();
        let text = Param { path: path.clone(), kind: "text".to_owned(), name: None, unchecked: None };
        let button = Filled { path: path.clone(), index: 0, sub_type: "url".to_owned() };
        Self {
            body: Params { path: path.clone(), given: Some(vec![text]) },
            buttons: Buttons { path, given: vec![button] },
            is_code: true,
            ..Self::none("")
        }
    }

    /// Nothing; `below` is what the paths begin with.
    fn none(below: &str) -> Self {
        let params = |name: &str| Params { path: format!("{below}{name}"), given: Some(Vec::new()) };
        Self {
            header: params("header_params"),
            body: params("body_params"),
            buttons: Buttons { path: format!("{below}buttons"), given: Vec::new() },
            offer: (false, format!("{below}limited_time_offer_expires_at")),
            cards: (Vec::new(), format!("{below}carousel")),
            is_code: false,
            code_path: "one_time_code",
        }
    }

    /// What parameters and buttons fill, which have been held to their own rules; or Meta's own components.
    pub(crate) fn of(arguments: &Arguments<'_>, below: &str) -> Self {
        if let Some(components) = arguments.components {
            return Self::of_components(components);
        }
        let mut filling = Self::none(below);
        for (params, given) in
            [(&mut filling.header, &arguments.header_params), (&mut filling.body, &arguments.body_params)]
        {
            let params_of =
                |(at, param): (usize, &Parameter)| param.filling(format!("{}[{at}]", params.path));
            params.given = Some(given.iter().enumerate().map(params_of).collect());
        }
        let path = &filling.buttons.path;
        let buttons = arguments.buttons.iter().enumerate();
        filling.buttons.given =
            buttons.filter_map(|(at, button)| button.filling(at, format!("{path}[{at}]"))).collect();
        filling
    }

    /// Says that the end of an offer is given.
    pub(crate) fn with_offer(mut self) -> Self {
        self.offer.0 = true;
        self
    }

    /// Gives it these cards, in their order.
    pub(crate) fn with_cards(mut self, cards: impl Iterator<Item = Self>) -> Self {
        self.cards.0 = cards.enumerate().collect();
        self
    }

    fn of_components(components: &Components) -> Self {
        Self::of_list(components.as_slice(), "components")
    }

    fn of_list(components: &[Value], path: &str) -> Self {
        let mut filling = Self {
            header: Params { path: path.to_owned(), given: Some(Vec::new()) },
            body: Params { path: path.to_owned(), given: Some(Vec::new()) },
            buttons: Buttons { path: path.to_owned(), given: Vec::new() },
            offer: (false, path.to_owned()),
            cards: (Vec::new(), path.to_owned()),
            is_code: false,
            code_path: "components",
        };
        for (at, component) in components.iter().enumerate() {
            let Some(component) = component.as_object() else { continue };
            let path = format!("{path}[{at}]");
            match lower(component, "type").as_str() {
                "header" => filling.header = Params::read(component, &path),
                "body" => filling.body = Params::read(component, &path),
                "button" => {
                    let index = component.get("index").and_then(whole);
                    let index = index.unwrap_or(filling.buttons.given.len());
                    let sub_type = lower(component, "sub_type");
                    filling.buttons.given.push(Filled { path, index, sub_type });
                }
                "limited_time_offer" => filling.offer = (true, path),
                "carousel" => {
                    let path = format!("{path}.cards");
                    let cards = component.get("cards").and_then(Value::as_array);
                    let cards = cards.into_iter().flatten().enumerate().map(|(at, card)| {
                        let place = card.get("card_index").and_then(whole).unwrap_or(at);
                        let components = card.get("components").and_then(Value::as_array);
                        let components = components.map_or(&[][..], Vec::as_slice);
                        (place, Self::of_list(components, &format!("{path}[{at}].components")))
                    });
                    filling.cards = (cards.collect(), path.clone());
                }
                // What is newer is Meta's to check.
                _ => {}
            }
        }
        filling
    }

    /// Whether it fills nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        let is_none = |params: &Params| params.given.as_ref().is_some_and(Vec::is_empty);
        is_none(&self.header) && is_none(&self.body) && self.buttons.given.is_empty()
    }
}

impl Params {
    fn read(component: &Map<String, Value>, path: &str) -> Self {
        let path = format!("{path}.parameters");
        let given = match component.get("parameters") {
            None => Some(Vec::new()),
            Some(Value::Array(params)) => params
                .iter()
                .enumerate()
                .map(|(at, param)| Param::read(param, format!("{path}[{at}]")))
                .collect(),
            Some(_) => None,
        };
        Self { path, given }
    }
}

impl Param {
    fn read(param: &Value, path: String) -> Option<Self> {
        let param = param.as_object()?;
        let text = |key: &str| {
            let text = param.get(key)?.as_str()?;
            Some((format!("{path}.{key}"), text.to_owned()))
        };
        let (name, unchecked) = (text("parameter_name"), text("text"));
        let kind = lower(param, "type");
        Some(Self { unchecked: unchecked.filter(|_| kind == "text"), kind, name, path })
    }
}

impl Parameter {
    fn filling(&self, path: String) -> Param {
        let name = match self {
            Self::Named { name, .. } => Some((format!("{path}.name"), name.clone())),
            _ => None,
        };
        Param { kind: self.kind().to_owned(), name, unchecked: None, path }
    }

    /// Its type at Meta.
    fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) | Self::Number(_) | Self::Named { .. } => "text",
            Self::Currency { .. } => "currency",
            Self::DateTime { .. } => "date_time",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Document(_) => "document",
            Self::Location { .. } => "location",
            Self::Product { .. } => "product",
            // Read before it comes here.
            Self::Json(_) => "",
        }
    }
}

impl Button {
    fn filling(&self, at: usize, path: String) -> Option<Filled> {
        let sub_type = match &self.kind {
            ButtonKind::Url { .. } => "url",
            ButtonKind::QuickReply { .. } => "quick_reply",
            ButtonKind::CopyCode { .. } => "copy_code",
            ButtonKind::Flow { .. } => "flow",
            ButtonKind::Catalog { .. } => "catalog",
            ButtonKind::Mpm { .. } => "mpm",
            // Read before it comes here.
            ButtonKind::Json(_) => return None,
        };
        Some(Filled { path, index: self.index_at(at), sub_type: sub_type.to_owned() })
    }
}

fn lower(object: &Map<String, Value>, key: &str) -> String {
    object.get(key).and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase()
}

/// A place, as a number or, as Meta itself writes it, as a text.
fn whole(value: &Value) -> Option<usize> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}
