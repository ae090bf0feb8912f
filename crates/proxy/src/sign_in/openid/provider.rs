//! The issuer: where it is asked, what it answers, and whether that is true.

use std::sync::Arc;
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse,
    CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthType, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use super::http::Http;
use super::settings::OpenIdArgs;

/// After how long the issuer's configuration and keys are asked for again.
const KNOWN_FOR: Duration = Duration::from_secs(3600);

/// Everything that an issuer tells of somebody besides what the standard names.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct More {
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl AdditionalClaims for More {}

type Tokens = StandardTokenResponse<
    IdTokenFields<
        More,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type Party = Client<
    More,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The three values that tie a sign-in together; all follow from one secret of the browser.
pub struct Ties {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Who signed in, as the issuer says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Issuer and subject, one text.
    pub subject: String,
    pub name: String,
    pub email: String,
    pub email_verified: bool,
    /// What the role's claim holds.
    pub values: Vec<String>,
}

/// Why somebody cannot be signed in. It goes to the log; the issuer's own words may be in it.
#[derive(Debug, thiserror::Error)]
#[error("{0}: {1}")]
pub struct Failed(&'static str, String);

fn failed<E: std::error::Error>(what: &'static str) -> impl Fn(E) -> Failed {
    move |error| {
        let mut told = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            told = format!("{told}: {inner}");
            cause = inner.source();
        }
        Failed(what, told.chars().filter(|c| !c.is_control()).take(300).collect())
    }
}

/// The issuer that the settings name.
pub struct Provider {
    pub settings: OpenIdArgs,
    secret: ClientSecret,
    http: Http,
    known: Mutex<Option<(Instant, Arc<CoreProviderMetadata>)>>,
}

impl Provider {
    /// With the client's secret.
    ///
    /// # Errors
    /// There is no TLS here.
    pub fn new(settings: OpenIdArgs, secret: String) -> Result<Self, String> {
        let http = Http::new(settings.openid_issuer.as_deref().unwrap_or_default())?;
        Ok(Self {
            settings,
            secret: ClientSecret::new(secret),
            http,
            known: Mutex::new(None),
        })
    }

    /// The issuer's own name of itself.
    pub fn issuer(&self) -> &str {
        self.settings.openid_issuer.as_deref().unwrap_or_default()
    }

    /// Where the browser goes to sign in, to come back to `back`.
    pub async fn address(&self, ties: Ties, back: String) -> Result<String, Failed> {
        let party = self.party(back).await?;
        let Ties {
            state,
            nonce,
            verifier,
        } = ties;
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier));
        let request = party.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        );
        let scopes = self.settings.openid_scope.iter().cloned().map(Scope::new);
        let (url, _, _) = request.add_scopes(scopes).set_pkce_challenge(challenge).url();
        Ok(url.into())
    }

    /// Who came back with that code.
    pub async fn told(&self, code: String, ties: Ties, back: String) -> Result<Told, Failed> {
        let party = self.party(back).await?;
        let tokens = party
            .exchange_code(AuthorizationCode::new(code))
            .map_err(failed("the issuer names no address for tokens"))?
            .set_pkce_verifier(PkceCodeVerifier::new(ties.verifier))
            .request_async(&self.http)
            .await
            .map_err(failed("the code was not taken"))?;
        let token = tokens
            .id_token()
            .ok_or_else(|| Failed("there is no ID token", String::new()))?;
        let nonce = Nonce::new(ties.nonce);
        let verified = token.claims(&party.id_token_verifier(), &nonce);
        if verified.is_err() {
            // Its keys may have changed since they were asked for: the next sign-in asks again.
            *self.known.lock().await = None;
        }
        let claims = verified.map_err(failed("the ID token is not to be believed"))?;
        let mut told = Told {
            subject: format!("{} {}", self.issuer(), claims.subject().as_str()),
            name: first(claims.name().and_then(|name| name.get(None))),
            email: first(claims.email()),
            email_verified: claims.email_verified().unwrap_or_default(),
            values: self.values(&claims.additional_claims().rest),
        };
        if told.email.is_empty() || told.name.is_empty() || told.values.is_empty() {
            let subject = Some(claims.subject().clone());
            if let Ok(request) = party.user_info(tokens.access_token().clone(), subject) {
                let more: UserInfoClaims<More, CoreGenderClaim> = request
                    .request_async(&self.http)
                    .await
                    .map_err(failed("the issuer does not tell who it is"))?;
                if told.email.is_empty() {
                    told.email = first(more.email());
                    told.email_verified = more.email_verified().unwrap_or_default();
                }
                if told.name.is_empty() {
                    told.name = first(more.name().and_then(|name| name.get(None)));
                }
                if told.values.is_empty() {
                    told.values = self.values(&more.additional_claims().rest);
                }
            }
        }
        Ok(told)
    }

    async fn party(&self, back: String) -> Result<Party, Failed> {
        let metadata = self.metadata().await?;
        let methods = metadata.token_endpoint_auth_methods_supported();
        let takes_basic =
            methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let id = self.settings.openid_client_id.clone().unwrap_or_default();
        let back = RedirectUrl::new(back).map_err(failed("the address to come back to"))?;
        let party =
            Party::from_provider_metadata((*metadata).clone(), ClientId::new(id), Some(self.secret.clone()));
        let party = party.set_redirect_uri(back);
        Ok(if takes_basic {
            party
        } else {
            party.set_auth_type(AuthType::RequestBody)
        })
    }

    /// The issuer's configuration and keys, asked for when they are not known.
    async fn metadata(&self) -> Result<Arc<CoreProviderMetadata>, Failed> {
        let mut known = self.known.lock().await;
        if let Some((since, metadata)) = &*known
            && since.elapsed() < KNOWN_FOR
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.issuer().to_owned()).map_err(failed("the issuer's address"))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.http)
            .await
            .map_err(failed("the issuer's configuration"))?;
        let metadata = Arc::new(metadata);
        *known = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    /// What the role's claim holds: under its whole name, else inside, part by part.
    fn values(&self, claims: &Map<String, Value>) -> Vec<String> {
        let name = &self.settings.openid_role_claim;
        let found = claims.get(name).or_else(|| {
            let mut parts = name.split('.');
            let outer = claims.get(parts.next()?)?;
            parts.try_fold(outer, |value, part| value.get(part))
        });
        match found {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }
}

fn first<T: std::ops::Deref<Target = String>>(text: Option<&T>) -> String {
    text.map_or_else(String::new, |text| text.trim().to_owned())
}
