//! The Rust face's conformance runner: reads a call a line, makes it, answers a line.
//!
//! It only renames and hands over; see the runner protocol in `tests/conformance/README.md`.

use std::collections::HashMap;
use std::io::{BufRead, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Map, Value, json};
use wamid::{
    Button, Client, ClientBuilder, Components, Content, Error, Location, Message, Options, Parameter,
    SendMany, SendOptions, Template, Text, build_template_components, parse_webhook, seconds, verify_webhook,
};

/// What a call can end in: the SDK's own error, or something that no user should ever see.
enum Failure {
    Typed(Box<Error>),
    Untyped(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Typed(Box::new(error))
    }
}

type Answer = Result<Value, Failure>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut clients = HashMap::new();
    let mut stdout = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let answer = runtime.block_on(answer(&line, &mut clients));
        let answer = match answer {
            Ok(result) => json!({"ok": result}),
            Err(Failure::Typed(error)) => json!({"error": *error}),
            Err(Failure::Untyped(message)) => json!({"error": {"kind": "UNTYPED", "message": message}}),
        };
        writeln!(stdout, "{answer}")?;
        stdout.flush()?;
    }
    Ok(())
}

async fn answer(line: &str, clients: &mut HashMap<String, Client>) -> Answer {
    let call: Value = serde_json::from_str(line).map_err(|error| Failure::Untyped(error.to_string()))?;
    let op = call["op"].as_str().unwrap_or_default();
    let args = Args(call["args"].as_object().cloned().unwrap_or_default());
    match call.get("client").filter(|client| !client.is_null()) {
        None => pure(op, &args),
        Some(spec) => {
            let key = spec.to_string();
            if op == "close" {
                clients.remove(&key);
                return Ok(Value::Null);
            }
            let client = match clients.get(&key) {
                Some(client) => client.clone(),
                None => {
                    let client = client(&Args(spec.as_object().cloned().unwrap_or_default()))?;
                    clients.insert(key, client.clone());
                    client
                }
            };
            operation(&client, op, &args, &call).await
        }
    }
}

fn pure(op: &str, args: &Args) -> Answer {
    match op {
        "build_template_components" => {
            let components = build_template_components(
                &args.params("header_params")?,
                &args.params("body_params")?,
                &args.buttons()?,
            )?;
            to_value(components)
        }
        "verify_webhook" => {
            let (body, signature) = (args.text("body")?, args.text("signature")?);
            to_value(verify_webhook(body.as_bytes(), &signature, &args.text("app_secret")?)?)
        }
        "parse_webhook" => to_value(parse_webhook(args.text("body")?.as_bytes())?),
        other => Err(Failure::Untyped(format!("no operation {other}"))),
    }
}

async fn operation(client: &Client, op: &str, args: &Args, call: &Value) -> Answer {
    match op {
        "send" | "send_message" | "send_location" | "send_template" => {
            to_value(client.send_built(message(op, args)?).await?)
        }
        "chats" => to_value(client.chats().await?),
        "send_many" => {
            // `sends` and `concurrency` stand in the arguments, or beside them.
            let of = |name: &str| args.get(name).or_else(|| call.get(name).filter(|value| !value.is_null()));
            let mut sends = Vec::new();
            for send in of("sends").and_then(Value::as_array).into_iter().flatten() {
                let args = Args(send["args"].as_object().cloned().unwrap_or_default());
                // What cannot be read is the error of its row.
                sends.push(match message(send["op"].as_str().unwrap_or_default(), &args) {
                    Ok(message) => Ok(message),
                    Err(Failure::Typed(error)) => Err(*error),
                    Err(untyped) => return Err(untyped),
                });
            }
            let mut how = SendMany::default();
            if let Some(concurrency) = of("concurrency").and_then(Value::as_u64) {
                how = how.concurrency(usize::try_from(concurrency).unwrap_or(usize::MAX));
            }
            let results = client.send_many_read(sends, how).await?;
            Ok(results
                .into_iter()
                .map(|result| match result {
                    Ok(receipt) => json!({"ok": receipt}),
                    Err(error) => json!({"error": error}),
                })
                .collect())
        }
        "receive_webhook" => {
            to_value(client.receive_webhook(args.text("body")?.as_bytes(), &args.text("signature")?).await?)
        }
        other if Client::operations().iter().any(|operation| operation.name == other) => {
            let mut args = args.0.clone();
            if other == "download_media_to" && args.get("path").is_none_or(Value::is_null) {
                let name = format!("wamid-{}-{:x}", std::process::id(), args.len());
                args.insert("path".to_owned(), std::env::temp_dir().join(name).to_string_lossy().into());
            }
            let answer = client.ask(other, &Value::Object(args).to_string(), None).await?;
            let mut answer: Value =
                serde_json::from_str(&answer).map_err(|error| Failure::Untyped(error.to_string()))?;
            match (other, &answer) {
                ("download_media", _) => answer["base64"] = answer["data"].take(),
                ("download_media_to", Value::String(path)) => {
                    let content = std::fs::read(path).map_err(|error| Failure::Untyped(error.to_string()))?;
                    answer = json!({"base64": STANDARD.encode(content)});
                }
                _ => {}
            }
            Ok(answer)
        }
        other => pure(other, args),
    }
}

