//! The one task that looks, for all readers.

use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chargepoint::calls::alarms::{Alarm, GetAlarms};
use chargepoint::calls::load::GetLoad;
use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use chargepoint::calls::users::GetUsers;
use chargepoint::codec::Record;
use chargepoint::{BreakerState, StationStatus, User};
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};

use super::event::Audience;
use super::states::States;
use super::{Connection, Live, lines};
use crate::access::{Caller, within};
use crate::app::App;
use crate::books::audit::{between, last};
use crate::clock;
use crate::estate::Kept;
use crate::estate::rows::Row;
use crate::problem::Error;

/// The calls that tell of ports, of alarms, and of drivers who ask to be connected.
const OF_PORTS: &[&str] = &[GetStationStatus::SHAPE.name, GetLoad::SHAPE.name];
const OF_ALARMS: &[&str] = &[GetAlarms::SHAPE.name];
const OF_DRIVERS: &[&str] = &[GetUsers::SHAPE.name];

/// How long drivers are not asked for again once they were not told: the plan may tell none.
const REFUSED: Duration = Duration::from_secs(60);

/// More news at once than that are told as one: read again.
const MOST: usize = 500;

/// What was seen last.
#[derive(Default)]
pub struct Seen {
    /// Whose numbers it belongs to.
    epoch: String,
    states: States,
    /// The audit log's last line.
    line: Option<i64>,
}

/// ChargePoint's answers, as far as it gives any.
struct Answers {
    status: Option<Kept<Vec<Row<StationStatus>>>>,
    alarms: Option<Kept<Vec<Row<Alarm>>>>,
}

/// What is under way, if anything is.
type Under<T> = Option<Pin<Box<dyn Future<Output = T> + Send>>>;

/// How it ends; of nothing there is no end.
async fn end<T>(under: &mut Under<T>) -> T {
    match under {
        Some(work) => work.await,
        None => pending().await,
    }
}

/// Follows until nobody reads, as the portal itself: what each reader may see is looked at there. The first reader
/// came when the audit log ended in that line.
pub async fn follow(app: App, line: i64) {
    within(Caller::portal(), look(&app, line)).await;
}

async fn look(app: &App, line: i64) {
    let live = &app.live;
    let mut seen = live.seen.lock().await;
    let epoch = live.epoch();
    if seen.epoch != epoch {
        *seen = Seen {
            epoch,
            ..Seen::default()
        };
    }
    seen.line.get_or_insert(line);
    let mut asking: Under<Answers> = None;
    // Beside it: drivers may be many times as many as stations, and ports are not to wait for them.
    let mut drivers: Under<Option<Kept<Vec<Row<User>>>>> = None;
    let mut drivers_from = Instant::now();
    // However often the books change, ChargePoint is looked at in time.
    let mut looks = interval(live.times.look);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut is_due = true;
    // Whether stations were read, since whoever reads is told the time at them, whatever page is open.
    let (mut reading, mut are_read): (Under<bool>, bool) = (None, false);
    while live.is_read() {
        if let Err(error) = books(app, &mut seen).await {
            tracing::warn!(%error, "the audit log could not be followed");
        }
        if is_due && asking.is_none() && may_ask(app) {
            asking = Some(Box::pin(ask(app.clone())));
            is_due = false;
            if drivers.is_none() && drivers_from <= Instant::now() {
                let app = app.clone();
                drivers = Some(Box::pin(async move {
                    app.estate.rows(&GetUsers::default(), false, false).await.ok()
                }));
            }
            if reading.is_none() && !are_read {
                reading = Some(Box::pin(stations(app.clone())));
            }
        }
        tokio::select! {
            // What is done comes before what is due, and books that change all the time come last.
            biased;
            () = app.edge.stopped() => break,
            done = end(&mut reading) => (reading, are_read) = (None, done),
            kept = end(&mut drivers) => {
                drivers = None;
                match kept {
                    Some(kept) => requests(app, &mut seen.states, &kept),
                    None => drivers_from = Instant::now() + REFUSED,
                }
            }
            answers = end(&mut asking) => {
                asking = None;
                estate(app, &mut seen.states, answers);
            }
            _ = looks.tick() => is_due = true,
            () = app.books.changed() => {}
        }
    }
}

