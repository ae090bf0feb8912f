use chargepoint::calls::shed_load::{ShedGroup, ShedLoad, ShedLoadResponse, ShedPort, ShedStation};
use chargepoint::code::Code;

use crate::Estate;
use crate::estate::shed::{Measure, OtherMode};
use crate::estate::traits::Shedding;
use crate::estate::{Unit, health};
use crate::service::calls::Answered;
use crate::service::refused::refuse_if;
use crate::service::{Refused, asked, success};

/// What is to be shed: number of the station, port counted from 0, how much.
type Wanted = Vec<(u64, usize, Measure)>;

impl Answered for ShedLoad {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<ShedLoadResponse, Refused> {
        let query = self.shed_query;
        let minutes = query.time_interval.ok_or(Code::Mandatory)?;
        refuse_if(minutes < 0, Code::InvalidInterval)?;
        let (wanted, answer) = match (query.shed_group, query.shed_station) {
            (Some(_), Some(_)) => return Err(Code::GroupAndStation.into()),
            (None, None) => return Err(Code::GroupOrStation.into()),
            (Some(group), None) => of_group(estate, group, now)?,
            (None, Some(station)) => of_station(estate, station, now)?,
        };
        match estate.shed(&wanted, minutes.into(), now) {
            Ok(()) => Ok(answer),
            Err(OtherMode) => Err(Code::OtherShedInProgress.into()),
        }
    }
}

fn of_group(estate: &Estate, asked: ShedGroup, now: i64) -> Result<(Wanted, ShedLoadResponse), Refused> {
    let measure = measure(asked.allowed_load, asked.percent_shed)?;
    let measure = measure.ok_or(Code::LoadOrPercent)?;
    let group = asked::group(estate, asked.sg_id.as_deref())?;
    asked::enterprise(estate, Some(group.organization))?;
    let units = asked::members(estate, &group);
    refuse_if(units.is_empty(), Code::NoStationInGroup)?;
    let mut units = units
        .into_iter()
        .filter(|unit| unit.traits.shed != Shedding::PanelSharing)
        .peekable();
    refuse_if(units.peek().is_none(), Code::PanelSharing)?;
    let mut wanted = Vec::new();
    let mut reached = false;
    for unit in units {
        let by_load = matches!(measure, Measure::Allowed(_));
        refuse_if(
            by_load && unit.traits.shed == Shedding::PercentOnly,
            Code::GroupCannotShedByLoad,
        )?;
        reached |= estate.is_reachable(unit, now);
        wanted.extend(whole(unit, measure));
    }
    refuse_if(!reached, Code::CannotShed)?;
    let answer = ShedLoadResponse {
        success: Some(true),
        sg_id: asked.sg_id,
        allowed_load: asked.allowed_load,
        percent_shed: asked.percent_shed,
        ..success()
    };
    Ok((wanted, answer))
}

fn of_station(estate: &Estate, asked: ShedStation, now: i64) -> Result<(Wanted, ShedLoadResponse), Refused> {
    let at_station = measure(asked.allowed_load, asked.percent_shed)?;
    refuse_if(at_station.is_some() && asked.ports.is_some(), Code::OneLevel)?;
    let unit = asked::station(estate, asked.station_id.as_deref())?;
    asked::enterprise(estate, unit.traits.organization)?;
    refuse_if(unit.traits.shed == Shedding::PanelSharing, Code::PanelSharing)?;
    let wanted = match (at_station, &asked.ports) {
        (Some(measure), _) => whole(unit, checked(unit, measure, most(unit))?),
        (None, Some(ports)) => of_ports(unit, &ports.ports)?,
        (None, None) => return Err(Code::LevelIncomplete.into()),
    };
    let reached = estate.is_reachable(unit, now);
    let works = wanted.is_empty() || wanted.iter().any(|(_, port, _)| estate.works(unit, *port, now));
    refuse_if(!reached || !works, Code::StationUnreachable)?;
    let answer = ShedLoadResponse {
        success: Some(true),
        station_id: asked.station_id,
        allowed_load: asked.allowed_load,
        percent_shed: asked.percent_shed,
        ports: asked.ports,
        ..success()
    };
    Ok((wanted, answer))
}

