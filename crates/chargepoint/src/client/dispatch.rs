use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::Semaphore;
use tokio::task::JoinError;
use tokio::time::{sleep_until, timeout_at};

use super::answer::{self, Reply};
use super::config::ClientConfig;
use super::guards::{Breaker, BreakerState, Budget, Flights, Guards, Wildcards, may_pass, pause_before};
use super::stats::{CallStats, Stats};
use super::transport::{Lost, Raw, Transport};
use crate::calls::{Answer, Call};
use crate::code::Code;
use crate::codec::Writer;
use crate::error::Error;
use crate::rules::has_wildcard;

/// More calls at once than any setting can mean.
const MOST_IN_FLIGHT: usize = 10_000;

/// Bytes from which an answer takes more than a moment to read.
const LONG: usize = 128 * 1024;

/// Leads a call past the guards to the service, and its answer back.
#[derive(Debug)]
pub struct Dispatch {
    transport: Transport,
    timeout: Duration,
    guards: Guards,
    places: usize,
    turns: Semaphore,
    breaker: Breaker,
    budget: Budget,
    wildcards: Wildcards,
    reads: Flights<Result<Arc<Raw>, Error>>,
    counts: Counts,
    stats: Stats,
}

#[derive(Debug, Default)]
struct Counts {
    sent: AtomicU64,
    retried: AtomicU64,
    shared: AtomicU64,
}

/// How the client is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Whether calls are tried.
    pub breaker: BreakerState,
    /// Calls on their way now.
    pub in_flight: usize,
    /// Requests sent since the start.
    pub sent: u64,
    /// How many of them were further tries.
    pub retried: u64,
    /// Calls that got the answer of another that was under way.
    pub shared: u64,
    /// How many calls a minute may have, and how many of this minute's are left; none where nobody counts.
    pub minute: Option<(usize, usize)>,
    /// Whether today's search with wildcards is still there; none where nobody counts.
    pub wildcard: Option<bool>,
}

impl Dispatch {
    pub fn new(config: ClientConfig) -> Result<Self, Error> {
        let places = config.max_in_flight.clamp(1, MOST_IN_FLIGHT);
        Ok(Self {
            transport: Transport::new(&config)?,
            timeout: config.timeout,
            places,
            turns: Semaphore::new(places),
            breaker: Breaker::new(config.guards.breaker),
            budget: Budget::new(config.guards.per_minute),
            wildcards: Wildcards::new(config.guards.one_wildcard_a_day),
            reads: Flights::default(),
            counts: Counts::default(),
            stats: Stats::default(),
            guards: config.guards,
        })
    }

    pub fn health(&self) -> Health {
        Health {
            breaker: self.breaker.state(Instant::now()),
            in_flight: self.places - self.turns.available_permits(),
            sent: self.counts.sent.load(Ordering::Relaxed),
            retried: self.counts.retried.load(Ordering::Relaxed),
            shared: self.counts.shared.load(Ordering::Relaxed),
            minute: self.budget.left(Instant::now()),
            wildcard: self.wildcards.is_left(SystemTime::now()),
        }
    }

    /// See [`Transport::endpoint`].
    pub fn endpoint(&self) -> &str {
        self.transport.endpoint()
    }

    /// See [`Transport::has_secrets`].
    pub fn has_secrets(&self) -> (bool, bool) {
        self.transport.has_secrets()
    }

    /// How many calls may be on their way at once.
    pub fn places(&self) -> usize {
        self.places
    }

    pub fn stats(&self) -> Vec<(&'static str, CallStats)> {
        self.stats.all()
    }

    /// See [`Transport::redact`].
    pub fn redact(&self, text: &str) -> String {
        self.transport.redact(text)
    }

    /// Makes a call.
    pub async fn call<C: Call>(&self, call: &C) -> Result<C::Answer, Error> {
        if self.guards.checks {
            call.check()?;
        }
        let begun = Instant::now();
        let (raw, shared) = if C::WRITES {
            let _after = Forget(&self.reads);
            (self.guarded(call).await, false)
        } else if self.guards.share_reads {
            self.reads.join(question(call), || self.guarded(call)).await
        } else {
            (self.guarded(call).await, false)
        };
        let came = match raw {
            Ok(raw) => self.read::<C>(raw).await,
            Err(error) => Err(error),
        };
        if shared {
            self.counts.shared.fetch_add(1, Ordering::Relaxed);
        } else {
            self.stats.count(C::SHAPE.name, &came, begun.elapsed());
        }
        came
    }

