//! Sends a message, as the environment says: `cargo run -p wamid-example --bin send`.
#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use wamid::Client;

#[tokio::main]
async fn main() -> Result<(), wamid::Error> {
    let client = Client::from_env()?;
    match client.send_message("+91 98765-43210", "Your order is on its way.").await {
        Ok(receipt) => println!("sent: {}", receipt.id),
        Err(error) if error.maybe_sent() => println!("unknown, look before sending again: {error}"),
        Err(error) => println!("not sent: {error}"),
    }
    Ok(())
}
