//! Roaming partners.

use axum::http::Method;
use domain::partners::{MadePartner, Partner, PartnerInput, RegisterPartner};

use crate::books::partners::Partners;
use crate::books::partners::tokens::OfPartner;
use crate::controllers::partners;
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    api.list::<Partners>(
        "/partners",
        "The roaming partners, who speak OCPI with the portal",
    )
    .route(
        Method::POST,
        "/partners",
        partners::create,
        Doc::new("Add a partner; the token by which they register is shown this once")
            .body::<PartnerInput>()
            .answer::<MadePartner>()
            .status(201)
            .problems(&[409, 422]),
    )
    .route(
        Method::GET,
        "/partners/{id}",
        partners::get,
        Doc::new("One partner").answer::<Partner>(),
    )
    .route(
        Method::PATCH,
        "/partners/{id}",
        partners::patch,
        Doc::new("Change a partner")
            .body::<PartnerInput>()
            .answer::<Partner>()
            .versioned()
            .problems(&[409, 422]),
    )
    .route(
        Method::DELETE,
        "/partners/{id}",
        partners::delete,
        Doc::new("Delete a partner with the tokens that they sent; it counts at once").versioned(),
    )
    .route(
        Method::POST,
        "/partners/{id}/token",
        partners::token,
        Doc::new("Make a new token by which they register, shown this once; what they had counts no more")
            .answer::<MadePartner>()
            .problems(&[403, 409]),
    )
    .route(
        Method::POST,
        "/partners/{id}/register",
        partners::register,
        Doc::new("Register with a partner, by the address of their versions and a token that they gave")
            .body::<RegisterPartner>()
            .answer::<Partner>()
            .problems(&[409, 422]),
    )
    .route(
        Method::POST,
        "/partners/{id}/revoke",
        partners::revoke,
        Doc::new("End it: the partner's token counts no more, at once")
            .answer::<Partner>()
            .problems(&[403]),
    )
    .list::<OfPartner>("/partners/{id}/tokens", "The tokens that a partner sent")
}
