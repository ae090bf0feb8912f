//! A stand-in broken in every way, seen by who asks by REST.

use std::time::Duration;

use sandbox::Fault;
use serde_json::json;

use crate::support::{TestApp, show};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_a_problem_or_the_last_answer_with_its_age() {
    let app = TestApp::builder()
        .estate(24)
        .timeout(Duration::from_secs(3))
        .start()
        .await;
    let path = "/stations/status";
    let good = app.get(path).await.ok();
    let mut table = format!(
        "{:<22} {:>6} {:<38} {:>9} {:>6}  title\n",
        "fault", "status", "type", "code", "stale"
    );
    for (name, fault) in Fault::ALL {
        app.chargepoint().set_fault(Some(fault));
        // A question that was never asked before: there is no last answer.
        let fresh = app
            .get(&format!(
                "{path}?proximity={}",
                name.len() * 1000 + name.as_bytes()[0] as usize
            ))
            .await;
        let is_harmless = matches!(
            fault,
            Fault::WrongOrder | Fault::WrongNamespace | Fault::Latency(_)
        );
        let (status, kind) = match fault {
            _ if is_harmless => (200, ""),
            Fault::InvalidSecurity | Fault::FailedAuthentication => {
                (502, "/problems/chargepoint-refused-key")
            }
            Fault::SoapFault | Fault::SoapFault200 | Fault::Code(_) => (502, "/problems/chargepoint-fault"),
            Fault::NotInPlan => (403, "/problems/plan-restricted"),
            Fault::Http429 => (429, "/problems/too-many-requests"),
            Fault::Http503 => (503, "/problems/chargepoint-unavailable"),
            Fault::Html | Fault::Http500 | Fault::Redirect | Fault::Truncated | Fault::Empty => {
                (502, "/problems/chargepoint-unreadable")
            }
            Fault::Repeating | Fault::NoRows => (502, "/problems/chargepoint-incomplete"),
            Fault::Reset => (502, "/problems/chargepoint-unreachable"),
            Fault::Drip(_) | Fault::Hang => (504, "/problems/chargepoint-timeout"),
            Fault::WrongOrder | Fault::WrongNamespace | Fault::Latency(_) => (200, ""),
        };
        assert_eq!(fresh.status, status, "{name}: {}", fresh.text);
        if status != 200 {
            let wait = match fault {
                Fault::Http429 => "1",
                Fault::Http503 => "60",
                _ => "",
            };
            assert_eq!(fresh.header("retry-after"), wait, "{name}");
            let problem = fresh.problem(status, kind);
            let text = problem.to_string();
            assert!(
                !text.contains('<') && !text.contains("sandbox\""),
                "{name}: {text}"
            );
            let code = problem["code"].as_str().unwrap_or("-").to_owned();
            // The same question as before: the last answer, where ChargePoint is down.
            let again = app
                .request(reqwest::Method::GET, path)
                .header("cache-control", "no-cache");
            let old = crate::support::Answer::of(again).await;
            let is_stale = old.status == 200;
            assert_eq!(is_stale, fault != Fault::NotInPlan, "{name}: {}", old.text);
            if is_stale {
                assert!(old.header("age").parse::<u64>().is_ok(), "{name}");
                assert_eq!(
                    (&old.json["items"], &old.json["asOf"]),
                    (&good["items"], &good["asOf"]),
                    "{name}"
                );
                assert_eq!(old.json["problem"]["type"], kind, "{name}");
            }
            table += &format!(
                "{name:<22} {status:>6} {kind:<38} {code:>9} {:>6}  {}\n",
                if is_stale { "yes" } else { "no" },
                problem["title"].as_str().unwrap()
            );
        } else {
            table += &format!(
                "{name:<22} {status:>6} {:<38} {:>9} {:>6}  read as if nothing were wrong\n",
                "-", "-", "-"
            );
        }
        app.chargepoint().set_fault(None);
    }
    show("faults", &table);
    let mended = app
        .request(reqwest::Method::GET, path)
        .header("cache-control", "no-cache");
    assert_eq!(
        crate::support::Answer::of(mended).await.ok()["problem"],
        json!(null)
    );
}

