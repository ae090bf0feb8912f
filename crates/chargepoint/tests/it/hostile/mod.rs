//! Messages made to hurt: a typed error, in bounded time and memory.

mod answers;
mod corpus;
mod envelope;
mod messages;
mod users;

use std::time::{Duration, Instant};

/// Does something that must take no more than a time of this thread's own, however busy the machine
/// is. It may not wait for anything.
fn within<T>(longest: Duration, work: impl FnOnce() -> T) -> T {
    let start = worked();
    let done = work();
    let took = worked().saturating_sub(start);
    assert!(took < longest, "{took:?}");
    done
}

/// How long this thread has worked; where the system does not say, how late it is.
fn worked() -> Duration {
    use std::sync::OnceLock;
    static START: OnceLock<Instant> = OnceLock::new();
    let scheduled = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let worked = scheduled.and_then(|text| text.split(' ').next()?.parse().ok());
    worked.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}
