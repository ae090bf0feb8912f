//! A session's parts of 15 minutes: what it drew in each.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::column::{Cell, Column, Head, Kind, Listed};
use crate::heads;

/// 15 minutes of a session, by the clock: the first and the last may be shorter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Interval {
    /// When it began.
    pub station_time: Timestamp,
    /// Energy of this part, kWh: what ChargePoint's count grew by. None where the count fell.
    pub energy: Option<f64>,
    /// Energy since the start, kWh: ChargePoint's count, or the sum of the parts where the request asks for each
    /// part's own.
    pub energy_consumed: Option<f64>,
    /// Mean power, kW.
    pub rolling_power_avg: Option<f64>,
    /// Highest power, kW.
    pub peak_power: Option<f64>,
    /// The zone of the station's clock, where it is known.
    pub time_zone: Option<String>,
}

impl Listed for Interval {
    const NAME: &'static str = "intervals";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("stationTime", "From", Kind::Time, |part| {
            (&part.station_time).into()
        }),
        Column::<Self>::new("energy", "Energy, kWh", Kind::Number, |part| number(part.energy)).places(3),
        Column::<Self>::new("energyConsumed", "Energy so far, kWh", Kind::Number, |part| {
            number(part.energy_consumed)
        })
        .places(3),
        Column::<Self>::new("rollingPowerAvg", "Mean power, kW", Kind::Number, |part| {
            number(part.rolling_power_avg)
        })
        .places(2),
        Column::<Self>::new("peakPower", "Highest power, kW", Kind::Number, |part| {
            number(part.peak_power)
        })
        .places(2),
    ];
    const HEADS: &'static [Head] = heads!(Interval);

    fn id(&self) -> &str {
        &self.station_time
    }
}

fn number(of: Option<f64>) -> Cell {
    of.map_or(Cell::Empty, Cell::Number)
}
