//! Sessions, accounts, roles and API keys.

use axum::http::Method;
use domain::accounts::*;
use domain::sessions::*;

use crate::books::accounts::Accounts;
use crate::books::keys::Keys;
use crate::books::roles::Roles;
use crate::controllers::{accounts, keys, roles, sessions};
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    own_keys(of_roles(of_accounts(of_sessions(api))))
}

fn of_sessions(api: Api) -> Api {
    api.route(
        Method::GET,
        "/session",
        sessions::get,
        Doc::new("Who asks, and what they may do").answer::<Session>(),
    )
    .route(
        Method::POST,
        "/session",
        sessions::sign_in,
        Doc::new("Sign in; the answer sets the session's cookie")
            .body::<SignIn>()
            .answer::<Session>()
            .problems(&[401, 429]),
    )
    .route(
        Method::DELETE,
        "/session",
        sessions::sign_out,
        Doc::new("Sign out here").problems(&[403]),
    )
    .route(
        Method::PUT,
        "/session/password",
        sessions::change_password,
        Doc::new("Change one's own password; every other session ends")
            .body::<ChangePassword>()
            .answer::<Session>()
            .problems(&[422, 429]),
    )
    .route(
        Method::GET,
        "/sign-ins",
        sessions::list,
        Doc::new("Where one is signed in").answer::<Vec<SignedIn>>(),
    )
    .route(
        Method::DELETE,
        "/sign-ins",
        sessions::sign_out_everywhere,
        Doc::new("Sign out everywhere, here too").problems(&[403]),
    )
    .route(
        Method::DELETE,
        "/sign-ins/{id}",
        sessions::delete,
        Doc::new("Sign out there").problems(&[403]),
    )
}

fn of_accounts(api: Api) -> Api {
    api.list::<Accounts>("/accounts", "The accounts")
        .route(
            Method::POST,
            "/accounts",
            accounts::create::handler,
            Doc::new("Add an account; a set-up link gives it its password")
                .body::<AccountInput>()
                .creates::<Account>()
                .problems(&[409]),
        )
        .route(
            Method::GET,
            "/accounts/{id}",
            accounts::get::handler,
            Doc::new("One account").answer::<Account>(),
        )
        .route(
            Method::PATCH,
            "/accounts/{id}",
            accounts::patch::handler,
            Doc::new("Change an account; with another role, status or limits its sessions end at once")
                .body::<AccountInput>()
                .answer::<Account>()
                .versioned()
                .problems(&[409, 422]),
        )
        .route(
            Method::DELETE,
            "/accounts/{id}",
            accounts::delete::handler,
            Doc::new("Delete an account; refused for the last administrator and for one's own")
                .versioned()
                .problems(&[409]),
        )
        .route(
            Method::POST,
            "/accounts/{id}/set-up",
            accounts::set_up::handler,
            Doc::new("Make a link by which the account's password is set, once, within three days")
                .answer::<SetUpLink>()
                .problems(&[403]),
        )
        .route(
            Method::DELETE,
            "/accounts/{id}/sessions",
            accounts::sign_out::handler,
            Doc::new("Sign the account out everywhere").problems(&[403]),
        )
}

fn of_roles(api: Api) -> Api {
    api.list::<Roles>("/roles", "The roles")
        .route(
            Method::POST,
            "/roles",
            roles::create::handler,
            Doc::new("Add a role")
                .body::<RoleInput>()
                .creates::<Role>()
                .problems(&[409]),
        )
        .route(
            Method::GET,
            "/roles/{id}",
            roles::get::handler,
            Doc::new("One role").answer::<Role>(),
        )
        .route(
            Method::PATCH,
            "/roles/{id}",
            roles::patch::handler,
            Doc::new("Change a role of one's own making; it counts at once")
                .body::<RoleInput>()
                .answer::<Role>()
                .versioned()
                .problems(&[409, 422]),
        )
        .route(
            Method::DELETE,
            "/roles/{id}",
            roles::delete::handler,
            Doc::new("Delete a role that no account has")
                .versioned()
                .problems(&[409]),
        )
}

fn own_keys(api: Api) -> Api {
    api.list::<Keys>("/keys", "One's own API keys")
        .route(
            Method::POST,
            "/keys",
            keys::create,
            Doc::new("Make an API key; its secret is shown this once")
                .body::<NewApiKey>()
                .answer::<MadeApiKey>()
                .status(201)
                .problems(&[422]),
        )
        .route(
            Method::DELETE,
            "/keys/{id}",
            keys::delete,
            Doc::new("Take an API key away; it counts at once").problems(&[403]),
        )
}
