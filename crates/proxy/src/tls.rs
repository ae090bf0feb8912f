//! The portal's own certificate.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// Why there can be no TLS. No variant tells anything of the key.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error("{0}: {1}")]
    Unread(String, std::io::Error),
    #[error("{0} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")]
    NoCertificate(String),
    #[error("{0} holds no private key in PEM (-----BEGIN PRIVATE KEY-----)")]
    NoKey(String),
    #[error("the certificate in {0} and the key in {1} do not belong together")]
    Strangers(String, String),
    #[error("the certificate in {0} and the key in {1} cannot be used: {2}")]
    Unusable(String, String, rustls::Error),
}

/// What takes connections with that certificate, its chain behind it, and its key.
///
/// # Errors
/// The files cannot be read, or do not fit.
pub fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, Unfit> {
    let (at, key_at) = (certificate.display().to_string(), key.display().to_string());
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unread(error, &at, Unfit::NoCertificate))?;
    if chain.is_empty() {
        return Err(Unfit::NoCertificate(at));
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(|error| unread(error, &key_at, Unfit::NoKey))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => Unfit::Strangers(at, key_at),
            error => Unfit::Unusable(at, key_at, error),
        })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn unread(error: pem::Error, at: &str, otherwise: fn(String) -> Unfit) -> Unfit {
    match error {
        pem::Error::Io(error) => Unfit::Unread(at.to_owned(), error),
        _ => otherwise(at.to_owned()),
    }
}
