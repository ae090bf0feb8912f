//! Searches: forms of identifiers, places and pages.

use chargepoint::calls::fleet_usage::{FleetUsageQuery, GetFleetUsageData};
use chargepoint::calls::fleet_vehicles::{FleetVehiclesQuery, GetFleetVehicles};
use chargepoint::calls::organizations::{GetOrgsAndStationGroups, OrganizationsQuery};
use chargepoint::calls::rights_profile::GetStationRightsProfile;
use chargepoint::calls::session_intervals::Get15MinChargingSessionData;
use chargepoint::calls::sessions::{GetChargingSessionData, SessionsQuery};
use chargepoint::calls::station_groups::{GetStationGroupDetails, GetStationGroups};
use chargepoint::calls::station_status::{GetStationStatus, StationIds};
use chargepoint::calls::stations::GetStations;
use chargepoint::calls::users::{ConnectionQuery, GetUsers, RealmQuery};
use chargepoint::{DateTime, Geo, PricingOptions, StationsQuery, StatusQuery, UsersQuery};

use super::{refused, taken, text};

fn stations(search_query: StationsQuery) -> GetStations {
    GetStations { search_query }
}

#[test]
fn stations_are_asked_for_in_the_guides_forms() {
    let query = StationsQuery::default;
    let geo = |lat, long| Some(Geo { lat, long });
    taken(&stations(query()));
    taken(&stations(StationsQuery {
        station_id: text("1:12345"),
        org_id: text("1:ORG12345"),
        geo: geo(-90.0, 180.0),
        proximity: Some(0.0),
        proximity_unit: text("K"),
        level: text("4"),
        start_record: Some(1),
        num_stations: Some(500),
        ..query()
    }));
    for id in ["12345", "1:", ":1", "a:1", "1:2:3", "1: 2", "", "1:2;3"] {
        let wrong = StationsQuery {
            station_id: text(id),
            ..query()
        };
        assert_eq!(refused(&stations(wrong)), ("stationID", "152"), "{id}");
        let wrong = StationsQuery {
            org_id: text(id),
            ..query()
        };
        assert_eq!(refused(&stations(wrong)), ("orgID", "158"), "{id}");
    }
    for (wrong, expected) in [
        (
            StationsQuery {
                geo: geo(90.1, 0.0),
                ..query()
            },
            ("Lat", "135"),
        ),
        (
            StationsQuery {
                geo: geo(0.0, -180.1),
                ..query()
            },
            ("Long", "135"),
        ),
        (
            StationsQuery {
                geo: geo(0.0, f64::NAN),
                ..query()
            },
            ("Long", "135"),
        ),
        (
            StationsQuery {
                proximity: Some(-1.0),
                ..query()
            },
            ("Proximity", "135"),
        ),
        (
            StationsQuery {
                proximity_unit: text("parsec"),
                ..query()
            },
            ("proximityUnit", "135"),
        ),
        (
            StationsQuery {
                level: text("5"),
                ..query()
            },
            ("Level", "135"),
        ),
        (
            StationsQuery {
                mode: text("2"),
                ..query()
            },
            ("Mode", "135"),
        ),
        (
            StationsQuery {
                start_record: Some(0),
                ..query()
            },
            ("startRecord", "135"),
        ),
        (
            StationsQuery {
                num_stations: Some(0),
                ..query()
            },
            ("numStations", "135"),
        ),
        (
            StationsQuery {
                num_stations: Some(501),
                ..query()
            },
            ("numStations", "189"),
        ),
        (
            StationsQuery {
                pricing: Some(PricingOptions::default()),
                ..query()
            },
            ("Pricing", "166"),
        ),
        (
            StationsQuery {
                station_activation_date: Some(DateTime::from("2026-11-20")),
                ..query()
            },
            ("stationActivationDate", "141"),
        ),
    ] {
        assert_eq!(refused(&stations(wrong)), expected);
    }
}

#[test]
fn one_station_or_several() {
    let ids = |ids: &[&str]| {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        Some(StationIds { ids })
    };
    let states = |station_id: Option<&str>, station_ids, status| GetStationStatus {
        search_query: StatusQuery {
            station_id: station_id.map(str::to_owned),
            station_ids,
            status,
            ..StatusQuery::default()
        },
    };
    taken(&states(None, ids(&["1:1", "1:2"]), Some(3)));
    assert_eq!(
        refused(&states(Some("1:1"), ids(&["1:2"]), None)),
        ("stationIDs", "194")
    );
    assert_eq!(
        refused(&states(None, ids(&["1:1", "2"]), None)),
        ("stationIDs", "152")
    );
    assert_eq!(refused(&states(None, ids(&[]), None)), ("stationIDs", "172"));
    assert_eq!(refused(&states(None, None, Some(4))), ("Status", "135"));
    let sessions = GetChargingSessionData {
        search_query: SessionsQuery {
            station_id: text("1:1"),
            station_ids: ids(&["1:1"]),
            ..SessionsQuery::default()
        },
    };
    assert_eq!(refused(&sessions), ("stationIDs", "194"));
}

#[test]
fn identifiers_of_groups_sessions_and_vehicles() {
    taken(&GetStationGroups {
        org_id: text("1:ORG1"),
    });
    assert_eq!(refused(&GetStationGroups::default()), ("orgID", "172"));
    assert_eq!(
        refused(&GetStationGroups { org_id: text("ORG1") }),
        ("orgID", "158")
    );
    assert_eq!(refused(&GetStationGroupDetails::default()), ("sgID", "172"));
    let named = GetStationRightsProfile {
        sg_id: text("north"),
        profile: None,
    };
    assert_eq!(refused(&named), ("sgID", "121"));
    let organizations = GetOrgsAndStationGroups {
        search_query: OrganizationsQuery {
            sg_id: text("-1"),
            ..OrganizationsQuery::default()
        },
    };
    assert_eq!(refused(&organizations), ("sgID", "121"));
    assert_eq!(
        refused(&Get15MinChargingSessionData::default()),
        ("sessionID", "172")
    );
    let odd = Get15MinChargingSessionData {
        session_id: text("1:5"),
        ..Default::default()
    };
    assert_eq!(refused(&odd), ("sessionID", "132"));
    let vehicles = GetFleetVehicles {
        search_query: FleetVehiclesQuery {
            fleet_vehicle_id: text("7890"),
            ..Default::default()
        },
    };
    assert_eq!(refused(&vehicles), ("fleetVehicleID", "171"));
    let usage = GetFleetUsageData {
        search_query: FleetUsageQuery {
            fleet_org_id: text("ORG1"),
            ..Default::default()
        },
    };
    assert_eq!(refused(&usage), ("fleetOrgID", "158"));
}

#[test]
fn states_of_drivers_are_words() {
    let connection = |status: &str| GetUsers {
        search_query: UsersQuery {
            connection: Some(ConnectionQuery {
                status: text(status),
                custom_info: None,
            }),
            ..UsersQuery::default()
        },
    };
    taken(&connection("NOT CONNECTED"));
    assert_eq!(refused(&connection("NOT MANAGED")), ("Status", "135"));
    let realm = GetUsers {
        search_query: UsersQuery {
            management_realm: Some(RealmQuery {
                status: text("PENDING"),
                custom_info: None,
            }),
            ..UsersQuery::default()
        },
    };
    assert_eq!(refused(&realm), ("Status", "135"));
}
