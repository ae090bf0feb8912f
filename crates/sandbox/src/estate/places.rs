//! Places of the estate: real cities at their real positions, invented organizations.

use super::organizations::{Organization, organization};

/// A country as ChargePoint knows it.
pub struct Country {
    pub name: &'static str,
    /// Instance of the network: 1 USA, 2 Europe, 4 Canada.
    pub network: u32,
    pub currency: &'static str,
    /// Support telephone.
    pub phone: &'static str,
    pub organizations: &'static [Organization],
    /// Streets; `{}` is the number's place.
    pub streets: &'static [&'static str],
    /// What sites are called; `{}` is the city's place.
    pub sites: &'static [&'static str],
    pub cities: &'static [City],
}

/// A city.
pub struct City {
    pub name: &'static str,
    pub state: &'static str,
    /// Postal code; `#` a digit, `@` a letter.
    pub postal: &'static str,
    pub lat: f64,
    pub long: f64,
    /// Minutes from UTC, winter.
    pub offset: i32,
}

const fn city(
    name: &'static str,
    state: &'static str,
    postal: &'static str,
    (lat, long): (f64, f64),
    offset: i32,
) -> City {
    City {
        name,
        state,
        postal,
        lat,
        long,
        offset,
    }
}

const ENGLISH_SITES: &[&str] = &[
    "{} Union Garage",
    "{} Harbor Plaza",
    "{} City Library",
    "{} Lakeview Campus",
    "{} Market Square",
    "{} Mill Business Park",
    "{} Station Lot",
    "{} Convention Center",
    "{} Cedar Medical Center",
    "{} Northgate Mall",
    "{} Civic Center",
    "{} Fleet Yard",
];

const NORTH_AMERICAN_STREETS: &[&str] = &[
    "{} Dell Ave",
    "{} Market St",
    "{} Cedar Blvd",
    "{} Industrial Pkwy",
    "{} Lakeshore Dr",
    "{} Union Square",
    "{} 4th Ave",
    "{} Mill Rd",
    "{} Harbor Way",
    "{} Orchard Ln",
    "{} College Ave",
    "{} Summit Ct",
];

