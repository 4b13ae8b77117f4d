//! The bot, spoken to by the sandbox's phone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use wamid::Client;
use wamid_sandbox::{Phone, PhoneMessage, Sandbox, SandboxError, SandboxOptions};

/// A bot that is gone by the end of the test.
struct Bot(Child);

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Bot {
    /// Starts it, and gives where it takes the webhooks of the sandbox that it sends to.
    fn start(sandbox: &Sandbox) -> (Self, String) {
        let mut bot = Command::new(env!("CARGO_BIN_EXE_bot"));
        bot.env_remove("WAMID_GATEWAY_URL").env_remove("WAMID_API_KEY").env_remove("WAMID_STORE");
        bot.env("WAMID_GRAPH_URL", sandbox.url()).env("WAMID_ACCESS_TOKEN", sandbox.access_token());
        bot.env("WAMID_PHONE_NUMBER_ID", sandbox.phone_number_id())
            .env("WAMID_APP_SECRET", sandbox.app_secret());
        bot.env("WAMID_VERIFY_TOKEN", "hush").env("PORT", "0").env("FLOW_ID", "4711");
        let mut child = bot.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        (Self(child), line.trim().strip_prefix("listening on ").unwrap().to_owned())
    }
}

/// It has the lines of docs/testing.md, each as it stands there.
#[tokio::test(flavor = "multi_thread")]
async fn the_conversation_of_the_documentation() -> Result<(), Box<dyn std::error::Error>> {
    let mut bots = Vec::new();
    let mut start_bot = |sandbox: &Sandbox| {
        let (bot, url) = Bot::start(sandbox);
        bots.push(bot);
        Ok::<_, std::io::Error>(url)
    };
    let sandbox = Sandbox::start(SandboxOptions::default()).await?;
    sandbox.set_webhook(&start_bot(&sandbox)?)?;
    let ada = sandbox.phone("+1 650 555 1234").named("Ada");
    ada.text("Good morning")?;
    assert!(ada.next_message().await?.buttons.contains(&"Malgudi Days".to_owned()));
    ada.press("Malgudi Days")?;
    assert_eq!(ada.next_message().await?.text, "Malgudi Days is 399 rupees.");

    let page = include_str!("../../../docs/testing.md");
    let shown = page.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    for line in shown.lines() {
        assert!(include_str!("bot.rs").contains(&format!("    {line}\n")), "{line}");
    }
    Ok(())
}

/// The bot's answer to what was just written, which has that id and is quoted in it.
async fn answer(phone: &Phone, written: Result<String, SandboxError>) -> PhoneMessage {
    let id = written.unwrap();
    let message = phone.next_message_within(Duration::from_secs(30)).await.unwrap();
    assert_eq!(message.body["context"]["message_id"], json!(id));
    message
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_sells_a_book_and_answers_a_picture_with_a_picture() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let (_bot, url) = Bot::start(&sandbox);
    sandbox.set_webhook(&url).unwrap();
    let ada = sandbox.phone("+1 650 555 1234").named("Ada");
    let list = answer(&ada, ada.text("Good morning")).await;
    assert_eq!(list.buttons[1], "Malgudi Days");
    let buttons = answer(&ada, ada.press("Malgudi Days")).await;
    assert_eq!(buttons.text, "Malgudi Days is 399 rupees.");
    assert_eq!(buttons.buttons, ["Pay 399", "Not now"]);
    let flow = answer(&ada, ada.press("Pay 399")).await;
    assert_eq!(flow.body["interactive"]["action"]["parameters"]["flow_id"], "4711");
    let address = json!({"address": "1 Church Street"}).as_object().unwrap().clone();
    let bought = answer(&ada, ada.fill_flow(address)).await;
    assert_eq!(bought.text, "Malgudi Days goes to 1 Church Street.");
    assert_eq!(answer(&ada, ada.press("Not now")).await.text, "Another time, then.");

    let picture = b"\x89PNG\r\n\x1a\n a shelf".to_vec();
    let image = answer(&ada, ada.send_file("image/png", picture.clone(), Some("Mine"))).await;
    assert_eq!((image.kind.as_str(), image.text.as_str()), ("image", "What a fine shelf!"));
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id()).graph_url(sandbox.url());
    let client = client.build().unwrap();
    let fetched = client.download_media(image.body["image"]["id"].as_str().unwrap()).await.unwrap();
    assert_eq!((Vec::from(fetched.data), fetched.mime_type), (picture, "image/png".to_owned()));
}
