//! The bot, spoken to by the sandbox's phone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use wamid::Client;
use wamid_sandbox::{Sandbox, SandboxOptions};

const PHONE: &str = "16505551234";
const NAME: &str = "Ada";

/// A bot that is gone by the end of the test.
struct Bot {
    child: Child,
    sandbox: Sandbox,
    /// How many of its messages were looked at.
    seen: usize,
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Bot {
    async fn start() -> Self {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let mut bot = Command::new(env!("CARGO_BIN_EXE_bot"));
        bot.env_remove("WAMID_GATEWAY_URL").env_remove("WAMID_API_KEY").env_remove("WAMID_STORE");
        bot.env("WAMID_GRAPH_URL", sandbox.url()).env("WAMID_ACCESS_TOKEN", sandbox.access_token());
        bot.env("WAMID_PHONE_NUMBER_ID", sandbox.phone_number_id())
            .env("WAMID_APP_SECRET", sandbox.app_secret());
        bot.env("WAMID_VERIFY_TOKEN", "hush").env("PORT", "0").env("FLOW_ID", "4711");
        let mut child = bot.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        sandbox.set_webhook(line.trim().strip_prefix("listening on ").unwrap()).unwrap();
        Self { child, sandbox, seen: 0 }
    }

    /// The body of the bot's answer to what was just written, which has that id.
    async fn answer(&mut self, id: Result<String, wamid_sandbox::SandboxError>) -> Value {
        let id = id.unwrap();
        let come = async {
            while self.sandbox.messages().len() == self.seen {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), come).await.expect("no answer");
        let message = self.sandbox.messages().remove(self.seen);
        self.seen += 1;
        assert!(message.outcome.is_accepted(), "{message:?}");
        assert_eq!(
            (&message.body["to"], &message.body["context"]["message_id"]),
            (&json!("+16505551234"), &json!(id))
        );
        message.body
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_sells_a_book_and_answers_a_picture_with_a_picture() {
    let mut bot = Bot::start().await;
    let written = bot.sandbox.inbound_text(PHONE, NAME, "Good morning");
    let list = bot.answer(written).await;
    assert_eq!(list["interactive"]["action"]["sections"][0]["rows"][1]["title"], "Malgudi Days");
    let chosen = bot.sandbox.press(PHONE, NAME, "Malgudi Days");
    let buttons = bot.answer(chosen).await;
    assert_eq!(buttons["interactive"]["body"]["text"], "Malgudi Days is 399 rupees.");
    let paid = bot.sandbox.press(PHONE, NAME, "Pay 399");
    let flow = bot.answer(paid).await;
    assert_eq!(flow["interactive"]["action"]["parameters"]["flow_id"], "4711");
    let answers = json!({"address": "1 Church Street"});
    let filled = bot.sandbox.complete_flow(PHONE, NAME, answers.as_object().unwrap());
    assert_eq!(bot.answer(filled).await["text"]["body"], "Malgudi Days goes to 1 Church Street.");
    let declined = bot.sandbox.press(PHONE, NAME, "Not now");
    assert_eq!(bot.answer(declined).await["text"]["body"], "Another time, then.");

    let picture = b"\x89PNG\r\n\x1a\n a shelf".to_vec();
    let sent = bot.sandbox.inbound_media(PHONE, NAME, ("image/png", picture.clone()), Some("Mine"));
    let image = bot.answer(sent).await;
    assert_eq!(image["image"]["caption"], "What a fine shelf!");
    let sandbox = &bot.sandbox;
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id()).graph_url(sandbox.url());
    let client = client.build().unwrap();
    let fetched = client.download_media(image["image"]["id"].as_str().unwrap()).await.unwrap();
    assert_eq!((Vec::from(fetched.data), fetched.mime_type), (picture, "image/png".to_owned()));
}
