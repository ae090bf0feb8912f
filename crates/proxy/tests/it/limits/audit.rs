//! What the audit log, and records of their past, tell somebody who is limited.

use domain::audit::Line;
use reqwest::Method;
use serde_json::json;

use super::{HIDDEN, OURS, THEIRS, World, limited, nothing_of_theirs};
use crate::audit::{lines, whole};
use crate::support::{Answer, Person, TestApp, on_both};

/// The lines that somebody finds, the newest first.
async fn told(person: &Person, path: &str) -> Vec<Line> {
    let page = person.get(path).await.ok();
    let told: Vec<Line> = serde_json::from_value(page["items"].clone()).unwrap();
    assert_eq!(page["total"], told.len(), "{path}");
    told
}

/// The numbers of lines.
fn numbers(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.id.as_str()).collect()
}

on_both! {
    async fn the_log_holds_the_lines_of_ones_own_organizations(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let name = json!({ "name": "Ours now" });
        person.send(Method::PATCH, &format!("/locations/{}", world.ours.location), name).await.ok();
        app.change_any(&format!("/locations/{}/publish", world.theirs.location), json!({})).await;
        app.change(Method::PATCH, &format!("/locations/{}", world.theirs.location), &json!("*"), json!({ "notes": "Theirs" })).await;

        let all = lines(app, "").await;
        let of = |org: &str| all.iter().filter(|line| line.organization == org.to_lowercase()).cloned().collect::<Vec<_>>();
        let (ours, theirs, nobodys) = (of(OURS), of(THEIRS), of(""));
        // Location, list, connection, station token and request at the least; customers and accounts are nobody's.
        assert!(ours.len() >= 5 && theirs.len() >= 5 && nobodys.len() >= 3, "{all:#?}");
        assert_eq!(ours.len() + theirs.len() + nobodys.len(), all.len());
        for kind in ["locations", "connections", "station_tokens", "driver_requests"] {
            for (org, lines) in [(OURS, &ours), (THEIRS, &theirs)] {
                assert!(lines.iter().any(|line| line.resource == kind), "{kind} of {org}");
            }
        }
        assert!(ours.iter().any(|line| line.who == "Lena" && line.record == "Ours now"));
        let seen = told(&person, "/audit?pageSize=500").await;
        assert_eq!(numbers(&seen), numbers(&ours));
        assert_eq!(seen[0].address, "127.0.0.1");
        assert_eq!(told(&person, &format!("/audit?q={HIDDEN}")).await, []);
        assert_eq!(told(&person, &format!("/audit?filter=recordId:is:{}", world.theirs.location)).await, []);
        let any = told(&person, &format!("/audit?match=any&pageSize=500&filter=who:isNotEmpty:&filter=record:contains:{HIDDEN}")).await;
        assert_eq!(numbers(&any), numbers(&ours));
        let both = limited(app, "Berta", &[OURS, THEIRS]).await;
        assert_eq!(told(&both, "/audit?pageSize=500").await.len(), ours.len() + theirs.len());
        whole(app).await;
    }

    async fn files_of_the_log_hold_no_more_than_the_log(app) {
        World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let (all, own) = (lines(app, "").await, told(&person, "/audit?pageSize=500").await);
        let every: Vec<&str> = numbers(&all);
        for body in [json!({ "format": "json" }), json!({ "format": "json", "ids": every })] {
            let file = Answer::of(person.request(Method::POST, "/audit/export").json(&body)).await;
            nothing_of_theirs(&file.text, "the file");
            assert_eq!(file.json.as_array().unwrap().len(), own.len());
        }
    }

    async fn a_record_tells_what_happened_while_it_was_ones_own(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let token = &world.theirs.token;
        let path = format!("/station_tokens/{token}/history");
        person.get(&path).await.problem(404, "/problems/not-found");
        let moves = json!({ "tokenSns": ["VBG-1"], "orgId": OURS });
        assert_eq!(app.post("/station_tokens/transfers", moves).await.status, 201);
        let words = |lines: Vec<Line>| lines.into_iter().map(|line| line.action).collect::<Vec<_>>();
        let everything: Vec<Line> = serde_json::from_value(app.get(&path).await.ok()["items"].clone()).unwrap();
        assert_eq!(words(everything), ["Transferred", "Added"]);
        // From where it came concerns whoever has it now; what happened to it there does not.
        let own = told(&person, &path).await;
        assert_eq!(own[0].summary, format!("Org ID: {THEIRS} → {OURS} · Org Name: {HIDDEN} → Alpha"));
        assert_eq!(words(own), ["Transferred"]);
        // Who had it then no longer reaches it.
        let theirs = limited(app, "Theo", &[THEIRS]).await;
        theirs.get(&path).await.problem(404, "/problems/not-found");
        assert!(told(&theirs, "/audit?filter=kind:is:Station%20token").await.iter().all(|line| line.action == "Added"));
    }

    async fn what_is_everybodys_tells_everybody_its_past_without_addresses(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let path = format!("/customers/{}/history", world.customer);
        let own = told(&person, &path).await;
        assert_eq!((own[0].action.as_str(), own[0].address.as_str()), ("Added", ""));
        assert_eq!(app.get(&path).await.ok()["items"][0]["address"], "127.0.0.1");
        assert_eq!(told(&person, &format!("{path}?filter=address:contains:127")).await, []);
        // The log itself holds what is of one's own organizations.
        assert_eq!(told(&person, "/audit?filter=kind:is:Customer").await, []);
    }
}
