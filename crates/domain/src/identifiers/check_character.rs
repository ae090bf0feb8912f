//! The check character of a contract id (eMA ID): ISO 15118-1 Annex H.
//!
//! Each character is two digits modulo 2 and two modulo 3; they are summed over the positions,
//! weighted with powers of two 2×2 matrices, so that one wrong character and two swapped ones
//! show.

/// The code of each of `0…9A…Z`: bits 0 and 1 are the digits modulo 2, bits 2–3 and 4–5 those
/// modulo 3.
const CODES: [u8; 36] = [
    0, 16, 32, 4, 20, 36, 8, 24, 40, 2, // 0–9
    18, 34, 6, 22, 38, 10, 26, 42, 1, 17, 33, 5, 21, // A–M
    37, 9, 25, 41, 3, 19, 35, 7, 23, 39, 11, 27, 43, // N–Z
];

/// What a character adds at a position: the four digits, a byte each.
const WEIGHTS: [[u32; 36]; 14] = weights();

const fn weights() -> [[u32; 36]; 14] {
    let mut table = [[0; 36]; 14];
    let (mut p, mut r) = ([0u32, 1, 1, 1], [0u32, 1, 1, 2]);
    let mut position = 0;
    while position < 14 {
        let mut symbol = 0;
        while symbol < 36 {
            let code = CODES[symbol] as u32;
            let (q1, q2, r1, r2) = (code & 1, (code >> 1) & 1, (code >> 2) & 3, code >> 4);
            table[position][symbol] = ((q1 * p[0] + q2 * p[2]) % 2)
                | (((q1 * p[1] + q2 * p[3]) % 2) << 8)
                | (((r1 * r[0] + r2 * r[2]) % 3) << 16)
                | (((r1 * r[1] + r2 * r[3]) % 3) << 24);
            symbol += 1;
        }
        p = [p[1], (p[0] + p[1]) % 2, p[3], (p[2] + p[3]) % 2];
        r = [r[1], (r[0] + 2 * r[1]) % 3, r[3], (r[2] + 2 * r[3]) % 3];
        position += 1;
    }
    table
}

fn symbol(byte: u8) -> Option<usize> {
    match byte {
        b'0'..=b'9' => Some(usize::from(byte - b'0')),
        b'A'..=b'Z' => Some(usize::from(byte - b'A') + 10),
        _ => None,
    }
}

/// The check character of the 14 upper-case letters and digits of a contract id; `None` if there
/// are not 14 or one is neither.
pub fn check_character(body: &[u8]) -> Option<u8> {
    if body.len() != WEIGHTS.len() {
        return None;
    }
    let mut sums = 0;
    for (weights, byte) in WEIGHTS.iter().zip(body) {
        sums += weights[symbol(*byte)?];
    }
    let [q1, q2, r1, r2] = sums.to_le_bytes();
    // The modulo-3 part is brought to position 15 with the negative inverse of its matrix.
    let code = (q1 % 2) | ((q2 % 2) << 1) | ((2 * r2 % 3) << 2) | (((2 * r1 + r2) % 3) << 4);
    let found = CODES.iter().position(|known| *known == code)?;
    Some(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[found])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinned_values() {
        for (body, check) in [
            ("NN123ABCDEFGHI", 'T'),
            ("FRXYZ123456789", '2'),
            ("ITA1B2C3E4F5G6", '4'),
            ("ESZU8WOX834H1D", 'R'),
            ("PT73902837ABCZ", 'Z'),
            ("DE83DUIEN83QGZ", 'D'),
            ("DE83DUIEN83ZGQ", 'M'),
            ("DE8AA001234567", '0'),
            ("NLGFXC00000001", '4'),
            ("NLGFXC00000002", '1'),
            ("NLGFXC00000003", '3'),
            ("NLGFXC0B34A240", '2'),
        ] {
            assert_eq!(
                check_character(body.as_bytes()).map(char::from),
                Some(check),
                "{body}"
            );
        }
    }

    #[test]
    fn only_fourteen_letters_and_digits_have_one() {
        assert_eq!(check_character(b"DE8AA00123456"), None);
        assert_eq!(check_character(b"DE8AA00123456-"), None);
        assert_eq!(check_character(b"de8aa001234567"), None);
    }
}
