//! Ids that are easily mistaken for each other, in many spellings.

use domain::identifiers::{IdKind, auth_key, chip_key};

use super::dice::Dice;
use super::model::Key;

/// Auth IDs, each in spellings that are the same id; all of them are different ids. Among them are
/// one's beginning, one with a wrong check character, and one that is a Chip ID too.
const AUTH: [&[&str]; 10] = [
    &[
        "NL-GFX-C00000001-4",
        "nlgfxc00000001",
        "NL*GFX*C00000001",
        "NL GFX C00000001 4",
        "NLGFXC000000014",
    ],
    &["NL-GFX-C00000002-1", "nl-gfx-c00000002", "NLGFXC00000002"],
    &["NL-GFX-C00000003-3", "NLGFXC00000003"],
    &["NL-GFX-C00000001-5", "nlgfxc000000015"],
    &["NL-GFX-C0000000", "nlgfxc0000000"],
    &["DEADBEEF012345", "dead-beef-012345"],
    &["04A1B2C3", "04a1b2c3"],
    &["CARD_1", "card_1"],
    &["CARD1", "card-1"],
    &["A/B:C#D~E.F+G", "a/b:c#d~e.f+g"],
];

/// Chip IDs in the same way.
const CHIP: [&[&str]; 6] = [
    &["DEADBEEF012345", "de:ad:be:ef:01:23:45", "0xDEADBEEF012345"],
    &["04A1B2C3", "04 a1 b2 c3", "04-A1-B2-C3"],
    &["04A1B2C4"],
    &["04A1B2C3D4E5F6"],
    &["04A1B2C3D4E5F60718AA", "04a1b2c3d4e5f60718aa"],
    &["04A1B2C3000000"],
];

/// How many of each there are.
pub const AUTHS: usize = AUTH.len();
pub const CHIPS: usize = CHIP.len();

/// One spelling of an Auth ID.
pub fn auth(dice: &mut Dice, number: usize) -> &'static str {
    AUTH[number][dice.below(AUTH[number].len())]
}

/// One spelling of a Chip ID.
pub fn chip(dice: &mut Dice, number: usize) -> &'static str {
    CHIP[number][dice.below(CHIP[number].len())]
}

/// The key of one of them.
pub fn key(of: Key) -> (IdKind, String) {
    match of {
        Key::Auth(number) => (IdKind::AuthId, auth_key(AUTH[number][0])),
        Key::Chip(number) => (IdKind::ChipId, chip_key(CHIP[number][0])),
    }
}

/// Which Auth ID that is.
pub fn auth_number(text: &str) -> usize {
    AUTH.iter()
        .position(|spellings| spellings.contains(&text))
        .unwrap()
}

/// Which Chip ID that is.
pub fn chip_number(text: &str) -> usize {
    CHIP.iter()
        .position(|spellings| spellings.contains(&text))
        .unwrap()
}
