//! What the settings say of signing in elsewhere.

use std::path::PathBuf;

use clap::Args;

/// Signing in with OpenID Connect.
#[derive(Args, Clone, Debug, Default)]
pub struct OpenIdArgs {
    /// Issuer of OpenID Connect that people sign in with, as its own configuration names it.
    #[arg(long, env = "EV_PORTAL_OPENID_ISSUER", value_name = "URL", value_parser = issuer,
          requires_all = ["openid_client_id", "openid_role"])]
    pub openid_issuer: Option<String>,
    /// By what the issuer knows this portal. Its redirect address is /sign-in/openid/done.
    #[arg(
        long,
        env = "EV_PORTAL_OPENID_CLIENT_ID",
        value_name = "ID",
        requires = "openid_issuer"
    )]
    pub openid_client_id: Option<String>,
    /// File with the client's secret; else EV_PORTAL_OPENID_CLIENT_SECRET.
    #[arg(long, env = "EV_PORTAL_OPENID_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub openid_client_secret_file: Option<PathBuf>,
    /// What people call it, for the button: "Sign in with …".
    #[arg(
        long,
        env = "EV_PORTAL_OPENID_NAME",
        value_name = "NAME",
        default_value = "your organization’s account"
    )]
    pub openid_name: String,
    /// What to ask for besides openid.
    #[arg(
        long,
        env = "EV_PORTAL_OPENID_SCOPE",
        value_name = "SCOPE",
        value_delimiter = ',',
        default_value = "profile,email"
    )]
    pub openid_scope: Vec<String>,
    /// Claim that names what somebody is: a text or a list of texts; realm_access.roles looks inside.
    #[arg(
        long,
        env = "EV_PORTAL_OPENID_ROLE_CLAIM",
        value_name = "CLAIM",
        default_value = "roles"
    )]
    pub openid_role_claim: String,
    /// What of that claim is which role here, as in ev-admins=administrator; the first that fits counts, and
    /// whoever has none of them stays out.
    #[arg(long, env = "EV_PORTAL_OPENID_ROLE", value_name = "VALUE=ROLE", value_delimiter = ',', value_parser = role)]
    pub openid_role: Vec<(String, String)>,
}

fn issuer(text: &str) -> Result<String, String> {
    let url: reqwest::Url = text
        .parse()
        .map_err(|_| "an issuer is like https://login.example/realm")?;
    if super::http::may_be_asked(&url) {
        Ok(text.to_owned())
    } else {
        Err("an issuer is asked over https".into())
    }
}

fn role(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((value, role)) if !value.is_empty() && !role.is_empty() => Ok((value.into(), role.into())),
        _ => Err("write it like ev-admins=administrator".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_settings_take() {
        assert!(issuer("https://login.example/realm").is_ok() && issuer("http://127.0.0.1:9000").is_ok());
        for wrong in ["login.example", "http://login.example", "ftp://login.example", ""] {
            assert!(issuer(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            role("cn=ev,ou=x=viewer"),
            Ok(("cn=ev,ou=x".into(), "viewer".into()))
        );
        for wrong in ["viewer", "=viewer", "ev=", ""] {
            assert!(role(wrong).is_err(), "{wrong}");
        }
    }
}