fn message(op: &str, args: &Args) -> Result<Message, Failure> {
    let mut options = SendOptions::default();
    options.account_id = args.integer("account_id")?;
    options.reply_to = args.optional_text("reply_to")?;
    options.reference = args.optional_text("reference")?;
    options.idempotency_key = args.optional_text("idempotency_key")?;
    options.extra = args.get("extra").map(|extra| extra.clone().into());
    let content: Content = match op {
        "send" => Content::from_json(&args.get("content").unwrap_or(&Value::Null).to_string())?,
        "send_message" => {
            let mut text = Text::new(args.text("message")?);
            text.preview_url = args.boolean("preview_url")?;
            text.into()
        }
        "send_location" => {
            let mut location = Location::new(args.float("latitude")?, args.float("longitude")?);
            location.name = args.optional_text("name")?;
            location.address = args.optional_text("address")?;
            location.into()
        }
        "send_template" => {
            let mut template = Template::new(args.text("template_name")?);
            template.language = args.optional_text("language")?;
            template.header_params = args.params("header_params")?;
            template.body_params = args.params("body_params")?;
            template.buttons = args.buttons()?;
            template.components = args.get("components").cloned().map(Components::from_value).transpose()?;
            template.into()
        }
        other => return Err(Failure::Untyped(format!("no send {other}"))),
    };
    Ok(Message::new(args.text("phone")?, content).options(options))
}

fn client(spec: &Args) -> Result<Client, Failure> {
    let duration = |name: &str| match spec.get(name) {
        None => Ok(None),
        Some(value) => Ok::<_, Failure>(Some(seconds(name, value.as_f64().unwrap_or(f64::NAN))?)),
    };
    let count = |name: &str| spec.integer(name);
    let mut options = Options::default();
    options.timeout = duration("timeout")?;
    options.connect_timeout = duration("connect_timeout")?;
    options.total_timeout = duration("total_timeout")?;
    options.max_retries = count("max_retries")?.and_then(|n| u32::try_from(n).ok());
    options.max_per_second = spec.get("max_per_second").and_then(Value::as_f64);
    options.default_country_code = spec.optional_text("default_country_code")?;
    options.user_agent = spec.optional_text("user_agent")?;
    options.proxy = spec.optional_text("proxy")?;
    options.allow_http = spec.boolean("allow_http")?;
    options.ca_file = spec.optional_text("ca_file")?.map(Into::into);
    options.pool_idle_timeout = duration("pool_idle_timeout")?;
    options.max_connections = count("max_connections")?.and_then(|n| usize::try_from(n).ok());
    options.pool_max_idle = count("pool_max_idle")?.and_then(|n| usize::try_from(n).ok());
    options.graph_version = spec.optional_text("graph_version")?;
    options.graph_url = spec.optional_text("graph_url")?;
    options.app_secret = spec.optional_text("app_secret")?;
    options.business_account_id = spec.optional_text("business_account_id")?;
    options.app_id = spec.optional_text("app_id")?;
    options.check_templates = spec.boolean("check_templates")?;
    options.store = spec.optional_text("store")?;
    let builder: ClientBuilder = match spec.text("host")?.as_str() {
        "cloud" => Client::cloud(spec.text("access_token")?, spec.text("phone_number_id")?),
        "gateway" => Client::gateway(spec.text("base_url")?, spec.text("api_key")?),
        other => return Err(Failure::Untyped(format!("no host {other}"))),
    };
    Ok(builder.options(options).build()?)
}

fn to_value(result: impl Serialize) -> Answer {
    serde_json::to_value(result).map_err(|error| Failure::Untyped(error.to_string()))
}

/// Arguments by their DESIGN names; null is absent.
struct Args(Map<String, Value>);

impl Args {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn typed<T>(&self, name: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Option<T>, Failure> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(value) => Ok(Some(value)),
                None => Err(Failure::Untyped(format!("{name} cannot be {value} in Rust"))),
            },
        }
    }

    fn optional_text(&self, name: &str) -> Result<Option<String>, Failure> {
        self.typed(name, |value| value.as_str().map(str::to_owned))
    }

    fn text(&self, name: &str) -> Result<String, Failure> {
        Ok(self.optional_text(name)?.unwrap_or_default())
    }

    fn integer(&self, name: &str) -> Result<Option<i64>, Failure> {
        self.typed(name, Value::as_i64)
    }

    fn boolean(&self, name: &str) -> Result<Option<bool>, Failure> {
        self.typed(name, Value::as_bool)
    }

    fn float(&self, name: &str) -> Result<f64, Failure> {
        Ok(self.typed(name, Value::as_f64)?.unwrap_or(f64::NAN))
    }

    /// A list; of what, core reads.
    fn list(&self, name: &str) -> Result<Vec<Value>, Failure> {
        Ok(self.typed(name, |value| value.as_array().cloned())?.unwrap_or_default())
    }

    fn params(&self, name: &str) -> Result<Vec<Parameter>, Failure> {
        Ok(self.list(name)?.into_iter().map(Parameter::Json).collect())
    }

    fn buttons(&self) -> Result<Vec<Button>, Failure> {
        Ok(self.list("buttons")?.into_iter().map(Button::json).collect())
    }
}
