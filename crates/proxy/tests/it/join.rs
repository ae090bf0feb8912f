//! The public pages, as a browser without scripts sees them.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::connections::{connection, organization};
use crate::support::{TestApp, on_both};

/// A page that was come to, redirects followed.
pub struct Page {
    pub status: u16,
    pub path: String,
    pub text: String,
    pub response: reqwest::header::HeaderMap,
}

impl Page {
    pub async fn of(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            path: response.url().path().to_owned(),
            response: response.headers().clone(),
            text: response.text().await.unwrap(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.response
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn get(app: &TestApp, path: &str) -> Page {
    Page::of(app.request(Method::GET, path).send().await.unwrap()).await
}

/// Sends a form.
pub async fn send(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> Page {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    post(app, path, pairs.join("&")).await
}

pub async fn post(app: &TestApp, path: &str, body: impl Into<reqwest::Body>) -> Page {
    let request = app
        .request(Method::POST, path)
        .header("content-type", "application/x-www-form-urlencoded");
    Page::of(request.body(body).send().await.unwrap()).await
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The path of a connection's link.
pub async fn link(app: &TestApp, id: &str) -> String {
    let invitation = app.get(&format!("/connections/{id}/invitation")).await.ok();
    let link = invitation["link"].as_str().unwrap();
    link[link.find("/join/").unwrap()..].to_owned()
}

pub const ANNA: [(&str, &str); 3] = [
    ("name", "Anna Vries"),
    ("email", "anna@example.com"),
    ("answer", "E-17"),
];

pub async fn requests(app: &TestApp) -> Vec<Value> {
    let page = app.get("/driver_requests?sort=requestedAt").await.ok();
    page["items"].as_array().unwrap().clone()
}

on_both! {
    async fn a_driver_asks_and_follows_the_request(app) {
        organization(app).await;
        let id = connection(app, json!({
            "orgNameForDrivers": "Acme for drivers", "verifyDriversBy": "Employee ID", "benefits": ["Free charging"],
            "additionalInformation": ["Licence plate", "Vehicle"],
        })).await;
        let path = link(app, &id).await;
        let page = get(app, &path).await;
        assert_eq!(page.status, 200);
        for text in ["Acme for drivers", "Employees", "Free charging", "Employee ID", "Licence plate", "Vehicle", "Card number"] {
            assert!(page.text.contains(text), "{text}");
        }
        assert!(!page.text.contains("<script") && !page.text.contains(&id) && !page.text.contains("1:ORG07225"));
        let mut fields = ANNA.to_vec();
        fields.extend([("more0", "AB-123-C"), ("card", "NL-GFX-C00000001-4")]);
        let status = send(app, &path, &fields).await;
        assert_eq!(status.status, 200);
        assert!(status.path.starts_with(&format!("{path}/requests/")), "{}", status.path);
        assert!(status.text.contains("Your request was received") && status.text.contains("Pending"));

        let all = requests(app).await;
        assert_eq!(all.len(), 1);
        let request = &all[0];
        assert_eq!((&request["driver"], &request["email"]), (&json!("Anna Vries"), &json!("anna@example.com")));
        assert_eq!(request["answers"], json!([
            { "question": "Employee ID", "answer": "E-17" }, { "question": "Licence plate", "answer": "AB-123-C" },
        ]));
        assert_eq!((&request["status"], &request["source"]), (&json!("Pending"), &json!("Invitation")));
        assert_eq!((&request["connection"], &request["connectionId"]), (&json!("Employees"), &json!(id)));
        assert_eq!(app.get(&format!("/connections/{id}")).await.ok()["pendingRequests"], 1);

        // The page stays when the invitation goes.
        app.post(&format!("/connections/{id}/invitation/rotate"), Value::Null).await.ok();
        let disabled = json!({ "connectionStatus": "Disabled" });
        app.change(Method::PATCH, &format!("/connections/{id}"), &json!(1), disabled).await.ok();
        for (decision, shown) in [("Deny", "Denied"), ("Approve", "Approved"), ("Remove", "Removed")] {
            let decide = json!({ "chosen": { "ids": [request["id"]] }, "decision": decision, "text": "Bring <b>badge</b>\nagain" });
            assert_eq!(app.post("/driver_requests/decide", decide).await.ok()["done"], 1);
            let page = get(app, &status.path).await;
            assert_eq!(page.status, 200);
            assert!(page.text.contains(&format!(">{shown}</p>")), "{}", page.text);
            assert!(page.text.contains("Bring &lt;b&gt;badge&lt;/b&gt;<br>again"), "{}", page.text);
        }
        assert_eq!(get(app, &format!("{path}/requests/none")).await.status, 404);
    }

    async fn the_same_request_again_is_no_second_one(app) {
        organization(app).await;
        let id = connection(app, json!({})).await;
        let path = link(app, &id).await;
        let first = send(app, &path, &ANNA).await;
        let again = [ANNA[0], ("email", " ANNA@Example.com"), ANNA[2]];
        let second = send(app, &path, &again).await;
        assert_eq!(first.text, second.text);
        assert_ne!(first.path, second.path);
        let all = requests(app).await;
        assert_eq!((all.len(), &all[0]["driver"]), (1, &json!("Anna Vries")));
        let decide = json!({ "chosen": { "ids": [all[0]["id"]] }, "decision": "Deny", "text": "For Anna only" });
        app.post("/driver_requests/decide", decide).await.ok();
        assert!(get(app, &first.path).await.text.contains("For Anna only"));
        let other = get(app, &second.path).await.text;
        assert!(!other.contains("For Anna only") && !other.contains("Denied"), "{other}");
        send(app, &path, &ANNA).await;
        assert_eq!(requests(app).await.len(), 2, "after a decision there may be a new one");
    }

    async fn links_that_lead_nowhere_look_alike(app) {
        organization(app).await;
        let (rotated, disabled) = (connection(app, json!({})).await, connection(app, json!({})).await);
        let paths = [link(app, &rotated).await, link(app, &disabled).await, format!("/join/{}", "A".repeat(27))];
        app.post(&format!("/connections/{rotated}/invitation/rotate"), Value::Null).await.ok();
        let patch = json!({ "connectionStatus": "Disabled" });
        app.change(Method::PATCH, &format!("/connections/{disabled}"), &json!(1), patch).await.ok();
        let mut seen = Vec::new();
        for path in &paths {
            for mut page in [get(app, path).await, send(app, path, &ANNA).await, get(app, &format!("{path}/more/x")).await,
                get(app, &format!("{path}/requests/none")).await] {
                for own in ["x-request-id", "date"] {
                    page.response.remove(own);
                }
                seen.push((page.status, page.text, format!("{:?}", page.response)));
            }
        }
        assert_eq!(seen[0].0, 404);
        assert!(seen[0].1.contains("This link is no longer valid"));
        assert!(seen.iter().all(|one| one == &seen[0]), "{seen:#?}");
        assert_eq!(get(app, &link(app, &rotated).await).await.status, 200, "the new link");
        assert!(requests(app).await.is_empty());
        for odd in ["%00", "%ff", "a%2Fb", "'%20OR%201=1--", &"x".repeat(5_000)] {
            let page = get(app, &format!("/join/{odd}")).await;
            assert!(matches!(page.status, 400 | 404), "{odd}: {}", page.status);
        }
    }

    async fn automatic_approval(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let all = connection(app, json!({ "approvalType": "Auto", "autoApproval": "All requests", "customerId": customer })).await;
        let some = connection(app, json!({
            "approvalType": "Auto", "autoApproval": "By e-mail domain", "emailDomains": ["example.com"],
        })).await;
        let (all, some) = (link(app, &all).await, link(app, &some).await);
        let mut with_card = ANNA.to_vec();
        with_card.push(("card", "NL-GFX-C00000001-4"));
        for (path, email, shown) in [(&all, "anna@else.example", "Approved"), (&some, "Anna@EXAMPLE.COM", "Approved"),
            (&some, "anna@sub.example.com", "Pending"), (&some, "anna@example.com.evil.example", "Pending")] {
            with_card[1].1 = email;
            let page = send(app, path, &with_card).await;
            assert!(page.text.contains(&format!(">{shown}</p>")), "{email}: {}", page.text);
        }
        let tokens = app.get(&format!("/customers/{customer}/tokens")).await.ok();
        assert_eq!((&tokens["total"], &tokens["items"][0]["authId"]), (&json!(1), &json!("NL-GFX-C00000001-4")));
    }

    async fn a_search_code_is_enough_to_ask_and_tells_nothing(app) {
        organization(app).await;
        let id = connection(app, json!({ "visibility": "By search code", "verifyDriversBy": "Employee ID" })).await;
        let public = connection(app, json!({})).await;
        let code = app.get(&format!("/connections/{id}/invitation")).await.ok()["searchCode"].as_str().unwrap().to_owned();
        assert_eq!(get(app, "/join").await.status, 200);
        assert_eq!(get(app, "/join/").await.status, 200);
        let ask = async |code: &str| {
            let mut fields = ANNA.to_vec();
            fields.push(("code", code));
            send(app, "/join", &fields).await
        };
        let right = ask(&format!(" {}-{} ", &code[..4].to_lowercase(), &code[4..])).await;
        let wrong = ask("AAAAAAAA").await;
        assert_eq!((right.status, wrong.status), (200, 200));
        assert_eq!(right.text, wrong.text);
        assert!(right.text.contains("If the code is right, your request is with the operator."));
        let all = requests(app).await;
        assert_eq!((all.len(), &all[0]["answers"][0]["question"]), (1, &json!("Employee ID")));
        app.post(&format!("/connections/{id}/invitation/rotate"), Value::Null).await.ok();
        assert_eq!(ask(&code).await.text, right.text);
        assert_eq!(requests(app).await.len(), 1);
        assert!(!right.text.contains(&public) && !right.text.contains("Acme"));
        for _ in 0..7 {
            ask("AAAAAAAA").await;
        }
        let over = ask("AAAAAAAA").await;
        assert_eq!(over.status, 429);
        assert!(over.header("retry-after").parse::<u64>().unwrap() > 0);
        assert!(over.text.contains("Try again in 10 minutes"), "{}", over.text);
    }

    async fn wrong_answers_keep_what_was_typed(app) {
        organization(app).await;
        let path = link(app, &connection(app, json!({ "verifyDriversBy": "Employee ID" })).await).await;
        let long = "x".repeat(256);
        for (field, value, said) in [
            ("name", "", "This cannot stay empty."),
            ("name", "\u{1b}[31m", "control character"),
            ("name", long.as_str(), "at most 255 characters"),
            ("name", "Anna \u{202e}seirV", "direction of the text"),
            ("answer", "\u{2066}E-17", "direction of the text"),
            ("name", "\u{200b}\u{2060}", "Nothing of this can be seen"),
            ("email", "an\u{200b}na@example.com", "Write it like"),
            ("email", "anna", "Write it like anna@example.com."),
            ("email", "a@b@example.com", "Write it like"),
            ("answer", "", "This cannot stay empty."),
            ("card", "!!", "card"),
        ] {
            let mut fields = ANNA.to_vec();
            fields.retain(|(name, _)| *name != field);
            fields.push((field, value));
            let page = send(app, &path, &fields).await;
            assert_eq!((page.status, page.path.as_str()), (422, path.as_str()), "{field}");
            assert!(page.text.to_lowercase().contains(&said.to_lowercase()), "{field}: {}", page.text);
            assert!(page.text.contains("aria-invalid") && page.text.contains("role=\"alert\""));
            let kept = if field == "email" { "Anna Vries" } else { "anna@example.com" };
            assert!(page.text.contains(&format!("value=\"{kept}\"")), "{field}");
        }
        assert!(requests(app).await.is_empty());
    }
}
