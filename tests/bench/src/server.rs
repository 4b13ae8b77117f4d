//! A Graph API that costs next to nothing: one thread, kept connections, the same answer to every send.

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::figures::say;

/// What Meta answers to a send.
pub(crate) const ANSWER: &str = r#"{"messaging_product":"whatsapp","contacts":[{"input":"+919876543210","wa_id":"919876543210"}],"messages":[{"id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"}]}"#;

/// What has come in since somebody last asked.
#[derive(Default)]
struct Counts {
    requests: Cell<u64>,
    connections: Cell<u64>,
}

/// Serves until it is ended.
pub(crate) async fn run(delay_ms: u64, tls: Option<PathBuf>) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let acceptor = tls.map(acceptor).transpose()?;
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    // The certificate names the host; without one nobody need look a name up.
    let host = if acceptor.is_some() { "localhost" } else { "127.0.0.1" };
    say(&format!("{scheme}://{host}:{}", address.port()));
    let counts = Rc::new(Counts::default());
    let delay = Duration::from_millis(delay_ms);
    let serving = tokio::task::LocalSet::new();
    serving
        .run_until(async {
            loop {
                let (stream, _) = listener.accept().await.map_err(failed)?;
                stream.set_nodelay(true).map_err(failed)?;
                counts.connections.set(counts.connections.get() + 1);
                let (counts, acceptor) = (counts.clone(), acceptor.clone());
                tokio::task::spawn_local(async move {
                    // A client that goes away is no matter of ours.
                    let _ = serve(stream, acceptor, &counts, delay).await;
                });
            }
        })
        .await
}

/// One connection. Whoever asks for the counts may do so without TLS.
async fn serve(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    counts: &Counts,
    delay: Duration,
) -> std::io::Result<()> {
    let Some(acceptor) = acceptor else { return answer(stream, counts, delay).await };
    let mut first = [0];
    stream.peek(&mut first).await?;
    if first == *b"G" {
        return answer(stream, counts, delay).await;
    }
    answer(acceptor.accept(stream).await?, counts, delay).await
}

/// A certificate for `localhost`, signed by itself.
fn acceptor(file: PathBuf) -> Result<TlsAcceptor, String> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]);
    let made = made.map_err(|error| error.to_string())?;
    std::fs::write(&file, made.cert.pem()).map_err(|error| format!("{}: {error}", file.display()))?;
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .map_err(|error| error.to_string())?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn answer<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    counts: &Counts,
    delay: Duration,
) -> std::io::Result<()> {
    let sent = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{ANSWER}",
        ANSWER.len()
    );
    let (mut buffer, mut filled) = (vec![0; 64 << 10], 0);
    loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
        while let Some((length, is_get)) = request(&buffer[..filled]) {
            buffer.copy_within(length..filled, 0);
            filled -= length;
            if is_get {
                let text = format!(
                    r#"{{"requests":{},"connections":{}}}"#,
                    counts.requests.take(),
                    counts.connections.take()
                );
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}", text.len());
                stream.write_all(head.as_bytes()).await?;
                continue;
            }
            counts.requests.set(counts.requests.get() + 1);
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            stream.write_all(sent.as_bytes()).await?;
        }
        if filled == buffer.len() {
            return Err(std::io::Error::other("a request larger than any that is measured"));
        }
    }
}

/// The length of the request that the buffer begins with, once all of it is there, and whether it asks for the counts.
pub(crate) fn request(buffer: &[u8]) -> Option<(usize, bool)> {
    let head = buffer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let body = buffer[..head].split(|byte| *byte == b'\n').find_map(|line| {
        let (name, value) = line.split_at_checked(15)?;
        let value = std::str::from_utf8(value).ok()?.trim();
        name.eq_ignore_ascii_case(b"content-length:").then(|| value.parse::<usize>().ok())?
    });
    let length = head + body.unwrap_or(0);
    (buffer.len() >= length).then(|| (length, buffer.starts_with(b"GET")))
}
