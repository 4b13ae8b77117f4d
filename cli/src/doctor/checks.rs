//! The checks, from the clock to the store.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use http::Uri;
use tokio::net::TcpStream;
use tokio::time::timeout;
use wamid::{Client, ClientBuilder, Error, ErrorKind, HostInfo, Store, Timestamp};

use super::Report;

/// How long each look at the network may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Certificates and the store's records go by the clock.
pub(super) fn clock(report: &mut Report) {
    let now = Timestamp::now();
    let year = now.strftime("%Y").to_string().parse::<u16>().unwrap_or_default();
    if (2025..2100).contains(&year) {
        report.ok("clock", format!("{now:.0}"));
    } else {
        report.failed("clock", format!("it is said to be {now:.0}"), "set the clock; use NTP");
    }
}

/// The client to look with: as patient as it was told to be, or else less than for a send.
pub(super) fn configuration(
    builder: Result<ClientBuilder, Error>,
    is_gateway: bool,
    report: &mut Report,
) -> Option<Client> {
    let built = builder.and_then(|builder| {
        let mut options = builder.get_options().clone();
        for wait in [&mut options.timeout, &mut options.connect_timeout, &mut options.total_timeout] {
            wait.get_or_insert(PATIENCE);
        }
        options.max_retries.get_or_insert(0);
        builder.options(options).build()
    });
    match built {
        Ok(client) => {
            let host = if is_gateway {
                "a gateway, with its address and WAMID_API_KEY"
            } else {
                "Meta's Cloud API, with WAMID_ACCESS_TOKEN and a phone number id"
            };
            report.ok("configuration", host);
            Some(client)
        }
        Err(error) => {
            let fix = match error.field() {
                Some("environment") => {
                    "set the variables of one host, and of no other; or look at the gateway of this machine with --listen"
                }
                Some("graph_url" | "base_url") => {
                    "correct the address: --graph-url or WAMID_GRAPH_URL, --gateway-url or WAMID_GATEWAY_URL"
                }
                _ => "correct that argument or environment variable",
            };
            report.failed("configuration", error.message(), fix);
            None
        }
    }
}

/// Name and port, by hand: the request after it would only say that no connection came about.
pub(super) async fn network(url: &str, proxy: Option<&str>, report: &mut Report) {
    let uri = url.parse::<Uri>().ok();
    let Some((uri, host)) = uri.as_ref().and_then(|uri| Some((uri, uri.host()?))) else {
        return report.skipped("name", "the address has no host");
    };
    let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
    let host = host.trim_matches(['[', ']']);
    let local = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if let Some(proxy) = proxy.filter(|_| !local) {
        report.skipped("name", format!("the proxy of {proxy} looks it up"));
        return report.skipped("port", format!("the proxy of {proxy} connects to it"));
    }
    let addresses: Vec<SocketAddr> = match timeout(PATIENCE, tokio::net::lookup_host((host, port))).await {
        Ok(Ok(addresses)) => addresses.collect(),
        Ok(Err(error)) => {
            report.failed(
                "name",
                format!("{host}: {error}"),
                "check the host in the address, and this machine's DNS",
            );
            return report.skipped("port", "there is no address to connect to");
        }
        Err(_) => {
            report.failed("name", format!("{host}: no answer in time"), "check this machine's DNS");
            return report.skipped("port", "there is no address to connect to");
        }
    };
    let shown: Vec<String> = addresses.iter().map(|address| address.ip().to_string()).collect();
    report.ok("name", format!("{host} is {}", shown.join(", ")));
    let mut last = "no address".to_owned();
    for address in addresses {
        match timeout(PATIENCE, TcpStream::connect(address)).await {
            Ok(Ok(_)) => return report.ok("port", format!("{address} takes connections")),
            Ok(Err(error)) => last = format!("{address}: {error}"),
            Err(_) => last = format!("{address}: no answer in time"),
        }
    }
    report.failed("port", last, "check that the host runs, the port in the address, and firewalls");
}

/// A real request: TLS and the credentials.
pub(super) async fn host(client: &Client, report: &mut Report) {
    match client.probe().await {
        Ok(info) => {
            report.ok("connection", "the host answers");
            report.ok("credentials", describe(&info));
        }
        Err(error) if matches!(error.kind(), ErrorKind::Connection | ErrorKind::Timeout) => {
            report.failed(
                "connection",
                error.message(),
                "check the certificate (a private authority needs --ca-file), the proxy and the network",
            );
            report.skipped("credentials", "the host was not reached");
        }
        Err(error) => {
            report.ok("connection", "the host answers");
            report.failed("credentials", error.message(), remedy(&error));
        }
    }
}

fn describe(info: &HostInfo) -> String {
    match (&info.display_phone_number, &info.verified_name) {
        (None, None) if info.extensions.is_empty() => {
            "the gateway takes the key; it has none of wamid's extensions".to_owned()
        }
        (None, None) => format!("the gateway takes the key; it knows {}", info.extensions.join(", ")),
        (number, name) => format!(
            "the token may use {} ({}), quality {}",
            number.as_deref().unwrap_or("the number"),
            name.as_deref().unwrap_or("no verified name"),
            info.quality_rating.as_deref().unwrap_or("unknown")
        ),
    }
}

fn remedy(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Authentication => "make a new token or key, and check that it has the permissions",
        ErrorKind::Rejected => {
            "check the phone number id, and that the token's system user may use that number"
        }
        ErrorKind::UnexpectedResponse => "check that the address leads to the host itself",
        ErrorKind::RateLimited => "wait, then look again",
        _ => "look again later; the host has a problem of its own",
    }
}

pub(super) async fn store(url: &str, report: &mut Report) {
    // Looking must not make a store where there is none.
    if let Some(path) = url.strip_prefix("sqlite:").map(Path::new).filter(|path| !path.exists())
        && url != "sqlite::memory:"
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return match std::fs::metadata(folder) {
            Ok(found) if found.is_dir() && !found.permissions().readonly() => {
                report.ok("store", format!("{} will be made at first use", path.display()));
            }
            Ok(_) => report.failed(
                "store",
                format!("{} cannot be written", folder.display()),
                "give the user of this process the right to write there",
            ),
            Err(error) => report.failed(
                "store",
                format!("{}: {error}", folder.display()),
                "make the folder, or name another store",
            ),
        };
    }
    match timeout(PATIENCE, Store::open(url)).await {
        Ok(Ok(store)) => {
            store.close().await;
            report.ok("store", "it opens");
        }
        Ok(Err(error)) => report.failed("store", error.message(), "correct its URL, or the rights to it"),
        Err(_) => report.failed("store", "it did not open in time", "check that its server runs"),
    }
}
