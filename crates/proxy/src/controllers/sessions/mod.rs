//! `/session`, one's own, and `/sessions`, all of one's own

mod own;
mod password;
mod sign_in;

pub use own::{delete, list, sign_out_everywhere};
pub use password::put as change_password;
pub use sign_in::{get, sign_in, sign_out};
