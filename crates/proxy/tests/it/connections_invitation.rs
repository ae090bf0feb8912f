//! Logos and invitations of connections.

use proxy::edge::{Edge, Hosts};
use reqwest::Method;
use serde_json::{Value, json};

use crate::connections::{INVALID, connection, organization};
use crate::support::{Answer, TestApp, on_both};

on_both! {
    async fn a_logo_is_checked_and_kept_as_png(app) {
        organization(app).await;
        let path = format!("/connections/{}", connection(app, json!({})).await);
        let logo = format!("{path}/logo");
        let put = async |file: Vec<u8>, version: &str| {
            Answer::of(app.request(Method::PUT, &logo).header("if-match", version).body(file)).await
        };
        app.get(&logo).await.problem(404, "/problems/not-found");
        for (n, format) in [image::ImageFormat::Gif, image::ImageFormat::Jpeg, image::ImageFormat::Png].into_iter().enumerate() {
            let changed = put(picture(60, 30, format), &format!("\"{}\"", n + 1)).await.ok();
            assert_eq!((&changed["hasLogo"], &changed["version"]), (&json!(true), &json!(n + 2)));
            let answer = app.request(Method::GET, &logo).send().await.unwrap();
            assert_eq!(answer.headers()["content-type"], "image/png");
            let png = image::load_from_memory_with_format(&answer.bytes().await.unwrap(), image::ImageFormat::Png).unwrap();
            assert_eq!((png.width(), png.height()), (60, 30));
        }
        let png = || picture(60, 30, image::ImageFormat::Png);
        put(png(), "\"1\"").await.problem(412, "/problems/stale");
        for (file, said) in [
            (picture(61, 30, image::ImageFormat::Png), "61×30 px"),
            (picture(60, 31, image::ImageFormat::Gif), "60×31 px"),
            (picture(4000, 4000, image::ImageFormat::Jpeg), "4000×4000 px"),
            (png()[..60].to_vec(), "damaged"),
            (b"\x89PNG\r\n\x1a\n".to_vec(), "damaged"),
            (b"GIF89a\xff".to_vec(), "damaged"),
        ] {
            let problem = put(file, "*").await.problem(422, INVALID);
            assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
        }
        for file in [b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), b"BM6".to_vec(), b"%PDF-1.4".to_vec(), Vec::new()] {
            put(file, "*").await.problem(415, "/problems/unsupported-media-type");
        }
        let mut large = png();
        large.resize(512 * 1024 + 1, 0);
        put(large, "*").await.problem(413, "/problems/too-large");
        assert_eq!(app.get(&path).await.ok()["version"], 4);
        assert_eq!(app.delete(&logo).await.ok()["hasLogo"], false);
        app.get(&logo).await.problem(404, "/problems/not-found");
    }

    async fn an_invitation_is_shown_and_rotated(app) {
        organization(app).await;
        let id = connection(app, json!({ "visibility": "By search code" })).await;
        let path = format!("/connections/{id}/invitation");
        let first = app.get(&path).await.ok();
        assert_eq!(first, app.get(&path).await.ok());
        assert_eq!((&first["local"], &first["open"]), (&json!(true), &json!(true)));
        let code = first["link"].as_str().unwrap().rsplit_once("/join/").unwrap().1;
        assert_eq!(code.len(), 40, "160 bits");
        assert_eq!(first["searchCode"].as_str().unwrap().len(), 8);
        let second = app.post(&format!("{path}/rotate"), Value::Null).await.ok();
        assert_ne!(first["link"], second["link"]);
        assert_ne!(first["searchCode"], second["searchCode"]);
        assert_eq!(second, app.get(&path).await.ok());
        let patch = json!({ "visibility": "Public", "connectionStatus": "Disabled" });
        app.change(Method::PATCH, &format!("/connections/{id}"), &json!(1), patch).await.ok();
        let third = app.get(&path).await.ok();
        assert_eq!((&third["searchCode"], &third["open"]), (&Value::Null, &json!(false)));
        for rest in ["", "/qr.svg", "/qr.png", "/sheet"] {
            app.get(&format!("/connections/con_none/invitation{rest}")).await.problem(404, "/problems/not-found");
        }
        app.post("/connections/con_none/invitation/rotate", Value::Null).await.problem(404, "/problems/not-found");
    }
}

