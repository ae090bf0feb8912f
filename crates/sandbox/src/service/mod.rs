//! What the stand-in answers, without HTTP around it.

use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chargepoint::calls::Coded;
use chargepoint::code::Code;
use chargepoint::codec::envelope::{self, UsernameToken};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::{Estate, Fault, Rules, SandboxConfig};

pub use refused::Refused;

mod alarms;
mod asked;
mod calls;
mod fleet;
mod groups;
mod load;
mod refused;
mod rights;
mod sessions;
mod station_status;
mod stations;
mod transactions;
mod users;

/// The service: an estate, who may ask, and how it is broken at the moment.
pub struct Service {
    license_key: SecretString,
    password: SecretString,
    clock: Clock,
    estate: Mutex<Estate>,
    faults: Mutex<Rules>,
    /// Messages received so far.
    pub calls: AtomicUsize,
    /// Turns true when the stand-in ends.
    pub stopped: watch::Receiver<bool>,
}

/// An answer: HTTP status and message.
pub type Answer = (u16, String);

impl Service {
    pub fn new(config: SandboxConfig, stopped: watch::Receiver<bool>) -> Self {
        let mut estate = Estate::new(config.seed, config.scale.min(SandboxConfig::MAX_SCALE));
        if config.oddities {
            estate.add_oddities(config.clock.now());
        }
        Self {
            license_key: config.license_key,
            password: config.password,
            clock: config.clock,
            estate: Mutex::new(estate),
            faults: Mutex::new(config.faults),
            calls: AtomicUsize::new(0),
            stopped,
        }
    }

    /// How the service is broken for a message.
    pub fn fault(&self, message: &[u8]) -> Option<Fault> {
        let mut rules = lock(&self.faults);
        if rules.is_empty() {
            return None;
        }
        let mut operation = String::new();
        if rules.ask_for_operation() {
            // What cannot be read is no call that a rule names.
            let _ = envelope::read(message, |entry, parser| {
                entry.name.clone_into(&mut operation);
                parser.skip()
            });
        }
        rules.take(&operation)
    }

    /// Breaks calls; no rules mend the service.
    pub fn set_faults(&self, rules: Rules) {
        *lock(&self.faults) = rules;
    }

    pub fn estate<T>(&self, with: impl FnOnce(&mut Estate) -> T) -> T {
        with(&mut lock(&self.estate))
    }

    /// The service's clock.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Sets the service's clock, where that is set by hand.
    pub fn set_clock(&self, seconds: i64) {
        self.clock.set(seconds);
    }

    /// Answers a message. What is asked is told by the element in the Body; clients send the
    /// SOAPAction header in many forms, or not at all.
    pub fn answer(&self, message: &[u8]) -> Answer {
        self.respond(message, None)
    }

    /// Answers a message with this response code, whatever it asks.
    pub fn answer_with(&self, message: &[u8], code: &str) -> Answer {
        self.respond(message, Some(code))
    }

    fn respond(&self, message: &[u8], code: Option<&str>) -> Answer {
        let (token, request) = match envelope::read(message, calls::read) {
            Ok(read) => read,
            Err(broken) => return fault(400, "Client", &format!("The message is refused: {broken}.")),
        };
        if !self.is_known(token) {
            return fault(500, "InvalidSecurity", "UsernameToken processing failed");
        }
        match request {
            Some(request) => request(&mut lock(&self.estate), self.now(), code),
            None => fault(500, "Client", "There is no such operation."),
        }
    }

    fn is_known(&self, token: Option<UsernameToken>) -> bool {
        token.is_some_and(|token| {
            token.username.expose_secret() == self.license_key.expose_secret()
                && token.password.expose_secret() == self.password.expose_secret()
        })
    }
}

/// An answer that says that all is well, to be filled.
fn success<A: Coded>() -> A {
    A::of_code(Code::Success.number(), Code::Success.text())
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