/// The stand-in answers a code; who asks gets its meaning, its number and its words.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_of_chargepoint_are_told_as_what_they_mean() {
    let app = TestApp::builder().estate(8).start().await;
    let station = app.get("/stations").await.ok()["items"][0]["stationId"]
        .as_str()
        .unwrap()
        .to_owned();
    for (code, list, one) in [
        (102, 200, 404),
        (101, 403, 403),
        (131, 403, 403),
        (135, 422, 422),
        (119, 422, 404),
        (139, 429, 429),
        (115, 503, 503),
        (137, 503, 503),
        (143, 502, 502),
        (179, 409, 409),
    ] {
        app.chargepoint().set_fault(Some(Fault::Code(code)));
        let answer = app.get(&format!("/stations/status?proximity={code}")).await;
        assert_eq!(answer.status, list, "{code}: {}", answer.text);
        if list == 200 {
            assert_eq!(
                (&answer.json["total"], &answer.json["items"]),
                (&json!(0), &json!([]))
            );
        } else {
            assert_eq!(answer.json["code"], code.to_string());
            let said = answer.json["detail"].as_str();
            // Of the plan the portal has words of its own.
            match code {
                101 => assert!(said.is_some_and(|said| said.contains("Your service plan"))),
                _ => assert_eq!(said, Some(chargepoint::code::text(&code.to_string()))),
            }
            assert_eq!(
                !answer.header("retry-after").is_empty(),
                matches!(list, 429 | 503),
                "{code}"
            );
        }
        let answer = app
            .get(&format!("/stations/{station}/status?proximity={code}"))
            .await;
        assert_eq!(answer.status, one, "{code}: {}", answer.text);
    }
}

/// A refusal of what was asked for names the parameter of the call in hand, as the request does; where it can be
/// about none, it is ChargePoint's failure.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_name_the_field_of_the_request() {
    let app = TestApp::builder().estate(8).start().await;
    let field = async |code: u16, path: &str, body: Option<serde_json::Value>| {
        app.chargepoint().set_fault(Some(Fault::Code(code)));
        let answer = match body {
            Some(body) => app.post(path, body).await,
            None => app.get(path).await,
        };
        let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
        let fields = errors
            .iter()
            .map(|error| error["field"].as_str().unwrap().to_owned());
        (answer.status, fields.collect::<Vec<_>>().join(" "))
    };
    for (code, path, status, expected) in [
        (189, "/drivers?lastName=Ming", 422, "numUsers"),
        (189, "/fleet/vehicles?make=Nissan", 422, "numRecords"),
        (189, "/stations?city=Leiden", 422, "numStations"),
        (
            142,
            "/sessions?fromTimeStamp=2026-11-20T00:00:00Z",
            422,
            "fromTimeStamp",
        ),
        (
            135,
            "/drivers?connection.status=PENDING",
            422,
            "connection.status",
        ),
        (190, "/drivers/7", 404, ""),
        // Nobody's: it is of a call that there is no more.
        (113, "/stations?city=Leiden", 502, ""),
        (104, "/drivers?lastName=Ming", 502, ""),
        (132, "/drivers?lastName=Ming", 502, ""),
    ] {
        assert_eq!(
            field(code, path, None).await,
            (status, expected.to_owned()),
            "{code} {path}"
        );
    }
    let port = json!({ "shedStation": { "stationId": "1:1", "ports": [{ "portNumber": "1", "percentShedPerPort": 9 }] },
                       "timeInterval": 5 });
    let group = json!({ "shedGroup": { "sgId": "1", "percentShedPerStation": 9 }, "timeInterval": 5 });
    let decision = json!({ "associationType": "CONNECTION", "status": "APPROVED" });
    for (code, path, body, status, expected) in [
        (
            123,
            "/load/shed",
            &port,
            422,
            "shedStation.ports[0].percentShedPerPort",
        ),
        (174, "/load/shed", &group, 422, "shedGroup.percentShedPerStation"),
        (121, "/load/shed", &group, 422, "sgId"),
        (190, "/drivers/7/status", &decision, 404, ""),
        (135, "/drivers/7/status", &decision, 422, "associationType"),
    ] {
        assert_eq!(
            field(code, path, Some(body.clone())).await,
            (status, expected.to_owned()),
            "{code} {path}"
        );
    }
    // It is over, and not unknown.
    app.chargepoint().set_fault(Some(Fault::Code(106)));
    let late = app
        .delete("/load/events/7")
        .await
        .problem(422, "/problems/invalid");
    assert_eq!(late["errors"][0]["field"], "eventId");
}
