//! What stations draw together.

use super::LoadOfStation;

/// What stations draw together, of what they could: of those that tell it, since the others may draw anything.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// How many there are.
    pub stations: usize,
    /// How many of them tell what they draw.
    pub telling: usize,
    /// What these draw, kW.
    pub load: f64,
    /// What the ports of these can give, kW.
    pub capacity: f64,
}

impl Sum {
    /// Of these stations.
    pub fn of<'s>(stations: impl IntoIterator<Item = &'s LoadOfStation>) -> Self {
        let mut sum = Self::default();
        for station in stations {
            sum.stations += 1;
            if let Some(load) = station.station_load {
                sum.telling += 1;
                sum.load += load;
                sum.capacity += station.capacity.unwrap_or_default();
            }
        }
        sum
    }

    /// Whether there is nothing to sum up though there are stations: none of them tells.
    pub fn is_untold(&self) -> bool {
        self.stations > 0 && self.telling == 0
    }

    /// What is summed up, with whose it is where some do not tell: `Lyon, told by 3 of 7 stations`.
    pub fn named(&self, what: &str) -> String {
        match self.telling < self.stations {
            true => format!("{what}, told by {} of {} stations", self.telling, self.stations),
            false => what.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station(load: Option<f64>, capacity: Option<f64>) -> LoadOfStation {
        LoadOfStation {
            station_load: load,
            capacity,
            ..LoadOfStation::default()
        }
    }

    #[test]
    fn who_does_not_tell_counts_neither_as_load_nor_as_capacity() {
        let all = [
            station(Some(7.5), Some(22.0)),
            station(None, Some(50.0)),
            station(Some(0.0), Some(11.0)),
            station(Some(1.5), None),
        ];
        let sum = Sum::of(&all);
        let expected = Sum {
            stations: 4,
            telling: 3,
            load: 9.0,
            capacity: 33.0,
        };
        assert_eq!(sum, expected);
        assert!(!sum.is_untold());
        assert_eq!(sum.named("Lyon"), "Lyon, told by 3 of 4 stations");
        assert_eq!(Sum::of(&all[..1]).named("Lyon"), "Lyon");
    }

    #[test]
    fn no_figure_is_another_thing_than_no_load() {
        assert!(Sum::of(&[station(None, Some(50.0))]).is_untold());
        assert!(!Sum::of(&[station(Some(0.0), Some(50.0))]).is_untold());
        assert!(!Sum::of(&[]).is_untold(), "no stations draw nothing");
    }
}
