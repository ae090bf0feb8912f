//! What every handler shares.

use std::path::PathBuf;
use std::sync::Arc;

use crate::access::Settings;
use crate::books::Books;
use crate::controllers::export::Exports;
use crate::edge::Edge;
use crate::estate::Estate;
use crate::live::Live;
use crate::middleware::limits::Limits;
use crate::ocpi::Ocpi;

/// The running portal.
pub struct Portal {
    pub books: Books,
    pub estate: Estate,
    pub exports: Exports,
    /// Where the single-page app's files lie.
    pub web_dir: PathBuf,
    /// Where drivers reach the portal, as [`join::address::public_url`] reads it; none: where they asked.
    pub public_url: Option<String>,
    /// How often strangers asked.
    pub limits: Limits,
    pub access: Settings,
    pub edge: Edge,
    /// What roaming partners ask for.
    pub ocpi: Ocpi,
    /// What is told to whoever looks.
    pub live: Live,
}

/// The portal as handlers take it.
pub type App = Arc<Portal>;
