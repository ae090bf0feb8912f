//! Models of stations, with what they deliver.

use super::traits::Shedding;

/// What a port has.
pub struct Outlet {
    pub connectors: &'static [&'static str],
    /// Volts.
    pub voltage: &'static str,
    /// Amperes.
    pub current: &'static str,
    /// Kilowatts.
    pub power: &'static str,
}

/// A model.
pub struct Model {
    pub name: &'static str,
    pub dc: bool,
    /// One per port.
    pub ports: &'static [Outlet],
    /// How its load can be shed.
    pub shed: Shedding,
}

impl Model {
    const fn shed(self, shed: Shedding) -> Self {
        Self { shed, ..self }
    }
}

/// The model of a name.
pub fn model_of(name: &str) -> Option<&'static Model> {
    let mut all = NORTH_AMERICA.iter().chain(EUROPE);
    all.find(|model| model.name == name)
}

const fn outlet(
    connectors: &'static [&'static str],
    voltage: &'static str,
    current: &'static str,
    power: &'static str,
) -> Outlet {
    Outlet {
        connectors,
        voltage,
        current,
        power,
    }
}

const fn model(name: &'static str, dc: bool, ports: &'static [Outlet]) -> Model {
    Model {
        name,
        dc,
        ports,
        shed: Shedding::Full,
    }
}

const CT4000: Outlet = outlet(&["J1772"], "240", "30", "7.200");
const CP6000: Outlet = outlet(&["J1772"], "240", "80", "19.200");
const CP6000_EU: Outlet = outlet(&["IEC62196 Type 2"], "400", "32", "22.000");
const PLUS: Outlet = outlet(&["CCS1", "NACS"], "1000", "200", "200.000");
const PLUS_EU: Outlet = outlet(&["CCS2"], "1000", "200", "200.000");

/// Models of North America.
pub const NORTH_AMERICA: &[Model] = &[
    model("CT4011-GW1", false, &[CT4000]),
    model("CT4021-GW1", false, &[CT4000, CT4000]),
    model("CT4020-HD", false, &[CT4000, CT4000]),
    model("CPF50-L23", false, &[outlet(&["J1772"], "240", "50", "12.000")]).shed(Shedding::PercentOnly),
    model(
        "CT4025-L1L2",
        false,
        &[CT4000, outlet(&["NEMA 5-20R"], "120", "16", "1.920")],
    )
    .shed(Shedding::StationOnly),
    model("CP6021B-50A", false, &[CP6000, CP6000]),
    model(
        "CPE250C-625",
        true,
        &[
            outlet(&["CCS1"], "500", "156", "62.500"),
            outlet(&["CHAdeMO"], "500", "125", "50.000"),
        ],
    ),
    model("Express Plus", true, &[PLUS, PLUS, PLUS, PLUS]),
];

/// Models of Europe.
pub const EUROPE: &[Model] = &[
    model("CP6011B", false, &[CP6000_EU]),
    model("CP6021B", false, &[CP6000_EU, CP6000_EU]),
    model(
        "CT4022-EU",
        false,
        &[CP6000_EU, outlet(&["Schuko"], "230", "16", "3.680")],
    )
    .shed(Shedding::StationOnly),
    model(
        "CPF50-EU",
        false,
        &[outlet(&["IEC62196 Type 2"], "230", "32", "7.360")],
    )
    .shed(Shedding::PercentOnly),
    model(
        "CPE250C-EU",
        true,
        &[
            outlet(&["CCS2"], "500", "156", "62.500"),
            outlet(&["CHAdeMO"], "500", "125", "50.000"),
        ],
    ),
    model("Express Plus EU", true, &[PLUS_EU, PLUS_EU, PLUS_EU]),
];