fn of_ports(unit: &Unit, ports: &[ShedPort]) -> Result<Wanted, Refused> {
    refuse_if(ports.is_empty(), Code::PortMissing)?;
    refuse_if(ports.len() > unit.traits.outlets.len(), Code::InvalidPortCount)?;
    refuse_if(
        unit.traits.shed == Shedding::StationOnly,
        Code::PortShedNotSupported,
    )?;
    let mut wanted: Wanted = Vec::new();
    for asked in ports {
        let port = port(unit, asked.port_number.as_deref())?;
        let measure = measure(asked.allowed_load, asked.percent_shed)?;
        let measure = measure.ok_or(Code::LoadOrPercent)?;
        let measure = checked(unit, measure, unit.traits.outlets[port].kw)?;
        let first = wanted.first().map(|(_, _, first)| first);
        refuse_if(
            first.is_some_and(|first| !first.is_like(measure)),
            Code::MixedShedMethods,
        )?;
        let twice = wanted.iter().any(|(_, known, _)| *known == port);
        refuse_if(twice, Code::InvalidPortCount)?;
        wanted.push((unit.traits.number, port, measure));
    }
    Ok(wanted)
}

/// The port that a call names, counted from 0.
pub(super) fn port(unit: &Unit, number: Option<&str>) -> Result<usize, Refused> {
    let number = number.ok_or(Code::PortMissing)?;
    let mut ports = unit.station.ports.iter();
    let found = ports.position(|port| port.port_number.as_deref() == Some(number.trim()));
    Ok(found.ok_or(Code::InvalidPortCount)?)
}

/// How much is to be shed; none where nothing is said.
fn measure(allowed: Option<f64>, percent: Option<i32>) -> Result<Option<Measure>, Refused> {
    match (allowed, percent) {
        (Some(_), Some(_)) => Err(Code::LoadOrPercent.into()),
        (Some(kw), None) if kw < 0.0 => Err(Code::NotAboveZero.into()),
        (Some(kw), None) => Ok(Some(Measure::Allowed(kw))),
        (None, Some(percent)) if percent > 100 => Err(Code::PercentAboveHundred.into()),
        (None, Some(percent)) if percent < 0 => Err(Code::InvalidPercentage.into()),
        (None, Some(percent)) => Ok(Some(Measure::Percent(percent.into()))),
        (None, None) => Ok(None),
    }
}

/// Refuses kilowatts that a station does not understand, or never gives.
fn checked(unit: &Unit, measure: Measure, most: f64) -> Result<Measure, Refused> {
    if let Measure::Allowed(kw) = measure {
        refuse_if(
            unit.traits.shed == Shedding::PercentOnly,
            Code::StationCannotShedByLoad,
        )?;
        if kw > most {
            let text = format!("Allowed load cannot be more than {most}.");
            return Err(Refused::because(Code::LoadTooHigh, text));
        }
    }
    Ok(measure)
}

/// Kilowatts that a station gives at most.
fn most(unit: &Unit) -> f64 {
    unit.traits.outlets.iter().map(|outlet| outlet.kw).sum()
}

/// All ports of a station: kilowatts are shared among them, percent hold for each.
fn whole(unit: &Unit, measure: Measure) -> Wanted {
    let count = unit.traits.outlets.len();
    let share = match measure {
        Measure::Allowed(kw) => Measure::Allowed(kw / count as f64),
        percent => percent,
    };
    (0..count).map(|port| (unit.traits.number, port, share)).collect()
}

impl Estate {
    /// Whether a station can be reached at a moment.
    pub(super) fn is_reachable(&self, unit: &Unit, now: i64) -> bool {
        let mut outages = health::outages(self.seed(), unit.traits.number, now, now + 1);
        outages.next().is_none()
    }

    /// Whether a port, counted from 0, needs no maintenance at a moment.
    fn works(&self, unit: &Unit, port: usize, now: i64) -> bool {
        health::trouble(self.seed(), unit.traits.number, port, now).is_none()
    }
}
