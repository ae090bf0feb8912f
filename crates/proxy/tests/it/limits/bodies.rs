//! What a body names of another organization.

use reqwest::Method;
use serde_json::{Value, json};

use super::{OURS, THEIRS, World, limited, nothing_of_theirs};
use crate::support::{Answer, Person, TestApp, on_both};

async fn refused(person: &Person, method: Method, path: &str, body: Value) -> Value {
    let answer = person.send(method, path, body).await;
    nothing_of_theirs(&answer.text.replace(THEIRS, ""), path);
    assert!(
        (400..500).contains(&answer.status),
        "{path}: {} {}",
        answer.status,
        answer.text
    );
    answer.json
}

on_both! {
    async fn no_body_reaches_what_is_of_another_organization(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let (ours, theirs) = (&world.ours, &world.theirs);
        let before = theirs.picture(app).await;
        let made = json!({ "orgId": THEIRS, "connectionName": "New", "connectionType": "Standard" });
        let told = refused(&person, Method::POST, "/connections", made).await;
        assert_eq!(told["errors"][0]["message"], "there is no such organization; choose one of those listed");
        let own = format!("/connections/{}", ours.connection);
        refused(&person, Method::PATCH, &own, json!({ "orgId": THEIRS })).await;
        let token = json!({ "orgId": THEIRS, "tokenSn": "NEW-1", "partNo": "P", "cloudPlan": "Plan" });
        refused(&person, Method::POST, "/station_tokens", token).await;
        let again = json!({ "orgId": OURS, "tokenSn": "VBG-1", "partNo": "P", "cloudPlan": "Plan" });
        let told = refused(&person, Method::POST, "/station_tokens", again).await;
        assert_eq!(told["detail"], "There is a station token VBG-1 already; it belongs to another organization.");
        let apply = format!("/station_tokens/{}/apply", ours.token);
        refused(&person, Method::POST, &apply, json!({ "evseId": "1:2-1" })).await;

        // Decisions by id and by query.
        let decide = async |chosen: Value| {
            let body = json!({ "chosen": chosen, "decision": "Approve" });
            person.send(Method::POST, "/driver_requests/decide", body).await
        };
        let told = decide(json!({ "ids": [theirs.request, ours.request] })).await.ok();
        assert_eq!((&told["done"], &told["undone"][0]["reason"]), (&json!(1), &json!("is gone")));
        decide(json!({ "query": "", "count": 2 })).await.problem(409, "/problems/selection-changed");
        assert_eq!(theirs.picture(app).await, before);
    }

    async fn tokens_are_transferred_among_ones_own_organizations(app) {
        let world = World::of(app).await;
        let (person, both) = (limited(app, "Lena", &[OURS]).await, limited(app, "Berta", &[OURS, THEIRS]).await);
        let path = "/station_tokens/transfers";
        let theirs = json!({ "tokenSns": ["VBG-1"], "orgId": OURS });
        let check = person.send(Method::POST, &format!("{path}/check"), theirs.clone()).await.ok();
        assert_eq!((&check["moves"], &check["reasons"][0]["reason"]), (&json!(0), &json!("unknown")));
        refused(&person, Method::POST, path, theirs).await;
        let by_id = json!({ "chosen": { "ids": [world.theirs.token], "count": 1 }, "orgId": OURS });
        refused(&person, Method::POST, path, by_id).await;
        let all = json!({ "chosen": { "query": "", "count": 2 }, "orgId": OURS });
        refused(&person, Method::POST, path, all).await;
        for to in [json!({ "orgId": THEIRS }), json!({ "orgId": THEIRS, "orgName": "Mine" }), json!({ "orgId": "1:NEW", "orgName": "New" })] {
            let mut body = json!({ "tokenSns": ["ALP-1"] });
            body.as_object_mut().unwrap().extend(to.as_object().unwrap().clone());
            let told = refused(&person, Method::POST, path, body).await;
            let said = "your account transfers tokens among the organizations that it is limited to";
            assert_eq!(told["errors"][0]["message"], said);
        }
        let moved = both.send(Method::POST, path, json!({ "tokenSns": ["ALP-1"], "orgId": THEIRS })).await;
        assert_eq!((moved.status, &moved.json["moves"]), (201, &json!(1)));
        assert_eq!(person.get("/station_tokens").await.ok()["total"], 0);
    }

    async fn a_file_adds_and_changes_ones_own_tokens_only(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let read = async |file: &str| Answer::of(person.request(Method::POST, "/station_tokens/imports").body(file.to_owned())).await;
        let file = format!(
            "Token S/N,Part No.,Cloud Plan,Description,Org ID,Org Name,EVSE ID,Status\n\
             VBG-1,P,Plan,Taken,,,,\n\
             NEW-1,P,Plan,,{THEIRS},,,New\n\
             NEW-2,P,Plan,,,Nobody,,New\n\
             NEW-3,P,Plan,,1:NEW,New,,New\n\
             NEW-4,P,Plan,,{OURS},,1:2-1,Active\n\
             NEW-5,P,Plan,,{OURS},,1:1-1,Active\n\
             ALP-1,P,Plan,Better,,,,\n"
        );
        let preview = read(&file).await;
        nothing_of_theirs(&preview.text, "the preview");
        assert_eq!([&preview.json["new"], &preview.json["changed"], &preview.json["bad"]], [1, 1, 5], "{}", preview.text);
        let messages: Vec<&str> = preview.json["problems"].as_array().unwrap().iter().filter_map(|one| one["message"].as_str()).collect();
        let limit = "none of the organizations that your account is limited to";
        let evse = "1:2-1 belongs to another organization than the token";
        assert_eq!(messages, ["it belongs to another organization, which is not ours", limit, limit, limit, evse]);
        let id = preview.json["id"].as_str().unwrap();
        // Somebody else who is limited finds no such import, an administrator does.
        let other = limited(app, "Otto", &[OURS]).await;
        let path = format!("/station_tokens/imports/{id}");
        other.get(&path).await.problem(404, "/problems/not-found");
        other.send(Method::POST, &format!("{path}/finalise"), json!({})).await.problem(404, "/problems/not-found");
        app.get(&path).await.ok();
        // Limits that changed meanwhile count.
        let account = format!("/accounts/{}", person.account.id);
        let change = json!({ "organizations": [THEIRS] });
        app.change(Method::PATCH, &account, &json!(1), change).await.ok();
        let person = app.signed_in(person.account).await;
        let late = person.send(Method::POST, &format!("{path}/finalise"), json!({})).await;
        late.problem(409, "/problems/import-state");
        let back = json!({ "organizations": [OURS] });
        app.change(Method::PATCH, &account, &json!(2), back).await.ok();
        let person = app.signed_in(person.account).await;
        let done = person.send(Method::POST, &format!("{path}/finalise"), json!({})).await.ok();
        assert_eq!((&done["added"], &done["changed"]), (&json!(1), &json!(1)));
        assert_eq!(app.get(&format!("/station_tokens/{}", world.theirs.token)).await.ok()["version"], 1);
    }
}