fn picture(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([0, 90, 200]));
    image::DynamicImage::ImageRgb8(picture)
        .write_to(&mut file, format)
        .unwrap();
    file.into_inner()
}

#[tokio::test]
async fn codes_and_sheets_lead_to_the_public_address() {
    let app = TestApp::builder()
        .public_url("https://portal.example")
        .start()
        .await;
    organization(&app).await;
    let id = connection(
        &app,
        json!({ "connectionName": "A & B <i>", "visibility": "By search code" }),
    )
    .await;
    let path = format!("/connections/{id}/invitation");
    let invitation = app.get(&path).await.ok();
    let link = invitation["link"].as_str().unwrap();
    assert!(link.starts_with("https://portal.example/join/"), "{link}");
    assert_eq!(invitation["local"], false);

    let svg = app.get(&format!("{path}/qr.svg")).await;
    assert_eq!((svg.status, svg.header("content-type")), (200, "image/svg+xml"));
    assert!(svg.text.starts_with("<svg "));
    let answer = app
        .request(Method::GET, &format!("{path}/qr.png?size=300"))
        .send()
        .await
        .unwrap();
    let png = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!((png.width(), png.height()), (300, 300));
    for query in ["qr.png?size=10", "qr.png?size=100000", "sheet?paper=a0"] {
        app.get(&format!("{path}/{query}")).await.problem(422, INVALID);
    }

    for paper in ["a4", "letter"] {
        let sheet = app.get(&format!("{path}/sheet?paper={paper}")).await;
        assert_eq!(sheet.status, 200);
        assert!(sheet.text.contains("A &amp; B &lt;i&gt;") && !sheet.text.contains("<i>"));
        assert!(sheet.text.contains(&format!("class=\"{paper}\"")));
        assert!(sheet.text.contains(invitation["searchCode"].as_str().unwrap()));
        assert!(!sheet.header("content-security-policy").contains("unsafe"));
    }
    for file in ["/assets/sheet.css", "/assets/sheet.js", "/assets/join.css"] {
        assert_eq!(app.get_file(file, "*/*").await.status, 200, "{file}");
    }
}

#[tokio::test]
async fn a_link_too_long_for_a_code_and_a_host_that_is_none() {
    let long = format!("https://{}.example", "a".repeat(3_000));
    let app = TestApp::builder().public_url(&long).start().await;
    organization(&app).await;
    let path = format!("/connections/{}/invitation", connection(&app, json!({})).await);
    for rest in ["qr.svg", "qr.png", "sheet"] {
        let problem = app.get(&format!("{path}/{rest}")).await.problem(422, INVALID);
        assert!(
            problem["detail"].as_str().unwrap().contains("QR code"),
            "{problem}"
        );
    }
    let edge = Edge {
        hosts: Hosts::new(["portal.example".to_owned()]),
        ..Edge::default()
    };
    let app = TestApp::builder().edge(edge).start().await;
    organization(&app).await;
    let path = format!("/connections/{}/invitation", connection(&app, json!({})).await);
    let asked = async |host: &str| Answer::of(app.request(Method::GET, &path).header("host", host)).await;
    for host in ["evil.example/path", "a@b", "a b"] {
        asked(host).await.problem(421, "/problems/misdirected");
    }
    let there = asked("portal.example:8443").await.ok();
    assert!(
        there["link"]
            .as_str()
            .unwrap()
            .starts_with("http://portal.example:8443/join/")
    );
    assert_eq!(there["local"], false);
}
