//! The portal against the net: headers, names, other sites, slow clients, TLS, how it stops, what it tells.

mod arrival;
mod bodies;
mod headers;
mod injection;
mod often;
mod other_sites;
mod secrets;
mod slow;
mod stop;
mod tls;

use proxy::access::routes;
use reqwest::Method;

/// Method and path of every route of the API; `x` stands for what the path names, and is no id of anything.
fn routes() -> Vec<(Method, String)> {
    let mut all: Vec<_> = routes::all()
        .map(|(method, path, _)| {
            let parts = path
                .split('/')
                .map(|part| if part.starts_with('{') { "x" } else { part });
            (method.clone(), parts.collect::<Vec<_>>().join("/"))
        })
        .collect();
    all.sort_by(|(a, x), (b, y)| (x, a.as_str()).cmp(&(y, b.as_str())));
    assert!(all.len() > 100);
    all
}
