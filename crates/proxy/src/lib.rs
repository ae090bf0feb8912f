//! The server: REST, books, and the single-page app's files.

pub mod access;
pub mod app;
pub mod books;
pub mod check;
pub mod cli;
mod clock;
pub mod connections;
pub mod controllers;
pub mod edge;
pub mod estate;
pub mod join;
pub mod live;
pub mod middleware;
pub mod ocpi;
mod openapi;
pub mod problem;
pub mod router;
pub mod seed;
pub mod serve;
pub mod sign_in;
pub mod tls;
pub mod verify;
mod web;
