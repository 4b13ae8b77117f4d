//! `wamid listen`

mod sandbox;
mod server;
mod show;

use std::net::{Ipv4Addr, SocketAddr};

use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use wamid::{PostTarget, Poster};
use wamid_sandbox::{Sandbox, SandboxOptions};

use self::server::Receiver;
use self::show::Show;
use super::exit::CommandError;
use super::output::complain;
use super::signals::Signals;

/// Lines that wait to be printed. Beyond them webhooks wait, and with them whoever sends them.
const WAITING: usize = 64;

/// `wamid listen`
#[derive(Args)]
pub(super) struct Listen {
    /// Where to listen on this machine; 0 is any free port
    #[arg(long, default_value_t = 8091, value_name = "PORT")]
    port: u16,
    /// Passes each webhook on as it came, with its signature, to this URL of your app; prints and gives back what that answers
    #[arg(long, value_name = "URL")]
    forward: Option<String>,
    /// Allows --forward over plain HTTP to other machines
    #[arg(long, requires = "forward")]
    allow_http: bool,
    /// Brings a sandbox that plays Meta, and prints what another terminal needs to send with it
    #[arg(long)]
    sandbox: bool,
    /// Prints a JSON object a line: each event, with `raw` as Meta wrote it
    #[arg(long)]
    json: bool,
}

impl Listen {
    pub(super) fn json(&self) -> bool {
        self.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let forward = self.forward.as_deref().map(|url| PostTarget::new("forward", url, self.allow_http));
        let forward = forward.transpose()?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = TcpListener::bind(address).await.map_err(|error| {
            CommandError::Other(format!("cannot listen on {address}: {error}; --port 0 takes any free port"))
        })?;
        let url = format!("http://{}/", listener.local_addr()?);
        let poster = Poster::new()?;
        let own = if self.sandbox { Some(Sandbox::start(SandboxOptions::default()).await?) } else { None };
        // Whoever starts it and then sends must find it listening.
        let mut signals = Signals::new()?;
        let (print, mut lines) = mpsc::channel(WAITING);
        complain(&format!("listening on {url} (Ctrl-C ends it)"));
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let mut app_secret = variable("WAMID_APP_SECRET");
        let found = match &own {
            Some(own) => {
                own.set_webhook(&url).map_err(|error| CommandError::Other(error.to_string()))?;
                app_secret = Some(own.app_secret().to_owned());
                complain("In another terminal:");
                super::sandbox::exports(own).iter().for_each(|line| complain(line));
                Some(sandbox::Found { url: own.url().to_owned(), before: None })
            }
            None => sandbox::ask_for_webhooks(&poster, &url).await,
        };
        if let Some(found) = &found {
            if app_secret.is_none() {
                app_secret = Some(SandboxOptions::default().app_secret);
            }
            complain(&format!(
                "The sandbox at {} sends its webhooks here. To play a customer, open it in a browser, or:",
                found.url
            ));
            complain(&format!(
                "  curl -H 'Content-Type: application/json' -d '{{\"act\": \"text\", \"text\": \"Hello\"}}' \
                 {}/_sandbox/phone/chats/16505551234",
                found.url
            ));
        } else {
            complain(
                "Meta reaches it through a tunnel; enter the tunnel's address as the webhook in the app's dashboard.",
            );
        }
        if app_secret.is_none() {
            complain(
                "WAMID_APP_SECRET is not set: nothing is verified, and whoever reaches this port can make events up.",
            );
        }
        let receiver = Receiver {
            app_secret,
            verify_token: variable("WAMID_VERIFY_TOKEN"),
            forward,
            poster: poster.clone(),
            print,
        };
        let serving = tokio::spawn(server::serve(listener, receiver));
        let show = Show::new(self.json);
        let ended = loop {
            tokio::select! {
                _ = signals.next() => break Ok(()),
                came = lines.recv() => match came {
                    Some(came) => if let Err(error) = show.print(&came) { break Err(error.into()) },
                    None => break Ok(()),
                },
            }
        };
        serving.abort();
        match (own, found) {
            (Some(own), _) => own.shutdown().await,
            (None, Some(found)) => sandbox::give_back(&poster, &found).await,
            (None, None) => {}
        }
        ended
    }
}
