//! The roots that a server's certificate is checked against.

use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::error::Error;

/// Checks certificates as the system does, and with the roots of `ca_file` too; where the system has no roots (slim
/// containers, Android), with Mozilla's, which are built in.
///
/// `needed` is false for a client that will never speak TLS: reading the system's roots takes milliseconds.
pub(crate) fn config(ca_file: Option<&Path>, needed: bool) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let extra = ca_file.map(read_pem).transpose()?.unwrap_or_default();
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| setup("TLS cannot be set up", error))?;
    if !needed && extra.is_empty() {
        return Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    }
    let verifier = match system(&extra, &provider) {
        Some(verifier) => verifier,
        None => bundled(extra, provider)?,
    };
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

#[cfg(not(target_os = "android"))]
fn system(
    extra: &[CertificateDer<'static>],
    provider: &Arc<CryptoProvider>,
) -> Option<Arc<dyn ServerCertVerifier>> {
    use rustls_platform_verifier::Verifier;

    // With extra roots the verifier is content with those alone, so an empty system would go unnoticed: ask without.
    let plain = Verifier::new(provider.clone()).ok()?;
    let verifier = if extra.is_empty() {
        plain
    } else {
        Verifier::new_with_extra_roots(extra.iter().cloned(), provider.clone()).ok()?
    };
    Some(Arc::new(verifier))
}

/// Android's verifier panics unless the app has initialised it through JNI.
#[cfg(target_os = "android")]
fn system(_: &[CertificateDer<'static>], _: &Arc<CryptoProvider>) -> Option<Arc<dyn ServerCertVerifier>> {
    None
}

fn bundled(
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    roots.add_parsable_certificates(extra);
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .map_err(|error| setup("the built-in certificate authorities cannot be used", error))?;
    Ok(verifier)
}

fn read_pem(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let shown = path.display();
    let pem = std::fs::read(path).map_err(|error| {
        Error::invalid("ca_file", format!("cannot be read: {shown}: {error}")).with_source(error)
    })?;
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Error::invalid("ca_file", format!("is no PEM file: {shown}: {error}")))?;
    if certificates.is_empty() {
        return Err(Error::invalid("ca_file", format!("holds no certificate: {shown}")));
    }
    for certificate in &certificates {
        roots.add(certificate.clone()).map_err(|error| {
            Error::invalid("ca_file", format!("holds a certificate that cannot be used: {shown}: {error}"))
        })?;
    }
    Ok(certificates)
}

fn setup(what: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::unsupported(None, format!("{what}: {error}")).with_source(error)
}
