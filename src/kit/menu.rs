//! The menu button after the WAI-ARIA pattern, and the split button with a menu behind its arrow.
//!
//! The menu is a native popover: the browser closes it on Escape and on a click elsewhere, gives the
//! focus back, and CSS anchors it to the button that opened it.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::button::Look;
use super::icon::{Icon, Symbol};
use super::unique_id;
use crate::prelude::*;

/// One line of a menu.
#[derive(Clone)]
pub struct Item {
    label: String,
    icon: Option<Symbol>,
    danger: bool,
    /// Why it cannot be chosen now; shown under the label.
    refused: Option<String>,
    act: Act,
}

#[derive(Clone)]
enum Act {
    Press(Callback<()>),
    Go(String),
}

impl Item {
    /// A line that does something.
    pub fn press(label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self::new(label, Act::Press(Callback::new(move |()| run())))
    }

    /// A line that goes to a page.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(label, Act::Go(href.into()))
    }

    fn new(label: impl Into<String>, act: Act) -> Self {
        Self {
            label: label.into(),
            icon: None,
            danger: false,
            refused: None,
            act,
        }
    }

    pub fn icon(mut self, icon: Symbol) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Marks a line that destroys something.
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Keeps the line in sight but not to be chosen, with the reason.
    pub fn refused(mut self, reason: Option<impl Into<String>>) -> Self {
        self.refused = reason.map(Into::into);
        self
    }
}

/// A button that opens a menu.
#[component]
pub fn Menu(
    /// The button's words, or its name alone when there is an icon.
    #[prop(into)]
    label: Signal<String>,
    /// Shown instead of the words.
    #[prop(optional, into)]
    icon: Option<Symbol>,
    #[prop(optional)] look: Look,
    /// Row height instead of the usual one.
    #[prop(optional)]
    small: bool,
    #[prop(into)] items: Live<Vec<Item>>,
) -> impl IntoView {
    let bare = icon.is_some();
    view! {
        <MenuParts label look small items class=if bare { "button-icon" } else { "" }>
            {match icon {
                Some(symbol) => view! { <Icon symbol /> }.into_any(),
                None => view! { <span>{label}</span><Icon symbol=Symbol::ChevronDown /> }.into_any(),
            }}
        </MenuParts>
    }
}

/// A button with its main action, and an arrow with the rest.
#[component]
pub fn SplitButton(
    #[prop(into)] label: Signal<String>,
    /// The arrow's name, for example "More ways to add charge tokens".
    #[prop(into)]
    menu_label: Signal<String>,
    #[prop(optional)] look: Look,
    #[prop(optional, into)] icon: Option<Symbol>,
    /// Row height instead of the usual one.
    #[prop(optional)]
    small: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Nobody is offered the main action.
    #[prop(optional, into)]
    only_menu: Signal<bool>,
    /// The main action.
    #[prop(into)]
    on_press: Callback<()>,
    /// The arrow goes where there are none.
    #[prop(into)]
    items: Live<Vec<Item>>,
) -> impl IntoView {
    let own = items.clone();
    let more = move || !own.get().is_empty();
    view! {
        <div class="split">
            <Show when=move || !only_menu.get()>
                <button
                    type="button"
                    class=look.class()
                    class:button-small=small
                    disabled=disabled
                    on:click=move |_| on_press.run(())
                >
                    {icon.map(|symbol| view! { <Icon symbol /> })}
                    <span>{label}</span>
                </button>
            </Show>
            <Show when=more>
                <MenuParts label=menu_label look small items=items.clone() disabled class="button-icon">
                    <Icon symbol=Symbol::ChevronDown />
                </MenuParts>
            </Show>
        </div>
    }
}

