//! Vehicles of fleets, and what they have used.

mod changes;
mod refusals;
mod usage;

use chargepoint::calls::fleet_changes::{
    AddFleetVehicle, DeleteFleetVehicle, NewVehicle, UpdateFleetVehicle, VehicleCard, VehicleChange,
    VehiclePortMacs,
};
use chargepoint::calls::fleet_usage::{FleetUsage, FleetUsageQuery, GetFleetUsageData};
use chargepoint::calls::fleet_vehicles::{FleetVehicle, FleetVehiclesQuery, GetFleetVehicles};
use sandbox::Running;

use crate::support::{NOW, ask, code, start};

fn text(text: impl ToString) -> Option<String> {
    Some(text.to_string())
}

async fn vehicles(running: &Running, query: FleetVehiclesQuery) -> Vec<FleetVehicle> {
    let mut rows: Vec<FleetVehicle> = Vec::new();
    loop {
        let search_query = FleetVehiclesQuery {
            start_record: Some(rows.len() as i32 + 1),
            ..query.clone()
        };
        let answer = ask(running, &GetFleetVehicles { search_query }).await;
        assert_eq!(answer.response_code.as_deref(), Some("100"), "{query:?}");
        assert!(answer.vehicles.len() <= 100);
        rows.extend(answer.vehicles);
        if answer.more == Some(false) {
            return rows;
        }
    }
}

#[tokio::test]
async fn vehicles_are_those_of_the_estate_and_every_parameter_narrows() {
    let running = start().await;
    let none = FleetVehiclesQuery::default;
    let all = vehicles(&running, none()).await;
    assert!(all.len() > 100);
    running.estate(|estate| {
        let known = estate.fleet().vehicles().map(|vehicle| {
            (
                text(&vehicle.id),
                text(&vehicle.license),
                text(estate.vehicle_state(vehicle, NOW).word()),
            )
        });
        let rows = all
            .iter()
            .cloned()
            .map(|row| (row.fleet_vehicle_id, row.license, row.charging_state));
        assert!(known.eq(rows));
    });
    let whole = |row: &&FleetVehicle| {
        let known = [
            &row.vehicle_id,
            &row.vin,
            &row.color,
            &row.fleet_driver_id,
            &row.company_code,
            &row.payment_type,
        ];
        known.iter().all(|field| field.is_some()) && row.telematics_provider.is_some()
    };
    let one = all.iter().find(whole).unwrap().clone();
    let card = one.credential_ids.as_ref().unwrap().ids[0].clone();
    let exact = FleetVehiclesQuery {
        fleet_vehicle_id: one.fleet_vehicle_id.clone(),
        fleet_name: one.fleet_name.clone(),
        vehicle_id: one.vehicle_id.clone(),
        vin: one.vin.clone(),
        license: one.license.clone(),
        color: one.color.clone(),
        make: one.make.clone(),
        model: one.model.clone(),
        year: one.year,
        fleet_driver_id: one.fleet_driver_id.clone(),
        credential_id: text(card),
        org_id: one.org_id.clone(),
        organization_name: one.organization_name.clone(),
        telematics_provider: one.telematics_provider.clone(),
        telematics_status: one.telematics_status.clone(),
        company_code: one.company_code.clone(),
        payment_type: one.payment_type.clone(),
        payment_status: one.payment_status.clone(),
        modified_since: one.last_modified.clone(),
        ..none()
    };
    let [found] = vehicles(&running, exact.clone()).await.try_into().unwrap();
    assert_eq!(found.fleet_vehicle_id, one.fleet_vehicle_id);
    let other = || text("other");
    for (wrong, expected) in [
        (
            FleetVehiclesQuery {
                fleet_vehicle_id: text("1:1"),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                fleet_name: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                vehicle_id: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                vin: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                license: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                color: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                make: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                model: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                year: Some(1999),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                fleet_driver_id: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                credential_id: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                organization_name: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                telematics_provider: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                telematics_status: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                company_code: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                payment_type: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                payment_status: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                modified_since: Some("2999-01-01T00:00:00Z".into()),
                ..none()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                modified_since: Some("later".into()),
                ..none()
            },
            "141",
        ),
        (
            FleetVehiclesQuery {
                org_id: text("1:ORG07225"),
                ..none()
            },
            "101",
        ),
        (
            FleetVehiclesQuery {
                org_id: text("1:ORG00001"),
                ..none()
            },
            "159",
        ),
        (
            FleetVehiclesQuery {
                fleet_vehicle_id: other(),
                ..none()
            },
            "135",
        ),
        (
            FleetVehiclesQuery {
                num_records: Some(501),
                ..none()
            },
            "189",
        ),
        (
            FleetVehiclesQuery {
                start_record: Some(0),
                ..none()
            },
            "135",
        ),
    ] {
        let call = GetFleetVehicles { search_query: wrong };
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
}
