//! Giving the browser its turn between two slices of work.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, Performance};

/// How long one slice works before the browser has its turn, in milliseconds.
pub const SLICE_MS: f64 = 30.0;

/// Ends the current task and goes on in the next. A message, because animation frames stand still and
/// timers slow down in a tab that is not in front.
pub struct Turns {
    channel: MessageChannel,
}

impl Turns {
    pub fn new() -> Result<Self, JsValue> {
        Ok(Self {
            channel: MessageChannel::new()?,
        })
    }

    /// Comes back in a task of its own.
    pub async fn next(&self) -> Result<(), JsValue> {
        let turn = Promise::new(&mut |resolve, reject| {
            self.channel.port1().set_onmessage(Some(&resolve));
            if let Err(error) = self.channel.port2().post_message(&JsValue::NULL) {
                let _ = reject.call1(&JsValue::NULL, &error);
            }
        });
        JsFuture::from(turn).await.map(|_| ())
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        self.channel.port1().close();
        self.channel.port2().close();
    }
}

/// The page's clock, in milliseconds.
pub struct Clock(Option<Performance>);

impl Clock {
    pub fn new() -> Self {
        Self(web_sys::window().and_then(|window| window.performance()))
    }

    pub fn now(&self) -> f64 {
        self.0.as_ref().map_or(0.0, Performance::now)
    }

    /// Leaves a mark that the benchmark reads.
    pub fn mark(&self, name: &str) {
        if let Some(performance) = &self.0 {
            let _ = performance.mark(name);
        }
    }
}
