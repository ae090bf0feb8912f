//! The public pages against what no driver sends.

use proxy::edge::{Edge, Proxies};
use reqwest::Method;
use serde_json::json;

use crate::connections::{connection, organization};
use crate::join::{ANNA, Page, get, link, post, requests, send};
use crate::support::{Answer, TestApp};

#[tokio::test]
async fn nothing_that_is_typed_becomes_markup() {
    let app = TestApp::sqlite().await;
    organization(&app).await;
    let evil = "\"><script>alert('x')</script><img src=x onerror=y>";
    let id = connection(
        &app,
        json!({ "connectionName": evil, "orgNameForDrivers": evil, "verifyDriversBy": evil }),
    )
    .await;
    let path = link(&app, &id).await;
    let sent = [
        ("name", evil),
        ("email", "\"<x>\"@example.com"),
        ("answer", evil),
        ("card", evil),
    ];
    for page in [
        get(&app, &path).await,
        send(&app, &path, &sent).await,
        send(&app, &path, &sent[..3]).await,
        send(&app, "/join", &[("code", evil), ("name", evil)]).await,
        Page::of(
            app.request(Method::GET, &format!("/connections/{id}/invitation/sheet"))
                .send()
                .await
                .unwrap(),
        )
        .await,
    ] {
        assert!(
            !page.text.contains("<script>") && !page.text.contains("<img src=x"),
            "{}",
            page.text
        );
    }
    assert_eq!(requests(&app).await.len(), 1);
}

#[tokio::test]
async fn every_page_is_closed_to_the_rest_of_the_web() {
    let app = TestApp::sqlite().await;
    organization(&app).await;
    let path = link(&app, &connection(&app, json!({})).await).await;
    let sent = send(&app, &path, &ANNA).await;
    let page = |path: String| get(&app, path.leak());
    for page in [
        page(path.clone()).await,
        page("/join".into()).await,
        page("/join/x".into()).await,
        page(sent.path).await,
    ] {
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        assert!(
            policy.ends_with("; style-src 'self'; img-src 'self' data:; form-action 'self'"),
            "{policy}"
        );
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("x-robots-tag"), "noindex");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("set-cookie"), "");
    }
    let style = app.get_file("/assets/join.css", "text/css").await;
    assert!(style.text.contains("--accent") && style.header("content-type").starts_with("text/css"));
}

#[tokio::test]
async fn forms_that_no_page_of_ours_sends() {
    let app = TestApp::sqlite().await;
    organization(&app).await;
    let path = link(&app, &connection(&app, json!({})).await).await;
    let large = format!("name={}", "a".repeat(16 * 1024));
    let page = post(&app, &path, large).await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (413, "text/html; charset=utf-8")
    );
    let json = app.request(Method::POST, &path).json(&json!({ "name": "x" }));
    let page = Page::of(json.send().await.unwrap()).await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (400, "text/html; charset=utf-8")
    );
    assert_eq!(
        post(&app, &path, &b"name=%ff&email=\x00\xff"[..]).await.status,
        422
    );
    assert_eq!(post(&app, &path, "a&b&c=&=&&".to_owned()).await.status, 422);

    let from = async |headers: &[(&str, &str)]| {
        let mut request = app
            .request(Method::POST, &path)
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request.body("name=Anna&email=anna%40example.com"))
            .await
            .status
    };
    assert_eq!(from(&[("origin", "https://evil.example")]).await, 403);
    assert_eq!(
        from(&[("origin", "null"), ("sec-fetch-site", "cross-site")]).await,
        403
    );
    assert!(requests(&app).await.is_empty());
    assert_eq!(
        from(&[("origin", "null")]).await,
        200,
        "a browser without TLS, told to send no referrer"
    );
}

/// The tests speak for many clients.
fn behind_a_proxy() -> Edge {
    Edge {
        proxies: Proxies::new(vec!["127.0.0.1".parse().unwrap()]),
        ..Edge::default()
    }
}

