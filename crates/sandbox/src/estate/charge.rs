//! How a vehicle draws power: along a curve that falls as the battery fills, and under what limits
//! are set.

use super::traits::Outlet;
use super::visits::Visit;

/// Share of the energy that reaches the battery.
const EFFICIENCY: f64 = 0.92;

/// A vehicle as it comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Car {
    /// Kilowatt hours the battery holds.
    pub battery: f64,
    /// Kilowatts it takes of alternating current.
    pub ac: f64,
    /// Kilowatts it takes of direct current.
    pub dc: f64,
    /// Share of the battery that is full at the start.
    pub start: f64,
    /// Share at which it stops.
    pub target: f64,
}

impl Car {
    /// Kilowatts it draws with this share of its battery full.
    fn draws(&self, outlet: Outlet, full: f64) -> f64 {
        if full > self.target - 1e-9 {
            return 0.0;
        }
        // Above `bend` the power falls in a straight line to `least` of it.
        let (most, bend, least) = if outlet.dc {
            (self.dc, 0.55, 0.12)
        } else {
            (self.ac, 0.92, 0.25)
        };
        let share = if full <= bend {
            1.0
        } else {
            1.0 - (1.0 - least) * (full - bend) / (1.0 - bend)
        };
        most.min(outlet.kw) * share
    }
}

/// A limit of a port's power for a time, in seconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    pub from: i64,
    /// None until further notice.
    pub until: Option<i64>,
    pub kw: f64,
}

impl Limit {
    /// Whether it holds at a moment.
    pub fn holds(&self, moment: i64) -> bool {
        self.from <= moment && self.until.is_none_or(|until| moment < until)
    }
}

/// A short time in which the power stays the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub from: i64,
    pub until: i64,
    pub kw: f64,
    /// Share of the battery that is full at its end.
    pub full: f64,
}

impl Step {
    /// Kilowatt hours.
    pub fn energy(&self) -> f64 {
        self.kw * (self.until - self.from) as f64 / 3600.0
    }
}

/// A visit in steps of a minute of the clock, up to a moment.
pub struct Steps<'a> {
    car: &'a Car,
    outlet: Outlet,
    limits: &'a [Limit],
    at: i64,
    until: i64,
    full: f64,
}

impl<'a> Steps<'a> {
    pub fn of(visit: &Visit, car: &'a Car, outlet: Outlet, limits: &'a [Limit], until: i64) -> Self {
        Self {
            car,
            outlet,
            limits,
            at: visit.start,
            until: visit.end.min(until),
            full: car.start,
        }
    }
}

impl Iterator for Steps<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.at >= self.until {
            return None;
        }
        let from = self.at;
        let minute = (from.div_euclid(60) + 1) * 60;
        // A limit counts from the second on which it begins or ends.
        let changes = self
            .limits
            .iter()
            .flat_map(|limit| [Some(limit.from), limit.until]);
        let next = changes.flatten().filter(|change| *change > from).min();
        let until = minute.min(self.until).min(next.unwrap_or(i64::MAX));
        let limits = self.limits.iter().filter(|limit| limit.holds(from));
        let kw = limits.fold(self.car.draws(self.outlet, self.full), |kw, limit| {
            kw.min(limit.kw)
        });
        let hours = (until - from) as f64 / 3600.0;
        // What is still missing, in kilowatts over this step.
        let missing = (self.car.target - self.full).max(0.0) * self.car.battery / EFFICIENCY / hours;
        let kw = kw.min(missing);
        self.full = (self.full + kw * hours * EFFICIENCY / self.car.battery).min(1.0);
        self.at = until;
        Some(Step {
            from,
            until,
            kw,
            full: self.full,
        })
    }
}

/// What a visit came to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Charge {
    /// Kilowatt hours.
    pub energy: f64,
    /// Seconds in which power flowed.
    pub flowing: i64,
    /// Share of the battery that is full.
    pub full: f64,
    /// Kilowatts at last.
    pub kw: f64,
}

impl Charge {
    pub fn of(steps: impl Iterator<Item = Step>) -> Self {
        steps.fold(Self::default(), |sum, step| Self {
            energy: sum.energy + step.energy(),
            flowing: sum.flowing + if step.kw > 0.0 { step.until - step.from } else { 0 },
            full: step.full,
            kw: step.kw,
        })
    }
}

/// A 15-minute span of the clock within a visit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Where it begins, in seconds since 1970 UTC.
    pub from: i64,
    /// Kilowatt hours since the visit's start, rounded as a session's energy is.
    pub total: f64,
    /// Kilowatt hours in this span.
    pub energy: f64,
    /// Greatest power, kilowatts.
    pub peak: f64,
    /// Average power, kilowatts.
    pub average: f64,
}

/// The spans of a visit; their energies add up to its energy.
pub fn intervals(steps: impl Iterator<Item = Step>) -> Vec<Interval> {
    const QUARTER: i64 = 900;
    let mut intervals: Vec<Interval> = Vec::new();
    let (mut total, mut before, mut until) = (0.0, 0.0, i64::MIN);
    for step in steps {
        if step.from >= until {
            before = total;
            until = (step.from.div_euclid(QUARTER) + 1) * QUARTER;
            intervals.push(Interval {
                from: step.from,
                total: rounded(total),
                energy: 0.0,
                peak: 0.0,
                average: 0.0,
            });
        }
        total += step.energy();
        if let Some(interval) = intervals.last_mut() {
            interval.total = rounded(total);
            interval.energy = rounded(interval.total - rounded(before));
            interval.peak = rounded(interval.peak.max(step.kw));
            interval.average = rounded((total - before) * 3600.0 / (step.until - interval.from) as f64);
        }
    }
    intervals
}

/// With six digits, as the API tells energy.
pub fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
