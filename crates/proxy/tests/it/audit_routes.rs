//! Every route that changes anything, done once: it left a line, or stands here with the reason why not.

use std::collections::BTreeSet;

use proxy::access::routes;
use proxy::books::accounts::password;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::audit::{lines, whole};
use crate::connections::connection;
use crate::decision::refused::refused;
use crate::driver_requests::ask;
use crate::estate::sample::{Samples, changes};
use crate::ocpi::partner::Remote;
use crate::support::{Answer, Person, TestApp, http};

/// Routes that leave no line, and why.
const SILENT: &[(&str, &str)] = &[
    (
        "PUT /tables/{list}",
        "what a person sees of a table concerns nobody else",
    ),
    (
        "POST /locations/{id}/authorization/imports",
        "nothing but the import has changed",
    ),
    (
        "PUT /locations/{id}/authorization/imports/{importId}/chunks/{seq}",
        "nothing but the import has changed",
    ),
    (
        "DELETE /locations/{id}/authorization/imports/{importId}",
        "nothing but the import has changed",
    ),
    (
        "POST /station_tokens/imports",
        "nothing but the import has changed",
    ),
    (
        "DELETE /station_tokens/imports/{importId}",
        "nothing but the import has changed",
    ),
    ("POST /station_tokens/transfers/check", "it only looks"),
    ("POST /authorize", "a question changes nothing"),
    ("POST /authorize/test", "a question changes nothing"),
    ("POST /load/shed/preview", "it only looks"),
    ("POST /chargepoint/test", "a question changes nothing"),
];

const PASSWORD: &str = "violet kettle drives south";

struct Walk {
    app: TestApp,
    ana: Person,
    done: BTreeSet<String>,
}

impl Walk {
    async fn begin() -> Self {
        let app = TestApp::builder().estate(160).start().await;
        let ana = app.person("Ana Torres", "administrator").await;
        let hash = password::hash(PASSWORD).await.unwrap();
        let mut tx = app.app.books.write().await.unwrap();
        password::set(&mut tx, &ana.account.id, &hash).await.unwrap();
        tx.commit().await.unwrap();
        let ana = app.signed_in(ana.account).await;
        let done = BTreeSet::new();
        Self { app, ana, done }
    }

    /// Does what a route does, and looks for its line.
    async fn step(&mut self, route: &str, request: RequestBuilder) -> Answer {
        let before = whole(&self.app).await;
        let answer = Answer::of(request).await;
        assert!((200..300).contains(&answer.status), "{route}: {}", answer.text);
        let told = lines(&self.app, "").await.len().min(500);
        let new = whole(&self.app).await - before;
        let silent = SILENT.iter().any(|(known, _)| *known == route);
        assert_eq!(new == 0, silent, "{route}: {new} lines");
        assert!(told > 0);
        self.done.insert(route.to_owned());
        answer
    }

    /// A route whose names in braces are these, in order.
    async fn act(&mut self, route: &str, ids: &[&str], body: Value) -> Value {
        let (method, pattern) = route.split_once(' ').unwrap();
        let mut ids = ids.iter();
        let parts = pattern.split('/').map(|part| match part.starts_with('{') {
            true => (*ids.next().unwrap()).to_owned(),
            false => part.to_owned(),
        });
        let path = parts.collect::<Vec<_>>().join("/");
        let method: Method = method.parse().unwrap();
        let request = self
            .ana
            .request(method, &path)
            .header("if-match", "*")
            .json(&body);
        self.step(route, request).await.json
    }
}

fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_that_changes_anything_leaves_a_line() {
    let mut walk = Walk::begin().await;
    walk.act("POST /locations/sync", &[], Value::Null).await;
    locations(&mut walk).await;
    records(&mut walk).await;
    station_tokens(&mut walk).await;
    connections(&mut walk).await;
    chargestations(&mut walk).await;
    partners(&mut walk).await;
    accounts(&mut walk).await;
    calls(&mut walk).await;
    sessions(&mut walk).await;
    let all: BTreeSet<String> = routes::all()
        .filter(|(method, path, _)| **method != Method::GET && !path.ends_with("/export"))
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    assert_eq!(walk.done, all);
    println!(
        "routes that change anything: {}, of which {} leave a line",
        all.len(),
        all.len() - SILENT.len()
    );
}

