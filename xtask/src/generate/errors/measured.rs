//! Meta's codes, as a client judges them: each is answered by the sandbox once.

use wamid::{Client, ErrorKind};
use wamid_sandbox::{Sandbox, SandboxOptions, magic_recipients};

/// A code, and what became of a send that was answered with it.
pub(super) struct Code {
    pub(super) number: u32,
    pub(super) status: u16,
    pub(super) title: String,
    pub(super) kind: ErrorKind,
    pub(super) retryable: bool,
    pub(super) maybe_sent: bool,
    /// The last sentence of the error.
    pub(super) remedy: String,
}

pub(super) fn codes() -> Result<Vec<Code>, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(measure())
}

async fn measure() -> Result<Vec<Code>, String> {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.map_err(|error| error.to_string())?;
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id())
        .graph_url(sandbox.url())
        .max_retries(0)
        .build()
        .map_err(|error| error.to_string())?;
    let mut codes = Vec::new();
    for recipient in magic_recipients() {
        // The others are named after what they do.
        let Ok(number) = recipient.name.parse() else { continue };
        let prefix = format!("error {number}: ");
        let title =
            recipient.what.strip_prefix(&prefix).ok_or_else(|| format!("no title: {}", recipient.what))?;
        let Err(error) = client.send_message(&*recipient.recipient, "Hello").await else {
            return Err(format!("{number} is sent"));
        };
        codes.push(Code {
            number,
            status: error.status().ok_or_else(|| format!("{number} has no status"))?,
            title: title.to_owned(),
            kind: error.kind(),
            retryable: error.retryable(),
            maybe_sent: error.maybe_sent(),
            remedy: remedy(error.message(), title, error.details()),
        });
    }
    sandbox.shutdown().await;
    Ok(codes)
}

/// What stands after Meta's own words.
fn remedy(message: &str, title: &str, details: Option<&str>) -> String {
    let bare = |text: &str| text.trim().trim_end_matches('.').to_owned();
    let end = match details.map(bare).filter(|details| !details.is_empty()) {
        Some(details) => format!("({details}). "),
        None => format!("{}. ", bare(title)),
    };
    message.rsplit_once(&end).map_or(message, |(_, remedy)| remedy).to_owned()
}