#[tokio::test]
async fn too_many_requests_of_one_client() {
    let app = TestApp::builder().edge(behind_a_proxy()).start().await;
    organization(&app).await;
    let path = link(&app, &connection(&app, json!({})).await).await;
    let send_as = async |client: &str| {
        let request = app
            .request(Method::POST, &path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", client);
        Page::of(request.body("name=").send().await.unwrap()).await
    };
    for _ in 0..60 {
        assert_eq!(send_as("10.1.2.3").await.status, 422);
    }
    let over = send_as("10.1.2.3").await;
    assert_eq!(over.status, 429);
    assert!(over.header("retry-after").parse::<u64>().unwrap() <= 600);
    assert_eq!(send_as("10.1.2.4").await.status, 422);
}

#[tokio::test]
async fn what_a_stranger_sends_with_an_address_leaves_room_for_its_owner() {
    let app = TestApp::builder().edge(behind_a_proxy()).start().await;
    organization(&app).await;
    let path = link(&app, &connection(&app, json!({})).await).await;
    let send_from = async |client: &str, name: &str| {
        let form = [("name", name), ("email", "anna@example.com"), ("answer", "E-1")];
        let request = app.request(Method::POST, &path).header("x-forwarded-for", client);
        request.form(&form).send().await.unwrap().status()
    };
    for n in 0..10 {
        assert_eq!(send_from("10.1.2.3", &format!("Mallory {n}")).await, 200);
    }
    assert_eq!(send_from("10.1.2.3", "Mallory").await, 429);
    assert_eq!(send_from("10.1.2.4", "Anna").await, 200);
}

#[tokio::test]
async fn too_many_requests_to_one_connection_from_everywhere() {
    let app = TestApp::builder().edge(behind_a_proxy()).start().await;
    organization(&app).await;
    let first = link(&app, &connection(&app, json!({})).await).await;
    let second = link(&app, &connection(&app, json!({})).await).await;
    let send_from = async |path: &str, n: u32, body: String| {
        let request = app
            .request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", format!("10.0.{}.{}", n / 250, n % 250));
        request.body(body).send().await.unwrap().status()
    };
    let good = |n: u32| format!("name=Anna&answer=E-1&email=anna{n}%40example.com");
    // What is wrong reaches nobody, and does not count.
    for n in 0..600 {
        assert_eq!(send_from(&first, n, "name=".into()).await, 422);
        assert_eq!(send_from("/join", n, "name=".into()).await, 422);
    }
    assert_eq!(send_from("/join", 600, good(0) + "&code=ABCD2345").await, 200);
    for n in 0..600 {
        assert_eq!(send_from(&first, n, good(n)).await, 200);
    }
    assert_eq!(send_from(&first, 600, good(600)).await, 429);
    assert_eq!(send_from(&second, 600, good(600)).await, 200);
}

#[tokio::test]
async fn an_address_that_is_no_text_is_like_any_that_nobody_knows() {
    let app = TestApp::sqlite().await;
    let unknown = get(&app, "/join/none").await;
    for path in ["/join/%ff", "/join/%ff/requests/x", "/join/x/requests/%ff"] {
        let page = get(&app, path).await;
        assert_eq!((page.status, &page.text), (404, &unknown.text), "{path}");
        assert_eq!(page.header("content-type"), unknown.header("content-type"));
    }
    assert_eq!(send(&app, "/join/%ff", &[("name", "Anna")]).await.status, 404);
}

#[tokio::test]
async fn a_logo_stands_on_the_page() {
    let app = TestApp::sqlite().await;
    organization(&app).await;
    let id = connection(&app, json!({})).await;
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([1, 2, 3]));
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let put = app
        .request(Method::PUT, &format!("/connections/{id}/logo"))
        .header("if-match", "*");
    Answer::of(put.body(png.into_inner())).await.ok();
    let page = get(&app, &link(&app, &id).await).await;
    assert!(
        page.text
            .contains("<img class=\"logo\" src=\"data:image/png;base64,iVBOR")
    );
}