async fn locations(walk: &mut Walk) {
    let first = walk.app.get("/locations").await.ok()["items"][0].clone();
    let location = id(&first);
    walk.act(
        "PATCH /locations/{id}",
        &[location],
        json!({ "notes": "Ring twice" }),
    )
    .await;
    walk.act("POST /locations/{id}/unpublish", &[location], Value::Null)
        .await;
    walk.act("POST /locations/{id}/publish", &[location], Value::Null)
        .await;
    let question = json!({ "locationId": location, "authId": "AB-1" });
    walk.act("POST /authorize", &[], question).await;
    let question = json!({ "locationId": location, "id": "AB-1" });
    walk.act("POST /authorize/test", &[], question).await;
    let customers = [walk.app.customer("Acme").await, walk.app.customer("Bolt").await];
    let list = "/locations/{id}/authorization";
    walk.act(
        &format!("POST {list}/customers"),
        &[location],
        json!({ "customerIds": customers }),
    )
    .await;
    walk.act(
        &format!("POST {list}/tokens"),
        &[location],
        json!({ "authIds": ["AB-1", "AB-2"] }),
    )
    .await;
    let stranger = json!({ "locationId": location, "authId": "XY-9" });
    walk.app.post("/authorize", stranger).await.ok();
    refused(&walk.app, location, |rows| rows.len() == 1).await;
    walk.act(
        "POST /locations/{id}/refused/forget",
        &[location],
        json!({ "all": true }),
    )
    .await;
    let one = format!("DELETE {list}/customers/{{entryId}}");
    walk.act(&one, &[location, &customers[0]], Value::Null).await;
    walk.act(
        &format!("POST {list}/customers/remove"),
        &[location],
        json!({ "all": true }),
    )
    .await;
    let entries = walk
        .app
        .get(&format!("/locations/{location}/authorization/tokens"))
        .await
        .ok();
    let entry = entries["items"][0]["entryId"].as_str().unwrap();
    walk.act(
        &format!("DELETE {list}/tokens/{{entryId}}"),
        &[location, entry],
        Value::Null,
    )
    .await;
    let all = json!({ "all": true, "confirm": true });
    walk.act(&format!("POST {list}/tokens/remove"), &[location], all)
        .await;
    for end in ["finalise", "discard"] {
        let new = json!({ "fileName": "tokens.csv", "kind": "auth-id" });
        let staged = walk.act(&format!("POST {list}/imports"), &[location], new).await;
        let import = id(&staged);
        let chunk = format!("PUT {list}/imports/{{importId}}/chunks/{{seq}}");
        walk.act(&chunk, &[location, import, "0"], json!({ "ids": ["AB-1"] }))
            .await;
        let one = format!("{list}/imports/{{importId}}");
        if end == "discard" {
            walk.act(&format!("DELETE {one}"), &[location, import], Value::Null)
                .await;
        } else {
            walk.act(
                &format!("POST {one}/finalise"),
                &[location, import],
                json!({ "ids": 1 }),
            )
            .await;
            let confirmed = json!({ "confirm": true });
            walk.act(&format!("POST {one}/undo"), &[location, import], confirmed)
                .await;
        }
    }
}

async fn records(walk: &mut Walk) {
    let customer = walk.act("POST /customers", &[], json!({ "name": "Coal" })).await;
    walk.act("PATCH /customers/{id}", &[id(&customer)], json!({ "note": "x" }))
        .await;
    walk.act("DELETE /customers/{id}", &[id(&customer)], Value::Null)
        .await;
    let token = walk.act("POST /tokens", &[], json!({ "authId": "CD-1" })).await;
    let which = json!({ "ids": [id(&token)] });
    walk.act("PATCH /tokens/{id}", &[id(&token)], json!({ "note": "x" }))
        .await;
    walk.act("POST /tokens/block", &[], which.clone()).await;
    walk.act("POST /tokens/unblock", &[], which.clone()).await;
    walk.act("POST /tokens/delete", &[], which).await;
    let token = walk.act("POST /tokens", &[], json!({ "authId": "CD-2" })).await;
    walk.act("DELETE /tokens/{id}", &[id(&token)], Value::Null).await;
    let view = json!({ "name": "Mine", "query": "", "everyone": true });
    let view = walk.act("POST /tables/{list}/views", &["tokens"], view).await;
    let changed = json!({ "name": "Ours", "query": "q=x", "everyone": true });
    walk.act("PUT /tables/{list}/views/{id}", &["tokens", id(&view)], changed)
        .await;
    walk.act(
        "DELETE /tables/{list}/views/{id}",
        &["tokens", id(&view)],
        Value::Null,
    )
    .await;
    walk.act("PUT /tables/{list}", &["tokens"], json!({ "compact": true }))
        .await;
}

