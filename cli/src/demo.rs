//! `wamid demo`: the whole way of a message on this machine, from a client through a gateway to a sandbox and back.

use std::time::Duration;

use serde_json::json;
use wamid::{
    Client, Conversation, Error, Image, Location, Message, Options, Receipt, ReplyButton, ReplyButtons,
    Store, Template, Text,
};
use wamid_gateway::{Accounts, Gateway, GatewayOptions, Keys};
use wamid_sandbox::{Sandbox, SandboxOptions};

use super::exit::{CommandError, notes};
use super::output::{pretty, say};
use super::phone;
use super::serve::sandbox_account;
use super::signals::signal;

const PREFIX: &str = "/whatsapp";
const PHONE: &str = "+91 98765-43210";
/// The smallest PNG there is: one grey point.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\x68\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";
/// The sandbox answers this one with 131047: too long since the recipient's last message.
const OUTSIDE_WINDOW: &str = "15550131047";

/// With `keep` it goes on serving until Ctrl-C, with `open` a browser shows the customer's phone meanwhile.
pub(super) async fn run(keep: bool, open: bool) -> Result<(), CommandError> {
    let folder = tempfile::Builder::new().prefix("wamid-demo-").tempdir()?;
    let database = folder.path().join("wamid.db");
    let sandbox = Sandbox::start(SandboxOptions::default()).await?;
    let store = Store::open(&format!("sqlite:{}", database.display())).await?;
    let key = Keys::open(&store).await?.create("demo").await?;
    let url = format!("sqlite:{}", database.display());
    let mut options = Options::default();
    options.graph_url = Some(sandbox.url().to_owned());
    let accounts = Accounts::open(&store, &url, None, options).await?;
    accounts.add(&sandbox_account(&sandbox)).await?;
    let options =
        GatewayOptions { prefix: PREFIX.to_owned(), ..GatewayOptions::new(store.clone(), accounts) };
    let any_port = ([127, 0, 0, 1], 0).into();
    let gateway =
        Gateway::start(options, any_port).await.map_err(|error| CommandError::Other(error.to_string()))?;
    sandbox
        .set_webhook(&format!("{}/webhook/", gateway.url()))
        .map_err(|error| CommandError::Other(error.to_string()))?;

    say("wamid demo: a client -> a gateway -> a sandbox that plays Meta, all on this machine.")?;
    say(&format!("  sandbox   {}", sandbox.url()))?;
    say(&format!("  gateway   {}   (SQLite at {})", gateway.url(), database.display()))?;

    let client = Client::gateway(gateway.url(), &key).build()?;
    operations(&client).await?;
    conversation(&client, &sandbox).await?;
    try_it(&gateway, &sandbox, &key, keep)?;
    if keep {
        if open {
            phone::open_page(&sandbox);
        }
        signal().await?;
    }
    gateway.shutdown().await;
    sandbox.shutdown().await;
    store.close().await;
    Ok(())
}

async fn operations(client: &Client) -> Result<(), CommandError> {
    title(1, "send_message")?;
    let text = Message::new(
        PHONE,
        Text::new("Your order A-1042 is on its way. Track it: https://example.com/t/1042"),
    );
    show_sent(client, text).await?;

    title(2, "send_location")?;
    let office = Message::new(
        PHONE,
        Location::new(28.6139, 77.2090).name("Our Office").address("Connaught Place, New Delhi"),
    );
    show_sent(client, office).await?;

    title(3, "send_template")?;
    let update = Message::new(PHONE, Template::new("order_update").body_params(["Asha", "A-1042"]));
    show_sent(client, update).await?;

    title(4, "chats")?;
    say("  GET …/api/chats/")?;
    let chats = client.chats().await?;
    for Conversation { id, phone_number, unread_count, last_message_at, .. } in &chats {
        let last = last_message_at.map(|at| at.to_string()).unwrap_or_default();
        say(&format!("  -> Conversation {id}: {phone_number}, {unread_count} unread, last message {last}"))?;
    }
    if chats.is_empty() {
        return Err(CommandError::Other("the messages made no conversation".to_owned()));
    }
    Ok(())
}

