//! `shedLoad` (guide, section 5.1).

use super::{Call, answer};
use crate::code::Code;
use crate::codec::record;
use crate::rules::{self, Checked, Invalid};

record! {
    /// Sheds load of a group of stations, of a station, or of ports of one.
    #[derive(Default)]
    pub struct ShedLoad: Sequence "shedLoad" {
        /// What is shed.
        shed_query: ShedQuery => "shedQuery",
    }
}

record! {
    /// What is shed: a group or a station.
    #[derive(Default)]
    pub struct ShedQuery: All "shedLoadQueryInputData" {
        /// Every station of a group.
        shed_group: Option<ShedGroup> => "shedGroup",
        /// A station, or ports of it.
        shed_station: Option<ShedStation> => "shedStation",
        /// Minutes; 0 until it is cleared.
        time_interval: Option<i32> [ONE] => "timeInterval",
    }
}

record! {
    /// A group to shed; what is set holds for each of its stations.
    #[derive(Default)]
    pub struct ShedGroup: All "shedLoadGroupInputData" {
        /// Station group.
        sg_id: Option<String> as Int [ONE] => "sgID",
        /// Most that is allowed, kW.
        allowed_load: Option<f64> as Decimal => "allowedLoadPerStation",
        /// Percentage of the power now that is shed.
        percent_shed: Option<i32> as Percent => "percentShedPerStation",
    }
}

record! {
    /// A station to shed: by a load, by a percentage, or port by port.
    #[derive(Default)]
    pub struct ShedStation: All "shedLoadStationInputData" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> [ONE] => "stationID",
        /// Most that is allowed, kW.
        allowed_load: Option<f64> as Decimal => "allowedLoadPerStation",
        /// Percentage of the power now that is shed.
        percent_shed: Option<i32> as Percent => "percentShedPerStation",
        /// The ports; then neither of the two above.
        ports: Option<ShedPorts> => "Ports",
    }
}

record! {
    /// Ports to shed, or that were shed.
    #[derive(Default)]
    pub struct ShedPorts: Sequence "shedLoadPorts" {
        /// The ports.
        ports: Vec<ShedPort> [SOME] => "Port",
    }
}

record! {
    /// A port to shed, or that was shed: by a load or by a percentage.
    #[derive(Default)]
    pub struct ShedPort: Sequence "shedLoadPort" {
        /// Number, with a letter where a port has several connectors.
        port_number: Option<String> [ONE] => "portNumber",
        /// Most that is allowed, kW.
        allowed_load: Option<f64> as Decimal => "allowedLoadPerPort",
        /// Percentage of the power now that is shed.
        percent_shed: Option<i32> as Percent => "percentShedPerPort",
    }
}

record! {
    /// What was shed.
    #[derive(Default)]
    pub struct ShedLoadResponse: Sequence "shedLoadResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// Whether it was done.
        success: Option<bool> as Int => "Success",
        /// Station group.
        sg_id: Option<String> as Int => "sgID",
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Most that is allowed, kW.
        allowed_load: Option<f64> as Decimal => "allowedLoadPerStation",
        /// Percentage shed.
        percent_shed: Option<i32> as Percent => "percentShedPerStation",
        /// The ports, where ports were named.
        ports: Option<ShedPorts> => "Ports",
    }
}

impl Call for ShedLoad {
    type Answer = ShedLoadResponse;
    const WRITES: bool = true;

    fn check(&self) -> Checked {
        let query = &self.shed_query;
        match (&query.shed_group, &query.shed_station) {
            (Some(group), None) => group.check()?,
            (None, Some(station)) => station.check()?,
            (Some(_), Some(_)) => return Err(Invalid::of("shedGroup", Code::GroupAndStation)),
            (None, None) => return Err(Invalid::of("shedStation", Code::OneLevel)),
        }
        let minutes = query.time_interval;
        let why = match minutes {
            None => "timeInterval must be given; 0: until it is cleared.",
            Some(_) => "timeInterval must be 0 or more; 0: until it is cleared.",
        };
        rules::ensure(
            minutes.is_some_and(|minutes| minutes >= 0),
            "timeInterval",
            Code::InvalidInterval,
            why,
        )
    }
}
answer!(ShedLoadResponse);

const PER_STATION: (&str, &str) = ("allowedLoadPerStation", "percentShedPerStation");
const PER_PORT: (&str, &str) = ("allowedLoadPerPort", "percentShedPerPort");

/// One of a load and a percentage.
fn one_way(names: (&'static str, &'static str), load: Option<f64>, percent: Option<i32>) -> Checked {
    rules::shed((names.0, load), (names.1, percent.map(f64::from)))
}

impl ShedGroup {
    fn check(&self) -> Checked {
        rules::given("sgID", self.sg_id.as_deref())?;
        rules::group(self.sg_id.as_deref())?;
        one_way(PER_STATION, self.allowed_load, self.percent_shed)
    }
}

impl ShedStation {
    fn check(&self) -> Checked {
        rules::given("stationID", self.station_id.as_deref())?;
        rules::station_id(self.station_id.as_deref())?;
        let whole = self.allowed_load.is_some() || self.percent_shed.is_some();
        match &self.ports {
            Some(_) if whole => Err(Invalid::of("Ports", Code::OneLevel)),
            Some(list) => list.check(),
            None if whole => one_way(PER_STATION, self.allowed_load, self.percent_shed),
            None => Err(Invalid::of("shedStation", Code::LevelIncomplete)),
        }
    }
}

impl ShedPorts {
    fn check(&self) -> Checked {
        let Some(first) = self.ports.first() else {
            return Err(Invalid::of("Ports", Code::PortMissing));
        };
        for port in &self.ports {
            if port
                .port_number
                .as_deref()
                .is_none_or(|number| number.trim().is_empty())
            {
                return Err(Invalid::of("portNumber", Code::PortMissing));
            }
            one_way(PER_PORT, port.allowed_load, port.percent_shed)?;
            if port.allowed_load.is_some() != first.allowed_load.is_some() {
                return Err(Invalid::of("Ports", Code::MixedShedMethods));
            }
        }
        Ok(())
    }
}
