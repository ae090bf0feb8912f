//! People with accounts, signed in.

use domain::accounts::{Account, AccountInput};
use proxy::access::{Caller, within};
use proxy::books::{accounts, sessions};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::{Answer, TestApp, http};

/// Somebody who is signed in.
pub struct Person {
    pub account: Account,
    /// The session's cookie as a browser sends it.
    pub cookie: String,
    http: reqwest::Client,
    site: String,
}

impl TestApp {
    /// Adds an account with that role.
    pub async fn account(&self, name: &str, role: &str) -> Account {
        let input = AccountInput {
            name: Some(name.into()),
            email: Some(format!(
                "{}@portal.example",
                name.to_lowercase().replace(' ', ".")
            )),
            role_id: Some(role.into()),
            ..AccountInput::default()
        };
        let mut tx = self.app.books.write().await.unwrap();
        let account = accounts::create(&mut tx, input).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        account
    }

    /// Adds an account with that role and signs in to it.
    pub async fn person(&self, name: &str, role: &str) -> Person {
        let account = self.account(name, role).await;
        self.signed_in(account).await
    }

    /// Signs in to an account.
    pub async fn signed_in(&self, account: Account) -> Person {
        let caller = Caller::portal();
        let id = account.id.clone();
        let secret = within(caller, async {
            let mut tx = self.app.books.write().await.unwrap();
            let secret = sessions::begin(&mut tx, &id, "a test").await.unwrap();
            tx.silently("a test prepares this");
            tx.commit().await.unwrap();
            secret
        })
        .await;
        Person {
            account,
            cookie: format!("ev_portal={}", secret),
            http: http(),
            site: self.site(),
        }
    }
}

impl Person {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let base = if path.starts_with("/api") { "" } else { "/api/v1" };
        self.http
            .request(method, format!("{}{base}{path}", self.site))
            .header("cookie", format!("a=b; {}", self.cookie))
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Value) -> Answer {
        Answer::of(self.request(method, path).header("if-match", "*").json(&body)).await
    }

    /// A page of the portal as a browser asks for it.
    pub async fn page(&self, path: &str) -> Answer {
        let request = self.http.get(format!("{}{path}", self.site));
        Answer::of(
            request
                .header("cookie", &self.cookie)
                .header("accept", "text/html,application/xhtml+xml"),
        )
        .await
    }
}