async fn station_tokens(walk: &mut Walk) {
    let evse = walk.app.get("/evses").await.ok()["items"][0].clone();
    let new =
        |n: usize| json!({ "tokenSn": format!("SN-{n}"), "cloudPlan": "Commercial", "orgId": evse["orgId"] });
    let token = walk.act("POST /station_tokens", &[], new(1)).await;
    walk.act(
        "PATCH /station_tokens/{id}",
        &[id(&token)],
        json!({ "description": "x" }),
    )
    .await;
    let to = json!({ "evseId": evse["id"] });
    walk.act("POST /station_tokens/{id}/apply", &[id(&token)], to)
        .await;
    let token = walk.act("POST /station_tokens", &[], new(2)).await;
    walk.act("DELETE /station_tokens/{id}", &[id(&token)], Value::Null)
        .await;
    walk.act("POST /station_tokens", &[], new(3)).await;
    let transfer =
        json!({ "tokenSns": ["SN-3"], "orgId": "9:ORG9", "orgName": "Elsewhere", "reference": "PO-1" });
    walk.act("POST /station_tokens/transfers/check", &[], transfer.clone())
        .await;
    walk.act("POST /station_tokens/transfers", &[], transfer).await;
    for end in [
        "POST /station_tokens/imports/{importId}/finalise",
        "DELETE /station_tokens/imports/{importId}",
    ] {
        let row = format!("SN-{}", end.len());
        let file = format!(
            "Token S/N,Cloud Plan,Org ID\n{row},Commercial,{}\n",
            evse["orgId"].as_str().unwrap()
        );
        let request = walk.ana.request(Method::POST, "/station_tokens/imports");
        let request = request.header("content-type", "text/csv").body(file);
        let staged = walk.step("POST /station_tokens/imports", request).await.json;
        assert_eq!(staged["new"], 1, "{staged}");
        walk.act(end, &[id(&staged)], Value::Null).await;
    }
    let imported = lines(
        &walk.app,
        "filter=action:is:Imported&filter=kind:is:Station%20token",
    )
    .await;
    assert!(
        imported.len() == 1 && imported[0].batch.starts_with("sti_"),
        "{imported:?}"
    );
    assert_eq!(
        imported[0].organization,
        evse["orgId"].as_str().unwrap().to_lowercase()
    );
    let moved = &lines(&walk.app, "filter=action:is:Transferred").await[0].summary;
    assert!(
        moved.contains("→ Elsewhere") && moved.ends_with("Reference: PO-1"),
        "{moved}"
    );
}

async fn connections(walk: &mut Walk) {
    let evse = walk.app.get("/evses").await.ok()["items"][0].clone();
    let new = json!({ "orgId": evse["orgId"], "connectionName": "Employees", "visibility": "Public" });
    let made = walk.act("POST /connections", &[], new).await;
    let one = id(&made).to_owned();
    walk.act(
        "PATCH /connections/{id}",
        &[&one],
        json!({ "benefits": ["Discount"] }),
    )
    .await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(4, 4)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let request = walk.ana.request(Method::PUT, &format!("/connections/{one}/logo"));
    let request = request.header("if-match", "*").body(png.into_inner());
    walk.step("PUT /connections/{id}/logo", request).await;
    walk.act("DELETE /connections/{id}/logo", &[&one], Value::Null)
        .await;
    walk.act("POST /connections/{id}/invitation/rotate", &[&one], Value::Null)
        .await;
    let asked = ask(&walk.app, &one, &[("Anna", ""), ("Bram", "")]).await;
    for (route, ids, request) in [
        ("POST /driver_requests/decide", vec![], &asked[0]),
        (
            "POST /connections/{id}/driver_requests/decide",
            vec![one.as_str()],
            &asked[1],
        ),
    ] {
        let body = json!({ "chosen": { "ids": [request] }, "decision": "Deny", "text": "Sorry" });
        walk.act(route, &ids, body).await;
    }
    let drivers = walk
        .app
        .get("/driver_requests?filter=source:is:ChargePoint&filter=status:is:Pending")
        .await
        .ok();
    let body = json!({ "chosen": { "ids": [id(&drivers["items"][0])] }, "decision": "Approve" });
    walk.act("POST /driver_requests/decide", &[], body).await;
    let other = connection(&walk.app, json!({ "orgId": evse["orgId"] })).await;
    walk.act("DELETE /connections/{id}", &[&other], Value::Null).await;
}

