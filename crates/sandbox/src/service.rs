//! What the stand-in answers, without HTTP around it.

use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chargepoint::calls::Coded;
use chargepoint::calls::cpn_instances::{GetCpnInstances, GetCpnInstancesResponse};
use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::users::GetUsers;
use chargepoint::codec::envelope::{self, UsernameToken};
use chargepoint::codec::{self, Parser, Record, read_record};
use chargepoint::table::Operation;
use chargepoint::{CpnInstance, code};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::search::Refused;
use crate::{Estate, Fault, SandboxConfig};

mod station_status;
mod stations;
mod user_status;
mod users;

/// The service: an estate, who may ask, and how it is broken at the moment.
pub struct Service {
    license_key: SecretString,
    password: SecretString,
    clock: Clock,
    estate: Mutex<Estate>,
    fault: Mutex<Option<Broken>>,
    /// Messages received so far.
    pub calls: AtomicUsize,
    /// Turns true when the stand-in ends.
    pub stopped: watch::Receiver<bool>,
}

/// How the service is broken, and which call; none: every call.
#[derive(Debug, Clone, Copy)]
struct Broken {
    fault: Fault,
    operation: Option<&'static str>,
}

/// An answer: HTTP status and message.
pub type Answer = (u16, String);

/// A request that was understood.
enum Request {
    CpnInstances,
    Stations(GetStations),
    StationStatus(GetStationStatus),
    Users(GetUsers),
    UpdateUserStatus(UpdateUserStatus),
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

    /// How the service is broken for a message.
    pub fn fault(&self, message: &[u8]) -> Option<Fault> {
        let Broken { fault, operation } = (*lock(&self.fault))?;
        let name = |entry: envelope::Entry<'_>, parser: &mut Parser<'_>| {
            let asked = operation == Some(entry.name);
            parser.skip().map(|()| asked)
        };
        let meant = operation.is_none() || envelope::read(message, name).is_ok_and(|(_, asked)| asked);
        meant.then_some(fault)
    }

    /// Breaks an operation, or all; no fault mends the service.
    pub fn set_fault(&self, fault: Option<Fault>, operation: Option<&'static str>) {
        *lock(&self.fault) = fault.map(|fault| Broken { fault, operation });
    }

    pub fn estate<T>(&self, with: impl FnOnce(&mut Estate) -> T) -> T {
        with(&mut lock(&self.estate))
    }

    /// The service's clock.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Answers a message. What is asked is told by the element in the Body; clients send the
    /// SOAPAction header in many forms, or not at all.
    pub fn answer(&self, message: &[u8]) -> Answer {
        self.respond(message, true)
    }

    /// Answers a message by one whose plan does not allow the call.
    pub fn answer_out_of_plan(&self, message: &[u8]) -> Answer {
        self.respond(message, false)
    }

    fn respond(&self, message: &[u8], in_plan: bool) -> Answer {
        let (token, request) = match envelope::read(message, read_request) {
            Ok(read) => read,
            Err(broken) => return fault(400, "Client", &format!("The message is refused: {broken}.")),
        };
        if !self.is_known(token) {
            return fault(500, "InvalidSecurity", "UsernameToken processing failed");
        }
        let now = self.now();
        let estate = &mut lock(&self.estate);
        match request {
            Request::CpnInstances => ok(&cpn_instances()),
            Request::Stations(call) => coded(in_plan, || stations::answer(estate, &call.search_query, now)),
            Request::StationStatus(call) => coded(in_plan, || {
                station_status::answer(estate, &call.search_query, now)
            }),
            Request::Users(call) => coded(in_plan, || users::answer(estate, &call.search_query)),
            Request::UpdateUserStatus(call) => coded(in_plan, || user_status::answer(estate, call, now)),
            Request::Unknown => fault(500, "Client", "There is no such operation."),
        }
    }

    fn is_known(&self, token: Option<UsernameToken>) -> bool {
        token.is_some_and(|token| {
            token.username.expose_secret() == self.license_key.expose_secret()
                && token.password.expose_secret() == self.password.expose_secret()
        })
    }
}

fn cpn_instances() -> GetCpnInstancesResponse {
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

fn read_request(entry: envelope::Entry<'_>, parser: &mut Parser<'_>) -> Result<Request, codec::Broken> {
    const CPN_INSTANCES: &str = Operation::of::<GetCpnInstances>().name;
    const STATIONS: &str = Operation::of::<GetStations>().name;
    const STATION_STATUS: &str = Operation::of::<GetStationStatus>().name;
    const USERS: &str = Operation::of::<GetUsers>().name;
    const UPDATE_USER_STATUS: &str = Operation::of::<UpdateUserStatus>().name;
    match entry.name {
        _ if !entry.ours => parser.skip().map(|()| Request::Unknown),
        CPN_INSTANCES => parser.skip().map(|()| Request::CpnInstances),
        STATIONS => read_record(parser).map(|(call, _)| Request::Stations(call)),
        STATION_STATUS => read_record(parser).map(|(call, _)| Request::StationStatus(call)),
        USERS => read_record(parser).map(|(call, _)| Request::Users(call)),
        UPDATE_USER_STATUS => read_record(parser).map(|(call, _)| Request::UpdateUserStatus(call)),
        _ => parser.skip().map(|()| Request::Unknown),
    }
}

/// An answer with a response code, where the plan allows the call.
fn coded<A: Coded>(in_plan: bool, answer: impl FnOnce() -> Result<A, Refused>) -> Answer {
    let answer = if in_plan { answer() } else { Err(code::NOT_IN_PLAN) };
    ok(&answer.unwrap_or_else(of_code))
}

/// An answer that says this code and nothing else.
fn of_code<A: Coded>(code: &str) -> A {
    A::of_code(code, code::text(code))
}

/// An answer that says that all is well, to be filled.
fn success<A: Coded>() -> A {
    of_code(code::SUCCESS)
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
