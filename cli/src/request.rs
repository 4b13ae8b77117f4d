//! `wamid request`

use std::path::Path;

use clap::Args;
use serde_json::{Map, Value, json};
use wamid::{Bytes, Json};

use super::ask::{How, unless_interrupted};
use super::exit::CommandError;
use super::output::{say_json, say_pretty};
use super::stdin;

/// `wamid request`
#[derive(Args)]
pub(super) struct Request {
    /// GET, POST, PUT or DELETE
    #[arg(value_parser = ["GET", "POST", "PUT", "DELETE"], ignore_case = true)]
    method: String,
    /// The path below the API's version, such as 106540352242922/whatsapp_business_profile
    path: String,
    /// A part of the query
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    query: Vec<(String, String)>,
    /// The body: JSON, the name of a file that holds it, or - for standard input
    #[arg(long, value_name = "JSON|FILE|-", conflicts_with = "form")]
    body: Option<String>,
    /// A field of a form in place of the body, for paths that take no JSON. NAME=@FILE;type=application/json sends a file
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    form: Vec<(String, String)>,
    #[command(flatten)]
    how: How,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, _)| !name.is_empty());
    pair.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| "must be NAME=VALUE".to_owned())
}

/// The object that these pairs are.
fn object(
    option: &str,
    pairs: Vec<(String, String)>,
    value: impl Fn(Value) -> Result<Value, String>,
) -> Result<Json, CommandError> {
    let mut members = Map::new();
    for (name, text) in pairs {
        let value = value(Value::String(text)).map_err(CommandError::Invalid)?;
        if members.insert(name.clone(), value).is_some() {
            return Err(CommandError::Invalid(format!("--{option} has {name} twice")));
        }
    }
    Ok(Json::parse(option, &Value::Object(members).to_string())?)
}

/// A field of a form. `@FILE` is the content of that file.
fn field(value: Value) -> Result<Value, String> {
    let Some(file) = value.as_str().and_then(|text| text.strip_prefix('@')) else { return Ok(value) };
    let (path, mime_type) =
        file.rsplit_once(";type=").map_or((file, None), |(path, mime_type)| (path, Some(mime_type)));
    let content = std::fs::read(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
    let filename = Path::new(path).file_name().map(|name| name.to_string_lossy());
    Ok(json!({"data": Bytes::from(content), "filename": filename, "mime_type": mime_type}))
}

impl Request {
    pub(super) fn json(&self) -> bool {
        self.how.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let client = self.how.client.client()?;
        let method = self.method.to_ascii_uppercase();
        let once = method == "POST";
        let mut asked = client.request(method, self.path);
        if !self.query.is_empty() {
            asked = asked.query(object("query", self.query, Ok)?);
        }
        if !self.form.is_empty() {
            asked = asked.form(object("form", self.form, field)?);
        }
        if let Some(body) = &self.body {
            let body = stdin::json(body).map_err(CommandError::Invalid)?;
            asked = asked.json(Json::parse("body", &body)?);
        }
        let answer = unless_interrupted(once, async { asked.await }).await??;
        let answer = answer.to_value().map_err(|error| CommandError::Other(error.to_string()))?;
        Ok(if self.how.json { say_json(&answer) } else { say_pretty(&answer) }?)
    }
}
