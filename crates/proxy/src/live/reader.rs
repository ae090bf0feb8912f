//! One who reads: a stream of events for one caller.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Bytes;
use futures::stream::{self, Stream};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::event::frame;
use super::{Missed, Place, Told};
use crate::access::{Caller, is_still, within};
use crate::app::App;
use crate::books::audit;
use crate::estate::reach::Reach;
use crate::problem::Error;

/// How long a browser waits before it comes back, in milliseconds.
const RETRY: u32 = 5_000;
/// After so many heartbeats it is looked at anew which stations somebody reaches.
const REACH: u32 = 15;

/// A reader.
pub struct Reader {
    place: Place,
    caller: Arc<Caller>,
    /// None while ChargePoint does not tell.
    reach: Option<Reach>,
    ready: VecDeque<String>,
    heartbeat: Interval,
    beats: u32,
}

impl Reader {
    /// Takes a caller in, who read up to the event of the id `last`.
    ///
    /// # Errors
    /// The account reads often enough.
    pub async fn enter(app: &App, caller: Arc<Caller>, last: Option<&str>) -> Result<Self, Error> {
        let account = caller.require_account()?.to_owned();
        let line = audit::last(&mut app.books.read().await?).await?;
        let mut place = app.live.enter(app, &account, last, line)?;
        let reach = Reach::of_caller(&app.estate).await.ok();
        let times = app.live.times;
        let mut heartbeat = interval(times.heartbeat);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        heartbeat.reset();
        let missed = std::mem::replace(&mut place.missed, Missed::New);
        let mut reader = Self {
            caller,
            reach,
            ready: VecDeque::new(),
            heartbeat,
            beats: 0,
            place,
        };
        reader.greet(&account, times.heartbeat.as_secs());
        reader.catch_up(missed);
        Ok(reader)
    }

    fn greet(&mut self, account: &str, heartbeat: u64) {
        let hello = json!({ "account": account, "heartbeat": heartbeat });
        let hello = frame(None, "hello", &hello);
        self.ready.push_back(format!("retry: {RETRY}\n{hello}"));
        // Who comes takes ChargePoint for there until it is told otherwise.
        if let Some(connection) = self.place.chargepoint.take().filter(|now| !now.ok) {
            let told = json!({ "ok": connection.ok, "since": connection.since });
            self.ready.push_back(frame(None, "chargepoint", &told));
        }
    }

    fn catch_up(&mut self, missed: Missed) {
        match missed {
            Missed::New => {}
            Missed::Much => self.ready.push_back(frame(None, "reset", &json!({}))),
            Missed::These(events) => {
                for event in events {
                    if event.is_for(&self.caller, self.reach.as_ref()) {
                        self.ready.push_back(event.text().to_owned());
                    }
                }
            }
        }
        // From here on, whatever comes.
        let at = format!("id: {}\n\n", self.place.at);
        self.ready.push_back(at);
    }

    /// What is sent, until the session or the portal ends.
    pub fn stream(self) -> impl Stream<Item = Result<Bytes, Infallible>> + Send {
        stream::unfold(self, |mut reader| async move {
            let text = reader.next().await?;
            Some((Ok(Bytes::from(text)), reader))
        })
    }

    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(text) = self.ready.pop_front() {
                return Some(text);
            }
            let app = self.place.app.clone();
            tokio::select! {
                () = app.edge.stopped() => return None,
                told = self.place.told.recv() => match told {
                    Ok(Told::Event(event)) => {
                        event.id().clone_into(&mut self.place.at);
                        if event.is_for(&self.caller, self.reach.as_ref()) {
                            self.ready.push_back(event.text().to_owned());
                        }
                    }
                    Ok(Told::Accounts) => self.is_still_there().await?,
                    // It was too slow to be told all.
                    Err(RecvError::Lagged(_)) => self.ready.push_back(frame(None, "reset", &json!({}))),
                    Err(RecvError::Closed) => return None,
                },
                _ = self.heartbeat.tick() => {
                    self.is_still_there().await?;
                    self.look_anew().await;
                    // The id alone says how far the reader is, whatever of it concerned others.
                    self.ready.push_back(format!(":\nid: {}\n\n", self.place.at));
                }
            }
        }
    }

    /// None, once the session has ended or the caller may do something else.
    async fn is_still_there(&self) -> Option<()> {
        match is_still(&self.place.app, &self.caller).await {
            Ok(true) => Some(()),
            Ok(false) => None,
            Err(error) => {
                tracing::warn!(%error, "who reads events could not be looked up");
                None
            }
        }
    }

    async fn look_anew(&mut self) {
        self.beats += 1;
        if self.caller.organizations.is_none() || self.reach.is_some() && self.beats < REACH {
            return;
        }
        self.beats = 0;
        let caller = Caller::clone(&self.caller);
        let found = within(caller, Reach::of_caller(&self.place.app.estate)).await;
        if let Ok(reach) = found {
            self.reach = Some(reach);
        }
    }
}
