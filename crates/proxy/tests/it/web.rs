use crate::support::TestApp;

const HTML: &str = "text/html,application/xhtml+xml";

#[tokio::test]
async fn the_apps_files_and_its_pages() {
    let app = TestApp::sqlite().await;
    let web = app.dir.path().join("web");
    let person = app.person("Ana Torres", "viewer").await;
    person.page("/").await.problem(404, "/problems/not-found");
    std::fs::create_dir_all(&web).unwrap();
    std::fs::write(web.join("index.html"), "<script src=/boot.js></script>").unwrap();
    std::fs::write(web.join("app-0123456789abcdef.js"), "plain").unwrap();
    std::fs::write(web.join("app-0123456789abcdef.js.br"), "packed").unwrap();
    std::fs::write(web.join("icon.svg"), "<svg/>").unwrap();

    for page in ["/", "/index.html", "/locations/loc_1/authorization"] {
        let nobody = crate::support::http()
            .get(format!("{}{page}", app.site()))
            .header("accept", HTML);
        let nobody = crate::support::Answer::of(nobody).await;
        assert_eq!(nobody.status, 303, "{page}");
        assert!(nobody.header("location").starts_with("/sign-in"), "{page}");
        let answer = person.page(page).await;
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (200, "<script src=/boot.js></script>"),
            "{page}"
        );
        assert_eq!(answer.header("cache-control"), "no-cache");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "{policy}"
        );
    }
    std::fs::write(web.join("index.html.br"), "packed page").unwrap();
    let packed = crate::support::http()
        .get(format!("{}/locations", app.site()))
        .header("cookie", &person.cookie)
        .header("accept", HTML)
        .header("accept-encoding", "br");
    let packed = crate::support::Answer::of(packed).await;
    assert_eq!(
        (packed.header("content-encoding"), packed.text.as_str()),
        ("br", "packed page")
    );
    assert_eq!(packed.header("content-type"), "text/html; charset=utf-8");
    assert!(packed.headers.get("last-modified").is_none());
    let program = crate::support::http().get(format!("{}/", app.site()));
    assert_eq!(program.send().await.unwrap().status(), 303, "for programs too");
    let script = app.get_file("/app-0123456789abcdef.js", "*/*").await;
    assert_eq!(script.text, "plain");
    assert!(script.header("cache-control").contains("immutable"));
    std::fs::create_dir_all(web.join("icons")).unwrap();
    std::fs::write(web.join("icons/portal.svg"), "<svg/>").unwrap();
    let icon = app.get_file("/icons/portal.svg", "*/*").await;
    assert_eq!(icon.header("cache-control"), "public, max-age=86400");
    let icon = app.get_file("/icon.svg", "*/*").await;
    assert_eq!(icon.header("cache-control"), "no-cache");
    let http = crate::support::http();
    let url = app
        .request(reqwest::Method::GET, "/healthz")
        .build()
        .unwrap()
        .url()
        .clone();
    let packed = http
        .get(url.join("/app-0123456789abcdef.js").unwrap())
        .header("accept-encoding", "br");
    let packed = crate::support::Answer::of(packed).await;
    assert_eq!(
        (packed.header("content-encoding"), packed.text.as_str()),
        ("br", "packed")
    );
    assert_eq!(
        app.get_file("/icon.svg", "*/*").await.header("content-type"),
        "image/svg+xml"
    );

    app.get_file("/missing.js", "*/*")
        .await
        .problem(404, "/problems/not-found");
    app.get_file("/api/v1/nothing", HTML)
        .await
        .problem(404, "/problems/not-found");
    app.get_file("/../portal.sqlite", "*/*")
        .await
        .problem(404, "/problems/not-found");
    app.get_file("/%2e%2e/portal.sqlite", "*/*")
        .await
        .problem(404, "/problems/not-found");
}
