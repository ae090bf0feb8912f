//! What the app's [`view!`](markup::view) makes: a template, which is data, and the pieces that are put
//! into it. It is a Leptos view like any other and stands in Leptos' components; but all have one type,
//! where Leptos' own `view!` gives each shape of element, attribute and closure a type with code of its
//! own.

mod browser;
mod child;
mod drawing;
mod drawn;
mod list;
mod live;
mod markup;
mod node;
mod piece;
mod show;
mod template;
mod value;

pub use child::IntoChild;
pub use drawn::{ChildrenFn, ViewFn};
pub use list::{Keyed, each};
pub use live::Live;
pub use markup::Markup;
pub use node::NodeRef;
pub use show::{Condition, Show, ShowProps};
pub use value::{IntoText, IntoValue, Text, Value};
