//! References to elements.

use std::marker::PhantomData;

use crate::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// An element of a `view!`, once it is in the page. Leptos' own brings a signal with code of its own for each
/// kind of element.
pub struct NodeRef<T> {
    pub(super) node: RwSignal<Option<SendWrapper<Element>>>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for NodeRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NodeRef<T> {}

impl<T: JsCast> Default for NodeRef<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: JsCast> NodeRef<T> {
    pub fn new() -> Self {
        Self {
            node: RwSignal::new(None),
            kind: PhantomData,
        }
    }

    /// The element, tracked.
    pub fn get(self) -> Option<T> {
        Some(self.node.get()?.take().unchecked_into())
    }

    /// The element, unless its page is gone.
    pub fn get_untracked(self) -> Option<T> {
        Some(self.node.try_get_untracked()??.take().unchecked_into())
    }
}
