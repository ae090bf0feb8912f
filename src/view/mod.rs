//! What the app's [`view!`](markup::view) makes: a template, which is data, and the pieces that are put
//! into it. It is a Leptos view like any other and stands in Leptos' components; but all have one type,
//! where Leptos' own `view!` gives each shape of element, attribute and closure a type with code of its
//! own.

mod child;
mod drawing;
mod markup;
mod piece;
mod show;
mod template;
mod value;

pub use child::IntoChild;
pub use markup::Markup;
pub use show::{Condition, Keyed, Show, ShowProps, each};
pub use template::{Place, Slot, Tag, Template};
pub use value::{IntoText, IntoValue, Text, Value};
