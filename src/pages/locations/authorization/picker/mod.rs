//! Searching customers or charge tokens and picking several of them.

mod offer;
mod state;
mod view;

pub use offer::{Offer, offers};
pub use state::Picker;
pub use view::PickerBox;
