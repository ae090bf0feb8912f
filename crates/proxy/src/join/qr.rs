//! Links as QR codes: error correction M, a quiet zone of 4 modules.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use qrcodegen::{QrCode, QrCodeEcc};

use crate::problem::Error;

const QUIET: i32 = 4;

fn encode(text: &str) -> Result<QrCode, Error> {
    QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|_| {
        Error::field(
            "link",
            format!(
                "the link has {} characters, more than a QR code holds; set a shorter public address",
                text.chars().count()
            ),
        )
    })
}

/// The code as an SVG that scales.
///
/// # Errors
/// The text is too long for a QR code.
pub fn svg(text: &str) -> Result<String, Error> {
    let code = encode(text)?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    let side = size + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" \
         role=\"img\" aria-label=\"QR code of the invitation's link\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path d=\"{path}\"/></svg>"
    ))
}

/// The code as a PNG of that many pixels on each side; modules are whole pixels, the rest is margin.
///
/// # Errors
/// The text is too long for a QR code, or the size too small for it.
pub fn png(text: &str, pixels: u32) -> Result<Vec<u8>, Error> {
    let code = encode(text)?;
    let modules = (code.size() + 2 * QUIET) as u32;
    let scale = pixels / modules;
    if scale == 0 {
        return Err(Error::field(
            "size",
            format!("at least {modules} px for this link"),
        ));
    }
    let margin = ((pixels - modules * scale) / 2) as i32;
    let module = |pixel: u32| (pixel as i32 - margin).div_euclid(scale as i32) - QUIET;
    let picture = GrayImage::from_fn(pixels, pixels, |x, y| {
        Luma([if code.get_module(module(x), module(y)) {
            0
        } else {
            255
        }])
    });
    let mut png = Cursor::new(Vec::new());
    picture
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(png.into_inner())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_link_that_no_code_holds_is_refused_in_words() {
        let long = format!("https://{}.example/join/x", "a".repeat(3_000));
        for error in [svg(&long).unwrap_err(), png(&long, 512).unwrap_err()] {
            assert!(error.to_string().contains("more than a QR code holds"), "{error}");
        }
        assert!(png("https://portal.example/join/x", 10).is_err());
    }
}
