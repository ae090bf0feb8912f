//! Signing in with OpenID Connect: an ID token that is not to be believed signs nobody in.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::response::Json;
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreHmacKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use proxy::access::Settings;
use proxy::sign_in::openid::{OpenIdArgs, Provider};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::audit::whole;
use crate::support::{Answer, TestApp, http};

const CLIENT: &str = "ev-portal";
const SECRET: &str = "planted-openid-secret-of-32-bytes!";

fn key() -> CoreEdDsaPrivateSigningKey {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pair.serialize_pem(), Some(JsonWebKeyId::new("one".into())))
        .unwrap()
}

/// An issuer on this machine, which gives the ID token that a test wants.
struct Issuer {
    url: String,
    key: CoreEdDsaPrivateSigningKey,
    token: Arc<Mutex<Option<String>>>,
}

#[derive(Clone)]
struct Told {
    url: String,
    keys: Value,
    token: Arc<Mutex<Option<String>>>,
}

impl Issuer {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let key = key();
        let token = Arc::new(Mutex::new(None));
        let told = Told {
            url: url.clone(),
            keys: json!({ "keys": [key.as_verification_key()] }),
            token: token.clone(),
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/keys", get(async |State(told): State<Told>| Json(told.keys)))
            .route("/token", post(tokens))
            .with_state(told);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, key, token }
    }

    /// A portal that people sign in to with it.
    async fn portal(&self) -> TestApp {
        let settings = OpenIdArgs {
            openid_issuer: Some(self.url.clone()),
            openid_client_id: Some(CLIENT.into()),
            openid_name: "Acme ID".into(),
            openid_role_claim: "groups".into(),
            openid_role: vec![("staff".into(), "viewer".into())],
            ..OpenIdArgs::default()
        };
        let access = Settings {
            openid: Some(Provider::new(settings, SECRET.into()).unwrap()),
            ..Settings::default()
        };
        TestApp::builder().access(access).start().await
    }

    /// The claims of somebody who signs in rightly.
    fn claims(&self, nonce: &str) -> Value {
        let now = time::OffsetDateTime::now_utc().unix_timestamp();
        json!({ "iss": self.url, "aud": CLIENT, "sub": "u-1", "nonce": nonce, "iat": now, "exp": now + 300,
            "name": "Ida Inside", "email": "ida@acme.example", "email_verified": true, "groups": ["staff"] })
    }
}

async fn configuration(State(Told { url, .. }): State<Told>) -> Json<Value> {
    Json(json!({
        "issuer": url, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        // Also what no issuer should offer.
        "id_token_signing_alg_values_supported": ["EdDSA", "none"],
    }))
}

async fn tokens(State(told): State<Told>) -> Json<Value> {
    let mut tokens = json!({ "access_token": "planted-access-token", "token_type": "Bearer" });
    if let Some(token) = told.token.lock().unwrap().clone() {
        tokens["id_token"] = token.into();
    }
    Json(tokens)
}

fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

