//! Searching customers or charge tokens and picking several of them.

mod offer;
mod state;
mod view;

pub use offer::{Offer, What, offers};
pub use state::{Picker, Search};
pub use view::PickerBox;
