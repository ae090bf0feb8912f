//! Names of the wire as they stand in JSON: `stationID` is `stationId`, `MIFAREID` is `mifareId`.

/// A name, made at compile time.
#[derive(Clone, Copy)]
pub struct Name {
    bytes: [u8; Self::ROOM],
    length: usize,
}

/// Names that read better otherwise: lists in the plural, and what the guide spells in several ways.
const OTHERS: &[(&str, &str)] = &[
    ("Port", "ports"),
    ("taskList", "tasks"),
    ("stationData", "stations"),
    ("groupData", "groups"),
    ("sgData", "groups"),
    ("vehicle", "vehicles"),
    ("License", "licensePlate"),
    ("license", "licensePlate"),
    ("Pricing", "pricing"),
];

impl Name {
    const ROOM: usize = 48;

    /// The name of an element, of which there may be several.
    pub const fn of(wire: &str, several: bool) -> Self {
        let mut n = 0;
        while n < OTHERS.len() {
            if is_same(OTHERS[n].0.as_bytes(), wire.as_bytes()) {
                return Self::camel(OTHERS[n].1.as_bytes());
            }
            n += 1;
        }
        let mut name = Self::camel(wire.as_bytes());
        if several && name.bytes[name.length - 1] != b's' {
            name.bytes[name.length] = b's';
            name.length += 1;
        }
        name
    }

    const fn camel(wire: &[u8]) -> Self {
        let mut bytes = [0; Self::ROOM];
        let mut n = 0;
        while n < wire.len() {
            let begins = n > 0 && begins_word(wire, n);
            let byte = wire[n];
            bytes[n] = if begins { byte } else { byte.to_ascii_lowercase() };
            // Within a word that is no run of capitals all is as it was.
            if !byte.is_ascii_uppercase() {
                bytes[n] = byte;
            }
            n += 1;
        }
        let length = wire.len();
        Self { bytes, length }
    }

    /// The name.
    pub const fn as_str(&self) -> &str {
        let (name, _) = self.bytes.split_at(self.length);
        match std::str::from_utf8(name) {
            Ok(name) => name,
            Err(_) => "",
        }
    }
}

/// Whether the capital at `n` begins a word: the first of a run, the last of one before small letters, and
/// the one of `ID`.
const fn begins_word(wire: &[u8], n: usize) -> bool {
    if !wire[n].is_ascii_uppercase() {
        return false;
    }
    let after_small = !wire[n - 1].is_ascii_uppercase();
    let next = if n + 1 < wire.len() { wire[n + 1] } else { b' ' };
    let is_id = wire[n] == b'I' && next == b'D';
    let is_plural = next == b's' && (n + 2 == wire.len() || wire[n + 2].is_ascii_uppercase());
    after_small || is_id || next.is_ascii_lowercase() && !is_plural
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut n = 0;
    while n < a.len() {
        if a[n] != b[n] {
            return false;
        }
        n += 1;
    }
    true
}

/// Whether an element that is text on the wire is a number: the guide says `Float`.
pub const fn is_number(wire: &str) -> bool {
    const NUMBERS: &[&str] = &["Voltage", "Current", "Power"];
    let mut n = 0;
    while n < NUMBERS.len() {
        if is_same(NUMBERS[n].as_bytes(), wire.as_bytes()) {
            return true;
        }
        n += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_camel_case() {
        for (wire, json) in [
            ("stationID", "stationId"),
            ("stationIDs", "stationIds"),
            ("sgID", "sgId"),
            ("Address", "address"),
            ("ID", "id"),
            ("VIN", "vin"),
            ("MIFAREID", "mifareId"),
            ("ChargePointCardSN", "chargePointCardSn"),
            ("ChargePointCards", "chargePointCards"),
            ("vehiclePortMAC", "vehiclePortMac"),
            ("vehiclePortMACIDs", "vehiclePortMacIds"),
            ("stationMacAddr", "stationMacAddr"),
            ("exchangeRateUSD", "exchangeRateUsd"),
            ("startSOC", "startSoc"),
            ("unitPricePerKWh", "unitPricePerKWh"),
            ("cpnID", "cpnId"),
            ("Port", "ports"),
            ("License", "licensePlate"),
            ("LicensePlate", "licensePlate"),
        ] {
            assert_eq!(Name::of(wire, false).as_str(), json);
        }
        assert_eq!(Name::of("sgID", true).as_str(), "sgIds");
    }
}
