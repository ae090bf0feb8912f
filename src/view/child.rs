//! What stands in a `{block}` of a `view!`.

use crate::prelude::*;
use crate::run::Again;

/// What can stand in a block: a view, or a closure that draws one again whenever a signal it reads
/// changes. All closures become one type.
pub trait IntoChild {
    fn into_child(self) -> AnyView;
}

impl<F: FnMut() -> V + Send + 'static, V: RenderHtml + 'static> IntoChild for F {
    fn into_child(mut self) -> AnyView {
        live(Box::new(move || self().into_any()))
    }
}

fn live(mut draw: Box<dyn Again<AnyView> + Send>) -> AnyView {
    (move || draw.again()).into_any()
}

macro_rules! views {
    ($([$($inner:ident)?] $view:ty;)*) => {$(
        impl$(<$inner>)? IntoChild for $view
        where
            $view: IntoAny,
        {
            fn into_child(self) -> AnyView {
                self.into_any()
            }
        }
    )*};
}

views! {
    [] AnyView;
    [] super::Markup;
    [] String;
    [] &'static str;
    [] u32;
    [T] Option<T>;
    [T] Vec<T>;
    [T] View<T>;
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl IntoChild for $signal<String> {
            fn into_child(self) -> AnyView {
                (move || self.get()).into_child()
            }
        }
    )*};
}

signals!(Memo, RwSignal, Signal);
