//! What the estate's pages begin with: the dashboard, load, the connection to ChargePoint.

mod alarms;
mod connection;
mod dashboard;
mod load;
mod sheds;
mod sums;
mod times;
mod untold;
