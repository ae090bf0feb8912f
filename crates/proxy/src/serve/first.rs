//! What is done before the first request.

use domain::access::ROLES;

use super::Failure;
use crate::app::App;
use crate::books::accounts::{self, links};
use crate::books::{self, roles};
use crate::problem::Error;
use crate::{access, estate, seed, sign_in};

/// Stale imports go, and locations and EVSEs come from ChargePoint
/// if there are none. The stand-in answers at once, so the sandbox's books wait for it.
pub async fn prepare(app: &App, sandbox: bool) -> Result<(), Failure> {
    books::imports::sweep_soon(app);
    if sandbox {
        sign_in::fill(&app.books).await?;
    }
    let known = !books::locations::is_empty(&app.books).await? && !books::evses::is_empty(&app.books).await?;
    if !app.estate.status().configured || known {
        return Ok(());
    }
    if sandbox {
        estate::sync(app).await?;
        seed::fill(&app.books).await?;
        return Ok(());
    }
    let app = app.clone();
    access::spawn(async move {
        if let Err(error) = estate::sync(&app).await {
            tracing::warn!(%error, "the first sync from ChargePoint failed; it can be repeated in the portal");
        }
    });
    Ok(())
}

/// The roles that people get who sign in with OpenID Connect must be there.
pub async fn check_roles(app: &App) -> Result<(), Failure> {
    let Some(provider) = &app.access.openid else {
        return Ok(());
    };
    let mut tx = app.books.read().await.map_err(Error::from)?;
    for (_, role) in &provider.settings.openid_role {
        match roles::get(&mut tx, role).await {
            Ok(_) => {}
            Err(Error::NotFound(_)) => {
                let known: Vec<&str> = ROLES.iter().map(|role| role.id).collect();
                return Err(Failure::Settings(format!(
                    "--openid-role: there is no role {role}; the portal's own are {}",
                    known.join(", ")
                )));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Without accounts, the way to the first one.
pub async fn offer_set_up(app: &App, site: &str) -> Result<(), Failure> {
    if !accounts::is_empty(&app.books).await? {
        return Ok(());
    }
    let mut tx = app.books.write().await.map_err(Error::from)?;
    let link = links::make(&mut tx, None).await?;
    tx.commit().await.map_err(Error::from)?;
    let site = app.public_url.as_deref().unwrap_or(site);
    println!("There are no accounts yet. Make the first at {site}{}", link.path);
    Ok(())
}
