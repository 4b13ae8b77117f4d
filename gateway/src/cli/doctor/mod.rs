//! `wamid doctor`: what is wrong, and what to do about it.

mod checks;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::exit::Stop;
use super::output::say;

const GRAPH_URL: &str = "https://graph.facebook.com";

/// `wamid doctor`
#[derive(Args)]
pub(super) struct Doctor {
    /// Prints the checks as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Ok,
    Failed,
    Skipped,
}

#[derive(Debug, Serialize)]
struct Check {
    check: &'static str,
    outcome: Outcome,
    detail: String,
    fix: Option<String>,
}

/// The checks so far.
#[derive(Debug, Default)]
struct Report(Vec<Check>);

impl Report {
    fn ok(&mut self, check: &'static str, detail: impl Into<String>) {
        self.0.push(Check { check, outcome: Outcome::Ok, detail: detail.into(), fix: None });
    }

    fn skipped(&mut self, check: &'static str, why: impl Into<String>) {
        self.0.push(Check { check, outcome: Outcome::Skipped, detail: why.into(), fix: None });
    }

    fn failed(&mut self, check: &'static str, detail: impl Into<String>, fix: impl Into<String>) {
        let fix = Some(fix.into());
        self.0.push(Check { check, outcome: Outcome::Failed, detail: detail.into(), fix });
    }

    fn failures(&self) -> usize {
        self.0.iter().filter(|check| check.outcome == Outcome::Failed).count()
    }
}

impl Doctor {
    pub(super) fn json(&self) -> bool {
        self.json
    }

    pub(super) async fn run(self) -> Result<(), Stop> {
        let report = examine(|name| std::env::var(name).ok().filter(|value| !value.is_empty())).await;
        let failures = report.failures();
        if self.json {
            say(&json!({"ok": failures == 0, "checks": report.0}).to_string())?;
        } else {
            for Check { check, outcome, detail, fix } in &report.0 {
                let mark = match outcome {
                    Outcome::Ok => "ok",
                    Outcome::Failed => "FAILED",
                    Outcome::Skipped => "-",
                };
                say(&format!("{mark:<7} {check:<14} {detail}"))?;
                if let Some(fix) = fix {
                    say(&format!("{:<22} to fix: {fix}", ""))?;
                }
            }
        }
        match failures {
            0 => Ok(()),
            1 => Err(Stop::Other("1 check failed".to_owned())),
            count => Err(Stop::Other(format!("{count} checks failed"))),
        }
    }
}

async fn examine(var: impl Fn(&str) -> Option<String>) -> Report {
    let mut report = Report::default();
    checks::clock(&mut report);
    let url = var("WAMID_GATEWAY_URL").or_else(|| var("WAMID_GRAPH_URL"));
    let client = checks::configuration(&var, &mut report);
    if client.is_some() {
        let proxied = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
            .into_iter()
            .find(|name| var(name).is_some());
        checks::network(url.as_deref().unwrap_or(GRAPH_URL), proxied, &mut report).await;
    }
    match client {
        Some(client) => checks::host(&client, &mut report).await,
        None => report.skipped("host", "there is no configuration to reach it with"),
    }
    match var("WAMID_STORE") {
        Some(_) if var("WAMID_GATEWAY_URL").is_some() => {
            report.skipped("store", "WAMID_STORE is not used with a gateway, which has its own");
        }
        Some(url) => checks::store(&url, &mut report).await,
        None => report.skipped("store", "WAMID_STORE is not set; nothing is recorded"),
    }
    report
}

#[cfg(test)]
mod tests {
    use wamid_gateway::sandbox::{Sandbox, SandboxOptions};

    use super::*;

    async fn outcomes(vars: &[(&str, &str)]) -> Vec<(&'static str, Outcome)> {
        let var =
            |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        examine(var).await.0.into_iter().map(|check| (check.check, check.outcome)).collect()
    }

    fn failures(outcomes: &[(&'static str, Outcome)]) -> Vec<&'static str> {
        outcomes.iter().filter(|(_, outcome)| *outcome == Outcome::Failed).map(|(check, _)| *check).collect()
    }

    #[tokio::test]
    async fn a_sound_cloud_host_passes() {
        let (sandbox, folder) =
            (Sandbox::start(SandboxOptions::default()).await.unwrap(), tempfile::tempdir().unwrap());
        let url = sandbox.url();
        let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
        let mut vars = vec![
            ("WAMID_ACCESS_TOKEN", sandbox.access_token()),
            ("WAMID_PHONE_NUMBER_ID", sandbox.phone_number_id()),
            ("WAMID_GRAPH_URL", url),
            ("WAMID_STORE", store.as_str()),
        ];
        let found = outcomes(&vars).await;
        assert!(found.iter().all(|(_, outcome)| *outcome == Outcome::Ok), "{found:?}");
        assert!(!folder.path().join("wamid.db").exists(), "looking must not make a store");

        vars[0].1 = "WRONG-TOKEN";
        assert_eq!(failures(&outcomes(&vars).await), ["credentials"]);
        (vars[0].1, vars[1].1) = (sandbox.access_token(), "1");
        assert_eq!(failures(&outcomes(&vars).await), ["credentials"]);
        (vars[1].1, vars[3].1) = (sandbox.phone_number_id(), "sqlite:/nowhere/at/all.db");
        assert_eq!(failures(&outcomes(&vars).await), ["store"]);
    }

    #[tokio::test]
    async fn what_is_wrong_is_named() {
        assert_eq!(failures(&outcomes(&[]).await), ["configuration"]);
        let both = [
            ("WAMID_ACCESS_TOKEN", "T"),
            ("WAMID_PHONE_NUMBER_ID", "1"),
            ("WAMID_GATEWAY_URL", "http://127.0.0.1:1"),
            ("WAMID_API_KEY", "K"),
        ];
        assert_eq!(failures(&outcomes(&both).await), ["configuration"]);
        // Port 1 of loopback takes no connections.
        assert_eq!(failures(&outcomes(&both[2..]).await), ["port", "connection"]);
        let nameless = [("WAMID_GATEWAY_URL", "https://no-such-host.invalid"), ("WAMID_API_KEY", "K")];
        assert_eq!(failures(&outcomes(&nameless).await), ["name", "connection"]);
    }
}
