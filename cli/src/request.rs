//! `wamid request`

use clap::Args;
use serde_json::{Map, Value};
use wamid::Json;

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
    #[arg(long, value_name = "JSON|FILE|-")]
    body: Option<String>,
    #[command(flatten)]
    how: How,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, _)| !name.is_empty());
    pair.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| "must be NAME=VALUE".to_owned())
}

impl Request {
    pub(super) fn json(&self) -> bool {
        self.how.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let client = self.how.client.client()?;
        let mut asked = client.request(self.method.to_ascii_uppercase(), self.path);
        if !self.query.is_empty() {
            let mut query = Map::new();
            for (name, value) in self.query {
                if query.insert(name.clone(), Value::String(value)).is_some() {
                    return Err(CommandError::Invalid(format!("--query has {name} twice")));
                }
            }
            asked = asked.query(Json::parse("query", &Value::Object(query).to_string())?);
        }
        if let Some(body) = &self.body {
            let body = stdin::json(body).map_err(CommandError::Invalid)?;
            asked = asked.json(Json::parse("body", &body)?);
        }
        let answer = unless_interrupted(async { asked.await }).await??;
        let answer = answer.to_value().map_err(|error| CommandError::Other(error.to_string()))?;
        Ok(if self.how.json { say_json(&answer) } else { say_pretty(&answer) }?)
    }
}
