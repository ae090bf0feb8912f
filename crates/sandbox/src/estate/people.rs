//! Invented people: names put together by chance, addresses of domains that nobody can own.

pub const FIRST_NAMES: &[&str] = &[
    "Aisha", "Anna", "Bram", "Carlos", "Chloé", "Daan", "Elif", "Emma", "Farah", "Felix", "Grace", "Hiro",
    "Ingrid", "Jan", "Jürgen", "Kofi", "Lena", "Luc", "Maria", "Mei", "Nadia", "Noah", "Olga", "Omar",
    "Priya", "Quinn", "René", "Sanne", "Sofía", "Tariq", "Uma", "Victor", "Wen", "Xavier", "Yusuf", "Zoë",
];

pub const LAST_NAMES: &[&str] = &[
    "Abebe",
    "Bakker",
    "Castillo",
    "De Vries",
    "Dubois",
    "Eriksen",
    "Fischer",
    "García",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kowalski",
    "Lefèvre",
    "Martin",
    "Müller",
    "Nakamura",
    "O'Neill",
    "Osei",
    "Patel",
    "Quist",
    "Rossi",
    "Schäfer",
    "Singh",
    "Smit",
    "Tanaka",
    "Underhill",
    "Van den Berg",
    "Visser",
    "Wójcik",
    "Yilmaz",
    "Zhang",
    "Zuidema",
];

pub const DOMAINS: &[&str] = &["example.com", "example.com", "example.org", "example.net"];

/// A name as it stands in an address: lower case, no accents, nothing but letters.
pub fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'á' | 'ä' => Some('a'),
        'é' | 'è' | 'ë' => Some('e'),
        'í' => Some('i'),
        'ó' => Some('o'),
        'ü' => Some('u'),
        other => other.is_ascii_alphabetic().then_some(other),
    };
    name.to_lowercase().chars().filter_map(letter).collect()
}