    async fn read<C: Call>(&self, raw: Arc<Raw>) -> Result<C::Answer, Error> {
        let asks = raw.wait;
        let answer = match reply::<C::Answer>(raw)
            .await
            .map_err(|error| later(error, asks))?
        {
            Reply::Answer(answer) => answer,
            Reply::Fault(fault) => {
                return Err(match fault.code.as_str() {
                    "InvalidSecurity" | "FailedAuthentication" => Error::InvalidSecurity,
                    _ => Error::Fault {
                        code: self.redact(&fault.code),
                        string: self.redact(&fault.string),
                    },
                });
            }
        };
        if let Some((code, _)) = answer.status()
            && code == Code::WildcardSpent.number()
        {
            self.wildcards.spend(SystemTime::now());
        }
        Ok(answer)
    }

    /// Looks whether the day's search is there, where the call needs it.
    async fn guarded<C: Call>(&self, call: &C) -> Result<Arc<Raw>, Error> {
        let wildcard = call.wildcard().is_some_and(has_wildcard);
        if wildcard && self.wildcards.is_left(SystemTime::now()) == Some(false) {
            return Err(Error::WildcardSpent);
        }
        self.tries(call, wildcard).await.map(Arc::new)
    }

    /// Sends a request, and a read again that failed on its way. A search with wildcards is sent once, like a
    /// write: what failed may have been the day's.
    async fn tries<C: Call>(&self, call: &C, wildcard: bool) -> Result<Raw, Error> {
        let deadline = Instant::now() + self.timeout;
        let request = self.transport.request(call);
        let retries = if C::WRITES || wildcard {
            0
        } else {
            self.guards.retries
        };
        let mut tried = 0;
        loop {
            let came = self.once(C::SHAPE.name, &request, deadline, wildcard).await;
            let status = came.as_ref().map(|raw| raw.status).map_err(Clone::clone);
            let again = Instant::now() + pause_before(tried, self.guards.retry_pause);
            if tried >= retries || again >= deadline || !may_pass(&status) {
                return came;
            }
            tracing::debug!(operation = C::SHAPE.name, tried, "trying again");
            sleep_until(again.into()).await;
            tried += 1;
            self.counts.retried.fetch_add(1, Ordering::Relaxed);
        }
    }

    async fn once(
        &self,
        operation: &str,
        request: &str,
        deadline: Instant,
        wildcard: bool,
    ) -> Result<Raw, Error> {
        let paused = |wait| Error::Paused { wait };
        if let BreakerState::Open(wait) = self.breaker.state(Instant::now()) {
            return Err(paused(wait));
        }
        let turn = timeout_at(deadline.into(), self.turns.acquire()).await;
        let Ok(_turn) = turn else {
            return Err(Error::Timeout);
        };
        let ticket = self.breaker.admit(Instant::now()).map_err(paused)?;
        let begin = self.budget.reserve(Instant::now(), deadline);
        let begin = begin.map_err(|wait| Error::Budget { wait })?;
        // Even a moment that is over is waited for to the next millisecond.
        if begin > Instant::now() {
            sleep_until(begin.into()).await;
        }
        if wildcard && !self.wildcards.take(SystemTime::now()) {
            return Err(Error::WildcardSpent);
        }
        self.counts.sent.fetch_add(1, Ordering::Relaxed);
        let sent = self.transport.post(operation, request.to_owned());
        let came = timeout_at(deadline.into(), sent)
            .await
            .unwrap_or(Err(Error::Timeout.into()));
        let came = came.map_err(|Lost { error, sent }| {
            if wildcard && !sent {
                self.wildcards.give_back();
            }
            error
        });
        let well = match &came {
            Err(Error::Timeout) => false,
            Err(error) => !may_pass(&Err(error.clone())),
            Ok(raw) => !may_pass(&Ok(raw.status)),
        };
        ticket.done(well, Instant::now());
        came
    }
}

/// A failure with how long its answer asks to be left alone.
fn later(error: Error, asks: Option<Duration>) -> Error {
    match error {
        Error::HttpStatus { status, hint, .. } => Error::HttpStatus {
            status,
            hint,
            wait: asks,
        },
        other => other,
    }
}

/// Reads an answer; a long one beside, so that who walks a list takes the next pages in meanwhile.
async fn reply<A: Answer>(raw: Arc<Raw>) -> Result<Reply<A>, Error> {
    if raw.body.len() < LONG {
        return answer::read(raw.status, &raw.body);
    }
    let read = tokio::spawn(async move { answer::read(raw.status, &raw.body) });
    match read.await.map_err(JoinError::try_into_panic) {
        Ok(reply) => reply,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        Err(Err(_)) => Err(Error::Transport("the program ends".to_owned())),
    }
}

/// After a write, made or given up, no answer will do that began before.
struct Forget<'a>(&'a Flights<Result<Arc<Raw>, Error>>);

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.0.forget();
    }
}

/// What a call asks, without the credentials.
fn question<C: Call>(call: &C) -> String {
    let mut out = Writer::default();
    out.open(C::SHAPE.name);
    call.write_children(&mut out);
    out.finish()
}
