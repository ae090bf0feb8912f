//! The only place that knows HTTP: a file per resource, each call a typed function that answers the
//! record or a [`Problem`](domain::problem::Problem).

pub mod authorization;
pub mod export;
pub mod imports;
pub mod json;
pub mod known;
mod live;
mod load;
pub mod locations;
pub mod record;
pub mod records;
pub mod search;
pub mod transport;
pub mod views;
mod write;

pub use live::Live;
pub use load::{Loaded, Status};
pub use record::{Record, Rows, Seen};
pub use transport::{Call, SIGNED_OUT};
pub use write::Write;
