//! Generated token files, for measuring.

use std::fmt::Write as _;

use crate::identifiers::check_character;

/// A prime: its multiples modulo a smaller number of rows visit each row once.
const STRIDE: u64 = 15_485_863;

/// A file of so many different Auth IDs (fewer than 15 million), each row some 46 bytes:
/// `NL-GFX-C00000001-4,Driver 00000001,2026-01-01`. The same number gives the same bytes. The ids are
/// in scattered order, as exports are, for an index that is filled in order is the best case.
pub fn auth_ids(rows: usize) -> Vec<u8> {
    let mut text = String::with_capacity(rows * 47 + 32);
    text.push_str("Auth ID,Name,Valid from\r\n");
    for place in 1..=rows as u64 {
        let row = place * STRIDE % rows as u64 + 1;
        let body = format!("NLGFXC{row:08}");
        let check = check_character(body.as_bytes()).map_or('0', char::from);
        let day = row % 28 + 1;
        let _ = write!(
            text,
            "NL-GFX-C{row:08}-{check},Driver {row:07},2026-01-{day:02}\r\n"
        );
    }
    text.into_bytes()
}
