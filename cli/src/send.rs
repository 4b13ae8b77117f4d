//! `wamid send …` and `wamid chats`

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use wamid::{
    Button, Components, Content, Error, ErrorKind, Json, Location, Message, Parameter, Receipt, SendOptions,
    Template, Text,
};

use super::exit::CommandError;
use super::many::Many;
use super::options::ClientArgs;
use super::output::{pretty, say, say_json};
use super::signals::Signals;
use super::stdin;

/// `wamid send`
#[derive(Args)]
pub(super) struct Send {
    #[command(subcommand)]
    what: SendCommand,
}

#[derive(Subcommand)]
enum SendCommand {
    #[command(flatten)]
    Single(Box<SingleSend>),
    /// Sends the rows of a CSV file, each once however often it is run
    Many(Box<Many>),
}

#[derive(Subcommand)]
enum SingleSend {
    /// Sends a text
    Message {
        /// The recipient, country code first: +91 98765-43210
        phone: String,
        /// The text, at most 4096 characters; - reads it from standard input, without its last line end
        message: String,
        /// Shows the first link with a preview
        #[arg(long)]
        preview_url: bool,
        #[command(flatten)]
        common: Common,
    },
    /// Sends a location pin
    Location {
        /// The recipient, country code first: +91 98765-43210
        phone: String,
        /// Degrees north
        #[arg(allow_negative_numbers = true)]
        latitude: f64,
        /// Degrees east
        #[arg(allow_negative_numbers = true)]
        longitude: f64,
        /// The pin's title
        #[arg(long)]
        name: Option<String>,
        /// The line below the title
        #[arg(long)]
        address: Option<String>,
        #[command(flatten)]
        common: Common,
    },
    /// Sends a template that Meta has approved
    Template {
        /// The recipient, country code first: +91 98765-43210
        phone: String,
        /// The template's name
        template_name: String,
        /// The language it was approved in [default: en]
        #[arg(long)]
        language: Option<String>,
        /// Fills a variable of the header: a text, or JSON such as {"type":"image","link":"https://…"}
        #[arg(long = "header-param", value_name = "PARAM")]
        header_params: Vec<String>,
        /// Fills a variable of the body: a text, or JSON such as {"name":"city","text":"Pune"}
        #[arg(long = "body-param", value_name = "PARAM")]
        body_params: Vec<String>,
        /// Fills a button, JSON such as {"sub_type":"url","text":"A-1042"}
        #[arg(long = "button", value_name = "JSON")]
        buttons: Vec<String>,
        /// Meta's own components, a JSON list, in place of the above
        #[arg(long, value_name = "JSON")]
        components: Option<String>,
        #[command(flatten)]
        common: Common,
    },
    /// Sends a message of any kind, given as JSON
    Json {
        /// The recipient, country code first: +91 98765-43210
        phone: String,
        /// What to send, such as {"type":"text","message":"Hello"}; - reads it from standard input
        content: String,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Args)]
struct Common {
    /// The gateway's account to send from
    #[arg(long, value_name = "ID")]
    account_id: Option<i64>,
    /// The id of the message that this one answers
    #[arg(long, value_name = "MESSAGE_ID")]
    reply_to: Option<String>,
    /// A text that comes back in the status webhooks [default: a UUID on Meta's Cloud API]
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Two sends with the same key are one, on a gateway that knows keys
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    /// A JSON object whose members stand beside the content in Meta's body
    #[arg(long, value_name = "JSON")]
    extra: Option<String>,
    /// Prints the request and sends nothing
    #[arg(long)]
    dry_run: bool,
    /// Prints the result, or the error, as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    client: ClientArgs,
}

impl Send {
    pub(super) fn json(&self) -> bool {
        match &self.what {
            SendCommand::Single(one) => one.common().json,
            SendCommand::Many(many) => many.json(),
        }
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self.what {
            SendCommand::Single(one) => one.run().await,
            SendCommand::Many(many) => Box::pin(many.run()).await,
        }
    }
}

impl SingleSend {
    fn common(&self) -> &Common {
        match self {
            Self::Message { common, .. }
            | Self::Location { common, .. }
            | Self::Template { common, .. }
            | Self::Json { common, .. } => common,
        }
    }

    fn common_mut(&mut self) -> &mut Common {
        match self {
            Self::Message { common, .. }
            | Self::Location { common, .. }
            | Self::Template { common, .. }
            | Self::Json { common, .. } => common,
        }
    }

    async fn run(mut self) -> Result<(), CommandError> {
        if let Self::Message { message: text, .. } | Self::Json { content: text, .. } = &mut self
            && text == "-"
        {
            *text = stdin::text().map_err(CommandError::Invalid)?;
        }
        let client_args = self.common().client.clone();
        let common = self.common_mut();
        if common.reference.is_none() {
            common.reference = client_args.new_reference();
        }
        let Common { dry_run, json, client, .. } = self.common();
        let client = client.clone().client()?;
        let message = self.message()?;
        if *dry_run {
            return preview(&client.preview(&message)?, *json);
        }
        let reference = self.common().reference.clone();
        // From before the request on: one that comes while it is written must not be lost.
        let mut signals = Signals::new()?;
        let receipt = tokio::select! {
            sent = client.send_built(message) => sent?,
            signal = signals.next() => return Err(CommandError::Interrupted { signal, reference }),
        };
        show(&receipt, *json).map_err(|error| CommandError::SentUnwritten { id: receipt.id, error })
    }

