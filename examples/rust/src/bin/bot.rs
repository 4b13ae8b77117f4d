//! A bookshop that answers by itself: an order by list, a payment by button, a form, and a picture for a picture.
//!
//! ```sh
//! WAMID_ACCESS_TOKEN=… WAMID_PHONE_NUMBER_ID=… WAMID_APP_SECRET=… WAMID_VERIFY_TOKEN=… FLOW_ID=… cargo run -p wamid-example --bin bot
//! ```
//!
//! `FLOW_ID` is the id of a Flow at Meta that asks for an address.

use std::env;
use std::io::Write;

use axum::Router;
use tokio::net::TcpListener;
use wamid::{
    Client, Content, Error, Event, Flow, Image, List, ListRow, ListSection, MessageEvent, ReplyButton,
    ReplyButtons, Text, WebhookReceiver,
};

const BOOKS: [(&str, &str, u32); 2] = [("guide", "The Guide", 450), ("malgudi", "Malgudi Days", 399)];

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let receiver = WebhookReceiver::new(client.clone())?;
    let webhook = receiver.service(move |event| handle(client.clone(), event));
    let listener = TcpListener::bind(("127.0.0.1", port())).await?;
    writeln!(std::io::stdout(), "listening on http://{}/webhook", listener.local_addr()?)?;
    axum::serve(listener, Router::new().route_service("/webhook", webhook)).await?;
    Ok(())
}

fn port() -> u16 {
    env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3000)
}

/// Answers whoever writes. Where this fails, Meta delivers the event again.
async fn handle(client: Client, event: Event) -> Result<(), Error> {
    let Event::Message(message) = event else { return Ok(()) };
    if message.address.is_some() {
        let content = answer(&client, &message).await?;
        message.reply(&client, content).await?;
    }
    Ok(())
}

async fn answer(client: &Client, message: &MessageEvent) -> Result<Content, Error> {
    if let Some(pressed) = message.reply.as_ref().and_then(|reply| reply.id.as_deref()) {
        return Ok(after(pressed));
    }
    if let Some(flow) = &message.flow
        && let Some(Ok(response)) = flow.response.as_ref().map(wamid::Json::to_value)
    {
        let (token, address) = (flow.token.as_deref().unwrap_or_default(), &response["address"]);
        return Ok(Text::new(format!("{token} goes to {}.", address.as_str().unwrap_or_default())).into());
    }
    if message.kind == "image"
        && let Some(id) = message.media.as_ref().and_then(|media| media.id.as_deref())
    {
        let picture = client.download_media(id).await?;
        let same = Image::data(picture.data).mime_type(picture.mime_type);
        return Ok(same.caption("What a fine shelf!").into());
    }
    let rows = BOOKS.map(|(book, name, _)| ListRow::new(format!("book:{book}"), name));
    Ok(List::new("Which book would you like?", "Books", [ListSection::new(rows)]).into())
}

/// What follows a row or a button.
fn after(pressed: &str) -> Content {
    let (step, book) = pressed.split_once(':').unwrap_or_default();
    let Some((book, name, price)) = BOOKS.into_iter().find(|(id, ..)| *id == book) else {
        return Text::new("Another time, then.").into();
    };
    if step == "book" {
        let pay = ReplyButton::new(format!("pay:{book}"), format!("Pay {price}"));
        let buttons = [pay, ReplyButton::new("no", "Not now")];
        return ReplyButtons::new(format!("{name} is {price} rupees."), buttons).into();
    }
    let flow_id = env::var("FLOW_ID").unwrap_or_else(|_| "1037543291543636".to_owned());
    Flow::new("Thank you! Where shall it go?", "Address")
        .flow_id(flow_id)
        .flow_token(name)
        .screen("ADDRESS")
        .into()
}
