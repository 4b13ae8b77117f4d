//! Answers whoever writes to the business, in axum.

use axum::Router;
use wamid::{Client, Event, WebhookReceiver};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let receiver = WebhookReceiver::new(client.clone())?;
    let webhook = receiver.service(move |event| {
        let client = client.clone();
        async move {
            if let Event::Message(message) = event
                && let Some(address) = message.address
            {
                client.send_message(address, "Thank you!").reply_to(message.id).await?;
            }
            Ok::<_, wamid::Error>(())
        }
    });
    let app = Router::new().route_service("/webhook", webhook);
    axum::serve(tokio::net::TcpListener::bind("127.0.0.1:3000").await?, app).await?;
    Ok(())
}
