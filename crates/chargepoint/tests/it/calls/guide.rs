//! The guide's samples of loads, sessions and groups, with the brackets and lines that their print lost,
//! and where their form is not the wire's, both.

use chargepoint::DateTime;
use chargepoint::calls::load::GetLoadResponse;
use chargepoint::calls::load_shed_event::{CreateLoadShedEvent, RemoveLoadShedEvent, ShedEvent};
use chargepoint::calls::organizations::GetOrgsAndStationGroupsResponse;
use chargepoint::calls::session_intervals::Get15MinChargingSessionDataResponse;
use chargepoint::calls::sessions::GetChargingSessionDataResponse;
use chargepoint::calls::shed_load::{
    ShedLoad, ShedLoadResponse, ShedPort, ShedPorts, ShedQuery, ShedStation,
};
use chargepoint::calls::station_groups::{GetStationGroupDetailsResponse, GetStationGroupsResponse};
use chargepoint::calls::transactions::GetTransactionDataResponse;

use super::{read, written};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Section 5.3.5: empty numbers, an idle port's session.
#[test]
fn a_load() {
    let answer: GetLoadResponse = read(
        "<responseCode>100</responseCode><responseText>API input request executed successfully.</responseText>
        <numStations>0</numStations><groupName></groupName><sgLoad></sgLoad>
        <stationData><stationID>1:12802441</stationID><stationName>CP HOME / 221441027821</stationName>
          <Address>1234 Address, Austin, Texas, 77777, United States</Address><stationLoad>0.000</stationLoad>
          <Port><portNumber>1</portNumber><userID></userID><credentialID></credentialID><shedState>1</shedState>
            <portLoad>0.000</portLoad><allowedLoad>0.000</allowedLoad><percentShed>0</percentShed>
            <sessionID>0</sessionID><lastBatteryPercent>0</lastBatteryPercent></Port>
          <Port><portNumber>2</portNumber><portLoad>6.625</portLoad><sessionID> 912345681 </sessionID></Port>
        </stationData>",
    );
    assert_eq!(
        (answer.num_stations, answer.sg_load, answer.group_name),
        (Some(0), None, None)
    );
    let [station] = answer.stations.try_into().unwrap();
    assert_eq!(station.station_load, Some(0.0));
    let [idle, busy] = station.ports.try_into().unwrap();
    assert_eq!(
        (idle.shed, idle.session(), idle.percent_shed),
        (Some(true), None, Some(0))
    );
    assert_eq!(
        (idle.user_id.as_deref(), idle.last_battery_percent),
        (None, Some(0.0))
    );
    assert_eq!((busy.session(), busy.port_load), (Some("912345681"), Some(6.625)));
}

/// Sections 5.1.4 and 5.1.5.
#[test]
fn ports_are_shed() {
    let port = ShedPort {
        port_number: text("1"),
        allowed_load: Some(0.0),
        percent_shed: None,
    };
    let call = ShedLoad {
        shed_query: ShedQuery {
            shed_station: Some(ShedStation {
                station_id: text("1:123456"),
                ports: Some(ShedPorts { ports: vec![port] }),
                ..ShedStation::default()
            }),
            time_interval: Some(5),
            ..ShedQuery::default()
        },
    };
    let xml = "<shedQuery><shedStation><stationID>1:123456</stationID><Ports><Port><portNumber>1</portNumber>\
        <allowedLoadPerPort>0</allowedLoadPerPort></Port></Ports></shedStation><timeInterval>5</timeInterval></shedQuery>";
    assert_eq!(written(&call), xml);
    assert_eq!(read::<ShedLoad>(xml), call);
    let answer: ShedLoadResponse = read(
        "<responseCode>100</responseCode><Success>1</Success><stationID>1:123456</stationID>
        <Ports><Port><portNumber>1</portNumber><allowedLoadPerPort>0.0</allowedLoadPerPort></Port></Ports>",
    );
    assert_eq!(answer.success, Some(true));
    assert_eq!(answer.ports.unwrap().ports[0].allowed_load, Some(0.0));
}

