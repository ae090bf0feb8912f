//! Drivers who are done make room for those who wait.

use chargepoint::calls::waitlist::SetWaitlistDone;
use sandbox::estate::traits::Waitlist;

use super::support::{NOW, code, start};

fn done(station: &str, port: &str, user: &str) -> SetWaitlistDone {
    SetWaitlistDone {
        station_id: Some(station.to_owned()),
        port_id: Some(port.to_owned()),
        user_id: Some(user.to_owned()),
        custom_message_text: "Please move.".to_owned(),
    }
}

#[tokio::test]
async fn the_driver_is_told_and_the_session_ends_where_the_policy_says_so() {
    let running = start().await;
    for policy in [Waitlist::Stays, Waitlist::Ends] {
        let (station, port, user, session) = running.estate(|estate| {
            let found = estate
                .units()
                .iter()
                .filter(|unit| unit.traits.waitlist == Some(policy))
                .find_map(|unit| {
                    let mut ports =
                        (0..unit.traits.outlets.len()).filter_map(|port| estate.session_at(unit, port, NOW));
                    ports.find_map(|session| {
                        let user = estate.who(&session).driver?.user.user_id.clone()?;
                        (session.visit.end > NOW + 1000).then(|| {
                            (
                                unit.station.station_id.clone().unwrap(),
                                session.port_number().unwrap(),
                                user,
                                session.visit.clone(),
                            )
                        })
                    })
                });
            found.unwrap()
        });
        let call = done(&station, &port, &user);
        for (wrong, expected) in [
            (done("1:12345", &port, &user), "119"),
            (done(&station, "9", &user), "183"),
            (done(&station, &port, "0"), "190"),
            (done(&station, &port, "28375251"), "132"),
            (
                SetWaitlistDone {
                    user_id: None,
                    ..call.clone()
                },
                "172",
            ),
            (
                SetWaitlistDone {
                    port_id: None,
                    ..call.clone()
                },
                "172",
            ),
        ] {
            assert_eq!(code(&running, &wrong).await, expected, "{wrong:?}");
        }
        assert_eq!(code(&running, &call).await, "100");
        running.estate(|estate| {
            assert_eq!(estate.notice(session.id).unwrap().text, "Please move.");
            let after = estate.session(session.id).unwrap().visit;
            let ends = if policy == Waitlist::Ends {
                NOW + 300
            } else {
                session.end
            };
            assert_eq!(after.end, ends);
        });
    }
    let station = running.estate(|estate| {
        let mut units = estate.units().iter();
        let unit =
            units.find(|unit| unit.traits.waitlist.is_none() && estate.session_at(unit, 0, NOW).is_some());
        unit.unwrap().station.station_id.clone().unwrap()
    });
    assert_eq!(code(&running, &done(&station, "1", "28375251")).await, "109");
}
