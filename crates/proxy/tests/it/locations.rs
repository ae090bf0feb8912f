use reqwest::Method;
use serde_json::json;

use crate::support::{TestApp, on_both};

on_both! {
    async fn a_location_is_read_and_changed_with_its_version(app) {
        let id = app.location("Oosteinde").await;
        let path = format!("/locations/{id}");
        let read = app.get(&path).await;
        assert_eq!(read.header("etag"), "\"1\"");
        let location = read.ok();
        assert_eq!((location["name"].as_str(), location["visibility"].as_str()), (Some("Oosteinde"), Some("Published")));

        let patch = json!({
            "name": " Oosteinde Garage ",
            "coordinates": { "latitude": 52.16, "longitude": 4.49 },
            "openingHours": { "1": [{ "startTime": "08:00", "endTime": "24:00" }] },
            "notes": "Barrier",
        });
        let changed = app.change(Method::PATCH, &path, &location["version"], patch).await;
        assert_eq!(changed.header("etag"), "\"2\"");
        let changed = changed.ok();
        assert_eq!(changed["name"], "Oosteinde Garage");
        assert_eq!(changed["coordinates"]["latitude"], 52.16);
        assert_eq!(changed["openingHours"]["1"][0]["endTime"], "24:00");
        assert_eq!(changed["address"]["city"], "Leiden");
        assert_eq!(app.get(&path).await.ok(), changed);

        let same = app.change(Method::PATCH, &path, &json!(2), json!({ "notes": "Barrier" })).await;
        assert_eq!(same.ok()["version"], 2, "nothing changed, so the version stays");
    }

    async fn publish_and_unpublish(app) {
        let id = app.location("Oosteinde").await;
        let unpublish = format!("/locations/{id}/unpublish");
        let publish = format!("/locations/{id}/publish");
        let hidden = app.change(Method::POST, &unpublish, &json!(1), json!(null)).await.ok();
        assert_eq!((hidden["visibility"].as_str(), hidden["version"].as_u64()), (Some("Unpublished"), Some(2)));
        let again = app.change(Method::POST, &unpublish, &json!(2), json!(null)).await.ok();
        assert_eq!(again["version"], 2);
        let shown = app.change(Method::POST, &publish, &json!(2), json!(null)).await.ok();
        assert_eq!(shown["visibility"], "Published");
    }

    async fn a_private_location_cannot_be_published(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["NL-GFX-C00000001-4", "NL-GFX-C00000002-1"]).await;
        let refused = app.change_any(&format!("/locations/{id}/publish"), json!(null)).await;
        let problem = refused.problem(409, "/problems/list-not-empty");
        assert!(problem["detail"].as_str().unwrap().contains("2 charge tokens"), "{problem}");
        let problem = app.change_any("/locations/loc_none/publish", json!(null)).await;
        problem.problem(404, "/problems/not-found");
    }

    async fn what_a_location_cannot_be(app) {
        let id = app.location("Oosteinde").await;
        for (patch, field) in [
            (json!({ "name": "  " }), "name"),
            (json!({ "coordinates": { "latitude": 91.0, "longitude": 0.0 } }), "coordinates"),
            (json!({ "openingHours": { "7": [] } }), "openingHours"),
            (json!({ "openingHours": { "1": [{ "startTime": "8:00", "endTime": "9:00" }] } }), "openingHours.1"),
            (json!({ "openingHours": { "1": [{ "startTime": "08:60", "endTime": "09:00" }] } }), "openingHours.1"),
        ] {
            let refused = app.change(Method::PATCH, &format!("/locations/{id}"), &json!(1), patch).await;
            assert_eq!(refused.problem(422, "/problems/invalid")["errors"][0]["field"], field);
        }
        assert_eq!(app.get(&format!("/locations/{id}")).await.ok()["version"], 1);
    }
}