/// Sections 5.4.4 and 5.5.4: `TRUE`, and an identifier within an element that the wire has not.
#[test]
fn events_are_planned_and_removed() {
    let call: CreateLoadShedEvent = read(
        "<shedEvent><stationID>1:123456</stationID><eventStartTime>2022-12-01T21:00:00Z</eventStartTime>
        <eventDuration>60</eventDuration><allowOptOut>TRUE</allowOptOut><allowedLoadPerPort>3.0</allowedLoadPerPort></shedEvent>",
    );
    let event = ShedEvent {
        station_id: text("1:123456"),
        start_time: Some(DateTime::from("2022-12-01T21:00:00Z")),
        duration: Some(60),
        allow_opt_out: Some(true),
        allowed_load: Some(3.0),
        ..ShedEvent::default()
    };
    assert_eq!(call.shed_event, event);
    for xml in [
        "<eventId>77</eventId>",
        "<shedEvent><eventID>77</eventID></shedEvent>",
    ] {
        let call: RemoveLoadShedEvent = read(xml);
        assert_eq!(call.event_id.as_deref(), Some("77"));
        assert_eq!(written(&call), "<eventId>77</eventId>");
    }
}

/// Section 6.1.5, and the guide's name for when a driver opted out.
#[test]
fn a_session() {
    let answer: GetChargingSessionDataResponse = read(
        "<responseCode>100</responseCode><ChargingSessionData><stationID>1:12345</stationID>
        <stationName>CHARGEPOINT / HQ 37</stationName><portNumber>1A</portNumber>
        <Address>254 E Haciendo, Campbell, California, 95008, United
States</Address><sessionID>912345681</sessionID><Energy>25.867001</Energy>
        <startTime>2021-09-07T22:21:14Z</startTime><endTime>2021-09-07T22:59:57Z</endTime>
        <totalChargingDuration>00:38:14</totalChargingDuration><totalSessionDuration>00:38:43</totalSessionDuration>
        <userID>123453</userID><startBatteryPercentage/><recordNumber>1</recordNumber>
        <driverOptedOut>0</driverOptedOut><driverOptedOutTimestamp>2021-09-07T22:30:00Z</driverOptedOutTimestamp>
        <paymentTerminalInfo><terminal>7</terminal></paymentTerminalInfo></ChargingSessionData><MoreFlag>1</MoreFlag>",
    );
    assert_eq!(answer.more, Some(true));
    let [session] = answer.sessions.try_into().unwrap();
    assert_eq!(session.session_id.as_deref(), Some("912345681"));
    assert_eq!(
        (session.energy, session.port_number.as_deref()),
        (Some(25.867_001), Some("1A"))
    );
    assert_eq!(session.total_charging_duration.as_deref(), Some("00:38:14"));
    assert_eq!(
        (session.driver_opted_out, session.start_battery_percentage),
        (Some(false), None)
    );
    assert_eq!(
        session.driver_opt_out_timestamp.as_deref(),
        Some("2021-09-07T22:30:00Z")
    );
}

/// Section 6.2.5.
#[test]
fn the_parts_of_a_session() {
    let answer: Get15MinChargingSessionDataResponse = read(
        "<responseCode>100</responseCode><sessionID>123456781</sessionID><stationID>1:124567</stationID>
        <portNumber>1</portNumber>
        <fifteenminData><stationTime>2021-09-07T22:21:14Z</stationTime><energyConsumed>6.278</energyConsumed>
          <peakPower>47.627</peakPower><rollingPowerAvg>42.9673</rollingPowerAvg></fifteenminData>
        <fifteenminData><stationTime>2021-09-07T22:30:00Z</stationTime><energyConsumed>18.469</energyConsumed>
          <peakPower>50.223</peakPower><rollingPowerAvg>48.764</rollingPowerAvg></fifteenminData>",
    );
    assert_eq!(answer.session_id.as_deref(), Some("123456781"));
    let [first, second] = answer.intervals.try_into().unwrap();
    assert_eq!(
        (first.energy_consumed, first.rolling_power_avg),
        (Some(6.278), Some(42.9673))
    );
    assert_eq!(
        (second.peak_power, second.station_time.as_deref()),
        (Some(50.223), Some("2021-09-07T22:30:00Z"))
    );
}

