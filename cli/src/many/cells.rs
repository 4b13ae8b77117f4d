//! Converts a row of the CSV file to a message.

use serde_json::Value;
use wamid::{
    Button, Components, Content, Error, Json, Location, Message, Parameter, SendOptions, Template, Text,
};

use super::params::{button, parameter};
use super::rows::{Digest, GivenRow};
use super::sheet::Record;

/// What is wrong with a row.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) field: Option<String>,
    pub(super) why: String,
}

impl Problem {
    fn new(field: &str, why: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), why: why.into() }
    }
}

/// The row as it is held to the rules.
pub(super) fn row(record: &Record) -> GivenRow {
    GivenRow {
        line: record.line,
        phone: record.get("phone").unwrap_or_default().to_owned(),
        reference: record.get("reference").map(str::to_owned),
        digest: digest(record),
        message: message(record),
        place: None,
    }
}

/// Names and cells with their lengths, so that no two rows that differ look alike.
fn digest(record: &Record) -> Digest {
    let names: Vec<String> =
        record.cells.iter().map(|(name, cell)| format!("{name}:{}:", cell.len())).collect();
    let cells = names.iter().zip(&record.cells);
    Digest::of(cells.flat_map(|(name, (_, cell))| [name.as_bytes(), cell.as_bytes()]))
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self { field: error.field().map(str::to_owned), why: error.message().to_owned() }
    }
}

/// The column that says which kind a row is.
const KINDS: [&str; 4] = ["message", "latitude", "template_name", "content"];
const COMMON: [&str; 5] = ["phone", "reply_to", "reference", "account_id", "extra"];
const TEXT: [&str; 2] = ["message", "preview_url"];
const LOCATION: [&str; 4] = ["latitude", "longitude", "name", "address"];
const TEMPLATE: [&str; 6] =
    ["template_name", "language", "header_params", "body_params", "buttons", "components"];

/// The message that a row describes; whether it keeps the SDK's rules is not asked yet.
fn message(row: &Record) -> Result<Message, Problem> {
    if let Some(broken) = &row.broken {
        return Err(Problem { field: None, why: broken.clone() });
    }
    let phone = row.get("phone").ok_or_else(|| Problem::new("phone", "phone must not be empty"))?;
    let kinds = KINDS.map(|column| row.get(column));
    let mut options = SendOptions::default();
    options.account_id = row.get("account_id").map(|cell| number("account_id", cell)).transpose()?;
    options.reply_to = row.get("reply_to").map(str::to_owned);
    options.reference = row.get("reference").map(str::to_owned);
    options.extra = row.get("extra").map(|cell| Json::parse("extra", cell)).transpose()?;
    let content: Content = match kinds {
        [Some(message), None, None, None] => {
            only(row, &TEXT, "a text")?;
            let mut text = Text::new(message);
            text.preview_url = row.get("preview_url").map(yes_or_no).transpose()?;
            text.into()
        }
        [None, Some(latitude), None, None] => {
            only(row, &LOCATION, "a location")?;
            let longitude =
                row.get("longitude").ok_or_else(|| Problem::new("longitude", "longitude is missing"))?;
            let latitude: f64 = number("latitude", latitude)?;
            let longitude: f64 = number("longitude", longitude)?;
            let mut location = Location::new(latitude, longitude);
            location.name = row.get("name").map(str::to_owned);
            location.address = row.get("address").map(str::to_owned);
            location.into()
        }
        [None, None, Some(name), None] => {
            only(row, &TEMPLATE, "a template")?;
            let mut template = Template::new(name);
            template.language = row.get("language").map(str::to_owned);
            template.header_params = params(row, "header_params")?;
            template.body_params = params(row, "body_params")?;
            template.buttons = buttons(row)?;
            template.components = row.get("components").map(Components::from_json).transpose()?;
            template.into()
        }
        [None, None, None, Some(content)] => {
            only(row, &["content"], "a content")?;
            Content::from_json(content)?
        }
        [None, None, None, None] => {
            return Err(Problem { field: None, why: format!("none of {} is filled in", kinds_said()) });
        }
        _ => {
            let why = format!("more than one of {} is filled in", kinds_said());
            return Err(Problem { field: None, why });
        }
    };
    Ok(Message::new(phone, content).options(options))
}

fn kinds_said() -> String {
    let [first @ .., last] = KINDS;
    format!("{} and {last}", first.join(", "))
}

/// A cell that the message would leave out is a mistake of whoever filled it in.
fn only(row: &Record, columns: &[&str], kind: &str) -> Result<(), Problem> {
    match row.cells.iter().find(|(name, _)| !columns.contains(name) && !COMMON.contains(name)) {
        Some((name, _)) => Err(Problem::new(name, format!("{name} does not belong to {kind}"))),
        None => Ok(()),
    }
}

fn number<T: std::str::FromStr>(field: &str, cell: &str) -> Result<T, Problem> {
    cell.trim().parse().map_err(|_| Problem::new(field, format!("{field} must be a number")))
}

fn yes_or_no(cell: &str) -> Result<bool, Problem> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" => Ok(false),
        _ => Err(Problem::new("preview_url", "preview_url must be true or false")),
    }
}

