//! The portal's own TLS.

use std::path::Path;

use proxy::edge::Edge;
use proxy::tls::acceptor;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tempfile::TempDir;

use crate::support::{Answer, TestApp};

/// A certificate and its key, written to a directory; the certificate in PEM.
pub fn certificate(dir: &Path, name: &str) -> String {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    std::fs::write(dir.join(format!("{name}.pem")), cert.pem()).unwrap();
    std::fs::write(dir.join(format!("{name}.key")), signing_key.serialize_pem()).unwrap();
    cert.pem()
}

/// A client that believes that certificate.
pub fn client(pem: &str) -> reqwest::Client {
    let certificate = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([certificate])
        .build()
        .unwrap()
}

#[tokio::test]
async fn the_portal_speaks_tls_itself() {
    let dir = TempDir::new().unwrap();
    let pem = certificate(dir.path(), "own");
    let tls = acceptor(&dir.path().join("own.pem"), &dir.path().join("own.key")).unwrap();
    let edge = Edge {
        https: true,
        ..Edge::default()
    };
    let app = TestApp::builder().edge(edge).tls(tls).start().await;
    let site = app.site().replace("http://", "https://");
    let answer = Answer::of(client(&pem).get(format!("{site}/sign-in"))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    assert!(plain.get(format!("{}/sign-in", app.site())).send().await.is_err());
    let other = certificate(dir.path(), "other");
    assert!(
        client(&other)
            .get(format!("{site}/sign-in"))
            .send()
            .await
            .is_err()
    );
}

#[test]
fn files_that_do_not_fit_are_named_and_keys_are_not_told() {
    let dir = TempDir::new().unwrap();
    let at = |name: &str| dir.path().join(name);
    certificate(dir.path(), "own");
    certificate(dir.path(), "other");
    std::fs::write(at("empty"), "").unwrap();
    let broken = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
    std::fs::write(at("broken"), broken).unwrap();
    for (certificate, key, said) in [
        ("missing", "own.key", "missing: No such file"),
        ("own.pem", "missing", "missing: No such file"),
        ("empty", "own.key", "empty holds no certificate"),
        ("own.key", "own.key", "own.key holds no certificate"),
        ("own.pem", "empty", "empty holds no private key"),
        ("own.pem", "own.pem", "own.pem holds no private key"),
        ("own.pem", "other.key", "do not belong together"),
        ("own.pem", "broken", "cannot be used"),
    ] {
        let Err(error) = acceptor(&at(certificate), &at(key)) else {
            panic!("{certificate} and {key} were taken");
        };
        let error = error.to_string();
        assert!(error.contains(said), "{error}");
        assert!(!error.contains("secret") && !error.contains("c2Vj"), "{error}");
    }
}
