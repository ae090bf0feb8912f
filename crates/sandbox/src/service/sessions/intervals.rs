use chargepoint::calls::session_intervals::{
    Get15MinChargingSessionData, Get15MinChargingSessionDataResponse, Interval as Row,
};
use chargepoint::code::Code;

use super::of_number;
use crate::Estate;
use crate::clock::date_time;
use crate::estate::charge::{Interval, intervals};
use crate::service::calls::Answered;
use crate::service::refused::refuse_if;
use crate::service::{Refused, asked, success};

impl Answered for Get15MinChargingSessionData {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<Get15MinChargingSessionDataResponse, Refused> {
        let session = of_number(estate, self.session_id.as_deref())?;
        asked::enterprise(estate, session.unit.traits.organization)?;
        let delta = self.energy_consumed_interval == Some(true);
        let row = |interval: Interval| Row {
            station_time: Some(date_time(interval.from)),
            energy_consumed: Some(if delta { interval.energy } else { interval.total }),
            peak_power: Some(interval.peak),
            rolling_power_avg: Some(interval.average),
        };
        let rows: Vec<_> = intervals(session.steps(now)).into_iter().map(row).collect();
        refuse_if(rows.is_empty(), Code::NoIntervals)?;
        Ok(Get15MinChargingSessionDataResponse {
            session_id: Some(session.visit.id.to_string()),
            station_id: session.unit.station.station_id.clone(),
            port_number: session.port_number(),
            intervals: rows,
            ..success()
        })
    }
}
