//! What takes the server long is done only so often for an account.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn exports_and_imports_are_counted_for_each_account() {
    let app = TestApp::sqlite().await;
    let other = app.person("Other", "administrator").await;
    let location = app.location("Depot").await;
    let imports = format!("/locations/{location}/authorization/imports");
    for (most, path) in [(300, "/customers/export?format=csv"), (600, imports.as_str())] {
        let is_file = path.starts_with("/customers");
        let ask = async || match is_file {
            true => app.get(path).await,
            false => app.post(path, json!({})).await,
        };
        for turn in 0..most {
            assert_ne!(ask().await.status, 429, "{path}: {turn}");
        }
        let refused = ask().await;
        let wait = refused.headers["retry-after"]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap();
        assert!((1..=600).contains(&wait), "{wait}");
        refused.problem(429, "/problems/too-many-requests");
        let theirs = match is_file {
            true => other.get(path).await,
            false => other.send(reqwest::Method::POST, path, json!({})).await,
        };
        assert_ne!(theirs.status, 429, "{path}");
    }
    app.get("/customers").await.ok();
}
