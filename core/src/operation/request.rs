use http::Method;
use serde_json::{Map, Value};

use super::declare::operation;
use super::form;
use super::host::{Ask, kept};
use crate::client::Client;
use crate::error::Error;
use crate::json::Json;
use crate::transport::{Endpoint, Request};

operation! {
    /// Asks Meta's Graph API for anything that has no operation here, and gives its answer as it is.
    ///
    /// GET, PUT and DELETE are tried again as reads are, POST as a send is: only where it surely had no effect.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// let number = client.request("GET", "106540352242922").query(wamid::Json::parse("query", r#"{"fields": "throughput"}"#)?).await?;
    /// println!("{}", number.as_str());
    /// # Ok(())
    /// # }
    /// ```
    GraphRequest, request -> Json {
        required {
            /// `GET`, `POST`, `PUT` or `DELETE`.
            method: String [one of "GET" "POST" "PUT" "DELETE"],
            /// The path below the API's version, such as `106540352242922/whatsapp_business_profile`, without a query.
            path: String,
        }
        optional {
            /// The query: an object of texts, numbers and booleans.
            query: Json,
            /// The body, which is sent as JSON.
            json: Json,
            /// A form in place of `json`, for the paths that take no JSON: an object of texts, numbers, booleans and files. A file is an object with `data` (its content in base64), `filename` and `mime_type`.
            form: Json,
        }
    }
}

impl GraphRequest {
    async fn on(self, client: &Client) -> Result<Json, Error> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        check_path(path)?;
        let mut address = client.graph("request", &path.split('/').collect::<Vec<_>>())?;
        if let Some(query) = &self.query {
            let mut pairs = address.query_pairs_mut();
            for (name, value) in texts(query)? {
                pairs.append_pair(&name, &value);
            }
        }
        let method = match self.method.as_str() {
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            "DELETE" => Method::DELETE,
            _ => Method::GET,
        };
        if let Some(form) = &self.form {
            if self.json.is_some() {
                return Err(Error::invalid("form", "must not be given beside json"));
            }
            let (address, body) = (Endpoint::new(address, "path")?, form::body(form)?);
            let request = match method {
                Method::POST => Request::once(&address, body),
                _ => Request::change(method, &address, body),
            };
            return client.answered(request, &[], kept).await;
        }
        let body = self.json.map(|json| json.as_str().as_bytes().to_vec());
        let ask = match method {
            Method::POST => Ask::change(method, address, body).once(),
            Method::GET if body.is_none() => Ask::get(address),
            _ => Ask::change(method, address, body),
        };
        client.asked(ask.named("path"), kept).await
    }
}

/// The members of a query, each as it stands in an address.
fn texts(query: &Json) -> Result<Vec<(String, String)>, Error> {
    let members: Map<String, Value> = serde_json::from_str(query.as_str())
        .map_err(|_| Error::invalid("query", "must be an object of texts, numbers and booleans"))?;
    let mut texts = Vec::with_capacity(members.len());
    for (name, value) in members {
        let value = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(boolean) => boolean.to_string(),
            Value::Null => continue,
            _ => {
                let rule = "must be a text, a number or a boolean";
                return Err(Error::invalid(format!("query.{name}"), rule));
            }
        };
        texts.push((name, value));
    }
    Ok(texts)
}

/// A path that leads nowhere but below the API's version.
fn check_path(path: &str) -> Result<(), Error> {
    let wrong = |rule| Err(Error::invalid("path", rule));
    if path.is_empty() || path.starts_with('/') || path.contains("://") || path.contains('\\') {
        return wrong("must be a path below the API's version, such as 106540352242922/media");
    }
    if path.contains(['?', '#']) {
        return wrong("must have no ? and no #; the query is an argument of its own");
    }
    if path.split('/').any(|segment| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == ".." || segment == "."
    }) {
        return wrong("must not have . or .. in it");
    }
    if path.chars().any(|letter| letter.is_control() || letter == ' ') {
        return wrong("must have no spaces and no control characters");
    }
    Ok(())
}
