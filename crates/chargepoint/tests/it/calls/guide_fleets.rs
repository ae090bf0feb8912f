//! The guide's samples of rights, alarms, messages and fleets, with the brackets and lines that their
//! print lost, and where their form is not the wire's, both.

use chargepoint::calls::alarms::{ClearAlarms, GetAlarmsResponse};
use chargepoint::calls::fleet_changes::{AddFleetVehicle, AddFleetVehicleResponse, UpdateFleetVehicle};
use chargepoint::calls::fleet_usage::GetFleetUsageDataResponse;
use chargepoint::calls::fleet_vehicles::{GetFleetVehicles, GetFleetVehiclesResponse};
use chargepoint::calls::station_rights::GetStationRightsResponse;
use chargepoint::calls::waitlist::{FULLY_CHARGED, SetWaitlistDone};

use super::{read, written};

/// Section 7.6.5, with the end that its print lost.
#[test]
fn rights() {
    let answer: GetStationRightsResponse = read(
        "<responseCode>100</responseCode><rightsData><sgID>12345</sgID><sgName>CAM-1 (CPE250)</sgName>
        <stationRightsProfile>detailed usage viewer</stationRightsProfile>
        <stationData><stationID>1:12345</stationID><companyID>1:1</companyID></stationData>
        <stationData><stationID>1:12346</stationID></stationData></rightsData><moreFlag>1</moreFlag>",
    );
    assert_eq!(answer.more, Some(true));
    assert_eq!(answer.rights[0].profile.as_deref(), Some("detailed usage viewer"));
    assert_eq!(answer.rights[0].stations[0].company_id.as_deref(), Some("1:1"));
    assert_eq!(answer.rights[0].stations.len(), 2);
}

/// Sections 8.1.5 and 8.2.4, whose sample names the organization by another element.
#[test]
fn alarms() {
    let answer: GetAlarmsResponse = read(
        "<responseCode>100</responseCode><Alarms><stationID>1:119901</stationID><stationModel>CT4020-HD</stationModel>
        <orgID>1:ORG00000</orgID><companyID>1:0</companyID><stationManufacturer></stationManufacturer>
        <portNumber>2</portNumber><alarmType>fault cleared</alarmType><alarmTime>2022-07-25T05:21:57Z</alarmTime>
        <recordNumber>1</recordNumber></Alarms><moreFlag>1</moreFlag>",
    );
    let alarm = &answer.alarms[0];
    assert_eq!(
        (alarm.alarm_type.as_deref(), answer.more),
        (Some("fault cleared"), Some(true))
    );
    assert_eq!(
        (alarm.company_id.as_deref(), &alarm.station_manufacturer),
        (Some("1:0"), &None)
    );
    let call: ClearAlarms = read(
        "<searchQuery><companyID>1:ORG00000</companyID><organizationName>ChargePoint Headquarters</organizationName></searchQuery>",
    );
    assert_eq!(call.search_query.org_id.as_deref(), Some("1:ORG00000"));
}

/// Section 9.3: the wire requires a text, the guide says which one stands where none is given.
#[test]
fn a_driver_is_always_told_something() {
    let call: SetWaitlistDone =
        read("<stationID>1:1234</stationID><portID>1</portID><userID>7</userID><customMessageText/>");
    assert_eq!(call.custom_message_text, FULLY_CHARGED);
    assert!(
        written(&call).ends_with("<customMessageText>Your vehicle is fully charged.</customMessageText>")
    );
    let call: SetWaitlistDone = read("<customMessageText>Done.</customMessageText>");
    assert_eq!(call.custom_message_text, "Done.");
}