/// What goes beyond the original messaging API: a picture, buttons with their answer, and an error.
async fn conversation(client: &Client, sandbox: &Sandbox) -> Result<(), CommandError> {
    title(5, "a picture, uploaded and sent in one step")?;
    let picture = Message::new(PHONE, Image::data(PICTURE).caption("Your receipt"));
    let receipt = client.send_built(picture).await?;
    say(&format!("  {} bytes of PNG -> POST …/api/media/ -> POST …/api/send/", PICTURE.len()))?;
    say(&format!("  -> Receipt {}", receipt.id))?;

    title(6, "a file, there and back")?;
    let id = client.upload_media().data(PICTURE).filename("receipt.png").await?;
    let file = client.download_media(&*id).await?;
    say(&format!("  upload_media -> {id}"))?;
    say(&format!(
        "  download_media -> {} bytes of {}, their SHA-256 is right",
        file.data.as_ref().len(),
        file.mime_type
    ))?;
    client.delete_media(&*id).await?;

    title(7, "buttons, and the answer that comes back")?;
    let question = ReplyButtons::new(
        "Shall we deliver tomorrow?",
        vec![ReplyButton::new("yes", "Yes"), ReplyButton::new("no", "No")],
    );
    show_sent(client, Message::new(PHONE, question)).await?;
    let phone = sandbox.phone(PHONE).named("Asha");
    let answer = phone.press("Yes").map_err(|error| CommandError::Other(error.to_string()))?;
    say("  the customer presses Yes; Meta's signed webhook reaches the gateway …")?;
    let unread = unread(client).await?;
    say(&format!("  -> Conversation {}: {} unread", unread.id, unread.unread_count))?;
    client.mark_read(answer).typing(true).await?;
    say("  mark_read: the customer sees blue ticks, and that an answer is written")?;

    title(8, "an error, typed")?;
    let late = Message::new(OUTSIDE_WINDOW, Text::new("Hello again"));
    match show(client, late).await? {
        Ok(receipt) => {
            Err(CommandError::Other(format!("the sandbox took what it should refuse: {}", receipt.id)))
        }
        Err(error) => {
            say(&format!("  -> Error: {error}"))?;
            notes(&error).iter().try_for_each(|line| say(&format!("     {line}")))?;
            Ok(())
        }
    }
}

/// The conversation that has an answer in it, once its webhook has come.
async fn unread(client: &Client) -> Result<Conversation, CommandError> {
    let look = async {
        loop {
            if let Some(chat) = client.chats().await?.into_iter().find(|chat| chat.unread_count > 0) {
                return Ok(chat);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let late = || CommandError::Other("the webhook with the answer did not come".to_owned());
    tokio::time::timeout(Duration::from_secs(20), look).await.map_err(|_| late())?
}

async fn show_sent(client: &Client, message: Message) -> Result<(), CommandError> {
    let Receipt { id, phone, wa_id, status, .. } = show(client, message).await??;
    say(&format!("  -> Receipt {id}"))?;
    let known = [("phone", Some(phone)), ("wa_id", wa_id), ("status", status)];
    for (name, value) in known.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))) {
        say(&format!("     {name:<12} {value}"))?;
    }
    Ok(())
}

/// Shows the request, then makes it.
async fn show(client: &Client, message: Message) -> Result<Result<Receipt, Error>, CommandError> {
    let preview = client.preview(&message)?;
    say(&format!("  {} {}", preview.method, preview.url))?;
    for line in pretty(preview.body.as_str()).lines() {
        say(&format!("  {line}"))?;
    }
    Ok(client.send_built(message).await)
}

fn title(number: u8, operation: &str) -> Result<(), CommandError> {
    say("")?;
    Ok(say(&format!("{number}. {operation}"))?)
}

fn try_it(gateway: &Gateway, sandbox: &Sandbox, key: &str, keep: bool) -> Result<(), CommandError> {
    let body = json!({"phone": "919876543210", "message": "Hello from curl"});
    let header = "-H \"X-API-Key: $WAMID_API_KEY\"";
    say("")?;
    if keep {
        say(&phone::line(sandbox))?;
        say("Still serving, until Ctrl-C. In another terminal:")?;
        say("")?;
        say(&format!("  export WAMID_GATEWAY_URL={} WAMID_API_KEY={key}", gateway.url()))?;
    } else {
        say("Done, and stopped. To try it yourself, leave it serving and paste the export that it prints:")?;
        say("")?;
        say("  cargo run -- demo --keep")?;
    }
    say(&format!("  curl $WAMID_GATEWAY_URL/api/send-message/ {header} -d '{body}'"))?;
    say(&format!("  curl $WAMID_GATEWAY_URL/api/chats/ {header}"))?;
    if keep {
        say(&format!("  curl {}/_sandbox/messages", sandbox.url()))?;
    }
    say("  cargo run -- send message '+91 98765-43210' 'Hello from the terminal'")?;
    Ok(say("  cargo run -p wamid-example")?)
}
