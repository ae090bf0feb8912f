use domain::column::{Kind, Listed};
use domain::connections::Connection;
use domain::filter::{Condition, Operand};
use domain::listing::ListQuery;
use domain::organizations::Organization;
use domain::rows;
use proxy::books::organizations;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both, query};

pub const INVALID: &str = "/problems/invalid";

/// Makes an organization ours.
pub async fn organization(app: &TestApp) {
    let acme = Organization {
        id: "1:ORG07225".into(),
        name: "Acme".into(),
        ours: true,
    };
    let mut tx = app.app.books.write().await.unwrap();
    organizations::set_ours(&mut tx, &[acme]).await.unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
}

/// A connection's fields, with some of them changed.
pub fn fields(changed: Value) -> Value {
    let mut fields = json!({
        "orgId": "1:ORG07225",
        "connectionName": "Employees",
        "connectionType": "Standard",
        "approvalType": "Manual",
        "visibility": "Public",
    });
    for (key, value) in changed.as_object().unwrap() {
        fields[key] = value.clone();
    }
    fields
}

/// Adds a connection and gives its id.
pub async fn connection(app: &TestApp, changed: Value) -> String {
    let made = app.post("/connections", fields(changed)).await.ok();
    made["id"].as_str().unwrap().to_owned()
}

async fn wrong(app: &TestApp, changed: Value) -> String {
    let problem = app
        .post("/connections", fields(changed))
        .await
        .problem(422, INVALID);
    problem["errors"][0]["field"].as_str().unwrap().to_owned()
}

