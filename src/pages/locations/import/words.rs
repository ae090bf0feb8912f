//! What things are called in the wizard.

use domain::identifiers::IdKind;

/// One id of a kind.
pub fn kind(kind: IdKind) -> &'static str {
    match kind {
        IdKind::AuthId => "Auth ID",
        IdKind::ChipId => "Chip ID",
    }
}

/// What stands between cells.
pub fn delimiter(delimiter: Option<char>) -> &'static str {
    match delimiter {
        None => "None: one column",
        Some(',') => "Comma",
        Some(';') => "Semicolon",
        Some('\t') => "Tab",
        Some(_) => "Vertical bar",
    }
}

/// A size in bytes as people say it.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(bytes, 1_000)),
        _ => format!("{} MB", tenths(bytes, 1_000_000)),
    }
}

fn tenths(bytes: usize, unit: usize) -> String {
    let tenths = (bytes / (unit / 20)).div_ceil(2);
    format!("{}.{}", tenths / 10, tenths % 10)
}
