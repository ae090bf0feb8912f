//! The server from outside: the real router on loopback, books in a temporary place, on SQLite and
//! on PostgreSQL. The PostgreSQL halves are skipped, saying so, where no `initdb` and `postgres` are
//! found; with `EV_PORTAL_REQUIRE_POSTGRES` they fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod support;

mod access;
mod accounts;
mod audit;
mod audit_routes;
mod authorization;
mod bulk;
mod can;
mod cancelled;
mod chargestations;
mod check;
mod chosen;
mod command;
mod concurrency;
mod connections;
mod connections_invitation;
mod customers;
mod decision;
mod driver_requests;
mod driver_requests_cards;
mod driver_requests_chargepoint;
mod driver_requests_renew;
mod edge;
mod estate;
mod events;
mod export;
mod export_breaks;
mod filters;
mod find;
mod follow;
mod hostile;
mod idempotency;
mod imports;
mod imports_go_on;
mod join;
mod join_hostile;
mod kill;
mod limits;
mod listing;
mod listing_agrees;
mod listing_plans;
mod locations;
mod ocpi;
mod openapi;
mod openid;
mod problems;
mod random;
mod refusals;
mod seed;
mod sign_in;
mod station_tokens;
mod station_tokens_filters;
mod station_tokens_import;
mod station_tokens_storm;
mod station_tokens_transfer;
mod storm;
mod sync;
mod sync_private;
mod tables;
mod tokens;
mod two_servers;
mod web;
