//! OCPI 2.2.1 from outside: partners who register, look at locations, send tokens and ask.

mod claims;
mod handshake;
mod judge;
mod library;
mod locations;
pub mod partner;
mod rest;
mod shown;
mod tokens;
