//! What happens to every request, a concern per file.

pub mod arrival;
pub mod body;
pub mod catch_panic;
pub mod if_match;
pub mod keyed;
pub mod limits;
pub mod packed;
pub mod request_id;
pub mod rest;
pub mod same_site;
pub mod security_headers;
pub mod slow;
