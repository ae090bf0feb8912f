//! A location's own pages: what its form sends, and what its stations say.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, app_at, until};
use crate::portal::{Portal, Reply, Seen};

const LOCATION: &str = r#"{"id":"L1","name":"Depot","address":{"streetAndNumber":"Kade 1","postalCode":"","city":"Utrecht",
    "state":"","country":"Netherlands"},"coordinates":{"latitude":52.0907374,"longitude":5.1214201},"timezone":null,
    "openingHours":{"1":[{"startTime":"08:00","endTime":"18:00"}]},"operatorName":"","notes":"","published":true,
    "visibility":"Published","stations":["1:1"],"customers":0,"tokens":0,"gone":false,"version":7,
    "createdAt":"2026-11-20T08:00:00Z","updatedAt":"2026-11-20T08:00:00Z"}"#;

const STATIONS: &str = r#"{"items":[{"stationId":"1:1","name":"","manufacturer":"Acme","model":null,"ports":[
    {"portNumber":"1","status":"InUse","faultReason":null,"connector":"Type 2","level":null,"powerKw":11.04,"statusAt":null},
    {"portNumber":"2","status":"Odd","faultReason":"Cable cut"}]}],
    "asOf":null,"problem":{"type":"/problems/chargepoint","title":"ChargePoint is silent","status":502,"detail":"Old."}}"#;

fn open(path: &str) -> (Portal, Mounted) {
    let portal = Portal::start(|seen: &Seen| match (seen.method.as_str(), seen.path.as_str()) {
        ("GET" | "PATCH", "/locations/L1") => Reply::Json(200, LOCATION.into()),
        ("GET", "/locations/L1/stations") => Reply::Json(200, STATIONS.into()),
        ("GET", "/chargepoint") => {
            let status =
                r#"{"configured":true,"sandbox":true,"lastAnswer":null,"problem":null,"problemAt":null}"#;
            Reply::Json(200, status.into())
        }
        _ => Reply::Lost,
    });
    let path = format!("/cpo/charge-locations/L1{path}");
    (portal, app_at(&path))
}

/// A place is searched for by the call's own parameters, which no column has.
#[wasm_bindgen_test]
async fn a_place_leads_to_the_sessions_near_it() {
    let reader = r#"{"id":"a","name":"Ana","permissions":["View:Location","View:Session"]}"#;
    for (session, leads) in [(reader, true), (&*reader.replace(",\"View:Session\"", ""), false)] {
        let session = session.to_owned();
        let _portal = Portal::start(move |seen: &Seen| match seen.path.as_str() {
            "/session" => Reply::Json(200, session.clone()),
            "/locations/L1" => Reply::Json(200, LOCATION.into()),
            _ => Reply::Lost,
        });
        let page = app_at("/cpo/charge-locations/L1");
        page.shows("52.090737, 5.121420").await;
        let near = "a[href='/cpo/sessions?proximity=1&lat=52.090737&long=5.121420']";
        match leads {
            true => assert_eq!(page.find(near).inner_text(), "Sessions near"),
            false => assert!(!page.text().contains("Sessions near")),
        }
    }
}

async fn edit(page: &Mounted) -> impl Fn(&str, &str) {
    page.shows("Netherlands").await;
    page.press("Edit");
    page.shows("Postal code").await;
    let labels = page.root.query_selector_all("dialog[open] label").unwrap();
    let ids: Vec<(String, String)> = (0..labels.length())
        .filter_map(|at| {
            let label: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(labels.get(at)?);
            Some((label.text_content()?, label.get_attribute("for")?))
        })
        .collect();
    let root = page.root.clone();
    move |label, text| {
        let (_, id) = ids.iter().find(|(words, _)| words == label).unwrap();
        let field = root.query_selector(&format!("[id='{id}']")).unwrap().unwrap();
        let field: web_sys::HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(field);
        field.set_value(text);
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("input", &init).unwrap();
        field.dispatch_event(&event).unwrap();
    }
}

fn sent(portal: &Portal) -> Option<Seen> {
    portal.seen().into_iter().find(|seen| seen.method == "PATCH")
}

#[wasm_bindgen_test]
async fn the_form_of_a_location_sends_what_was_changed() {
    let (portal, page) = open("");
    let fill = edit(&page).await;
    fill("Country", "Germany");
    fill("Latitude", "52,5");
    fill("Tuesday", "8-12, 13:00–18:30");
    page.press("Save");
    until("sent", || sent(&portal).is_some()).await;
    let sent = sent(&portal).unwrap();
    assert_eq!(sent.if_match.as_deref(), Some("\"7\""));
    let day = |start, end| serde_json::json!({"startTime": start, "endTime": end});
    let expected = serde_json::json!({
        "address": {"streetAndNumber": "Kade 1", "postalCode": "", "city": "Utrecht", "state": "", "country": "Germany"},
        "coordinates": {"latitude": 52.5, "longitude": 5.121_420_1},
        "openingHours": {"1": [day("08:00", "18:00")], "2": [day("08:00", "12:00"), day("13:00", "18:30")]},
    });
    assert_eq!(sent.json(), expected);
}

#[wasm_bindgen_test]
async fn the_form_of_a_location_says_what_cannot_be_read() {
    let (portal, page) = open("");
    let fill = edit(&page).await;
    fill("Longitude", "east");
    fill("Tuesday", "late");
    page.press("Save");
    page.shows("Both in degrees").await;
    fill("Longitude", "5.1214201");
    page.press("Save");
    page.shows("“late” is no span of time").await;
    assert!(sent(&portal).is_none());
    fill("Tuesday", "");
    page.press("Save");
    until("closed", || {
        page.root.query_selector("dialog[open]").unwrap().is_none()
    })
    .await;
    assert!(sent(&portal).is_none(), "nothing was changed");
}

#[wasm_bindgen_test]
async fn stations_say_what_each_port_is_doing() {
    let (_portal, page) = open("/stations");
    for words in [
        "ChargePoint is silent",
        "ChargePoint has given no status yet",
        "Acme",
        "In use",
        "Type 2 · 11 kW",
        "Unknown",
        "Cable cut",
        "Sandbox data",
    ] {
        page.shows(words).await;
    }
}