/// A JSON list, or else the one parameter that the cell is.
fn params(row: &Record, field: &str) -> Result<Vec<Parameter>, Problem> {
    let Some(cell) = row.get(field) else { return Ok(Vec::new()) };
    match serde_json::from_str(cell) {
        Ok(Value::Array(_)) => {
            // By its text, since numbers may be longer than a value holds; then each by its place, since a row that is
            // wrong is told before anything is sent.
            let params = Parameter::list_from_json(cell, field)?.into_iter().enumerate();
            let read = |(at, param)| match param {
                Parameter::Json(value) => Parameter::from_value(&value, &format!("{field}[{at}]")),
                param => Ok(param),
            };
            Ok(params.map(read).collect::<Result<_, _>>()?)
        }
        Err(error) if looks_like_a_list(cell) => Err(Problem::new(
            field,
            format!("{field} begins like a JSON list and is none ({})", place(&error)),
        )),
        _ => Ok(vec![parameter(field, 0, cell)?]),
    }
}

/// `["Asha", "A-1042` was meant as a list, and sent as it is, the recipient would read it. `[VIP] Asha` is a text.
fn looks_like_a_list(cell: &str) -> bool {
    let inner = cell.trim_start().strip_prefix('[').map(str::trim_start);
    inner.is_some_and(|inner| inner.starts_with(['"', '{']))
}

fn buttons(row: &Record) -> Result<Vec<Button>, Problem> {
    let Some(cell) = row.get("buttons") else { return Ok(Vec::new()) };
    // Read into a value, such a number would change.
    wamid::check_whole_numbers(cell, "buttons")?;
    match serde_json::from_str(cell) {
        Ok(Value::Array(list)) => {
            let buttons = list.iter().enumerate();
            let buttons = buttons.map(|(at, value)| Button::from_value(value, &format!("buttons[{at}]")));
            Ok(buttons.collect::<Result<_, _>>()?)
        }
        Ok(Value::Object(_)) => Ok(vec![button(0, cell)?]),
        Ok(_) => Err(Problem::new("buttons", "buttons must be a JSON list of objects")),
        Err(error) => Err(Problem::new(
            "buttons",
            format!("buttons must be a JSON list of objects ({})", place(&error)),
        )),
    }
}

/// Where JSON breaks; the error's own text may quote the cell.
fn place(error: &serde_json::Error) -> String {
    format!("it breaks at line {}, character {}", error.line(), error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[(&'static str, &str)]) -> Result<Message, Problem> {
        let cells = cells.iter().map(|(name, cell)| (*name, (*cell).to_owned())).collect();
        message(&Record { line: 2, cells, broken: None })
    }

    #[test]
    fn rows_that_differ_have_other_digests() {
        let of = |cells: &[(&'static str, &str)]| {
            let cells = cells.iter().map(|(name, cell)| (*name, (*cell).to_owned())).collect();
            digest(&Record { line: 2, cells, broken: None })
        };
        assert_ne!(of(&[("phone", "1"), ("message", "2")]), of(&[("phone", "12"), ("message", "")]));
        assert_ne!(of(&[("phone", "1"), ("name", "2")]), of(&[("phone", "1"), ("address", "2")]));
        assert_eq!(of(&[("phone", "1")]).hex().len(), 64);
    }

    #[test]
    fn the_kind_follows_from_what_is_filled_in() {
        assert!(matches!(
            read(&[("phone", "1"), ("message", "x")]),
            Ok(Message { content: Content::Text(_), .. })
        ));
        let pin = read(&[("phone", "1"), ("latitude", " 1.5"), ("longitude", "2")]);
        assert!(matches!(pin, Ok(Message { content: Content::Location(_), .. })));
        for (cells, field) in [
            (&[("phone", "1")][..], None),
            (&[("phone", "1"), ("message", "x"), ("template_name", "y")], None),
            (&[("message", "x")], Some("phone")),
            (&[("phone", "1"), ("latitude", "1")], Some("longitude")),
            (&[("phone", "1"), ("message", "x"), ("body_params", "y")], Some("body_params")),
            (&[("phone", "1"), ("template_name", "x"), ("preview_url", "true")], Some("preview_url")),
            (&[("phone", "1"), ("message", "x"), ("account_id", "y")], Some("account_id")),
        ] {
            assert_eq!(read(cells).unwrap_err().field.as_deref(), field, "{cells:?}");
        }
    }

    #[test]
    fn lists_are_json_or_one_text() {
        let params = |cell: &str| match read(&[("phone", "1"), ("template_name", "t"), ("body_params", cell)])
        {
            Ok(Message { content: Content::Template(template), .. }) => Ok(template.body_params),
            Ok(other) => panic!("{other:?}"),
            Err(problem) => Err(problem.field),
        };
        assert_eq!(params(r#"["Asha", 5]"#), Ok(vec!["Asha".into(), 5.into()]));
        for text in ["Asha", "5", "\"Asha\"", "[VIP] Asha", "null"] {
            assert_eq!(params(text), Ok(vec![text.into()]));
        }
        for (broken, field) in [
            (r#"["Asha", "#, "body_params"),
            (r#"{"type":"#, "body_params[0]"),
            (r#"["a", null]"#, "body_params[1]"),
        ] {
            assert_eq!(params(broken), Err(Some(field.to_owned())), "{broken}");
        }
    }
}
