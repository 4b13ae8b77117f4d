//! Finds a sandbox that runs on this machine, and has its webhooks sent here.

use std::time::Duration;

use serde_json::{Value, json};
use wamid::{PostTarget, Poster};

use super::super::output::complain;

/// Where `wamid sandbox` listens where nothing else is said.
const USUAL: &str = "http://127.0.0.1:8090";
/// It answers at once, or it is not there.
const PATIENCE: Duration = Duration::from_secs(2);

/// A sandbox that sends its webhooks here.
pub(super) struct Found {
    /// Its URL.
    pub(super) url: String,
    /// Where its webhooks went before.
    pub(super) before: Option<String>,
}

/// Asks the sandbox that `WAMID_GRAPH_URL` names, or where nothing is configured the one at the usual address, if there is one.
pub(super) async fn ask_for_webhooks(poster: &Poster, here: &str) -> Option<Found> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let named = variable("WAMID_GRAPH_URL");
    let graph = match &named {
        Some(url) => url.trim_end_matches('/'),
        None if variable("WAMID_ACCESS_TOKEN").is_some() => return None,
        None => USUAL,
    };
    // The Graph API itself is no sandbox, and is not asked.
    if !graph.starts_with("http://") {
        return None;
    }
    match set(poster, graph, Some(here)).await {
        Ok(before) => Some(Found { url: graph.to_owned(), before }),
        Err(why) => {
            if named.is_some() {
                complain(&format!(
                    "The sandbox that WAMID_GRAPH_URL names ({graph}) sends nothing here: {why}."
                ));
            }
            None
        }
    }
}

/// Nobody listens here any more: its webhooks go where they went before.
pub(super) async fn give_back(poster: &Poster, found: &Found) {
    if let Err(why) = set(poster, &found.url, found.before.as_deref()).await {
        tracing::debug!(why, "the sandbox could not be told");
    }
}

/// Gives what was set before.
async fn set(poster: &Poster, graph: &str, url: Option<&str>) -> Result<Option<String>, String> {
    let target = PostTarget::new("WAMID_GRAPH_URL", &format!("{graph}/_sandbox/webhook"), false);
    let target = target.map_err(|error| error.message().to_owned())?;
    let body = json!({"url": url}).to_string().into_bytes();
    match poster.post(&target, &[], body, PATIENCE).await {
        Ok(answer) if answer.status == 200 => {
            let answer: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            Ok(answer["before"].as_str().map(str::to_owned))
        }
        Ok(answer) => Err(format!("it answers {}", answer.status)),
        Err(failure) => Err(failure.to_string()),
    }
}