/// The countries, North America and Europe in turn.
pub const COUNTRIES: &[Country] = &[
    Country {
        name: "United States",
        network: 1,
        currency: "USD",
        phone: "1-555-0100",
        organizations: &[
            organization("1:ORG07225", "Bayline Parking").with_utility(),
            organization("1:ORG11408", "Cascadia Workplace"),
            organization("1:ORG20931", "Meridian Fleet Services").with_fleet(),
        ],
        streets: NORTH_AMERICAN_STREETS,
        sites: ENGLISH_SITES,
        cities: &[
            city("Campbell", "California", "950##", (37.2872, -121.9500), -480),
            city("Oakland", "California", "946##", (37.8044, -122.2712), -480),
            city("Seattle", "Washington", "981##", (47.6062, -122.3321), -480),
            city("Portland", "Oregon", "972##", (45.5152, -122.6784), -480),
            city("Denver", "Colorado", "802##", (39.7392, -104.9903), -420),
            city("Austin", "Texas", "787##", (30.2672, -97.7431), -360),
            city("Chicago", "Illinois", "606##", (41.8781, -87.6298), -360),
            city("Atlanta", "Georgia", "303##", (33.7490, -84.3880), -300),
            city("Boston", "Massachusetts", "021##", (42.3601, -71.0589), -300),
        ],
    },
    Country {
        name: "Netherlands",
        network: 2,
        currency: "EUR",
        phone: "+31 20 555 0100",
        organizations: &[
            organization("2:ORG30117", "Rijnstad Mobiliteit").with_utility(),
            organization("2:ORG30244", "Polderlaad"),
        ],
        streets: &[
            "Stationsplein {}",
            "Keizersgracht {}",
            "Havenstraat {}",
            "Industrieweg {}",
            "Zuidas {}",
            "Molenlaan {}",
        ],
        sites: &[
            "{} Centraal P1",
            "{} Zuid Kantorenpark",
            "{} Haven",
            "{} Stadhuis",
            "{} Ziekenhuis",
            "{} Transferium",
        ],
        cities: &[
            city("Amsterdam", "Noord-Holland", "10## @@", (52.3676, 4.9041), 60),
            city("Rotterdam", "Zuid-Holland", "30## @@", (51.9244, 4.4777), 60),
            city("Utrecht", "Utrecht", "35## @@", (52.0907, 5.1214), 60),
            city("Eindhoven", "Noord-Brabant", "56## @@", (51.4416, 5.4697), 60),
        ],
    },
    Country {
        name: "Canada",
        network: 4,
        currency: "CAD",
        phone: "1-555-0140",
        organizations: &[
            organization("4:ORG15502", "Maple Harbour Properties"),
            organization("4:ORG15873", "Northway Retail").without_enterprise(),
        ],
        streets: NORTH_AMERICAN_STREETS,
        sites: ENGLISH_SITES,
        cities: &[
            city(
                "Vancouver",
                "British Columbia",
                "V6B #@#",
                (49.2827, -123.1207),
                -480,
            ),
            city("Calgary", "Alberta", "T2P #@#", (51.0447, -114.0719), -420),
            city("Toronto", "Ontario", "M5V #@#", (43.6532, -79.3832), -300),
            city("Montréal", "Québec", "H3B #@#", (45.5017, -73.5673), -300),
        ],
    },
    Country {
        name: "Germany",
        network: 2,
        currency: "EUR",
        phone: "+49 30 555 0100",
        organizations: &[
            organization("2:ORG31006", "Nordhafen Energie"),
            organization("2:ORG31280", "Parkhaus Süd GmbH"),
        ],
        streets: &[
            "Bahnhofstraße {}",
            "Hafenallee {}",
            "Am Marktplatz {}",
            "Industriestraße {}",
            "Lindenweg {}",
            "Messeplatz {}",
        ],
        sites: &[
            "{} Hauptbahnhof",
            "{} Parkhaus Mitte",
            "{} Gewerbepark",
            "{} Messe",
            "{} Klinikum",
            "{} Hafencampus",
        ],
        cities: &[
            city("Berlin", "Berlin", "101##", (52.5200, 13.4050), 60),
            city("Hamburg", "Hamburg", "204##", (53.5511, 9.9937), 60),
            city("München", "Bayern", "803##", (48.1351, 11.5820), 60),
            city("Köln", "Nordrhein-Westfalen", "506##", (50.9375, 6.9603), 60),
        ],
    },
    Country {
        name: "France",
        network: 2,
        currency: "EUR",
        phone: "+33 1 55 55 01 00",
        organizations: &[organization("2:ORG32019", "Ville Verte Parking").without_enterprise()],
        streets: &[
            "{} rue de la Gare",
            "{} avenue de l'Europe",
            "{} quai du Port",
            "{} boulevard Victor Hugo",
            "{} rue des Lilas",
        ],
        sites: &[
            "{} Gare P2",
            "{} Centre Commercial",
            "{} Parc d'Affaires",
            "{} Hôtel de Ville",
        ],
        cities: &[
            city("Paris", "Île-de-France", "750##", (48.8566, 2.3522), 60),
            city("Lyon", "Auvergne-Rhône-Alpes", "690##", (45.7640, 4.8357), 60),
            city("Nantes", "Pays de la Loire", "440##", (47.2184, -1.5536), 60),
        ],
    },
    Country {
        name: "United Kingdom",
        network: 2,
        currency: "GBP",
        phone: "+44 20 5550 0100",
        organizations: &[organization("2:ORG33311", "Thameside Fleet").with_fleet()],
        streets: &[
            "{} Station Road",
            "{} Victoria Street",
            "{} Wharf Lane",
            "{} High Street",
            "{} Foundry Way",
        ],
        sites: &[
            "{} Wharf Car Park",
            "{} Central Station",
            "{} Retail Park",
            "{} Depot",
        ],
        cities: &[
            city("London", "Greater London", "SE1 #@@", (51.5072, -0.1276), 0),
            city(
                "Manchester",
                "Greater Manchester",
                "M1 #@@",
                (53.4808, -2.2426),
                0,
            ),
            city("Bristol", "Somerset", "BS1 #@@", (51.4545, -2.5879), 0),
        ],
    },
];