/// A token as that key signs it.
fn signed(
    key: &impl PrivateSigningKey<VerificationKey = openidconnect::core::CoreJsonWebKey>,
    alg: CoreJwsSigningAlgorithm,
    claims: &Value,
) -> String {
    let head = json!({ "alg": alg, "kid": "one" });
    let text = format!("{}.{}", encoded(&head), encoded(claims));
    let signature = key.sign(&alg, text.as_bytes()).unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Signs in at a portal whose issuer answers with the token that is made of a nonce.
async fn sign_in(app: &TestApp, issuer: &Issuer, token: impl FnOnce(&str) -> Option<String>) -> Answer {
    let left = Answer::of(http().get(format!("{}/sign-in/openid", app.site()))).await;
    assert_eq!(left.status, 303, "{}", left.text);
    let place: reqwest::Url = left.header("location").parse().unwrap();
    let of = |name: &str| {
        place
            .query_pairs()
            .find(|(key, _)| key == name)
            .unwrap()
            .1
            .into_owned()
    };
    *issuer.token.lock().unwrap() = token(&of("nonce"));
    let cookie = left.header("set-cookie").split(';').next().unwrap().to_owned();
    let back = http().get(format!(
        "{}/sign-in/openid/done?code=planted-code&state={}",
        app.site(),
        of("state")
    ));
    Answer::of(back.header("cookie", cookie)).await
}

/// What is done to the token of somebody who signs in rightly.
type Forgery<'t> = (&'t str, Box<dyn Fn(Value) -> Option<String> + 't>);

#[tokio::test]
async fn an_id_token_that_is_not_to_be_believed_signs_nobody_in() {
    let issuer = Issuer::start().await;
    let app = issuer.portal().await;
    let ed = CoreJwsSigningAlgorithm::EdDsa;
    let other = key();
    let with = |mut claims: Value, name: &str, value: Value| {
        claims[name] = value;
        Some(signed(&issuer.key, ed.clone(), &claims))
    };
    let past = time::OffsetDateTime::now_utc().unix_timestamp() - 3_600;
    let forgeries: [Forgery; 13] = [
        (
            "signed by somebody else",
            Box::new(|claims| Some(signed(&other, ed.clone(), &claims))),
        ),
        (
            "changed after it was signed",
            Box::new(|claims| {
                let token = signed(&issuer.key, ed.clone(), &claims);
                let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
                let mut more = claims;
                more["sub"] = "u-2".into();
                parts[1] = encoded(&more);
                Some(parts.join("."))
            }),
        ),
        (
            "not signed",
            Box::new(|claims| {
                Some(format!(
                    "{}.{}.",
                    encoded(&json!({ "alg": "none" })),
                    encoded(&claims)
                ))
            }),
        ),
        (
            "signed with the client's secret, which was not agreed",
            Box::new(|claims| {
                let key = CoreHmacKey::new(SECRET);
                Some(signed(&key, CoreJwsSigningAlgorithm::HmacSha256, &claims))
            }),
        ),
        ("expired", Box::new(|claims| with(claims, "exp", past.into()))),
        (
            "without an end",
            Box::new(|claims| with(claims, "exp", Value::Null)),
        ),
        (
            "for another portal",
            Box::new(|claims| with(claims, "aud", "another".into())),
        ),
        (
            "for another portal too",
            Box::new(|claims| with(claims, "aud", json!([CLIENT, "another"]))),
        ),
        (
            "of another issuer",
            Box::new(|claims| with(claims, "iss", "https://evil.example".into())),
        ),
        (
            "of another sign-in",
            Box::new(|claims| with(claims, "nonce", "another".into())),
        ),
        (
            "of no sign-in",
            Box::new(|claims| with(claims, "nonce", Value::Null)),
        ),
        ("no token", Box::new(|_| None)),
        ("nonsense", Box::new(|_| Some("nonsense".into()))),
    ];
    for (what, forge) in &forgeries {
        let lines = whole(&app).await;
        let answer = sign_in(&app, &issuer, |nonce| forge(issuer.claims(nonce))).await;
        assert_eq!(answer.status, 502, "{what}: {}", answer.text);
        assert!(
            answer
                .text
                .contains("Signing in with Acme ID does not work at the moment."),
            "{what}: {}",
            answer.text
        );
        assert!(
            !answer.header("set-cookie").starts_with("ev_portal="),
            "{what}: {}",
            answer.header("set-cookie")
        );
        for planted in [SECRET, "planted-code", "planted-access-token", "evil.example"] {
            assert!(!answer.text.contains(planted), "{what}: {planted}");
        }
        assert_eq!(app.get("/accounts?q=ida").await.ok()["total"], 0, "{what}");
        assert_eq!(whole(&app).await, lines, "{what}");
    }
    // The same with nothing done to it.
    let right = sign_in(&app, &issuer, |nonce| {
        Some(signed(&issuer.key, ed.clone(), &issuer.claims(nonce)))
    })
    .await;
    assert_eq!(right.status, 200, "{}", right.text);
    let all: Vec<&str> = right
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert!(
        all.iter().any(|cookie| cookie.starts_with("ev_portal=")),
        "{all:?}"
    );
    assert_eq!(app.get("/accounts?q=ida").await.ok()["total"], 1);
}
