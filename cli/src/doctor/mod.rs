//! `wamid doctor`: what is wrong, and what to do about it.

mod checks;
mod running;

use std::net::SocketAddr;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::exit::CommandError;
use super::options::ClientArgs;
use super::output::{say, say_json};

/// What describes a host to send through.
const HOSTS: [&str; 4] =
    ["WAMID_ACCESS_TOKEN", "WAMID_PHONE_NUMBER_ID", "WAMID_GATEWAY_URL", "WAMID_API_KEY"];

const GRAPH_URL: &str = "https://graph.facebook.com";

/// `wamid doctor`
#[derive(Args)]
pub(super) struct Doctor {
    /// Prints the checks as JSON
    #[arg(long)]
    json: bool,
    /// Looks at the gateway that runs on this machine, too: its settings, accounts, keys and store
    #[arg(long, env = "WAMID_LISTEN", value_name = "ADDR:PORT", num_args = 0..=1, default_missing_value = "127.0.0.1:8080")]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    client: ClientArgs,
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

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let report = examine(&self.client, self.listen, |name| std::env::var(name).ok()).await;
        let failures = report.failures();
        let shown = self.show(&report);
        // Whether anybody reads the report or not.
        let message = match failures {
            0 => return Ok(shown?),
            1 => "error: 1 check failed".to_owned(),
            count => format!("error: {count} checks failed"),
        };
        Err(CommandError::Ended { status: 1, message })
    }

    fn show(&self, report: &Report) -> std::io::Result<()> {
        if self.json {
            say_json(&json!({"ok": report.failures() == 0, "checks": report.0}))?;
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
        Ok(())
    }
}

async fn examine(
    arguments: &ClientArgs,
    listen: Option<SocketAddr>,
    environment: impl Fn(&str) -> Option<String>,
) -> Report {
    let mut report = Report::default();
    checks::clock(&mut report);
    let var = |name: &str| arguments.var(name, &environment);
    let described = HOSTS.iter().any(|name| var(name).is_some());
    if let Some(listen) = listen {
        running::gateway(listen, var("WAMID_STORE").as_deref(), &mut report).await;
        if !described {
            report.skipped("configuration", "of a client: none is described; the gateway has its own");
            return report;
        }
    }
    let url = var("WAMID_GATEWAY_URL").or_else(|| var("WAMID_GRAPH_URL"));
    let builder = arguments.builder(&environment);
    let has_proxy = builder.as_ref().is_ok_and(|builder| builder.get_options().proxy.is_some());
    let client = checks::configuration(builder, var("WAMID_GATEWAY_URL").is_some(), &mut report);
    if client.is_some() {
        let proxied = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
            .into_iter()
            .find(|name| var(name).is_some());
        let proxied = if has_proxy { Some("--proxy") } else { proxied };
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
        None => report.skipped("store", "neither WAMID_STORE nor --store is given; nothing is recorded"),
    }
    report
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use wamid_sandbox::{Sandbox, SandboxOptions};

    use super::*;

    /// A command line, as far as it concerns the doctor.
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        doctor: Doctor,
    }

    async fn outcomes(vars: &[(&str, &str)]) -> Vec<(&'static str, Outcome)> {
        outcomes_with(&[], vars).await
    }

    async fn outcomes_with(arguments: &[&str], vars: &[(&str, &str)]) -> Vec<(&'static str, Outcome)> {
        let line = Line::try_parse_from([&["doctor"], arguments].concat()).unwrap();
        let var =
            |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        examine(&line.doctor.client, line.doctor.listen, var)
            .await
            .0
            .into_iter()
            .map(|check| (check.check, check.outcome))
            .collect()
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
    async fn arguments_win_over_the_environment_as_they_do_for_a_send() {
        let (sandbox, folder) =
            (Sandbox::start(SandboxOptions::default()).await.unwrap(), tempfile::tempdir().unwrap());
        let store = format!("sqlite:{}", folder.path().join("wamid.db").display());
        let mut vars = vec![("WAMID_ACCESS_TOKEN", sandbox.access_token())];
        let mut arguments =
            vec!["--graph-url", sandbox.url(), "--phone-number-id", sandbox.phone_number_id()];
        arguments.extend(["--store", &store, "--timeout", "5", "--graph-version", "v26.0"]);
        let found = outcomes_with(&arguments, &vars).await;
        assert!(found.iter().all(|(_, outcome)| *outcome == Outcome::Ok), "{found:?}");
        // What stands in the environment would fail.
        vars.extend([("WAMID_GRAPH_URL", "http://127.0.0.1:1"), ("WAMID_PHONE_NUMBER_ID", "1")]);
        vars.push(("WAMID_STORE", "sqlite:/nowhere/at/all.db"));
        assert_eq!(failures(&outcomes_with(&arguments, &vars).await), [""; 0]);

        for (more, failed) in [
            (["--graph-version", "v1.0"], "credentials"),
            (["--ca-file", "/nowhere/ca.pem"], "configuration"),
            (["--timeout", "0"], "configuration"),
            (["--proxy", "ftp://proxy"], "configuration"),
            (["--gateway-url", "http://127.0.0.1:1"], "configuration"),
        ] {
            let arguments = [arguments[..4].to_vec(), more.to_vec()].concat();
            assert_eq!(failures(&outcomes_with(&arguments, &vars[..1]).await), [failed], "{more:?}");
        }
        // Behind a proxy, names are the proxy's affair.
        let remote = ["--graph-url", "https://no-such-host.invalid", "--phone-number-id", "1"];
        let remote = [&remote[..], &["--proxy", "http://127.0.0.1:1", "--connect-timeout", "2"]].concat();
        let found = outcomes_with(&remote, &vars[..1]).await;
        assert!(found.contains(&("name", Outcome::Skipped)), "{found:?}");
        assert_eq!(failures(&found), ["connection"]);
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
