//! Alarms: ChargePoint's, and those that were cleared here.

pub mod clear;
pub mod list;