    fn message(&self) -> Result<Message, Error> {
        let Common { account_id, reply_to, reference, idempotency_key, extra, .. } = self.common();
        let mut options = SendOptions::default();
        options.account_id = *account_id;
        options.reply_to = reply_to.clone();
        options.reference = reference.clone();
        options.idempotency_key = idempotency_key.clone();
        options.extra = extra.as_deref().map(|extra| Json::parse("extra", extra)).transpose()?;
        let (phone, content) = match self {
            Self::Message { phone, message, preview_url, .. } => {
                (phone, Text::new(message).preview_url(*preview_url).into())
            }
            Self::Location { phone, latitude, longitude, name, address, .. } => {
                let mut location = Location::new(*latitude, *longitude);
                (location.name, location.address) = (name.clone(), address.clone());
                (phone, location.into())
            }
            Self::Template {
                phone,
                template_name,
                language,
                header_params,
                body_params,
                buttons,
                components,
                ..
            } => {
                let params = |field: &str, texts: &[String]| {
                    let params = texts.iter().enumerate().map(|(at, text)| parameter(field, at, text));
                    params.collect::<Result<Vec<_>, _>>()
                };
                let buttons = buttons.iter().enumerate().map(|(at, text)| button(at, text));
                let mut template = Template::new(template_name);
                template.language = language.clone();
                template.header_params = params("header_params", header_params)?;
                template.body_params = params("body_params", body_params)?;
                template.buttons = buttons.collect::<Result<_, _>>()?;
                template.components = components.as_deref().map(Components::from_json).transpose()?;
                (phone, template.into())
            }
            Self::Json { phone, content, .. } => (phone, Content::from_json(content)?),
        };
        Ok(Message::new(phone, content).options(options))
    }
}

fn show(receipt: &Receipt, json: bool) -> std::io::Result<()> {
    if json {
        return say_json(&json!(receipt));
    }
    say(&format!("sent to {}: {}", receipt.phone, receipt.id))?;
    for (name, value) in [("status", &receipt.status), ("reference", &receipt.reference)] {
        if let Some(value) = value {
            say(&format!("  {name:<12} {value}"))?;
        }
    }
    Ok(())
}

/// A JSON object, or else the text itself: `5` and `"5"` are what a person typed. What starts like an object and is
/// none was meant as one: sent as it is, the recipient would read it.
pub(super) fn parameter(field: &str, at: usize, text: &str) -> Result<Parameter, Error> {
    match serde_json::from_str(text) {
        Ok(value @ Value::Object(_)) => Ok(Parameter::Json(value)),
        Err(_) if text.trim_start().starts_with('{') => {
            Parameter::from_value(&Value::Null, &format!("{field}[{at}]"))
        }
        _ => Ok(text.into()),
    }
}

pub(super) fn button(at: usize, text: &str) -> Result<Button, Error> {
    // Read into a value, such a number would change.
    wamid::check_whole_numbers(text, &format!("buttons[{at}]"))?;
    match serde_json::from_str(text) {
        Ok(value) => Ok(Button::json(value)),
        // Not JSON at all: the SDK's own error, with the place in the list.
        Err(_) => Button::from_value(&Value::String(text.to_owned()), &format!("buttons[{at}]")),
    }
}

fn preview(preview: &wamid::RequestPreview, json: bool) -> Result<(), CommandError> {
    if json {
        let headers: serde_json::Map<String, Value> =
            preview.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let request =
            json!({"method": preview.method, "url": preview.url, "headers": headers, "body": preview.body});
        return Ok(say_json(&request)?);
    }
    say(&format!("{} {}", preview.method, preview.url))?;
    for (name, value) in &preview.headers {
        say(&format!("{name}: {value}"))?;
    }
    say("")?;
    Ok(pretty(preview.body.as_str()).lines().try_for_each(say)?)
}

const NO_STORE: &str = "give the store that sends are recorded in, here and with each send: --store sqlite:wamid.db, or \
                        WAMID_STORE=sqlite:wamid.db";

/// `wamid chats`
#[derive(Args)]
pub(super) struct Chats {
    /// Prints the conversations, or the error, as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    client: ClientArgs,
}

impl Chats {
    pub(super) fn json(&self) -> bool {
        self.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let is_gateway = self.client.var("WAMID_GATEWAY_URL", |name| std::env::var(name).ok()).is_some();
        let chats = self.client.client()?.chats().await.map_err(|error| match error.kind() {
            // The SDK names an option; here it is an argument.
            ErrorKind::Unsupported if !is_gateway => {
                CommandError::Advised { error: Box::new(error), advice: NO_STORE }
            }
            _ => error.into(),
        })?;
        if self.json {
            return Ok(say_json(&json!(chats))?);
        }
        if chats.is_empty() {
            return Ok(say("no conversations yet")?);
        }
        say(&format!("{:>6}  {:<20} {:>6}  last message", "id", "phone number", "unread"))?;
        for chat in chats {
            let last = chat.last_message_at.map(|at| at.to_string()).unwrap_or_default();
            say(format!("{:>6}  {:<20} {:>6}  {last}", chat.id, chat.phone_number, chat.unread_count)
                .trim_end())?;
        }
        Ok(())
    }
}
