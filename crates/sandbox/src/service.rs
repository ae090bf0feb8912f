//! What the stand-in answers, without HTTP around it.

use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chargepoint::calls::cpn_instances::{GetCpnInstances, GetCpnInstancesResponse};
use chargepoint::calls::station_status::{GetStationStatus, GetStationStatusResponse};
use chargepoint::calls::stations::{GetStations, GetStationsResponse};
use chargepoint::codec::envelope::{self, UsernameToken};
use chargepoint::codec::{Broken, Parser, Record, read_record};
use chargepoint::table::Operation;
use chargepoint::{CpnInstance, code};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::{Estate, Fault, SandboxConfig};

mod station_status;
mod stations;

/// The service: an estate, who may ask, and how it is broken at the moment.
pub struct Service {
    license_key: SecretString,
    password: SecretString,
    clock: Clock,
    estate: Mutex<Estate>,
    fault: Mutex<Option<Fault>>,
    /// Messages received so far.
    pub calls: AtomicUsize,
    /// Turns true when the stand-in ends.
    pub stopped: watch::Receiver<bool>,
}

/// An answer: HTTP status and message.
pub type Answer = (u16, String);

/// A request that was understood.
enum Request {
    CpnInstances,
    Stations(GetStations),
    StationStatus(GetStationStatus),
    Unknown,
}

impl Service {
    pub fn new(config: SandboxConfig, stopped: watch::Receiver<bool>) -> Self {
        let scale = config.scale.min(SandboxConfig::MAX_SCALE);
        Self {
            license_key: config.license_key,
            password: config.password,
            clock: config.clock,
            estate: Mutex::new(Estate::new(config.seed, scale)),
            fault: Mutex::new(None),
            calls: AtomicUsize::new(0),
            stopped,
        }
    }

    pub fn fault(&self) -> Option<Fault> {
        *lock(&self.fault)
    }

    pub fn set_fault(&self, fault: Option<Fault>) {
        *lock(&self.fault) = fault;
    }

    pub fn estate<T>(&self, with: impl FnOnce(&mut Estate) -> T) -> T {
        with(&mut lock(&self.estate))
    }

    /// Answers a message. What is asked is told by the element in the Body; clients send the
    /// SOAPAction header in many forms, or not at all.
    pub fn answer(&self, message: &[u8]) -> Answer {
        let (token, request) = match envelope::read(message, read_request) {
            Ok(read) => read,
            Err(broken) => return fault(400, "Client", &format!("The message is refused: {broken}.")),
        };
        if !self.is_known(token) {
            return fault(500, "InvalidSecurity", "UsernameToken processing failed");
        }
        let in_plan = self.fault() != Some(Fault::NotInPlan);
        match request {
            Request::CpnInstances => ok(&self.cpn_instances()),
            Request::Stations(_) if !in_plan => ok(&stations::refused(code::NOT_IN_PLAN)),
            Request::Stations(call) => ok(&self.stations(&call.search_query)),
            Request::StationStatus(_) if !in_plan => ok(&station_status::refused(code::NOT_IN_PLAN)),
            Request::StationStatus(call) => ok(&self.station_status(&call.search_query)),
            Request::Unknown => fault(500, "Client", "There is no such operation."),
        }
    }

    fn is_known(&self, token: Option<UsernameToken>) -> bool {
        token.is_some_and(|token| {
            token.username.expose_secret() == self.license_key.expose_secret()
                && token.password.expose_secret() == self.password.expose_secret()
        })
    }

    fn cpn_instances(&self) -> GetCpnInstancesResponse {
        let instance = |(id, name, description): (&str, &str, &str)| CpnInstance {
            id: Some(id.to_owned()),
            name: Some(name.to_owned()),
            description: Some(description.to_owned()),
        };
        let known = [
            ("1", "USA", "ChargePoint North America"),
            ("2", "EU", "ChargePoint Europe"),
            ("3", "AU", "ChargePoint Australia"),
            ("4", "CA", "ChargePoint Canada"),
        ];
        GetCpnInstancesResponse {
            instances: known.map(instance).to_vec(),
        }
    }

    fn stations(&self, query: &chargepoint::StationsQuery) -> GetStationsResponse {
        let now = self.clock.now();
        self.estate(|estate| stations::answer(estate, query, now))
            .unwrap_or_else(stations::refused)
    }

    fn station_status(&self, query: &chargepoint::StatusQuery) -> GetStationStatusResponse {
        let now = self.clock.now();
        self.estate(|estate| station_status::answer(estate, query, now))
            .unwrap_or_else(station_status::refused)
    }
}

fn read_request(entry: envelope::Entry<'_>, parser: &mut Parser<'_>) -> Result<Request, Broken> {
    const CPN_INSTANCES: &str = Operation::of::<GetCpnInstances>().name;
    const STATIONS: &str = Operation::of::<GetStations>().name;
    const STATION_STATUS: &str = Operation::of::<GetStationStatus>().name;
    match entry.name {
        _ if !entry.ours => parser.skip().map(|()| Request::Unknown),
        CPN_INSTANCES => parser.skip().map(|()| Request::CpnInstances),
        STATIONS => read_record(parser).map(|(call, _)| Request::Stations(call)),
        STATION_STATUS => read_record(parser).map(|(call, _)| Request::StationStatus(call)),
        _ => parser.skip().map(|()| Request::Unknown),
    }
}

fn ok<R: Record>(answer: &R) -> Answer {
    (200, envelope::write_answer(answer))
}

/// A fault as an answer.
pub fn fault(status: u16, code: &str, string: &str) -> Answer {
    let fault = envelope::Fault {
        code: code.to_owned(),
        string: string.to_owned(),
    };
    (status, envelope::write_fault(&fault))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
