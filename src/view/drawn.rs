//! Views that are drawn again and again: what Leptos' types of these names are, kept as [`Make`] and
//! [`Answer`](crate::run::Answer) keep closures.

use std::sync::Arc;

use leptos::children::{ChildrenOptContainer, ToChildren};
use leptos::prelude::{AnyView, IntoAny, RenderHtml};

use crate::run::Make;

/// A view, as often as it is wanted.
#[derive(Clone)]
pub struct ViewFn(Arc<dyn Make<AnyView> + Send + Sync>);

/// The children of a component that draws them again and again.
pub type ChildrenFn = ViewFn;

impl ViewFn {
    pub fn run(&self) -> AnyView {
        self.0.make()
    }
}

impl Default for ViewFn {
    fn default() -> Self {
        Self::from(|| ())
    }
}

impl<F, V> From<F> for ViewFn
where
    F: Fn() -> V + Send + Sync + 'static,
    V: RenderHtml + Send + 'static,
{
    fn from(draw: F) -> Self {
        Self(Arc::new(move || draw().into_any()))
    }
}

impl<F, V> ToChildren<F> for ViewFn
where
    F: Fn() -> V + Send + Sync + 'static,
    V: RenderHtml + Send + 'static,
{
    fn to_children(draw: F) -> Self {
        draw.into()
    }
}

/// A text alone.
impl<T: IntoAny + Clone + Send + Sync + 'static> ToChildren<ChildrenOptContainer<T>> for ViewFn {
    fn to_children(ChildrenOptContainer(view): ChildrenOptContainer<T>) -> Self {
        Self(Arc::new(move || view.clone().into_any()))
    }
}