/// Whether ChargePoint is to be asked: not while too many calls have failed.
fn may_ask(app: &App) -> bool {
    let Some(client) = app.estate.measured() else {
        return false;
    };
    let is_open = matches!(client.health().breaker, BreakerState::Open(_));
    if is_open {
        connection(app);
    }
    !is_open
}

/// Reads all stations, if they are not kept, and says whether that went well.
async fn stations(app: App) -> bool {
    app.estate
        .rows(&GetStations::default(), false, false)
        .await
        .is_ok()
}

/// Through what is kept: whoever else asked meanwhile asked for all.
async fn ask(app: App) -> Answers {
    let (status, alarms) = (GetStationStatus::default(), GetAlarms::default());
    let (status, alarms) = tokio::join!(
        app.estate.rows(&status, false, false),
        app.estate.rows(&alarms, false, false)
    );
    // That there is no answer was told where it was asked for.
    Answers {
        status: status.ok(),
        alarms: alarms.ok(),
    }
}

fn estate(app: &App, states: &mut States, answers: Answers) {
    connection(app);
    let (mut ports, mut alarms) = (Vec::new(), Vec::new());
    // Who is told of something new asks for it, and must not get what was kept from before.
    if let Some(kept) = answers.status {
        ports = states.ports(Arc::clone(&kept.answer));
        if !ports.is_empty() {
            app.estate.outdate(OF_PORTS, &kept);
        }
    }
    if let Some(kept) = answers.alarms {
        alarms = states.alarms(Arc::clone(&kept.answer));
        if !alarms.is_empty() {
            app.estate.outdate(OF_ALARMS, &kept);
        }
    }
    if ports.len() + alarms.len() > MOST {
        reset(&app.live);
        return;
    }
    for (name, news) in [("port", ports), ("alarm", alarms)] {
        for (station, data) in news {
            app.live.tell(name, &data, Audience::Station(station));
        }
    }
}

/// Those made at ChargePoint; the portal's own are told by its books.
fn requests(app: &App, states: &mut States, kept: &Kept<Vec<Row<User>>>) {
    let news = states.requests(Arc::clone(&kept.answer));
    if news.is_empty() {
        return;
    }
    app.estate.outdate(OF_DRIVERS, kept);
    // ChargePoint does not say whose they are: as in lists, accounts that are limited see none.
    let audience = Audience::Of {
        permission: "View:Connection",
        organization: String::new(),
        is_everybodys: false,
    };
    // Many are told as one, as a batch of the books is.
    let id = Some(news[0].as_str()).filter(|_| news.len() == 1);
    let told = lines::request(id, None, "Requested", news.len() as u64);
    app.live.tell("request", &told, audience);
}

fn connection(app: &App) {
    let status = app.estate.status();
    let ok = status.problem.is_none();
    let since = if ok { status.last_answer } else { status.problem_at };
    let since = since.unwrap_or_else(clock::now);
    let told = json!({ "ok": ok, "since": since });
    if app.live.connected(Connection { ok, since }) {
        app.live.tell("chargepoint", &told, Audience::Everybody);
    }
}

/// What the audit log says since it was looked at.
async fn books(app: &App, seen: &mut Seen) -> Result<(), Error> {
    let mut tx = app.books.read().await?;
    let now = last(&mut tx).await?;
    let then = seen.line.replace(now).unwrap_or(now);
    if then == now {
        return Ok(());
    }
    let happened = between(&mut tx, then, now, MOST).await;
    if happened.is_err() {
        seen.line = Some(then);
    }
    let Some(happened) = happened? else {
        app.live.tell_of_accounts();
        reset(&app.live);
        return Ok(());
    };
    if happened.iter().any(lines::is_of_accounts) {
        app.live.tell_of_accounts();
    }
    for one in &happened {
        for (name, data, audience) in lines::events(one) {
            app.live.tell(name, &data, audience);
        }
    }
    Ok(())
}

fn reset(live: &Live) {
    live.tell("reset", &json!({}), Audience::Everybody);
}
