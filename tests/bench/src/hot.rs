//! What every send goes through, so many times: its instructions are counted from outside (`cargo xtask instructions`).

use clap::ValueEnum;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wamid::{
    Button, Client, ErrorKind, Message, Parameter, Template, Text, build_template_components, parse_webhook,
};

use crate::drive::{MESSAGE, PHONE};
use crate::server::{ANSWER, request};

/// One way through the core.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Case {
    /// Normalises, validates and serialises a text
    Text,
    /// The same of a template
    Template,
    /// Builds a template's components
    Components,
    /// Reads a webhook
    Webhook,
    /// Sends, and reads the answer; what answers is in the same process
    Sent,
    /// Sends, and judges a refusal
    Refused,
}

const REFUSAL: &str = r#"{"error":{"message":"(#131047) Re-engagement message","type":"OAuthException","code":131047,"error_data":{"messaging_product":"whatsapp","details":"Message failed to send because more than 24 hours have passed"},"fbtrace_id":"AbCdEfGh"}}"#;
const WEBHOOK: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"statuses":[{"id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","status":"delivered","timestamp":"1749416383","recipient_id":"919876543210"}]}}]}]}"#;

/// Goes through it so many times.
pub(crate) async fn run(case: Case, times: usize) -> Result<(), String> {
    let client = Client::cloud("EAAbench", "106540352242922").build().map_err(said)?;
    match case {
        Case::Text => {
            again(times, || client.preview(&Message::new("+91 98765-43210", Text::new(MESSAGE))).map(drop))
        }
        Case::Template => again(times, || client.preview(&template()).map(drop)),
        Case::Components => again(times, || {
            build_template_components(&[Parameter::from("A-1042")], &texts(), &[Button::quick_reply("STOP")])
                .map(drop)
        }),
        Case::Webhook => again(times, || parse_webhook(WEBHOOK.as_bytes()).map(drop)),
        Case::Sent => {
            let client = answered(200, ANSWER).await?;
            for _ in 0..times {
                client.send_built(Message::new(PHONE, Text::new(MESSAGE))).await.map_err(said)?;
            }
            Ok(())
        }
        Case::Refused => {
            let client = answered(400, REFUSAL).await?;
            for _ in 0..times {
                match client.send_built(Message::new(PHONE, Text::new(MESSAGE))).await {
                    Err(error) if error.kind() == ErrorKind::Rejected => {}
                    other => return Err(format!("{other:?}")),
                }
            }
            Ok(())
        }
    }
}

fn again(times: usize, mut what: impl FnMut() -> Result<(), wamid::Error>) -> Result<(), String> {
    (0..times).try_for_each(|_| what()).map_err(said)
}

fn said(error: wamid::Error) -> String {
    error.to_string()
}

fn texts() -> Vec<Parameter> {
    ["Asha", "A-1042", "Friday", "Pune", "₹ 1,499"].map(Parameter::from).to_vec()
}

fn template() -> Message {
    Message::new(
        "+91 98765-43210",
        Template::new("order_update")
            .language("en_US")
            .header_params([Parameter::from("A-1042")])
            .body_params(texts())
            .buttons([Button::quick_reply("STOP")]),
    )
}

/// A client of a server that always answers this.
async fn answered(status: u16, body: &'static str) -> Result<Client, String> {
    let failed = |error: std::io::Error| error.to_string();
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, status, body));
        }
    });
    let client = Client::cloud("EAAbench", "106540352242922").graph_url(format!("http://{address}"));
    client.build().map_err(said)
}

async fn answer(mut stream: TcpStream, status: u16, body: &str) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let (mut buffer, mut filled) = (vec![0; 16 << 10], 0);
    loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
        if let Some((length, _)) = request(&buffer[..filled]) {
            buffer.copy_within(length..filled, 0);
            filled -= length;
            stream.write_all(format!("{head}{body}").as_bytes()).await?;
        }
    }
}
