//! Lists, counts, pickers and files of somebody who is limited.

use domain::connections::Connection;
use domain::driver_requests::DriverRequest;
use domain::locations::Location;
use domain::station_tokens::StationToken;
use proxy::access::routes;
use reqwest::Method;
use serde_json::{Value, json};

use super::{HIDDEN, OURS, THEIRS, World, ids, limited, nothing_of_theirs};
use crate::support::{Answer, TestApp, on_both};

on_both! {
    async fn lists_hold_what_is_ones_own(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let get = async |path: &str| person.get(path).await.ok();
        assert_eq!(ids::<Location>(&get("/locations").await), [world.ours.location.as_str()]);
        assert_eq!(ids::<Connection>(&get("/connections").await), [world.ours.connection.as_str()]);
        assert_eq!(ids::<StationToken>(&get("/station_tokens").await), [world.ours.token.as_str()]);
        assert_eq!(ids::<DriverRequest>(&get("/driver_requests").await), [world.ours.request.as_str()]);
        for list in ["/locations", "/connections", "/station_tokens", "/driver_requests", "/organizations", "/evses"] {
            assert_eq!(get(list).await["total"], 1, "{list}");
            let everything = app.get(list).await.ok();
            assert_eq!(everything["total"], 2, "{list}");
        }
        assert_eq!(get("/driver_requests/pending").await["count"], 1);
        assert_eq!(get("/organizations").await["items"][0]["id"], OURS);
        let summary = get("/station_tokens/summary").await;
        assert_eq!(summary["plans"][0]["counts"], json!([1, 0, 0, 0]));
        for of in [format!("/customers/{}", world.customer), format!("/tokens/{}", world.token)] {
            let at = get(&format!("{of}/locations")).await;
            assert_eq!((&at["total"], &at["items"][0]["locationId"]), (&json!(1), &json!(world.ours.location)));
        }
        let hit = get(&format!("/search?q=common&locationId={}", world.ours.location)).await;
        assert_eq!(hit["customers"][0]["listed"], true);
        let theirs = format!("/search?q=common&locationId={}", world.theirs.location);
        person.get(&theirs).await.problem(404, "/problems/not-found");
    }

    /// Every list and every count, as a page and as a file, however it is asked for.
    async fn no_list_tells_anything_of_another_organization(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let mut asked = 0;
        for (method, path, _) in routes::all().filter(|(_, path, _)| !path.contains('{')) {
            let is_export = path.ends_with("/export");
            if *method == Method::GET {
                for query in ["", "?q=verborgen", "?match=any&filter=orgName:is:Verborgen&filter=name:is:Verborgen"] {
                    let answer = person.get(&format!("{path}{query}")).await;
                    // What was asked for may be quoted back.
                    if answer.status < 300 {
                        nothing_of_theirs(&answer.text, &format!("{path}{query}"));
                        asked += 1;
                    }
                }
            } else if is_export {
                let all = [&world.theirs.location, &world.theirs.connection, &world.theirs.token, &world.theirs.request];
                for body in [json!({ "format": "json" }), json!({ "format": "json", "ids": all })] {
                    let answer = Answer::of(person.request(Method::POST, path).json(&body)).await;
                    nothing_of_theirs(&answer.text, path);
                    asked += 1;
                }
            }
        }
        assert!(asked > 40, "{asked}");
    }

    async fn an_organization_that_is_gone_is_nobodys(app) {
        World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        // As it is where ChargePoint and the stock no longer name it.
        sqlx_execute(app, "UPDATE accounts SET organizations = '[\"1:GONE\"]' WHERE name = 'Lena'").await;
        for list in ["/locations", "/connections", "/station_tokens", "/driver_requests", "/organizations", "/evses"] {
            assert_eq!(person.get(list).await.ok()["total"], 0, "{list}");
        }
        let session = person.get("/session").await.ok();
        assert_eq!(session["organizations"], json!([{ "id": "1:GONE", "name": "1:GONE", "ours": false }]));
        assert_eq!(person.get("/driver_requests/pending").await.ok()["count"], 0);
        assert_eq!(person.get("/station_tokens/summary").await.ok()["plans"], json!([]));
    }

    async fn two_organizations_are_both_reached(app) {
        World::of(app).await;
        let person = limited(app, "Lena", &[OURS, THEIRS]).await;
        for list in ["/locations", "/connections", "/station_tokens", "/driver_requests", "/organizations"] {
            assert_eq!(person.get(list).await.ok()["total"], 2, "{list}");
        }
        let found = person.get(&format!("/locations?q={HIDDEN}&filter=visibility:is:Private")).await.ok();
        assert_eq!(found["total"], 1);
        let none: Value = person.get("/driver_requests").await.ok()["problem"].clone();
        assert!(none.is_null());
    }
}

/// Changes the books past everything.
pub async fn sqlx_execute(app: &TestApp, sql: &'static str) {
    let mut tx = app.app.books.write().await.unwrap();
    sqlx::query(sql).execute(&mut *tx).await.unwrap();
    tx.silently("a test does what the portal does not");
    tx.commit().await.unwrap();
}
