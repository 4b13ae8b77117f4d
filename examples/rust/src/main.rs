//! The same story as in every other language: a text, a location, a template, the chats, and an error.
//!
//! Start a gateway first, then give its address and key:
//!
//! ```sh
//! cargo run -- demo --keep      # prints the two exports
//! cargo run -p wamid-example
//! ```

use std::io::{Error as IoError, Write};

use wamid::{Client, ErrorKind, Template};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let phone = "+91 98765-43210";

    let receipt = client.send_message(phone, "Your order A-1042 is on its way.").await?;
    say(&format!("text      {}", receipt.id))?;

    let office = client.send_location(phone, 28.6139, 77.2090);
    let receipt = office.name("Our Office").address("Connaught Place, New Delhi").await?;
    say(&format!("location  {}", receipt.id))?;

    let update = Template::new("order_update").body_params(["Asha", "A-1042"]);
    say(&format!("template  {}", client.send(phone, update).await?.id))?;

    for chat in client.chats().await? {
        say(&format!("chat      {} ({} unread)", chat.phone_number, chat.unread_count))?;
    }

    match client.send_message("not a number", "Hello").await {
        Err(error) if error.kind() == ErrorKind::InvalidInput => say(&format!("error     {error}"))?,
        other => return Err(format!("a wrong number must be refused: {other:?}").into()),
    }
    Ok(())
}

fn say(line: &str) -> Result<(), IoError> {
    writeln!(std::io::stdout(), "{line}")
}
