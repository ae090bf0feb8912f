//! A partner from elsewhere: a program made of ocpi-kit's library registers with the portal and asks whether tokens
//! may charge. Without `EV_PORTAL_OCPI_PARTNER`, its path, nobody asks, unless
//! `EV_PORTAL_REQUIRE_CLIENTS` wants it.

use std::process::Command;

use serde_json::{Value, json};

use super::judge::{program, tell};
use crate::decision::world::execute;
use crate::support::{TestApp, on_both};

on_both! {
    async fn ocpi_kits_partner_registers_and_asks(app) {
        let Some(program) = program("EV_PORTAL_OCPI_PARTNER") else {
            println!("the partner is not here: nobody asks");
            return;
        };
        let (private, open) = (app.location("Oosteinde").await, app.location("Haven").await);
        for (auth, chip, valid) in [("NL-GFX-C00000001", "04A1B2C3", true), ("NL-GFX-C00000002", "04D1D2D3", true), ("NL-GFX-C00000003", "04E1E2E3", false)] {
            app.token(json!({ "authId": auth, "chipId": chip, "valid": valid })).await;
        }
        app.list(&private, &["NL-GFX-C00000001"]).await;
        for n in 0..7 {
            let id = app.location(&format!("Place {n}")).await;
            execute(app, &format!("UPDATE locations SET latitude = 52.16, longitude = 4.5, \
                updated_at = '2026-11-20T0{n}:00:00Z' WHERE id = '{id}'")).await;
        }
        let made = app.partner("NL-TNM", "CPO").await;
        let window: Vec<String> = (1..=5).map(|n| format!("loc_place{n}")).collect();
        // Of HTTP's 404 the library tells a code of its own, 2000, whatever the envelope says: that it is 2004 is for
        // the other tests.
        let cases = [
            (format!("04A1B2C3:RFID:{private}"), json!({ "allowed": "ALLOWED", "uid": "04A1B2C3", "location": private })),
            (format!("04a1b2c3:RFID:{}", private.to_uppercase()), json!({ "allowed": "ALLOWED", "uid": "04A1B2C3", "location": private.to_uppercase() })),
            (format!("04D1D2D3:RFID:{private}"), json!({ "allowed": "NOT_ALLOWED", "uid": "04D1D2D3" })),
            (format!("04D1D2D3:RFID:{open}"), json!({ "allowed": "ALLOWED", "uid": "04D1D2D3", "location": open })),
            (format!("04E1E2E3:RFID:{open}"), json!({ "allowed": "BLOCKED", "uid": "04E1E2E3" })),
            (format!("04A1B2C3:OTHER:{private}"), json!({ "status": 2000 })),
            (format!("04F1F2F3:RFID:{private}"), json!({ "status": 2000 })),
            (format!("04A1B2C3:RFID:{private}:1:7-1"), json!({ "status": 2003 })),
            ("04A1B2C3:RFID:loc_none".to_owned(), json!({ "status": 2003 })),
            // A window with an end, by pages of two.
            (
                "locations=2026-11-20T01:00:00Z/2026-11-20T06:00:00Z".to_owned(),
                json!({ "locations": window }),
            ),
        ];
        let mut arguments = vec![format!("{}/ocpi/versions", app.site()), made.token.clone()];
        arguments.extend(cases.iter().map(|(question, _)| question.clone()));
        let run = move || Command::new(program).args(arguments).output().unwrap();
        let output = tokio::task::spawn_blocking(run).await.unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        let mut lines = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let registered = lines.next().unwrap();
        // The party, once for each of its roles.
        assert_eq!(registered, json!({ "version": "2.2.1", "parties": ["NL-EVP", "NL-EVP"], "newToken": true }));
        let answers: Vec<Value> = lines.collect();
        assert_eq!(answers.len(), cases.len());
        for (answer, (question, expected)) in answers.iter().zip(&cases) {
            assert_eq!(answer["question"], *question);
            for (field, value) in expected.as_object().unwrap() {
                assert_eq!(answer[field], *value, "{field} of {answer}");
            }
            assert_eq!(answer.get("wrong").unwrap_or(&Value::Null), &Value::Null, "{answer}");
        }
        let partner = app.get(&format!("/partners/{}", made.id)).await.ok();
        assert_eq!((&partner["status"], &partner["countryCode"]), (&json!("Registered"), &json!("NL")));
        tell(&format!("ocpi-kit's library: registered, {} authorizations and windows as expected", answers.len()));
    }
}
