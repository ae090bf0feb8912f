//! Customers and charge tokens.

use axum::http::Method;
use domain::customers::{Customer, CustomerInput};
use domain::export::{Changed, Chosen};
use domain::search::{Found, SearchResult};
use domain::tokens::{Token, TokenInput};

use crate::books;
use crate::books::authorization::may_charge;
use crate::controllers::{customers, find, search, tokens};
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    api.list::<books::customers::Customers>("/customers", "The customers")
        .route(
            Method::POST,
            "/customers",
            customers::create::handler,
            Doc::new("Add a customer")
                .body::<CustomerInput>()
                .creates::<Customer>()
                .problems(&[409]),
        )
        .route(
            Method::GET,
            "/customers/{id}",
            customers::get::handler,
            Doc::new("One customer").answer::<Customer>(),
        )
        .route(
            Method::PATCH,
            "/customers/{id}",
            customers::patch::handler,
            Doc::new("Change a customer")
                .body::<CustomerInput>()
                .answer::<Customer>()
                .versioned()
                .problems(&[409, 422]),
        )
        .route(
            Method::DELETE,
            "/customers/{id}",
            customers::delete::handler,
            Doc::new("Delete a customer; refused where that would open a location")
                .versioned()
                .problems(&[409]),
        )
        .list::<books::tokens::OfCustomer>("/customers/{id}/tokens", "A customer's charge tokens")
        .list::<may_charge::OfCustomer>(
            "/customers/{id}/locations",
            "Where a customer may charge, and why",
        )
        .list::<books::tokens::Tokens>("/tokens", "The charge tokens")
        .route(
            Method::POST,
            "/tokens",
            tokens::create::handler,
            Doc::new("Add a charge token")
                .body::<TokenInput>()
                .creates::<Token>()
                .problems(&[409]),
        )
        .route(
            Method::GET,
            "/tokens/{id}",
            tokens::get::handler,
            Doc::new("One charge token").answer::<Token>(),
        )
        .route(
            Method::PATCH,
            "/tokens/{id}",
            tokens::patch::handler,
            Doc::new("Change a charge token")
                .body::<TokenInput>()
                .answer::<Token>()
                .versioned()
                .problems(&[409, 422]),
        )
        .route(
            Method::DELETE,
            "/tokens/{id}",
            tokens::delete::handler,
            Doc::new("Delete a charge token; refused where that would open a location")
                .versioned()
                .problems(&[409]),
        )
        .route(
            Method::POST,
            "/tokens/block",
            tokens::many::block,
            many("Block chosen charge tokens"),
        )
        .route(
            Method::POST,
            "/tokens/unblock",
            tokens::many::unblock,
            many("Take the block off chosen charge tokens"),
        )
        .route(
            Method::POST,
            "/tokens/delete",
            tokens::many::delete,
            many("Delete chosen charge tokens, all or none; refused where that would open a location"),
        )
        .list::<may_charge::OfToken>(
            "/tokens/{id}/locations",
            "Where a charge token may charge, and why",
        )
        .route(
            Method::GET,
            "/find",
            find::handler,
            Doc::new(
                "What a text may mean: locations, stations, customers, tokens, sessions and whatever else has that name \
                 or that id, the best first. ChargePoint is asked for a record by its whole id at most, never searched",
            )
            .query::<find::Asked>()
            .answer::<Found>()
            .problems(&[422]),
        )
        .route(
            Method::GET,
            "/search",
            search::handler,
            Doc::new("Customers and tokens to put on a list")
                .query::<search::Search>()
                .answer::<SearchResult>()
                .problems(&[404, 422]),
        )
}

fn many(summary: &'static str) -> Doc {
    Doc::new(summary)
        .body::<Chosen>()
        .answer::<Changed>()
        .problems(&[409, 422])
}
