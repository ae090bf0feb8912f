//! A connection's logo: a small picture, read under limits and kept as PNG whatever it was.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::audit::Change;
use domain::connections::Connection;
use image::{ImageFormat, ImageReader, Limits};
use sqlx::Row;

use super::super::audit::Noted;
use super::super::{Tx, records};
use super::get;
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// The largest file, in bytes.
pub const MAX_FILE: usize = 512 * 1024;
const MAX_WIDTH: u32 = 60;
const MAX_HEIGHT: u32 = 30;
/// How much memory reading one may take, in bytes.
const MAX_MEMORY: u64 = 8 * 1024 * 1024;

/// The picture in a file as PNG.
///
/// # Errors
/// What is wrong with the file: no picture of the three formats, larger than allowed, or damaged.
pub fn to_png(file: &[u8]) -> Result<Vec<u8>, Error> {
    let reader = || {
        let mut reader = ImageReader::new(Cursor::new(file));
        let mut limits = Limits::default();
        limits.max_alloc = Some(MAX_MEMORY);
        reader.limits(limits);
        reader.with_guessed_format()
    };
    let damaged = "the picture is damaged; save it again and choose the new file";
    let guessed = reader().map_err(|_| Error::field("logo", damaged))?;
    if !matches!(
        guessed.format(),
        Some(ImageFormat::Gif | ImageFormat::Jpeg | ImageFormat::Png)
    ) {
        return Err(Error::NoPicture);
    }
    let (width, height) = guessed
        .into_dimensions()
        .map_err(|_| Error::field("logo", damaged))?;
    if width > MAX_WIDTH || height > MAX_HEIGHT {
        return Err(Error::field(
            "logo",
            format!("the picture is {width}×{height} px; at most {MAX_WIDTH}×{MAX_HEIGHT} px"),
        ));
    }
    let picture = reader()
        .map_err(image::ImageError::from)
        .and_then(ImageReader::decode)
        .map_err(|_| Error::field("logo", damaged))?;
    let mut png = Cursor::new(Vec::new());
    picture
        .to_rgba8()
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(png.into_inner())
}

/// Puts a PNG in the place of the logo; an empty one takes the logo away.
pub async fn put(tx: &mut Tx, id: &str, version: IfMatch, png: &[u8]) -> Result<Connection, Error> {
    records::lock(tx, "connections", id, version).await?;
    let had = base64(tx, id).await?.is_some();
    sqlx::query("UPDATE connections SET logo = $2, version = version + 1, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(STANDARD.encode(png))
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    let connection = get(tx, id).await?;
    let picture = |is_there: bool, words: &str| is_there.then(|| words.to_owned());
    let change = Change::new(
        "Logo",
        picture(had, "a picture"),
        picture(!png.is_empty(), if had { "another picture" } else { "a picture" }),
    );
    tx.note(Noted::about("Changed", &connection).with([change]));
    Ok(connection)
}

/// The logo as a PNG in base64; none where there is none.
pub async fn base64(tx: &mut Tx, id: &str) -> Result<Option<String>, Error> {
    let row = sqlx::query("SELECT logo FROM connections WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("connection"))?;
    Ok(Some(row.try_get::<String, _>("logo")?).filter(|logo| !logo.is_empty()))
}

/// The logo as a PNG.
pub async fn png(tx: &mut Tx, id: &str) -> Result<Vec<u8>, Error> {
    let text = base64(tx, id).await?.ok_or(Error::NotFound("logo"))?;
    STANDARD
        .decode(text)
        .map_err(|error| Error::Internal(error.to_string()))
}