/// Section 6.3.5: the flag stands beside the rows.
#[test]
fn a_transaction() {
    let answer: GetTransactionDataResponse = read(
        "<responseCode>100</responseCode><transactions><transactionData><stationID>1:123456</stationID>
        <stationMacAddr>0011:2222:0000:1234</stationMacAddr><portNumber>1</portNumber>
        <pricingRuleName>rule</pricingRuleName><transactionType>Session</transactionType>
        <transactionID>123456</transactionID><Energy>45.602</Energy><Currency>USD</Currency>
        <grossAmount>11.4</grossAmount><flexBillingServiceFee>11.4</flexBillingServiceFee><netRevenue>11.4</netRevenue>
        <anonymousCreditCardNumber>1234</anonymousCreditCardNumber><taxAmount>1.2</taxAmount>
        </transactionData></transactions><MoreFlag>0</MoreFlag>",
    );
    assert_eq!(answer.more, Some(false));
    let [row] = answer.transactions.unwrap().rows.try_into().unwrap();
    assert_eq!(
        (row.transaction_id.as_deref(), row.gross_amount),
        (text("123456").as_deref(), Some(11.4))
    );
    assert_eq!((row.tax_amount, row.net_amount), (Some(1.2), None));
    assert_eq!(row.anonymous_credit_card_number.as_deref(), Some("1234"));
}

/// Sections 7.3.5, 7.4.5 and 7.5.5; a position flat as the table has it, and within `Geo`.
#[test]
fn groups() {
    for place in [
        "<Geo><Lat>30</Lat><Long>-100</Long></Geo>",
        "<Lat>30</Lat><Long>-100</Long>",
    ] {
        let answer: GetStationGroupsResponse = read(&format!(
            "<responseCode>100</responseCode><groupData><sgID>12345</sgID><orgID>1:ORG00000</orgID>
            <sgName>Group (CT4000)</sgName><organizationName>ChargePoint Headquarters</organizationName>
            <stationData><stationID>1:12345</stationID>{place}</stationData></groupData>"
        ));
        let [group] = answer.groups.try_into().unwrap();
        assert_eq!(
            (group.sg_id.as_deref(), group.sg_name.as_deref()),
            (Some("12345"), Some("Group (CT4000)"))
        );
        let geo = group.stations[0].geo.as_ref().unwrap();
        assert_eq!((geo.lat, geo.long), (30.0, -100.0));
    }
    let answer: GetStationGroupDetailsResponse = read(
        "<responseCode>100</responseCode><groupName>CAM-1 (CT4000)</groupName><numStations>1</numStations>
        <groupData><sgID>7</sgID><sgName>Inner</sgName></groupData><groupData><sgID>8</sgID></groupData>
        <stationData><stationID>1:12345</stationID><stationName>CHARGEPOINT / HQ 34</stationName></stationData>",
    );
    assert_eq!((answer.num_stations, answer.groups.len()), (Some(1), 2));
    assert_eq!(
        answer.stations[0].station_name.as_deref(),
        Some("CHARGEPOINT / HQ 34")
    );
    let answer: GetOrgsAndStationGroupsResponse = read(
        "<responseCode>100</responseCode><orgData><orgID>1:ORG00000</orgID><sgData><sgID>1</sgID>
        <parentGroupID>1234</parentGroupID></sgData><sgData><sgID>2</sgID><parentGroupId>0</parentGroupId></sgData></orgData>",
    );
    let groups = &answer.organizations[0].groups;
    assert_eq!((groups[0].parent(), groups[1].parent()), (Some("1234"), None));
}
