//! Filters of lists, from outside.

use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both, query};

/// A list asked with filters.
async fn ask(app: &TestApp, path: &str, any: bool, filters: &[&str]) -> Answer {
    let mut pairs: Vec<(&str, &str)> = filters.iter().map(|filter| ("filter", *filter)).collect();
    if any {
        pairs.push(("match", "any"));
    }
    app.get(&format!("{path}?{}", query(&pairs))).await
}

/// What stands in one field of the rows that are found.
async fn found(app: &TestApp, path: &str, field: &str, filters: &[&str]) -> Vec<String> {
    let page = ask(app, path, false, filters).await.ok();
    texts(&page, field)
}

fn texts(page: &Value, field: &str) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    let text = |row: &Value| row[field].as_str().unwrap_or_default().to_owned();
    let found: Vec<String> = items.iter().map(text).collect();
    assert_eq!(page["total"], found.len());
    found
}

on_both! {
    async fn customers_are_filtered_by_every_kind(app) {
        let acme = app.customer("Ācme 100%").await;
        app.customer("Bolt_1").await;
        app.post("/customers", json!({ "name": "Ça 😀", "email": "É@x.org", "externalId": "C-1" })).await.ok();
        for n in 1..4 {
            app.token(json!({ "authId": format!("CARD{n}"), "customerId": acme })).await;
        }
        for (filters, names) in [
            (vec!["name:is:acme 100%"], vec!["Ācme 100%"]),
            (vec!["name:contains:0%"], vec!["Ācme 100%"]),
            (vec!["name:contains:_"], vec!["Bolt_1"]),
            (vec!["name:startsWith:C"], vec!["Ça 😀"]),
            (vec!["name:contains:😀"], vec!["Ça 😀"]),
            (vec!["name:isNot:BOLT_1"], vec!["Ācme 100%", "Ça 😀"]),
            (vec!["name:in:bolt_1,ca 😀"], vec!["Bolt_1", "Ça 😀"]),
            (vec!["name:contains:' OR 1=1 --"], vec![]),
            (vec!["name:contains:b\0olt"], vec!["Bolt_1"]),
            (vec!["updatedAt:contains:\0z"], vec!["Ācme 100%", "Bolt_1", "Ça 😀"]),
            (vec!["email:is:e@X.org"], vec!["Ça 😀"]),
            (vec!["email:isEmpty:"], vec!["Ācme 100%", "Bolt_1"]),
            (vec!["externalId:isNotEmpty:"], vec!["Ça 😀"]),
            (vec!["tokens:is:3"], vec!["Ācme 100%"]),
            (vec!["tokens:lt:2.5"], vec!["Bolt_1", "Ça 😀"]),
            (vec!["tokens:between:1,3"], vec!["Ācme 100%"]),
            (vec!["tokens:contains:3"], vec!["Ācme 100%"]),
            (vec!["updatedAt:after:2020-01-01", "tokens:gt:0"], vec!["Ācme 100%"]),
            (vec!["updatedAt:before:2020-01-01"], vec![]),
            (vec!["updatedAt:isNot:2020-01-01"], vec!["Ācme 100%", "Bolt_1", "Ça 😀"]),
        ] {
            assert_eq!(found(app, "/customers", "name", &filters).await, names, "{filters:?}");
        }
        let any = ask(app, "/customers", true, &["tokens:gt:2", "name:is:bolt_1"]).await.ok();
        assert_eq!(texts(&any, "name"), ["Ācme 100%", "Bolt_1"]);
        let beyond = app.get("/customers?filter=tokens:lt:9&page=7").await.ok();
        assert_eq!((&beyond["total"], &beyond["items"]), (&json!(3), &json!([])));
    }

    async fn tokens_are_filtered_by_key_choice_and_absence(app) {
        app.token(json!({ "authId": "NL-GFX-C0B34A240-2", "chipId": "04:a1:b2:c3", "visualId": "É-7" })).await;
        app.token(json!({ "authId": "nl-gfx-c0b34a241", "valid": false, "expires": "2030-01-01T00:00:00Z" })).await;
        app.token(json!({ "authId": "CARD_1", "type": "Other", "note": "line\nÖl" })).await;
        for (filters, ids) in [
            (vec!["authId:is:nl*gfx*c0b34a240"], vec!["NL-GFX-C0B34A240-2"]),
            (vec!["authId:is:nl*gfx*c0b34a240*3"], vec![]),
            (vec!["authId:isNot:nl*gfx*c0b34a240"], vec!["CARD_1", "nl-gfx-c0b34a241"]),
            (vec!["authId:in:NLGFXC0B34A240,card 1"], vec!["NL-GFX-C0B34A240-2"]),
            (vec!["authId:startsWith:nl-g"], vec!["NL-GFX-C0B34A240-2", "nl-gfx-c0b34a241"]),
            (vec!["chipId:is:0x04A1B2C3"], vec!["NL-GFX-C0B34A240-2"]),
            (vec!["chipId:isNot:04A1B2C3"], vec!["CARD_1", "nl-gfx-c0b34a241"]),
            (vec!["chipId:isEmpty:"], vec!["CARD_1", "nl-gfx-c0b34a241"]),
            (vec!["chipId:notContains:a1"], vec!["CARD_1", "nl-gfx-c0b34a241"]),
            (vec!["visualId:is:e-7"], vec!["NL-GFX-C0B34A240-2"]),
            (vec!["type:in:other"], vec!["CARD_1"]),
            (vec!["valid:is:no"], vec!["nl-gfx-c0b34a241"]),
            (vec!["expires:is:2030-01-01"], vec!["nl-gfx-c0b34a241"]),
            (vec!["expires:before:2031-01-01"], vec!["nl-gfx-c0b34a241"]),
            (vec!["expires:isEmpty:"], vec!["CARD_1", "NL-GFX-C0B34A240-2"]),
            (vec!["note:contains:ol"], vec!["CARD_1"]),
            (vec!["customer:isEmpty:", "customer:notContains:x"], vec!["CARD_1", "NL-GFX-C0B34A240-2", "nl-gfx-c0b34a241"]),
        ] {
            assert_eq!(found(app, "/tokens", "authId", &filters).await, ids, "{filters:?}");
        }
        let many: Vec<String> = (0..999).map(|n| format!("NLGFXC{n:08}")).chain(["card_1".into()]).collect();
        assert_eq!(found(app, "/tokens", "authId", &[&format!("authId:in:{}", many.join(","))]).await, ["CARD_1"]);
    }

    async fn a_list_s_entries_are_filtered(app) {
        let id = app.location("A").await;
        app.token(json!({ "authId": "NL-GFX-C0B34A240-2", "valid": false })).await;
        app.list(&id, &["nl gfx c0b34a240 2", "DE-XYZ-C00000001"]).await;
        let path = format!("/locations/{id}/authorization/tokens");
        for (filters, ids) in [
            (vec!["id:is:nlgfxc0b34a240"], vec!["NL-GFX-C0B34A240-2"]),
            (vec!["id:isNot:nlgfxc0b34a240"], vec!["DE-XYZ-C00000001"]),
            (vec!["state:in:blocked,valid"], vec!["NL-GFX-C0B34A240-2"]),
            (vec!["state:is:external"], vec!["DE-XYZ-C00000001"]),
        ] {
            assert_eq!(found(app, &path, "id", &filters).await, ids, "{filters:?}");
        }
        let locations = found(app, "/locations", "name", &["visibility:is:private", "tokens:is:2", "city:is:leiden"]).await;
        assert_eq!(locations, ["A"]);
    }

    async fn what_cannot_be_understood_is_named(app) {
        let long = format!("name:contains:{}", "ö".repeat(256));
        let many = format!("name:in:{}", "a,".repeat(1_001));
        for (filter, said) in [
            ("colour:is:x", "there is no field “colour” here"),
            ("name:like:x", "there is no condition “like”"),
            ("name:lt:1", "“Less than” does not fit Name"),
            ("tokens:lt:x", "“x” is no number"),
            ("updatedAt:before:soon", "“soon” is no date; write it as 2026-11-20"),
            ("name:is:", "a value is missing"),
            ("", "there is no field “” here"),
            (&long, "a value has at most 255 characters, this one has 256"),
            (&many, "at most 1000 values, these are 1001"),
        ] {
            let refused = ask(app, "/customers", false, &["name:is:x", filter]).await.problem(422, "/problems/invalid");
            assert_eq!(refused["errors"][0], json!({ "field": "filter[1]", "message": said }));
        }
        let refused = ask(app, "/customers", false, &["name:is:x"; 21]).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["field"], "filter");
        // Nearly as long as an address can be; longer values come in bodies only.
        let long = format!("/customers?filter=name:is:{}", "a".repeat(60_000));
        let refused = app.get(&long).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["message"], "a value has at most 255 characters, this one has 60000");
        // So many values fit, and what does not is said before a server in between says it in its own way.
        let values = |long: usize| format!("externalId:in:{}", vec!["x".repeat(long); 1_000].join(","));
        ask(app, "/customers", false, &[&values(40)]).await.ok();
        let refused = ask(app, "/customers", false, &[&values(28), &values(28)]).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["field"], "filter");
        let why = "Filter: The values are too long for one address; paste fewer, about 96 of 100 fit";
        assert_eq!(refused["detail"], why, "{refused}");
        let chosen = json!({ "query": query(&[("filter", &values(255))]), "count": 1 });
        let refused = app.post("/tokens/block", chosen).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["field"], "filter[0]", "tokens have no External ID");
        app.get("/customers?match=some").await.problem(400, "/problems/malformed-request");
    }
}

