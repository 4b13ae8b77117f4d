//! Which certificates are trusted, also where the system has none.
#![allow(clippy::unwrap_used)]

mod support;

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use support::{Server, in_process_with, soon, text};
use wamid::{Client, ClientBuilder, Error, ErrorKind};

/// A certificate authority of our own, and the PEM file that a user would name in `ca_file`.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: tempfile::TempDir,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), issuer.pem()).unwrap();
        Self { issuer, folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A server with a certificate for `name`, good until that year.
    async fn server(&self, name: &str, until: i32) -> Server {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &*self.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        Server::tls(config).await
    }
}

fn client_of(server: &Server) -> ClientBuilder {
    Client::cloud("TOKEN", "1066").graph_url(format!("https://localhost:{}", server.port)).max_retries(0)
}

fn gateway_of(server: &Server) -> ClientBuilder {
    Client::gateway(format!("https://localhost:{}", server.port), "KEY").max_retries(0)
}

async fn refusal(client: &Client, server: &Server) -> Error {
    refused(soon(client.send_built(text())).await.unwrap_err(), server)
}

fn refused(error: Error, server: &Server) -> Error {
    assert_eq!(
        (error.kind(), error.maybe_sent(), error.attempts()),
        (ErrorKind::Connection, false, 1),
        "{error:?}"
    );
    assert!(error.message().contains("certificate"), "what to look at? {error}");
    assert!(server.seen().is_empty(), "the token went to a server that nobody vouched for");
    error
}

async fn trusted_by_ca_file_alone(authority: &Authority) {
    let server = authority.server("localhost", 2090).await;
    let with = client_of(&server).ca_file(authority.file("ca.pem")).build().unwrap();
    soon(with.send_built(text())).await.unwrap();
    let reading = gateway_of(&server).ca_file(authority.file("ca.pem")).build().unwrap();
    assert_eq!(soon(reading.chats()).await.unwrap(), []);
    let other = authority.server("localhost", 2090).await;
    refusal(&client_of(&other).build().unwrap(), &other).await;
    refused(soon(gateway_of(&other).build().unwrap().chats()).await.unwrap_err(), &other);
}

/// What a TLS server says after its handshake (session tickets) must not look like the end of an idle connection.
#[tokio::test]
async fn sends_in_a_row_share_one_connection_over_tls() {
    let authority = Authority::new();
    let server = authority.server("localhost", 2090).await;
    let client = client_of(&server).ca_file(authority.file("ca.pem")).build().unwrap();
    for pause in [0, 0, 60, 60] {
        soon(client.send_built(text())).await.unwrap();
        // Longer than a connection may rest before it is looked at.
        tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
    }
    assert_eq!((server.state().connections, server.seen().len()), (1, 4));
}

#[tokio::test]
async fn a_private_authority_is_trusted_by_ca_file_alone() {
    trusted_by_ca_file_alone(&Authority::new()).await;
}

/// Slim containers have no CA bundle. There the client is built on bundled roots, and `ca_file` adds to them.
#[test]
fn it_works_where_the_system_has_no_certificates() {
    let nothing = || "/nowhere/at/all".to_owned();
    let bare = [("SSL_CERT_FILE", nothing()), ("SSL_CERT_DIR", nothing())];
    if !in_process_with("it_works_where_the_system_has_no_certificates", &bare) {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        Client::cloud("TOKEN", "1066").build().unwrap();
        Client::gateway("https://example.com", "KEY").build().unwrap();
        trusted_by_ca_file_alone(&Authority::new()).await;
    });
}

#[tokio::test]
async fn a_certificate_for_another_name_or_time_is_refused() {
    let authority = Authority::new();
    for (name, until, word) in [("other.example", 2090, "name"), ("localhost", 2021, "expired")] {
        let server = authority.server(name, until).await;
        let client = client_of(&server).ca_file(authority.file("ca.pem")).build().unwrap();
        let error = refusal(&client, &server).await;
        assert!(error.message().contains(word), "{error}");
        let reading = gateway_of(&server).ca_file(authority.file("ca.pem")).build().unwrap();
        let error = refused(soon(reading.chats()).await.unwrap_err(), &server);
        assert!(error.message().contains(word), "{error}");
    }
}

#[test]
fn a_ca_file_that_cannot_be_used_is_named_when_the_client_is_built() {
    let authority = Authority::new();
    let key = KeyPair::generate().unwrap().serialize_pem();
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let mixed = format!("{}{broken}", authority.issuer.pem());
    for (name, content) in [
        ("missing.pem", None),
        ("empty.pem", Some("")),
        ("text.pem", Some("not a certificate")),
        ("key.pem", Some(key.as_str())),
        ("broken.pem", Some(broken)),
        ("cut.pem", Some("-----BEGIN CERTIFICATE-----\nAAAA\n")),
        ("mixed.pem", Some(mixed.as_str())),
        ("", None),
    ] {
        let path = authority.file(name);
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap();
        }
        for builder in [Client::cloud("TOKEN", "1066"), Client::gateway("http://127.0.0.1:9", "KEY")] {
            let error = builder.ca_file(&path).build().unwrap_err();
            assert_eq!(
                (error.kind(), error.field()),
                (ErrorKind::InvalidInput, Some("ca_file")),
                "{name}: {error}"
            );
            assert!(error.message().contains(name), "{error}");
        }
    }
    let two = format!("# ours\n{}\n{}", authority.issuer.pem(), Authority::new().issuer.pem());
    std::fs::write(authority.file("two.pem"), two).unwrap();
    Client::cloud("TOKEN", "1066").ca_file(authority.file("two.pem")).build().unwrap();
}
