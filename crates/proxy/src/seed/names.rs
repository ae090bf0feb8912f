//! Invented names.

use super::dice::Dice;

/// Countries of the tokens' contracts.
pub const COUNTRIES: [&str; 8] = ["NL", "DE", "BE", "FR", "ES", "AT", "US", "CA"];

/// Who hands tokens out.
pub const ISSUERS: [&str; 4] = [
    "EV Portal",
    "Noordlicht Laadpas",
    "Stromwerk Card",
    "Maple Charge",
];

const FIRST: [&str; 24] = [
    "Tulpenveld",
    "Rheinbogen",
    "Maple Harbor",
    "Sternberg",
    "Lumière",
    "Costa Verde",
    "Blue Ridge",
    "Zilverduin",
    "Alpenblick",
    "Prairie Wind",
    "Oosterkade",
    "Bellevue",
    "Granite Falls",
    "Waldhof",
    "Sint Anna",
    "Val d'Or",
    "Cedar Creek",
    "Marktplein",
    "Havelstrand",
    "Sierra Alta",
    "Lakeshore",
    "Grachtengordel",
    "Edelweiß",
    "Great Plains",
];

const KIND: [(&str, &str); 12] = [
    ("Logistics", "logistics"),
    ("Apartments", "homes"),
    ("Taxi", "taxi"),
    ("Hotel", "hotel"),
    ("Clinic", "clinic"),
    ("Parcel Service", "parcels"),
    ("University", "campus"),
    ("Car Share", "share"),
    ("Bakeries", "bakery"),
    ("Facility Services", "facility"),
    ("Office Park", "offices"),
    ("Housing Association", "housing"),
];

const GIVEN: [&str; 16] = [
    "anna", "bram", "chloe", "daan", "elena", "finn", "grace", "hugo", "ines", "jonas", "karin", "liam",
    "maya", "noor", "oscar", "priya",
];

const FAMILY: [&str; 12] = [
    "devries", "schmidt", "tremblay", "garcia", "moreau", "johnson", "peeters", "gruber", "visser", "keller",
    "nguyen", "okafor",
];

/// A company's name and the domain of its mail, different for each number.
pub fn company(number: usize) -> (String, String) {
    let (kind, word) = KIND[(number + number / FIRST.len() * 5) % KIND.len()];
    let first = FIRST[number % FIRST.len()];
    let plain: String = crate::books::text::fold(first)
        .replace('ß', "ss")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    (format!("{first} {kind}"), format!("{plain}-{word}.example"))
}

/// A person's name as it stands before the @.
pub fn person(dice: &mut Dice) -> String {
    format!("{}.{}", dice.pick(&GIVEN), dice.pick(&FAMILY))
}

/// A telephone number of those set aside for fiction, or one no network has.
pub fn phone(dice: &mut Dice, number: usize) -> String {
    match number % 3 {
        0 => format!("+1 555 01{:02} {:04}", dice.below(100), dice.below(10_000)),
        1 => format!("+31 85 000 {:04}", dice.below(10_000)),
        _ => format!("+49 30 23125 {:03}", dice.below(1000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_differ() {
        let names: std::collections::HashSet<String> = (0..72).map(|number| company(number).0).collect();
        assert_eq!(names.len(), 72);
    }
}
