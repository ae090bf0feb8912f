//! Buttons, and links that look like them.

use crate::prelude::*;

use super::icon::{Icon, Symbol};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The page's one main action.
    Primary,
    #[default]
    Plain,
    /// Without an edge, for toolbars and rows.
    Quiet,
    /// Destroys something; the words say what, in numbers.
    Danger,
}

impl Look {
    /// The class of a button of this look.
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button with words.
#[component]
pub fn Button(
    #[prop(optional)] look: Look,
    /// Stands before the words.
    #[prop(optional, into)]
    icon: Option<Symbol>,
    /// Cannot be pressed, and is skipped by the keyboard. Say why beside it.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its work is on the way: it stays focused but does nothing; a sign turns after 300 ms.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Submits the form around it instead of only calling `on_press`.
    #[prop(optional)]
    submit: bool,
    /// Row height instead of the usual one.
    #[prop(optional)]
    small: bool,
    /// Called on click, Enter and Space, unless busy.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=look.class()
            class:button-small=small
            disabled=disabled
            aria-disabled=move || busy.get().then_some("true")
            data-busy=move || busy.get().then_some("true")
            on:click=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                } else if let Some(press) = on_press {
                    press.run(());
                }
            }
        >
            {icon.map(|symbol| view! { <Icon symbol /> })}
            <span>{children()}</span>
        </button>
    }
}

/// A button that is only an icon.
#[component]
pub fn IconButton(
    icon: Symbol,
    /// Read out, and shown on hover.
    #[prop(into)]
    label: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button-quiet button-icon"
            aria-label=label
            title=label
            disabled=disabled
            on:click=move |_| on_press.run(())
        >
            <Icon symbol=icon />
        </button>
    }
}

/// A link that looks like a button: it goes somewhere and changes nothing.
#[component]
pub fn LinkButton(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] look: Look,
    #[prop(optional, into)] icon: Option<Symbol>,
    /// The file name under which the browser saves the target; empty: it opens it.
    #[prop(optional, into)]
    download: String,
    /// Opens it beside this page.
    #[prop(optional)]
    blank: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=look.class() href=href download=Some(download).filter(|name| !name.is_empty()) target=blank.then_some("_blank")>
            {icon.map(|symbol| view! { <Icon symbol /> })}
            <span>{children()}</span>
        </a>
    }
}
