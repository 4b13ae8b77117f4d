//! The certificates of a run: what a server shows, and the authority that the clients trust.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

/// The certificate that a server shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificate {
    /// One for its name, from the authority that the client trusts.
    Right,
    /// One for another name.
    OtherName,
    /// One that was good until 2021.
    Expired,
    /// One from an authority that the client does not know.
    UnknownAuthority,
}

/// What servers show; made once a run.
#[derive(Debug, Clone)]
pub(crate) struct Certificates {
    right: Arc<ServerConfig>,
    other_name: Arc<ServerConfig>,
    expired: Arc<ServerConfig>,
    unknown_authority: Arc<ServerConfig>,
    /// The authority's own certificate, for the option `ca_file`.
    pub(crate) ca_file: PathBuf,
}

type Issuer = CertifiedIssuer<'static, KeyPair>;

impl Certificates {
    pub(crate) fn make(folder: &Path) -> Result<Self, String> {
        let told = |error: rcgen::Error| format!("no certificate could be made: {error}");
        let (trusted, unknown) = (authority().map_err(told)?, authority().map_err(told)?);
        let ca_file = folder.join("ca.pem");
        std::fs::write(&ca_file, trusted.pem()).map_err(|why| format!("{}: {why}", ca_file.display()))?;
        Ok(Self {
            right: server(&trusted, "localhost", 2090)?,
            other_name: server(&trusted, "other.example", 2090)?,
            expired: server(&trusted, "localhost", 2021)?,
            unknown_authority: server(&unknown, "localhost", 2090)?,
            ca_file,
        })
    }

    pub(crate) fn of(&self, certificate: Certificate) -> Arc<ServerConfig> {
        match certificate {
            Certificate::Right => &self.right,
            Certificate::OtherName => &self.other_name,
            Certificate::Expired => &self.expired,
            Certificate::UnknownAuthority => &self.unknown_authority,
        }
        .clone()
    }
}

fn authority() -> Result<Issuer, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

/// A server with a certificate for `name`, good until that year.
fn server(issuer: &Issuer, name: &str, until: i32) -> Result<Arc<ServerConfig>, String> {
    let told = |error: rcgen::Error| format!("no certificate could be made: {error}");
    let mut params = CertificateParams::new(vec![name.to_owned()]).map_err(told)?;
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    let key = KeyPair::generate().map_err(told)?;
    let certificate = params.signed_by(&key, &**issuer).map_err(told)?;
    let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(str::to_owned)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| {
            config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key)
        })
        .map_err(|error| format!("no TLS server could be made: {error}"))?;
    Ok(Arc::new(config))
}