/// The books as they were before columns were kept folded.
async fn books_of_before(app: TestApp) {
    app.post("/customers", json!({ "name": "A", "email": "É@x.org" }))
        .await
        .ok();
    app.token(json!({ "authId": "CARD1", "note": "Öl\nund mehr" }))
        .await;
    let location = app.location("A").await;
    let mut tx = app.app.books.write().await.unwrap();
    sqlx::query("UPDATE locations SET city = 'Łódź'")
        .execute(&mut *tx)
        .await
        .unwrap();
    let statements = [
        ("locations", vec!["street_fold", "city_fold", "country_fold"]),
        ("customers", vec!["external_id_fold", "email_fold", "phone_fold"]),
        ("tokens", vec!["visual_id_fold", "issuer_fold", "note_fold"]),
        ("imports", vec!["file_name_fold"]),
    ];
    sqlx::query("DROP INDEX IF EXISTS tokens_visual")
        .execute(&mut *tx)
        .await
        .unwrap();
    for (table, columns) in statements {
        for column in columns {
            let sql = format!("ALTER TABLE {table} DROP COLUMN {column}");
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .execute(&mut *tx)
                .await
                .unwrap();
        }
    }
    for sql in [
        "DROP INDEX tokens_contract",
        "DROP TABLE table_settings",
        "DROP TABLE table_views",
        "DELETE FROM migrations WHERE version = 2",
    ] {
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
    }
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    let app = app.restart().await;
    assert_eq!(
        found(&app, "/customers", "name", &["email:is:e@x.org"]).await,
        ["A"]
    );
    assert_eq!(
        found(&app, "/tokens", "authId", &["note:contains:ol"]).await,
        ["CARD1"]
    );
    assert_eq!(
        found(&app, "/locations", "id", &["city:is:lodz"]).await,
        [location]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_of_before_are_folded_on_sqlite() {
    books_of_before(TestApp::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_of_before_are_folded_on_postgres() {
    if let Some(app) = TestApp::postgres().await {
        books_of_before(app).await;
    }
}