/// The button and its menu.
#[component]
fn MenuParts(
    label: Signal<String>,
    look: Look,
    small: bool,
    items: Live<Vec<Item>>,
    #[prop(optional)] disabled: Signal<bool>,
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let id = unique_id("menu");
    let button = NodeRef::<web_sys::HtmlElement>::new();
    let menu = NodeRef::<web_sys::HtmlElement>::new();
    let open = RwSignal::new(false);
    let from_end = StoredValue::new(false);

    let toggled = move |_| {
        let Some(menu) = menu.get_untracked() else { return };
        let shown = is_shown(&menu);
        open.set(shown);
        if shown {
            let lines = lines(&menu);
            let line = if from_end.get_value() {
                lines.last()
            } else {
                lines.first()
            };
            focus(line);
            from_end.set_value(false);
        }
    };
    let button_key = move |event: KeyboardEvent| {
        let up = event.key() == "ArrowUp";
        // The signal follows a little later than the menu itself.
        let shown = menu.get_untracked().is_some_and(|menu| is_shown(&menu));
        if (up || event.key() == "ArrowDown") && !shown {
            event.prevent_default();
            from_end.set_value(up);
            if let Some(button) = button.get_untracked() {
                button.click();
            }
        }
    };
    let menu_key = move |event: KeyboardEvent| {
        if let Some(menu) = menu.get_untracked() {
            key_in_menu(&menu, &event);
        }
    };
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            // Refused when it is closed already, which is as well.
            let _ = menu.hide_popover();
        }
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };

    view! {
        <button
            type="button"
            node_ref=button
            class=format!("{} {class}", look.class())
            class:button-small=small
            aria-label=label
            title=(class == "button-icon").then_some(label)
            disabled=disabled
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-controls=id.clone()
            popovertarget=id.clone()
            on:keydown=button_key
        >
            {children()}
        </button>
        <div
            id=id
            class="menu"
            role="menu"
            aria-label=label
            popover="auto"
            node_ref=menu
            on:toggle=toggled
            on:keydown=menu_key
        >
            {move || items.get().into_iter().map(|item| line(item, close)).collect_view()}
        </div>
    }
}

fn line(item: Item, close: impl Fn() + Copy + 'static) -> AnyView {
    let class = if item.danger {
        "menu-item menu-danger"
    } else {
        "menu-item"
    };
    let inside = view! {
        {item.icon.map(|symbol| view! { <Icon symbol /> })}
        <span>
            {item.label}
            {item.refused.clone().map(|why| view! { <small>{why}</small> })}
        </span>
    };
    let refused = item.refused.is_some();
    match item.act {
        Act::Go(href) if !refused => view! {
            <a class=class role="menuitem" tabindex="-1" href=href on:click=move |_| close()>{inside}</a>
        }
        .into_any(),
        act => view! {
            <button
                type="button"
                class=class
                role="menuitem"
                tabindex="-1"
                aria-disabled=refused.then_some("true")
                on:click=move |_| {
                    if let Act::Press(run) = &act && !refused {
                        close();
                        run.run(());
                    }
                }
            >
                {inside}
            </button>
        }
        .into_any(),
    }
}

/// Arrows, Home, End and first letters move; Tab leaves.
fn key_in_menu(menu: &HtmlElement, event: &KeyboardEvent) {
    let lines = lines(menu);
    let count = lines.len();
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let at = lines
        .iter()
        .position(|line| active.as_ref() == Some(line.unchecked_ref()));
    let next = match event.key().as_str() {
        "ArrowDown" => Some(at.map_or(0, |at| (at + 1) % count)),
        "ArrowUp" => Some(at.map_or(count - 1, |at| (at + count - 1) % count)),
        "Home" => Some(0),
        "End" => Some(count - 1),
        "Tab" => {
            let _ = menu.hide_popover();
            return;
        }
        key if key.chars().count() == 1 && key != " " => {
            let from = at.map_or(0, |at| at + 1);
            (from..from + count).map(|index| index % count).find(|&index| {
                let text = lines[index].text_content().unwrap_or_default();
                text.trim()
                    .to_ascii_lowercase()
                    .starts_with(&key.to_ascii_lowercase())
            })
        }
        _ => None,
    };
    if let Some(next) = next {
        event.prevent_default();
        focus(lines.get(next));
    }
}

fn is_shown(menu: &HtmlElement) -> bool {
    menu.matches(":popover-open").unwrap_or(false)
}

fn lines(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role=menuitem]") else {
        return vec![];
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect()
}

fn focus(line: Option<&HtmlElement>) {
    if let Some(line) = line {
        let _ = line.focus();
    }
}