async fn chargestations(walk: &mut Walk) {
    let new = json!({ "endpoint": "edrv01", "protocol": "ocpp1.6" });
    let own = walk.act("POST /chargestations", &[], new).await;
    let own = own["_id"].as_str().unwrap();
    walk.act("PATCH /chargestations/{id}", &[own], json!({ "model": "EVE" }))
        .await;
    walk.act("DELETE /chargestations/{id}", &[own], Value::Null).await;
}

async fn partners(walk: &mut Walk) {
    let new = json!({ "name": "Move", "countryCode": "NL", "partyId": "TNM", "role": "EMSP" });
    let partner = walk.act("POST /partners", &[], new).await;
    let path = [id(&partner)];
    walk.act("PATCH /partners/{id}", &path, json!({ "role": "CPO" }))
        .await;
    walk.act("POST /partners/{id}/token", &path, Value::Null).await;
    let remote = Remote::of(&["2.2.1"]).await;
    remote.answers(remote.credentials("c", "NL-TNM", &["CPO"]));
    let given = json!({ "versionsUrl": remote.versions(), "token": "a" });
    walk.act("POST /partners/{id}/register", &path, given).await;
    walk.act("POST /partners/{id}/revoke", &path, Value::Null).await;
    walk.act("DELETE /partners/{id}", &path, Value::Null).await;
}

async fn accounts(walk: &mut Walk) {
    let new = json!({ "name": "Ben Li", "email": "ben@portal.example", "roleId": "viewer" });
    let account = walk.act("POST /accounts", &[], new).await;
    let ben = serde_json::from_value(account.clone()).unwrap();
    walk.app.signed_in(ben).await;
    walk.act("DELETE /accounts/{id}/sessions", &[id(&account)], Value::Null)
        .await;
    walk.act(
        "PATCH /accounts/{id}",
        &[id(&account)],
        json!({ "status": "Disabled" }),
    )
    .await;
    walk.act("POST /accounts/{id}/set-up", &[id(&account)], Value::Null)
        .await;
    walk.act("DELETE /accounts/{id}", &[id(&account)], Value::Null)
        .await;
    let role = walk
        .act(
            "POST /roles",
            &[],
            json!({ "name": "Guest", "permissions": ["View:Token"] }),
        )
        .await;
    walk.act("PATCH /roles/{id}", &[id(&role)], json!({ "permissions": [] }))
        .await;
    walk.act("DELETE /roles/{id}", &[id(&role)], Value::Null).await;
    let key = json!({ "name": "Robot", "permissions": ["View:Token"], "days": 3 });
    let key = walk.act("POST /keys", &[], key).await;
    walk.act("DELETE /keys/{id}", &[id(&key)], Value::Null).await;
}

/// Changes at ChargePoint.
async fn calls(walk: &mut Walk) {
    let samples = Samples::of(&walk.app).await;
    walk.act("POST /chargepoint/test", &[], Value::Null).await;
    walk.act("POST /load/shed/preview", &[], samples.shed()).await;
    let alarms = walk.ana.get("/alarms?pageSize=500").await.ok();
    let mut open = alarms["items"].as_array().unwrap().iter();
    let other = open
        .find(|alarm| alarm["stationId"] != samples.alarmed())
        .unwrap();
    let chosen = json!({ "chosen": { "ids": [other["id"]] }, "reason": "seen" });
    walk.act("POST /alarms/clear", &[], chosen).await;
    changes(&samples, async |route, path, body| {
        let method: Method = route.split(' ').next().unwrap().parse().unwrap();
        let request = walk.ana.request(method, &path).json(&body);
        walk.step(route, request).await.json
    })
    .await;
}

async fn sessions(walk: &mut Walk) {
    let account = walk.ana.account.clone();
    let typed = json!({ "email": account.email, "password": PASSWORD });
    let request = http()
        .post(format!("{}/api/v1/session", walk.app.site()))
        .json(&typed);
    walk.step("POST /session", request).await;
    let signed_in = lines(&walk.app, "filter=action:is:Signed%20in").await[0].clone();
    assert_eq!(
        (signed_in.who.as_str(), signed_in.account_id),
        ("Ana Torres", account.id.clone())
    );
    let sessions = walk.ana.get("/sign-ins").await.ok();
    let other = sessions
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["current"] == false)
        .unwrap();
    walk.act("DELETE /sign-ins/{id}", &[id(other)], Value::Null).await;
    let typed = json!({ "current": PASSWORD, "new": "another kettle drives north" });
    walk.act("PUT /session/password", &[], typed).await;
    for route in ["DELETE /session", "DELETE /sign-ins"] {
        walk.ana = walk.app.signed_in(account.clone()).await;
        walk.act(route, &[], Value::Null).await;
    }
}
