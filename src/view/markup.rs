//! A template with its pieces, on its way to the page and in it.

use leptos::ev::{EventDescriptor, Targeted};
use leptos::prelude::*;
use leptos::tachys::renderer::types;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use super::browser::in_browser_only;
use super::child::IntoChild;
use super::drawing::Drawing;
use super::node::NodeRef;
use super::piece::{Handler, Piece};
use super::value::IntoValue;

/// What a `view!` makes. One pointer, so that the many calls that fill it are short.
pub struct Markup(Box<Parts>);

pub(super) struct Parts {
    pub template: &'static str,
    pub pieces: Vec<Piece>,
}

impl Markup {
    pub fn new(template: &'static str) -> Self {
        let pieces = Vec::new();
        Self(Box::new(Parts { template, pieces }))
    }

    /// The value of an attribute, a class or a property.
    pub fn value(self, value: impl IntoValue) -> Self {
        self.with(Piece::Value(value.into_value()))
    }

    /// What a block comes to.
    pub fn child(self, child: impl IntoChild) -> Self {
        self.with(Piece::View(child.into_child()))
    }

    /// A component.
    pub fn component(self, component: impl IntoAny) -> Self {
        self.with(Piece::View(component.into_any()))
    }

    /// What is done on an event.
    pub fn on<E>(self, _: E, mut run: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        self.handler(Box::new(move |event: types::Event| run(event.unchecked_into())))
    }

    /// The same with the event's target, which is a `T`.
    pub fn on_target<T, E>(self, _: E, mut run: impl FnMut(Targeted<E::EventType, T>) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        self.handler(Box::new(move |event: types::Event| {
            run(Targeted::from(event.unchecked_into::<E::EventType>()));
        }))
    }

    fn handler(self, run: Handler) -> Self {
        let owner = Owner::current().unwrap_or_default();
        self.with(Piece::On(owner, SendWrapper::new(run)))
    }

    /// A reference that is filled with the element.
    pub fn node_ref<T>(self, node: NodeRef<T>) -> Self {
        self.with(Piece::Ref(node.node))
    }

    fn with(mut self, piece: Piece) -> Self {
        self.0.pieces.push(piece);
        self
    }
}

impl Render for Markup {
    type State = Drawing;

    fn build(self) -> Drawing {
        Drawing::new(*self.0)
    }

    fn rebuild(self, state: &mut Drawing) {
        state.again(*self.0);
    }
}

in_browser_only!(Markup);

impl Mountable for Drawing {
    fn unmount(&mut self) {
        self.each_mut(&mut |root| root.unmount());
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.each_mut(&mut |root| root.mount(parent, marker));
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.roots().any(|root| root.insert_before_this(child))
    }

    fn elements(&self) -> Vec<types::Element> {
        self.roots().flat_map(|root| root.elements()).collect()
    }
}
