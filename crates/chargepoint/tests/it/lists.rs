//! Every list is walked page by page: by the rows received, until its own flag says that none follow.

use chargepoint::calls::Paged;
use chargepoint::calls::alarms::GetAlarms;
use chargepoint::calls::fleet_usage::GetFleetUsageData;
use chargepoint::calls::fleet_vehicles::GetFleetVehicles;
use chargepoint::calls::sessions::GetChargingSessionData;
use chargepoint::calls::station_rights::GetStationRights;
use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use chargepoint::calls::transactions::GetTransactionData;
use chargepoint::calls::users::GetUsers;
use chargepoint::codec::Record;
use chargepoint::{Error, table};

use super::fake::{Fake, soap};

/// How the rows of a list stand in its answer; `{}` is a row's number, `[]` are rows, `!` the flag.
struct Form {
    row: &'static str,
    page: &'static str,
}

impl Form {
    fn answer(&self, name: &str, numbers: impl IntoIterator<Item = usize>, more: &str) -> Vec<u8> {
        let row = |number: usize| self.row.replace("{}", &number.to_string());
        let rows: String = numbers.into_iter().map(row).collect();
        let content = self.page.replace("[]", &rows).replace('!', more);
        soap(&format!(
            "<ns1:{name}Response><responseCode>100</responseCode>{content}</ns1:{name}Response>"
        ))
    }
}

async fn walk<C: Paged>(form: Form) {
    let name = C::SHAPE.name;
    let answer = move |number: usize, more: &'static str| {
        let numbers = [1..4, 4..5, 5..7][number].clone();
        form.answer(name, numbers, more)
    };
    let fake = Fake::start(move |number, _| answer(number, ["1", "1", "0"][number])).await;
    let rows = fake.client().all(C::default()).await.unwrap();
    let keys: Vec<_> = rows.iter().map(|row| C::key(row).into_owned()).collect();
    assert_eq!(keys.len(), 6, "{name}: {keys:?}");
    assert!(keys.iter().all(|key| !key.trim().is_empty()), "{name}: {keys:?}");
    let starts = |fake: &Fake| -> Vec<String> {
        let start = |request: &String| {
            let (_, rest) = request.split_once("<startRecord>").unwrap();
            rest.split_once('<').unwrap().0.to_owned()
        };
        fake.requests().iter().map(start).collect()
    };
    assert_eq!(starts(&fake), ["1", "4", "5"], "{name}");
}

/// A page that comes again and again, announced each time, is not all.
async fn breaks_off<C: Paged>(form: Form) {
    let name = C::SHAPE.name;
    let fake = Fake::always(form.answer(name, 1..4, "1")).await;
    let mut call = C::default();
    call.start_at(7);
    match fake.client().all(call).await {
        Err(Error::Incomplete { received: 3 }) => assert_eq!(fake.requests().len(), 2, "{name}"),
        other => panic!("{name}: {:?}", other.map(|rows| rows.len())),
    }
    assert!(
        fake.requests()[0].contains("<startRecord>7</startRecord>"),
        "{name}"
    );
}

macro_rules! lists {
    ($( $test:ident $call:ty, $row:literal in $page:literal; )*) => {
        $(
            #[tokio::test]
            async fn $test() {
                let form = || Form { row: $row, page: $page };
                walk::<$call>(form()).await;
                breaks_off::<$call>(form()).await;
            }
        )*

        /// The lists are the calls that can begin at a record.
        #[test]
        fn no_list_is_missing() {
            let walked = [$( <$call>::SHAPE.name, )*];
            for operation in table::OPERATIONS {
                let begins = format!("{:?}", operation.request).contains("startRecord");
                assert_eq!(begins, walked.contains(&operation.name), "{}", operation.name);
            }
        }
    };
}

lists! {
    stations GetStations, "<stationData><stationID>1:{}</stationID></stationData>" in "[]<moreFlag>!</moreFlag>";
    states GetStationStatus, "<stationData><stationID>1:{}</stationID></stationData>" in "<moreFlag>!</moreFlag>[]";
    sessions GetChargingSessionData,
        "<ChargingSessionData><sessionID>{}</sessionID></ChargingSessionData>" in "[]<MoreFlag>!</MoreFlag>";
    transactions GetTransactionData,
        "<transactionData><transactionID>{}</transactionID></transactionData>"
        in "<transactions>[]</transactions><MoreFlag>!</MoreFlag>";
    rights GetStationRights,
        "<stationData><stationID>1:{}</stationID></stationData>"
        in "<rightsData><sgID>7</sgID>[]</rightsData><moreFlag>!</moreFlag>";
    alarms GetAlarms,
        "<Alarms><stationID>1:1</stationID><alarmTime>2026-11-20T10:00:0{}Z</alarmTime></Alarms>"
        in "[]<moreflag>!</moreflag>";
    users GetUsers, "<user><userID>{}</userID></user>" in "<users>[]<moreFlag>!</moreFlag></users>";
    vehicles GetFleetVehicles,
        "<FleetVehicle><fleetVehicleID>1:{}</fleetVehicleID></FleetVehicle>" in "[]<moreFlag>!</moreFlag>";
    usage GetFleetUsageData,
        "<fleetUsageData><transactionID>{}</transactionID></fleetUsageData>" in "[]<moreFlag>!</moreFlag>";
}

/// Rights are counted by stations: two groups of one page, and a group without any.
#[tokio::test]
async fn a_page_of_rights_counts_its_stations() {
    let group = |id: u8, stations: &str| format!("<rightsData><sgID>{id}</sgID>{stations}</rightsData>");
    let station = |id: u8| format!("<stationData><stationID>1:{id}</stationID></stationData>");
    let fake = Fake::start(move |number, request| {
        let rights = match number {
            0 => group(1, &(station(1) + &station(2))) + &group(2, &station(2)) + &group(3, ""),
            _ => {
                assert!(request.contains("<startRecord>4</startRecord>"), "{request}");
                group(2, &station(3))
            }
        };
        let more = u8::from(number == 0);
        soap(&format!(
            "<ns1:getStationRightsResponse><responseCode>100</responseCode>{rights}<moreFlag>{more}</moreFlag></ns1:getStationRightsResponse>"
        ))
    })
    .await;
    let rights = fake.client().all(GetStationRights::default()).await.unwrap();
    let pairs: Vec<_> = rights
        .iter()
        .map(|right| {
            let station = right
                .station
                .as_ref()
                .and_then(|station| station.station_id.as_deref());
            (right.sg_id.as_deref().unwrap(), station.unwrap_or_default())
        })
        .collect();
    assert_eq!(
        pairs,
        [("1", "1:1"), ("1", "1:2"), ("2", "1:2"), ("3", ""), ("2", "1:3")]
    );
}
