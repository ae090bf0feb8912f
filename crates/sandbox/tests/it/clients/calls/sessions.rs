//! Sessions and what was paid.

use super::*;

pub fn sessions(estate: &Estate, unit: &Unit) -> Vec<Value> {
    let visits = estate.visits(unit, NOW - DAY, NOW);
    let ended = visits.filter(|(_, visit)| visit.start >= NOW - DAY && visit.end <= NOW);
    let all: Vec<_> = ended
        .map(|(port, visit)| estate.session_of(unit, port, visit))
        .collect();
    let rows = all.iter().map(|session| {
        let who = estate.who(session);
        json!({ "stationID": unit.station.station_id, "portNumber": session.port_number(),
                "sessionID": session.visit.id, "Energy": rounded(session.charge(NOW).energy),
                "startTime": time(session.visit.start), "endTime": time(session.visit.end),
                "userID": who.driver.and_then(|driver| driver.user.user_id.clone()),
                "credentialID": who.credential, "endedBy": session.visit.ended_by })
    });
    let rows: Vec<_> = rows.collect();
    let quarters = |delta: bool| {
        let quarters = intervals(all[0].steps(NOW)).into_iter().map(|quarter| {
            json!({ "stationTime": time(quarter.from), "peakPower": quarter.peak,
                    "energyConsumed": if delta { quarter.energy } else { quarter.total } })
        });
        let quarters: Vec<_> = quarters.collect();
        json!({ "responseCode": "100", "sessionID": all[0].visit.id, "fifteenminData": quarters })
    };
    let id = all[0].visit.id;
    let paid = estate.transaction(id * 2, NOW).unwrap();
    let fee = paid.fee(NOW);
    let paid = json!({ "stationID": unit.station.station_id, "transactionType": "Session",
                       "transactionID": id * 2, "grossAmount": fee.gross, "netRevenue": fee.revenue,
                       "pricingRuleName": paid.rule, "Currency": unit.station.currency_code,
                       "transactionTime": time(paid.at) });
    let query = json!({ "stationID": unit.station.station_id, "fromTimeStamp": time(NOW - DAY) });
    vec![
        call(
            "getChargingSessionData",
            json!({ "searchQuery": query }),
            json!({ "responseCode": "100", "ChargingSessionData": rows, "MoreFlag": 0 }),
        ),
        call(
            "getChargingSessionData",
            json!({ "searchQuery": { "stationName": "nobody" } }),
            json!({ "responseCode": "136" }),
        ),
        call(
            "get15minChargingSessionData",
            json!({ "sessionID": id, "energyConsumedInterval": true }),
            quarters(true),
        ),
        call(
            "get15minChargingSessionData",
            json!({ "sessionID": id }),
            quarters(false),
        ),
        call(
            "getTransactionData",
            json!({ "searchQuery": { "transactionID": id * 2 } }),
            json!({ "responseCode": "100", "transactions": { "transactionData": [paid] }, "MoreFlag": 0 }),
        ),
    ]
}
