//! Builds a template's `components`.

use std::sync::OnceLock;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::error::Error;
use crate::json;
use crate::json::Writer;
use crate::json::as_it_stands;
use crate::json::check_whole_numbers;

/// Meta's `components` of a template message, as JSON.
///
/// They come from [`build_template_components`](crate::build_template_components), or from your own JSON where a template
/// needs a part that the builder does not make (a carousel, a limited-time offer).
///
/// ```
/// use wamid::Components;
/// let components = Components::from_json(r#"[{"type":"body","parameters":[{"type":"text","text":"Asha"}]}]"#)?;
/// assert!(!components.is_empty());
/// # Ok::<(), wamid::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Components(Held);

#[derive(Debug, Clone)]
enum Held {
    Given(Vec<Value>),
    /// Written once; values only where somebody asks for them.
    Built {
        json: String,
        values: OnceLock<Vec<Value>>,
    },
}

impl Components {
    /// Components from a JSON text, a list.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `components` where the text is no JSON list of objects, or
    /// holds a whole number of more than 64 bits.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        check_whole_numbers(text, "components")?;
        let value = serde_json::from_str(text)
            .map_err(|error| Error::invalid("components", format!("must be a JSON list: {error}")))?;
        Self::from_value(value)
    }

    /// Components from a JSON value, a list.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) naming `components` where it is no list of objects.
    pub fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Array(list) => match list.iter().position(|item| !item.is_object()) {
                Some(at) => Err(Error::invalid(format!("components[{at}]"), "must be a JSON object")),
                None => Ok(Self(Held::Given(list))),
            },
            _ => Err(Error::invalid("components", "must be a JSON list")),
        }
    }

    /// Components that the builder has written, a JSON list.
    pub(super) fn built(json: String) -> Self {
        Self(Held::Built { json, values: OnceLock::new() })
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        match &self.0 {
            Held::Given(list) => out.value(list),
            Held::Built { json, .. } => out.json(json),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Held::Given(list) => list.is_empty(),
            Held::Built { json, .. } => json == "[]",
        }
    }

    /// The components, one JSON object each.
    #[must_use]
    pub fn as_slice(&self) -> &[Value] {
        match &self.0 {
            Held::Given(list) => list,
            Held::Built { json, values } => values.get_or_init(|| match json::value(json) {
                Some(Value::Array(list)) => list,
                _ => Vec::new(),
            }),
        }
    }

    /// The components as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        match &self.0 {
            Held::Given(list) => Value::Array(list.clone()).to_string(),
            Held::Built { json, .. } => json.clone(),
        }
    }
}

impl Default for Components {
    fn default() -> Self {
        Self(Held::Given(Vec::new()))
    }
}

impl PartialEq for Components {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Held::Built { json, .. }, Held::Built { json: other, .. }) if json == other => true,
            _ => self.as_slice() == other.as_slice(),
        }
    }
}

impl Serialize for Components {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Held::Given(list) => list.serialize(serializer),
            Held::Built { json, .. } => as_it_stands(json, serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Components;
    use crate::{Button, Json, build_template_components};

    #[test]
    fn built_ones_equal_the_same_ones_given() {
        let built = build_template_components(&["Asha".into()], &[], &[Button::url("A-1042")]).unwrap();
        let given = Components::from_json(&built.to_json()).unwrap();
        assert_eq!((&built, built.as_slice()), (&given, given.as_slice()));
        assert_eq!(serde_json::to_value(&built).unwrap(), Value::from(given.as_slice()));
        assert_eq!(build_template_components(&[], &[], &[]).unwrap(), Components::default());
    }

    #[test]
    fn a_number_that_would_change_in_a_flows_data_is_refused() {
        for (number, taken) in [("18446744073709551615", true), ("18446744073709551616", false)] {
            let data = Json::parse("data", &format!(r#"{{"n":[{number}]}}"#)).unwrap();
            let built = build_template_components(&[], &[], &[Button::flow(None, Some(data))]);
            match built {
                Ok(built) => assert!(taken && built.to_json().contains(number), "{}", built.to_json()),
                Err(error) => {
                    assert!(!taken, "{error}");
                    assert_eq!(error.field(), Some("buttons[0].flow_action_data"));
                }
            }
        }
    }

    #[test]
    fn a_flows_data_is_there_as_deep_as_it_is_taken() {
        let mut data = json!({"end": true});
        for _ in 0..125 {
            data = json!({"below": data});
        }
        let action = Json::parse("data", &data.to_string()).unwrap();
        let built = build_template_components(&[], &[], &[Button::flow(None, Some(action))]).unwrap();
        assert!(serde_json::from_str::<Value>(&built.to_json()).is_err());
        assert_eq!(built.as_slice()[0]["parameters"][0]["action"]["flow_action_data"], data);
    }
}
