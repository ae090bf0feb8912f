//! CPO › Charge locations: the list, and a location with its tabs.

pub mod authorization;
mod current;
mod edit;
mod header;
mod hours;
pub mod import;
mod list;
mod overview;
mod stations;
mod sync;
mod visibility;
mod week;

pub use current::CurrentLocation;
pub use header::LocationPage;
pub use list::LocationsPage;
pub use overview::OverviewTab;
pub use stations::StationsTab;
pub use visibility::{VisibilityBadge, who_may_charge};