on_both! {
    async fn what_is_usual_need_not_be_said(app) {
        organization(app).await;
        let made = app.post("/connections", json!({ "orgId": "1:ORG07225", "connectionName": "Guests" })).await.ok();
        assert_eq!(
            [&made["connectionType"], &made["approvalType"], &made["visibility"]],
            ["Standard", "Manual", "By search code"]
        );
        let said = app.post("/connections", fields(json!({ "connectionType": "Leasing Company" }))).await.ok();
        assert_eq!([&said["connectionType"], &said["visibility"]], ["Leasing Company", "Public"]);
    }

    async fn a_connection_is_added_changed_and_deleted(app) {
        organization(app).await;
        let customer = app.customer("Acme staff").await;
        let made = app.post("/connections", fields(json!({
            "orgId": "1:org07225", "benefits": ["Discount", "Waitlist"], "verifyDriversBy": " Employee ID ",
            "askAgainDays": "90", "additionalInformation": ["Licence plate"], "customerId": customer,
            "emailDomains": ["@Example.COM", "example.com", ""],
        }))).await;
        assert_eq!(made.status, 201);
        let made = made.ok();
        let expected = json!({
            "orgId": "1:ORG07225", "orgName": "Acme", "connectionStatus": "Enabled", "benefits": ["Discount", "Waitlist"],
            "verifyDriversBy": "Employee ID", "askAgainDays": 90, "connectedDrivers": 0, "hasLogo": false, "version": 1,
        });
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&made[key], value, "{key}");
        }
        assert_eq!(made["customer"]["name"], "Acme staff");
        assert_eq!(made["emailDomains"], json!(["example.com"]));
        let path = format!("/connections/{}", made["id"].as_str().unwrap());
        let read = app.get(&path).await;
        assert_eq!(read.header("etag"), "\"1\"");
        assert_eq!(read.ok(), made);

        let patch = json!({ "connectionStatus": "Disabled", "askAgainDays": "", "customerId": "" });
        let changed = app.change(Method::PATCH, &path, &json!(1), patch.clone()).await.ok();
        assert_eq!((&changed["connectionStatus"], &changed["askAgainDays"], &changed["customer"]),
            (&json!("Disabled"), &Value::Null, &Value::Null));
        assert_eq!((&changed["version"], &changed["connectionName"]), (&json!(2), &json!("Employees")));
        app.change(Method::PATCH, &path, &json!(1), patch.clone()).await.problem(412, "/problems/stale");
        Answer::of(app.request(Method::PATCH, &path).json(&patch)).await.problem(428, "/problems/version-required");
        assert_eq!(app.change(Method::PATCH, &path, &json!(2), patch).await.ok()["version"], 2);

        assert_eq!(app.delete(&path).await.status, 204);
        app.get(&path).await.problem(404, "/problems/not-found");
    }

    async fn fields_are_checked(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        for (changed, field) in [
            (json!({ "orgId": "1:OTHER" }), "orgId"),
            (json!({ "orgId": "" }), "orgId"),
            (json!({ "connectionName": " " }), "connectionName"),
            (json!({ "connectionName": "x".repeat(256) }), "connectionName"),
            (json!({ "connectionName": "a\u{0}b" }), "connectionName"),
            (json!({ "connectionType": "Other" }), "connectionType"),
            (json!({ "connectionStatus": "Open" }), "connectionStatus"),
            (json!({ "visibility": "" }), "visibility"),
            (json!({ "benefits": ["Discount", "Gold"] }), "benefits"),
            (json!({ "askAgainDays": "0" }), "askAgainDays"),
            (json!({ "askAgainDays": "soon" }), "askAgainDays"),
            (json!({ "customerId": "cus_none" }), "customerId"),
            (json!({ "approvalType": "Auto" }), "autoApproval"),
            (json!({ "approvalType": "Auto", "autoApproval": "By e-mail domain" }), "emailDomains"),
            (json!({ "approvalType": "Auto", "autoApproval": "By e-mail domain", "emailDomains": ["a.example"],
                "customerId": customer }), "autoApproval"),
            (json!({ "emailDomains": ["no domain"] }), "emailDomains"),
            (json!({ "emailDomains": vec!["a.example"; 101] }), "emailDomains"),
        ] {
            assert_eq!(wrong(app, changed.clone()).await, field, "{changed}");
        }
        let mut without = fields(json!({}));
        without.as_object_mut().unwrap().remove("orgId");
        app.post("/connections", without).await.problem(422, INVALID);
        app.post("/connections", fields(json!({ "name": "x" }))).await.problem(400, "/problems/malformed-request");
        let kept = fields(json!({ "approvalType": "Auto", "autoApproval": "By e-mail domain", "emailDomains": ["a.example"] }));
        app.post("/connections", kept).await.ok();
        assert_eq!(app.get("/connections").await.ok()["total"], 1);
    }

    async fn the_list_is_searched_and_sorted(app) {
        organization(app).await;
        for (name, verify) in [("Staff", "Employee ID"), ("Guests", ""), ("Öffentlich", "Card")] {
            connection(app, json!({ "connectionName": name, "verifyDriversBy": verify })).await;
        }
        let names = async |query: &str| -> Vec<String> {
            let page = app.get(&format!("/connections?{query}")).await.ok();
            page["items"].as_array().unwrap().iter()
                .map(|connection| connection["connectionName"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names("").await, ["Guests", "Öffentlich", "Staff"]);
        assert_eq!(names("q=offent").await, ["Öffentlich"]);
        assert_eq!(names("q=acme&sort=-verifyDriversBy").await, ["Staff", "Öffentlich", "Guests"]);
        for sort in ["orgId", "orgName", "connectionStatus", "connectedDrivers", "benefits", "approvalType",
            "connectionType", "pendingRequests", "customer", "visibility", "updatedAt"] {
            assert_eq!(names(&format!("sort={sort}")).await.len(), 3, "{sort}");
        }
    }

    async fn every_column_and_condition_answers_as_in_memory(app) {
        organization(app).await;
        proxy::seed::fill(&app.app.books).await.unwrap();
        connection(app, json!({ "connectionName": "Öffentlich_100%", "verifyDriversBy": "Straße" })).await;
        let page = app.get("/connections?pageSize=500").await.ok();
        let rows: Vec<Connection> = serde_json::from_value(page["items"].clone()).unwrap();
        assert_eq!(rows.len(), 13);
        let mut asked = 0;
        for column in Connection::COLUMNS {
            for condition in Condition::of_kind(column.kind) {
                let values: &[&str] = match (column.kind, condition.operand()) {
                    (_, Operand::None) => &[""],
                    (Kind::Number, Operand::Two) => &["0,3", "6,1"],
                    (Kind::Number, _) => &["0", "3", "2.5"],
                    (_, Operand::Two) => &["2026-02-01,2026-06-30"],
                    (Kind::Time, _) => &["2026-03-05", "2026"],
                    (_, Operand::Many) => &["enabled,manual,public,offentlich_100%", "Standard"],
                    (..) => &["offentlich_100%", "1:org07225", "e", "DISCOUNT", "by search code", "strasse"],
                };
                for value in values {
                    let filter = format!("{}:{}:{value}", column.key, condition.word());
                    let sort = if asked % 2 == 0 { column.key.to_owned() } else { format!("-{}", column.key) };
                    let asking = ListQuery { filter: vec![filter.clone()], sort: sort.clone(), ..ListQuery::default() };
                    let answer = app.get(&format!("/connections?{}", query(&[("filter", &filter), ("sort", &sort)]))).await;
                    let Ok(meant) = rows::matching(&rows, &asking, |_, _| std::cmp::Ordering::Equal) else {
                        answer.problem(422, INVALID);
                        continue;
                    };
                    let page = answer.ok();
                    let ids: Vec<&str> = page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
                    let expected: Vec<&str> = meant.iter().map(|row| row.id.as_str()).collect();
                    assert_eq!(ids, expected, "{filter} by {sort}");
                    asked += 1;
                }
            }
        }
        assert!(asked > 150, "{asked}");
    }

    async fn a_deleted_customer_leaves_the_connection(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let id = connection(app, json!({ "customerId": customer })).await;
        assert_eq!(app.delete(&format!("/customers/{customer}")).await.status, 204);
        let left = app.get(&format!("/connections/{id}")).await.ok();
        assert_eq!((&left["customer"], &left["version"]), (&Value::Null, &json!(2)));
    }
}
