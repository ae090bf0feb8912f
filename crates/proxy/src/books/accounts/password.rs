//! Passwords: argon2id with the parameters that OWASP names (19 MiB, two passes, one lane).

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
pub use domain::limits::{MAX_PASSWORD as LONGEST, MIN_PASSWORD as SHORTEST};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::super::audit::Noted;
use super::super::{Tx, accounts, sessions};
use crate::clock;
use crate::problem::Error;

/// Each takes 19 MiB and a core for a moment.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What an unknown account's password is compared with, so that it takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| compute("nobody's password").unwrap_or_default());

fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn compute(password: &str) -> Result<String, Error> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)?;
    let failed = |error: argon2::password_hash::Error| Error::Internal(format!("a password's hash: {error}"));
    let salt = SaltString::encode_b64(&salt).map_err(failed)?;
    let hash = argon2()
        .hash_password(password.as_bytes(), &salt)
        .map_err(failed)?;
    Ok(hash.to_string())
}

/// Whether a password fits its hash; with an empty hash, after the same time, never.
///
/// # Errors
/// The work was broken off.
pub async fn fits(password: &str, hash: &str) -> Result<bool, Error> {
    let (password, hash) = (password.to_owned(), hash.to_owned());
    on_a_thread(move || {
        let known = !hash.is_empty();
        let hash = if known { hash } else { NOBODY.clone() };
        let parsed = PasswordHash::new(&hash);
        let fits = parsed.is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok());
        Ok(fits && known)
    })
    .await
}

/// The hash of a password that was checked by [`check`].
///
/// # Errors
/// There are no random numbers.
pub async fn hash(password: &str) -> Result<String, Error> {
    let password = password.to_owned();
    on_a_thread(move || compute(&password)).await
}

async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let _turn = TURNS.acquire().await;
    spawn_blocking(work)
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
}

/// What is wrong with a new password: too short, too long, or one that attackers try first. `own` are words
/// that others know of its owner.
pub fn wrong(password: &str, own: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!(
            "at least {SHORTEST} characters; a few words that do not belong together are best"
        ));
    }
    if length > LONGEST {
        return Some(format!("at most {LONGEST} characters"));
    }
    // It works out how soon a program that knows lists of common passwords, words, names, dates and the
    // keyboard would guess it. Long ones cost time and are not guessed.
    let first: String = password.chars().take(64).collect();
    let guesses = zxcvbn::zxcvbn(&first, own).guesses_log10();
    (guesses < 8.0).then(|| "this is among the passwords that are tried first; choose another".into())
}

/// Sets a password, already hashed, and ends the account's sessions.
pub async fn set(tx: &mut Tx, account: &str, hash: &str) -> Result<(), Error> {
    sqlx::query("UPDATE accounts SET password = $2, version = version + 1, updated_at = $3 WHERE id = $1")
        .bind(account)
        .bind(hash)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    let account = accounts::get(tx, account).await?;
    tx.note(Noted::about("Password changed", &account));
    sessions::end_all(tx, &account.id).await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hash = hash("correct horse battery").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits("correct horse battery", &hash).await.unwrap());
        assert!(!fits("correct horse batter", &hash).await.unwrap());
        assert!(!fits("nobody's password", "").await.unwrap());
        assert!(!fits("x", "no hash").await.unwrap());
    }

    #[test]
    fn common_passwords_are_refused_and_phrases_are_not() {
        for bad in [
            "short",
            "password123",
            "qwertyuiop",
            "1234567890",
            "aaaaaaaaaaaaaa",
            "iloveyou2024",
        ] {
            assert!(wrong(bad, &[]).is_some(), "{bad}");
        }
        assert!(wrong("anatorresanatorres", &["anatorres"]).is_some());
        assert_eq!(wrong("violet kettle drives south", &[]), None);
        assert_eq!(wrong("Łódź żółw 7 rower", &[]), None);
        assert!(wrong(&"x".repeat(300), &[]).is_some());
    }
}