/// Sections 10.1.3 and 10.3.3: vehicles repeat under the operation, cards under the vehicle, and the
/// plate has three names.
#[test]
fn fleet_vehicles_are_added_and_changed() {
    let call: AddFleetVehicle = read(
        "<vehicle><ChargePointCards><ChargePointCardSN>12345</ChargePointCardSN><MIFAREID>23456</MIFAREID></ChargePointCards>
        <ChargePointCards><MIFAREID>7</MIFAREID></ChargePointCards>
        <LicensePlate>123456</LicensePlate><FleetName>TestFleet</FleetName><Year>2018</Year>
        <vehiclePortMACIDs><vehiclePortMACID>00</vehiclePortMACID><vehiclePortMACID>01</vehiclePortMACID></vehiclePortMACIDs>
        </vehicle><vehicle><License>7</License></vehicle>",
    );
    let [first, second] = call.vehicles.try_into().unwrap();
    assert_eq!(
        (first.license.as_deref(), first.year),
        (Some("123456"), Some(2018))
    );
    assert_eq!(
        (first.fleet_name.as_deref(), first.cards.len()),
        (Some("TestFleet"), 2)
    );
    assert_eq!(
        (
            first.cards[1].serial_number.as_deref(),
            first.cards[1].mifare_id.as_deref()
        ),
        (None, Some("7"))
    );
    assert_eq!(first.port_macs.unwrap().ids, ["00", "01"]);
    assert_eq!(second.license.as_deref(), Some("7"));
    let call: UpdateFleetVehicle =
        read("<vehicle><fleetVehicleID>1:7</fleetVehicleID><License>X</License></vehicle>");
    assert_eq!(
        written(&call),
        "<vehicle><fleetVehicleID>1:7</fleetVehicleID><License>X</License></vehicle>"
    );
    for ids in [
        "<fleetVehicleID>1:1</fleetVehicleID><fleetVehicleID>1:2</fleetVehicleID>",
        "<vehicle><fleetVehicleID>1:1</fleetVehicleID></vehicle><vehicle><fleetVehicleID>1:2</fleetVehicleID></vehicle>",
    ] {
        let answer: AddFleetVehicleResponse = read(&format!("<responseCode>100</responseCode>{ids}"));
        assert_eq!(answer.fleet_vehicle_ids, ["1:1", "1:2"]);
    }
}

/// Sections 10.4.4, 10.4.5 and 10.5.5.
#[test]
fn fleet_vehicles_and_what_they_charged() {
    let call: GetFleetVehicles = read(
        "<searchQuery><fleetVehicleID></fleetVehicleID><fleetName>Delivery Fleet</fleetName><year></year>
        <startRecord></startRecord><modifiedSince></modifiedSince></searchQuery>",
    );
    assert_eq!(
        written(&call),
        "<searchQuery><fleetName>Delivery Fleet</fleetName></searchQuery>"
    );
    let answer: GetFleetVehiclesResponse = read(
        "<responseCode>100</responseCode><FleetVehicle><fleetVehicleID>1:7890</fleetVehicleID><license>333ABC</license>
        <year>2015</year><credentialIDs><credentialID>CNCP0000123456</credentialID><credentialID>CNCP0000789012</credentialID></credentialIDs>
        <vehicleChargingState>Not Plugged In</vehicleChargingState></FleetVehicle>
        <FleetVehicle><fleetName>Delivery Fleet</fleetName><vehicleChargingStatus>Charged</vehicleChargingStatus></FleetVehicle>
        <moreFlag>1</moreFlag>",
    );
    let [first, second] = answer.vehicles.try_into().unwrap();
    assert_eq!(
        (first.license.as_deref(), first.charging_state.as_deref()),
        (Some("333ABC"), Some("Not Plugged In"))
    );
    assert_eq!(first.credential_ids.unwrap().ids.len(), 2);
    assert_eq!(second.charging_state.as_deref(), Some("Charged"));
    let answer: GetFleetUsageDataResponse = read(
        "<responseCode>100</responseCode><fleetUsageData><fleetVehicleID>1:7890</fleetVehicleID>
        <transactionID> Example </transactionID><Energy>1.3426</Energy><ghgSavings>0.563892</ghgSavings>
        <chargingTime>00:12:36</chargingTime><paymentType>Free</paymentType><ID>1:C:Example:S</ID></fleetUsageData>",
    );
    assert_eq!(answer.usage[0].ghg_savings, Some(0.563_892));
    assert_eq!(answer.usage[0].id.as_deref(), Some("1:C:Example:S"));
    assert_eq!(answer.more, None);
}
