//! What every handler shares.

use std::path::PathBuf;
use std::sync::Arc;

use crate::books::Books;
use crate::estate::Estate;

/// The running portal.
pub struct Portal {
    pub books: Books,
    pub estate: Estate,
    /// Where the single-page app's files lie.
    pub web_dir: PathBuf,
}

/// The portal as handlers take it.
pub type App = Arc<Portal>;
