//! Quarters of an hour.

use super::*;

#[tokio::test]
async fn quarters_of_an_hour_add_up_whichever_way_they_are_told() {
    let running = start().await;
    let rows = sessions(&running, of_day()).await;
    for row in rows.iter().step_by(29) {
        let call = |delta| Get15MinChargingSessionData {
            session_id: row.session_id.clone(),
            energy_consumed_interval: delta,
        };
        let enterprise = running.estate(|estate| {
            let unit = estate.unit(row.station_id.as_deref().unwrap()).unwrap();
            estate.is_enterprise(unit.traits.organization.unwrap())
        });
        if !enterprise {
            assert_eq!(code(&running, &call(None)).await, "101");
            continue;
        }
        let deltas = ask(&running, &call(Some(true))).await;
        let totals = ask(&running, &call(None)).await;
        assert_eq!(
            (&deltas.session_id, &deltas.station_id, &deltas.port_number),
            (&row.session_id, &row.station_id, &row.port_number)
        );
        let sum: f64 = deltas
            .intervals
            .iter()
            .map(|interval| interval.energy_consumed.unwrap())
            .sum();
        assert!((sum - row.energy.unwrap()).abs() < 1e-6);
        assert_eq!(totals.intervals.last().unwrap().energy_consumed, row.energy);
        assert_eq!(totals.intervals[0].station_time, row.start_time);
        assert_eq!(totals.intervals.len(), deltas.intervals.len());
    }
    for (number, expected) in [
        ("1", "132"),
        ("word", "132"),
        ("", "172"),
        ("124664999981", "133"),
    ] {
        let session_id = Some(number.to_owned()).filter(|number| !number.is_empty());
        let call = Get15MinChargingSessionData {
            session_id,
            energy_consumed_interval: None,
        };
        assert_eq!(code(&running, &call).await, expected, "{number}");
    }
}
