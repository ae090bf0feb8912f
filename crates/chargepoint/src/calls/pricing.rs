//! Prices of a station, and the session a price is asked for.

use crate::codec::record;
use crate::codec::text::Time;

record! {
    /// The session that `estimatedCost` is worked out for; all four are required.
    #[derive(Default)]
    pub struct PricingOptions: All "pricingOptions" {
        /// When the session starts.
        start_time: Option<Time> [ONE] => "startTime",
        /// Hours it lasts.
        duration: Option<i32> [ONE] => "Duration",
        /// Energy needed, kWh.
        energy_required: Option<f64> [ONE] => "energyRequired",
        /// Power the vehicle takes, kW.
        vehicle_power: Option<f64> [ONE] => "vehiclePower",
    }
}

record! {
    /// A price of a station; amounts are in the station's `currencyCode`.
    #[derive(Default)]
    pub struct Pricing: Sequence "pricingSpecification" {
        /// `Session`, `Hourly` or `kWh`.
        kind: Option<String> => "Type",
        /// Time of day from which it holds.
        start_time: Option<Time> => "startTime",
        /// Time of day until which it holds.
        end_time: Option<Time> => "endTime",
        /// Least price of a session.
        min_price: Option<f64> => "minPrice",
        /// Highest price of a session.
        max_price: Option<f64> => "maxPrice",
        /// Length of the first part, where the price changes with time.
        initial_unit_price_duration: Option<i32> => "initialUnitPriceDuration",
        /// Price of an hour.
        unit_price_per_hour: Option<f64> => "unitPricePerHour",
        /// Price of an hour of the first part (guide only).
        unit_price_for_first: Option<f64> => "unitPriceForFirst",
        /// Price of an hour after the first part.
        unit_price_per_hour_thereafter: Option<f64> => "unitPricePerHourThereafter",
        /// Price of a session.
        unit_price_per_session: Option<f64> => "unitPricePerSession",
        /// Price of a kWh.
        unit_price_per_kwh: Option<f64> => "unitPricePerKWh",
        /// Longest session allowed.
        session_time: Option<String> => "sessionTime",
    }
}
