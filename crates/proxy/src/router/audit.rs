//! The audit log, and what of it is about one record.

use domain::accounts::{Account, Role};
use domain::chargestations::ChargestationRow;
use domain::column::Listed;
use domain::connections::Connection;
use domain::customers::Customer;
use domain::driver_requests::DriverRequest;
use domain::locations::Location;
use domain::partners::Partner;
use domain::station_tokens::StationToken;
use domain::tokens::Token;

use crate::books::audit::{History, Lines};
use crate::openapi::Api;

/// Adds the routes.
pub fn add(api: Api) -> Api {
    let api = api.list::<Lines>("/audit", "The audit log: every change, the newest first");
    let api = history::<Location>(api, "What happened to a location and its list, the newest first");
    let api = history::<Customer>(api, "What happened to a customer, the newest first");
    let api = history::<Token>(api, "What happened to a charge token, the newest first");
    let api = history::<StationToken>(api, "What happened to a station token, the newest first");
    let api = history::<Connection>(api, "What happened to a connection, the newest first");
    let api = history::<DriverRequest>(api, "What happened to a request, the newest first");
    let api = history::<ChargestationRow>(api, "What happened to a charge station, the newest first");
    let api = history::<Account>(api, "What happened to an account, the newest first");
    let api = history::<Partner>(api, "What happened to a partner, the newest first");
    history::<Role>(api, "What happened to a role, the newest first")
}

fn history<T: Listed>(api: Api, summary: &'static str) -> Api {
    api.list::<History<T>>(&format!("/{}/{{id}}/history", T::NAME), summary)
}
