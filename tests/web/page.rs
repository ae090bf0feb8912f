//! Looking at a mounted page and waiting for what it shows.

use ev_portal::app::App;
use ev_portal::prelude::*;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, HtmlElement, HtmlInputElement, HtmlLabelElement, HtmlSelectElement, HtmlTextAreaElement,
};

/// A part of the document that goes when it is dropped.
pub struct Mounted {
    pub root: HtmlElement,
    owner: Owner,
    _handle: Box<dyn std::any::Any>,
}

/// Draws a view into the document.
pub fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Mounted {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let owner = Owner::new();
    let handle = owner.with(|| leptos::mount::mount_to(root.clone(), || view().into_any()));
    Mounted {
        root,
        owner,
        _handle: Box::new(handle),
    }
}

/// The whole app at a path.
pub fn app_at(path: &str) -> Mounted {
    let history = window().history().unwrap();
    history
        .push_state_with_url(&JsValue::NULL, "", Some(path))
        .unwrap();
    mount(|| view! { <App /> })
}

/// An owner for state without a page. The first mount starts what runs futures.
pub fn owner() -> Owner {
    drop(mount(|| ()));
    Owner::new()
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Closures of the page may hold on to it: its timers and connections would go on in other tests.
        self.owner.cleanup();
        self.root.remove();
    }
}

/// One turn of the browser.
pub async fn turn() {
    let promise = Promise::new(&mut |resolve, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 5)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits until something is so before any timer of the page runs; says what when it is not.
pub async fn at_once(what: &str, mut is: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if is() {
            return;
        }
        JsFuture::from(Promise::resolve(&JsValue::NULL)).await.unwrap();
    }
    panic!("not at once: {what}\n{}", document().body().unwrap().inner_text());
}

/// Waits until something is so; says what when it never is.
pub async fn until(what: &str, mut is: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if is() {
            return;
        }
        turn().await;
    }
    panic!("never: {what}\n{}", document().body().unwrap().inner_text());
}

impl Mounted {
    /// The words that are seen.
    pub fn text(&self) -> String {
        self.root.inner_text()
    }

    pub async fn shows(&self, words: &str) {
        until(words, || self.text().contains(words)).await;
    }

    /// The first button with these words, if there is one.
    pub fn button(&self, words: &str) -> Option<HtmlElement> {
        let all = self
            .root
            .query_selector_all("button, summary, [role=menuitem]")
            .unwrap();
        let found = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
        let mut found = found.filter(|button| button.text_content().unwrap_or_default().trim() == words);
        found.next()
    }

    pub fn press(&self, words: &str) {
        self.button(words)
            .unwrap_or_else(|| panic!("no button {words}\n{}", self.text()))
            .click();
    }

    /// Chooses a value of the select with that label.
    pub fn choose(&self, label: &str, value: &str) {
        let labels = self.root.query_selector_all("label").unwrap();
        let mut labels =
            (0..labels.length()).filter_map(|at| labels.get(at)?.dyn_into::<HtmlLabelElement>().ok());
        let label = labels.find(|found| found.text_content().unwrap_or_default() == label);
        let select: HtmlSelectElement = label.unwrap().control().unwrap().unchecked_into();
        select.set_value(value);
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        select
            .dispatch_event(&Event::new_with_event_init_dict("change", &init).unwrap())
            .unwrap();
    }

    /// Takes away what earlier tests announced: toasts belong to the whole app.
    pub async fn dismiss_toasts(&self) {
        while let Some(dismiss) = self.root.query_selector(".toast [aria-label=Dismiss]").unwrap() {
            dismiss.unchecked_into::<HtmlElement>().click();
            turn().await;
        }
    }

    pub fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found
            .unwrap_or_else(|| panic!("no {selector}\n{}", self.text()))
            .unchecked_into()
    }

    /// Types into an input or a text area.
    pub fn fill(&self, selector: &str, text: &str) {
        let field = self.find(selector);
        match field.dyn_ref::<HtmlInputElement>() {
            Some(input) => input.set_value(text),
            None => field.dyn_ref::<HtmlTextAreaElement>().unwrap().set_value(text),
        }
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        field
            .dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap())
            .unwrap();
    }
}
