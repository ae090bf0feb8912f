//! The pieces that pages are made of. Nothing here knows the API or the routes.

pub mod badge;
pub mod banner;
pub mod button;
pub mod chart;
pub mod combobox;
pub mod copy;
pub mod copy_field;
pub mod curve;
pub mod dialog;
pub mod drop_zone;
pub mod empty;
pub mod field;
pub mod figures;
pub mod format;
pub mod icon;
pub mod menu;
pub mod problem;
pub mod progress;
mod save;
pub mod search;
pub mod skeleton;
pub mod tabs;
pub mod time;
pub mod toast;

pub use badge::{Badge, Tone};
pub use banner::Banner;
pub use button::{Button, IconButton, LinkButton, Look};
pub use chart::{Bar, Chart, Part};
pub use combobox::{Choice, Combobox};
pub use copy::copy;
pub use copy_field::CopyField;
pub use curve::{Curve, Step, one_of};
pub use dialog::{ConfirmDialog, Dialog, Guard, ModalFooter, Sheet};
pub use drop_zone::DropZone;
pub use empty::EmptyState;
pub use field::{Checkbox, Field, Radios, SelectField, Switch, TextArea, TextField, focus_wrong};
pub use figures::{Figure, figures, share};
pub use icon::{Icon, Symbol};
pub use menu::{Item, Menu, SplitButton};
pub use problem::{NotAllowed, ProblemLine, ProblemPanel};
pub use progress::Progress;
pub use save::save;
pub use search::SearchBox;
pub use skeleton::Skeleton;
pub use tabs::{Tab, Tabs};
pub use time::Time;
pub use toast::{Toast, announce};

/// An id for an element that no other element of the page has.
pub fn unique_id(prefix: &str) -> String {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Whether nothing has the focus, for example because the control that had it went away.
pub fn focus_is_lost() -> bool {
    let document = leptos::prelude::document();
    match (document.active_element(), document.body()) {
        (Some(active), Some(body)) => active == *body,
        (active, _) => active.is_none(),
    }
}
