//! Views beside each other that come, go and change places. Leptos' `For` can do more, and weighs more.

use leptos::tachys::renderer::{Rndr, types};
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;

use super::browser::in_browser_only;
use super::child::IntoChild;
use crate::prelude::*;
use crate::run::Make;

/// One of many views beside each other.
pub struct Keyed {
    /// While an item of this key is in the list, its view stays.
    pub key: u64,
    pub draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Shows the items of a list that changes.
pub fn each(items: impl Fn() -> Vec<Keyed> + Send + Sync + 'static) -> AnyView {
    boxed(Box::new(items))
}

fn boxed(items: Box<dyn Make<Vec<Keyed>> + Send + Sync>) -> AnyView {
    // What an item holds lives as long as the item, not until the list changes.
    let parent = Owner::current().unwrap_or_default();
    let list = move || List {
        items: items.make(),
        parent: parent.clone(),
    };
    (move || list().into_any()).into_child()
}

struct List {
    items: Vec<Keyed>,
    parent: Owner,
}

struct ListState {
    shown: Vec<Shown>,
    end: types::Placeholder,
}

/// The view goes before what it holds on to.
struct Shown {
    key: u64,
    view: AnyViewState,
    _owner: Owner,
}

impl Shown {
    fn new(item: Keyed, parent: &Owner) -> Self {
        let owner = parent.with(Owner::new);
        Self {
            key: item.key,
            view: owner.with(|| (item.draw)().build()),
            _owner: owner,
        }
    }
}

impl Render for List {
    type State = ListState;

    fn build(self) -> ListState {
        let shown = |item| Shown::new(item, &self.parent);
        ListState {
            shown: self.items.into_iter().map(shown).collect(),
            end: Rndr::create_placeholder(),
        }
    }

    fn rebuild(self, state: &mut ListState) {
        let focused = document().active_element();
        // In the order of the page.
        let mut before = std::mem::take(&mut state.shown);
        before.retain_mut(|shown| {
            let stays = self.items.iter().any(|item| item.key == shown.key);
            if !stays {
                shown.view.unmount();
            }
            stays
        });
        for item in self.items {
            let at = before.iter().position(|shown| shown.key == item.key);
            let mut shown = match at {
                Some(at) => before.remove(at),
                None => Shown::new(item, &self.parent),
            };
            if at != Some(0) {
                match before.first() {
                    Some(next) => next.view.insert_before_this(&mut shown.view),
                    None => state.end.insert_before_this(&mut shown.view),
                };
            }
            state.shown.push(shown);
        }
        // What is moved loses the focus.
        if let Some(focused) = focused.filter(|focused| document().active_element().as_ref() != Some(focused))
        {
            let _ = focused.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    }
}

in_browser_only!(List);

impl Mountable for ListState {
    fn unmount(&mut self) {
        self.shown.iter_mut().for_each(|shown| shown.view.unmount());
        self.end.unmount();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        for shown in &mut self.shown {
            shown.view.mount(parent, marker);
        }
        self.end.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self.shown.first() {
            Some(shown) => shown.view.insert_before_this(child),
            None => self.end.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<types::Element> {
        self.shown
            .iter()
            .flat_map(|shown| shown.view.elements())
            .collect()
    }
}
