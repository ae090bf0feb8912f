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

const INVALID: &str = "/problems/invalid";

/// Makes an organisation ours.
pub async fn organization(app: &TestApp) {
    let acme = Organization {
        id: "1:ORG07225".into(),
        name: "Acme".into(),
        ours: true,
    };
    let mut tx = app.app.books.write().await.unwrap();
    organizations::set_ours(&mut tx, &[acme]).await.unwrap();
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

    async fn a_logo_is_checked_and_kept_as_png(app) {
        organization(app).await;
        let path = format!("/connections/{}", connection(app, json!({})).await);
        let logo = format!("{path}/logo");
        let put = async |file: Vec<u8>, version: &str| {
            Answer::of(app.request(Method::PUT, &logo).header("if-match", version).body(file)).await
        };
        app.get(&logo).await.problem(404, "/problems/not-found");
        for (n, format) in [image::ImageFormat::Gif, image::ImageFormat::Jpeg, image::ImageFormat::Png].into_iter().enumerate() {
            let changed = put(picture(60, 30, format), &format!("\"{}\"", n + 1)).await.ok();
            assert_eq!((&changed["hasLogo"], &changed["version"]), (&json!(true), &json!(n + 2)));
            let answer = app.request(Method::GET, &logo).send().await.unwrap();
            assert_eq!(answer.headers()["content-type"], "image/png");
            let png = image::load_from_memory_with_format(&answer.bytes().await.unwrap(), image::ImageFormat::Png).unwrap();
            assert_eq!((png.width(), png.height()), (60, 30));
        }
        let png = || picture(60, 30, image::ImageFormat::Png);
        put(png(), "\"1\"").await.problem(412, "/problems/stale");
        for (file, said) in [
            (picture(61, 30, image::ImageFormat::Png), "61×30 px"),
            (picture(60, 31, image::ImageFormat::Gif), "60×31 px"),
            (picture(4000, 4000, image::ImageFormat::Jpeg), "4000×4000 px"),
            (png()[..60].to_vec(), "damaged"),
            (b"\x89PNG\r\n\x1a\n".to_vec(), "damaged"),
            (b"GIF89a\xff".to_vec(), "damaged"),
        ] {
            let problem = put(file, "*").await.problem(422, INVALID);
            assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
        }
        for file in [b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), b"BM6".to_vec(), b"%PDF-1.4".to_vec(), Vec::new()] {
            put(file, "*").await.problem(415, "/problems/unsupported-media-type");
        }
        let mut large = png();
        large.resize(512 * 1024 + 1, 0);
        put(large, "*").await.problem(413, "/problems/too-large");
        assert_eq!(app.get(&path).await.ok()["version"], 4);
        assert_eq!(app.delete(&logo).await.ok()["hasLogo"], false);
        app.get(&logo).await.problem(404, "/problems/not-found");
    }

    async fn an_invitation_is_shown_and_rotated(app) {
        organization(app).await;
        let id = connection(app, json!({ "visibility": "By search code" })).await;
        let path = format!("/connections/{id}/invitation");
        let first = app.get(&path).await.ok();
        assert_eq!(first, app.get(&path).await.ok());
        assert_eq!((&first["local"], &first["open"]), (&json!(true), &json!(true)));
        let code = first["link"].as_str().unwrap().rsplit_once("/join/").unwrap().1;
        assert_eq!(code.len(), 27, "160 bits");
        assert_eq!(first["searchCode"].as_str().unwrap().len(), 8);
        let second = app.post(&format!("{path}/rotate"), Value::Null).await.ok();
        assert_ne!(first["link"], second["link"]);
        assert_ne!(first["searchCode"], second["searchCode"]);
        assert_eq!(second, app.get(&path).await.ok());
        let patch = json!({ "visibility": "Public", "connectionStatus": "Disabled" });
        app.change(Method::PATCH, &format!("/connections/{id}"), &json!(1), patch).await.ok();
        let third = app.get(&path).await.ok();
        assert_eq!((&third["searchCode"], &third["open"]), (&Value::Null, &json!(false)));
        for rest in ["", "/qr.svg", "/qr.png", "/sheet"] {
            app.get(&format!("/connections/con_none/invitation{rest}")).await.problem(404, "/problems/not-found");
        }
        app.post("/connections/con_none/invitation/rotate", Value::Null).await.problem(404, "/problems/not-found");
    }
}

fn picture(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([0, 90, 200]));
    image::DynamicImage::ImageRgb8(picture)
        .write_to(&mut file, format)
        .unwrap();
    file.into_inner()
}

#[tokio::test]
async fn codes_and_sheets_lead_to_the_public_address() {
    let app = TestApp::builder()
        .public_url("https://portal.example")
        .start()
        .await;
    organization(&app).await;
    let id = connection(
        &app,
        json!({ "connectionName": "A & B <i>", "visibility": "By search code" }),
    )
    .await;
    let path = format!("/connections/{id}/invitation");
    let invitation = app.get(&path).await.ok();
    let link = invitation["link"].as_str().unwrap();
    assert!(link.starts_with("https://portal.example/join/"), "{link}");
    assert_eq!(invitation["local"], false);

    let svg = app.get(&format!("{path}/qr.svg")).await;
    assert_eq!((svg.status, svg.header("content-type")), (200, "image/svg+xml"));
    assert!(svg.text.starts_with("<svg "));
    let answer = app
        .request(Method::GET, &format!("{path}/qr.png?size=300"))
        .send()
        .await
        .unwrap();
    let png = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!((png.width(), png.height()), (300, 300));
    for query in ["qr.png?size=10", "qr.png?size=100000", "sheet?paper=a0"] {
        app.get(&format!("{path}/{query}")).await.problem(422, INVALID);
    }

    for paper in ["a4", "letter"] {
        let sheet = app.get(&format!("{path}/sheet?paper={paper}")).await;
        assert_eq!(sheet.status, 200);
        assert!(sheet.text.contains("A &amp; B &lt;i&gt;") && !sheet.text.contains("<i>"));
        assert!(sheet.text.contains(&format!("class=\"{paper}\"")));
        assert!(sheet.text.contains(invitation["searchCode"].as_str().unwrap()));
        assert!(!sheet.header("content-security-policy").contains("unsafe"));
    }
    for file in ["/assets/sheet.css", "/assets/sheet.js", "/assets/join.css"] {
        assert_eq!(app.get_file(file, "*/*").await.status, 200, "{file}");
    }
}

#[tokio::test]
async fn a_link_too_long_for_a_code_and_a_host_that_is_none() {
    let long = format!("https://{}.example", "a".repeat(3_000));
    let app = TestApp::builder().public_url(&long).start().await;
    organization(&app).await;
    let path = format!("/connections/{}/invitation", connection(&app, json!({})).await);
    for rest in ["qr.svg", "qr.png", "sheet"] {
        let problem = app.get(&format!("{path}/{rest}")).await.problem(422, INVALID);
        assert!(
            problem["detail"].as_str().unwrap().contains("QR code"),
            "{problem}"
        );
    }
    let app = TestApp::sqlite().await;
    organization(&app).await;
    let path = format!("/connections/{}/invitation", connection(&app, json!({})).await);
    let asked = async |host: &str| Answer::of(app.request(Method::GET, &path).header("host", host)).await;
    for host in ["evil.example/path", "a@b", "a b"] {
        asked(host).await.problem(400, "/problems/malformed-request");
    }
    let there = asked("portal.example:8443").await.ok();
    assert!(
        there["link"]
            .as_str()
            .unwrap()
            .starts_with("http://portal.example:8443/join/")
    );
    assert_eq!(there["local"], false);
}
