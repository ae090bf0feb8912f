use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

fn names(page: &Value) -> Vec<&str> {
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect()
}

on_both! {
    async fn a_list_is_searched_sorted_and_paged(app) {
        for name in ["Österreich", "amsel", "Zebra 100%", "Beta_1", "beta 2"] {
            app.customer(name).await;
        }
        let all = app.get("/customers").await.ok();
        assert_eq!(names(&all), ["amsel", "beta 2", "Beta_1", "Österreich", "Zebra 100%"]);
        assert_eq!((&all["total"], &all["page"], &all["pageSize"]), (&json!(5), &json!(1), &json!(50)));
        let down = app.get("/customers?sort=-name&pageSize=2&page=2").await;
        let link = down.header("link").to_owned();
        assert_eq!(names(&down.ok()), ["Beta_1", "beta 2"]);
        for part in ["page=1>; rel=\"prev\"", "page=3>; rel=\"next\"", "page=3>; rel=\"last\""] {
            assert!(link.contains(part), "{link}");
        }
        for (q, found) in [
            ("oster", vec!["Österreich"]),
            ("%C3%96STER", vec!["Österreich"]),
            ("BETA", vec!["beta 2", "Beta_1"]),
            ("2+beta", vec!["beta 2"]),
            ("%25", vec!["Zebra 100%"]),
            ("_", vec!["Beta_1"]),
            ("'", vec![]),
        ] {
            assert_eq!(names(&app.get(&format!("/customers?q={q}")).await.ok()), found, "{q}");
        }
        assert_eq!(app.get("/customers?page=99").await.ok()["items"], json!([]));
        assert_eq!(app.get("/customers?pageSize=100000").await.ok()["pageSize"], 500);
    }

    async fn words_that_no_list_knows_are_named(app) {
        app.customer("Acme").await;
        for (rest, said) in [
            ("fliter=name:is:x", "\"fliter\" is no parameter here; there are q, filter, match, sort, page, pageSize, columns"),
            ("filter[]=name:is:x", "\"filter[]\" is no parameter here"),
            ("Q=x", "\"Q\" is no parameter here"),
            ("format=csv", "\"format\" is no parameter here"),
            ("q=x&q=", "q stands twice"),
            ("match=all&match=any", "match stands twice"),
        ] {
            for path in ["/customers", "/driver_requests", "/organizations", "/evses"] {
                let refused = app.get(&format!("{path}?{rest}")).await.problem(400, "/problems/malformed-request");
                assert!(refused["detail"].as_str().unwrap().starts_with(said), "{path} {refused}");
            }
        }
        let long = app.get(&format!("/customers?{}=1", "ö".repeat(9_000))).await.problem(400, "/problems/malformed-request");
        assert!(long["detail"].as_str().unwrap().len() < 300, "{long}");
        // As an address of the app has it.
        assert_eq!(app.get("/customers?columns=name&filter=name:is:acme&filter=name:isNot:x").await.ok()["total"], 1);
        let refused = app.get("/customers/export?colums=name").await.problem(400, "/problems/malformed-request");
        assert!(refused["detail"].as_str().unwrap().ends_with("columns, format, progress"), "{refused}");
        app.post("/customers/export", json!({ "query": "fliter=name:is:x" })).await.problem(400, "/problems/malformed-request");
    }

    async fn every_column_sorts_both_ways(app) {
        use domain::column::Listed;
        let id = app.location("A").await;
        app.location("B").await;
        let customer = app.customer("Acme").await;
        app.token(json!({ "authId": "NL-GFX-C00000001-4", "chipId": "04A1B2C3", "customerId": customer })).await;
        app.token(json!({ "authId": "NL-GFX-C00000002-1" })).await;
        app.list(&id, &["NL-GFX-C00000001-4", "NL-GFX-C00000003-3"]).await;
        let list = format!("/locations/{id}/authorization");
        app.change_any(&format!("{list}/customers"), json!({ "customerIds": [customer] })).await.ok();
        fn keys<T: Listed>() -> Vec<&'static str> {
            T::HEADS.iter().filter(|head| head.filtered).map(|head| head.key).collect()
        }
        for (path, keys) in [
            ("/locations".to_owned(), keys::<domain::locations::Location>()),
            ("/customers".to_owned(), keys::<domain::customers::Customer>()),
            ("/tokens".to_owned(), keys::<domain::tokens::Token>()),
            (format!("/customers/{customer}/tokens"), keys::<domain::tokens::Token>()),
            (format!("/customers/{customer}/locations"), keys::<domain::authorization::MayChargeAt>()),
            (format!("{list}/customers"), keys::<domain::authorization::CustomerEntry>()),
            (format!("{list}/tokens"), keys::<domain::authorization::TokenEntry>()),
        ] {
            let total = app.get(&path).await.ok()["total"].clone();
            for key in keys {
                for sort in [key.to_owned(), format!("-{key}")] {
                    assert_eq!(app.get(&format!("{path}?sort={sort}&q=")).await.ok()["total"], total, "{path} {sort}");
                }
            }
            let refused = app.get(&format!("{path}?sort=id;drop")).await.problem(422, "/problems/invalid");
            assert_eq!(refused["errors"][0]["field"], "sort");
        }
    }

    async fn ids_are_found_by_key_in_every_list(app) {
        let id = app.location("A").await;
        app.token(json!({ "authId": "NL-GFX-C0B34A240-2", "chipId": "04A1B2C3" })).await;
        app.list(&id, &["nl gfx c0b34a240", "DE-XYZ-C00000001"]).await;
        for path in ["/tokens".to_owned(), format!("/locations/{id}/authorization/tokens")] {
            for q in ["NL*GFX*C0B34A240*2", "nlgfxc0b34a240", "0x04A1B2C3", "c0b34"] {
                assert_eq!(app.get(&format!("{path}?q={q}")).await.ok()["total"], 1, "{path} {q}");
            }
        }
    }
}
