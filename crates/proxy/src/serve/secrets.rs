//! Settings that hold secrets: from files or the environment, never from the command line, which every user of
//! a machine can read.

use std::path::Path;

use super::{Failure, io_failure};
use crate::books;
use crate::cli::Place;

/// A secret from its file, else from the environment.
///
/// # Errors
/// It is in neither.
pub fn secret(file: Option<&Path>, name: &str, whose: &str) -> Result<String, Failure> {
    let name = format!("EV_PORTAL_{name}");
    let text = match file {
        Some(file) => read(file)?,
        None => std::env::var(&name).unwrap_or_default().trim().to_owned(),
    };
    if text.is_empty() {
        return Err(Failure::Settings(format!(
            "{whose} needs a secret: name its file, or set {name}"
        )));
    }
    Ok(text)
}

fn read(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(io_failure(file.display().to_string()))?;
    Ok(text.trim().to_owned())
}

/// Where the settings say that the books are, if they say it.
///
/// # Errors
/// The address holds a password where others can read it, or its file cannot be read.
pub fn named_url(place: &Place) -> Result<Option<String>, String> {
    if let Some(file) = &place.database_url_file {
        let url = read(file).map_err(|error| error.to_string())?;
        return Ok(Some(url));
    }
    let Some(url) = &place.database_url else {
        return Ok(None);
    };
    let is_seen = std::env::args().any(|word| word.contains(url.as_str()));
    if is_seen && has_password(url) {
        return Err(
            "a password on the command line can be read by everybody on this machine: use --database-url-file or \
             EV_PORTAL_DATABASE_URL"
                .into(),
        );
    }
    Ok(Some(url.clone()))
}

/// Where the books are.
///
/// # Errors
/// The settings do not say it well, or there is no directory for them.
pub fn database_url(place: &Place) -> Result<String, Failure> {
    if let Some(url) = named_url(place).map_err(Failure::Settings)? {
        return Ok(url);
    }
    let directory = &place.data_dir;
    std::fs::create_dir_all(directory).map_err(io_failure(directory.display().to_string()))?;
    Ok(books::sqlite_url(&directory.join("portal.sqlite")))
}

fn has_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let (place, more) = rest.split_once('?').unwrap_or((rest, ""));
    let user = place.rsplit_once('@').map_or("", |(user, _)| user);
    user.contains(':') || more.split('&').any(|pair| pair.starts_with("password="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_addresses() {
        for with in [
            "postgres://portal:word@db/portal",
            "postgres://db/portal?password=word",
            "postgresql://portal:p@ss@db",
        ] {
            assert!(has_password(with), "{with}");
        }
        for without in [
            "postgres://portal@db:5432/portal",
            "postgres://db:5432/x",
            "sqlite:///a/b:c",
            "",
        ] {
            assert!(!has_password(without), "{without}");
        }
    }
}
