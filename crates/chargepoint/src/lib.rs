//! ChargePoint Web Services API 5.1: operation table, codec, client.
//!
//! Each call is declared once, as records (`record!` in the modules of [`calls`]).
//! A record is a plain struct and, through its [`codec::Record::SHAPE`], a row of the operation
//! table ([`table::OPERATIONS`]). The client, the stand-in server and the [`wsdl`] read the same
//! declaration, so they cannot drift apart.
//!
//! Sources: the "ChargePoint Web Services API 5.1" guide and the public 5.0 contract. Where they
//! differ, what the service really sends wins on writing, and both forms are read.

pub mod calls;
mod client;
pub mod code;
pub mod codec;
mod error;
pub mod parameters;
mod region;
pub mod rules;
pub mod table;
pub mod wsdl;

pub use calls::cpn_instances::CpnInstance;
pub use calls::geo::Geo;
pub use calls::pricing::{Pricing, PricingOptions};
pub use calls::station_status::{PortStatus, StationStatus, StatusQuery};
pub use calls::stations::{Port, Station, StationsQuery};
pub use calls::user_status::{Association, Decision};
pub use calls::users::{User, UsersQuery};
pub use client::{BOUNDS, BreakerRule, BreakerState, CallStats, Client, ClientConfig, Guards, Health, Page};
pub use code::{Code, Meaning};
pub use codec::text::{CommaList, Date, DateTime, Time};
pub use error::Error;
pub use region::Region;
pub use rules::Invalid;
pub use secrecy::SecretString;
