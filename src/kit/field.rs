//! Form fields: a label above, a hint or an error below, tied together for readers.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::prelude::*;

use super::unique_id;

/// Label, hint and error around a control of your own; the control takes `id` and, for hint and error,
/// `aria-describedby="{id}-help"`.
#[component]
pub fn Field(
    id: String,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Signal<String>,
    /// Takes the hint's place and marks the field.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let help = format!("{id}-help");
    view! {
        <div class="field" data-invalid=move || error.with(Option::is_some).then_some("true")>
            <label for=id>{label}</label>
            {children()}
            <p class="field-help" id=help>
                {move || error.get().unwrap_or_else(|| hint.get())}
            </p>
        </div>
    }
}

/// One line of text.
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// The input's type: `text`, `email`, `tel`, `datetime-local`, `time`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] required: bool,
    /// For ids: monospaced, without spelling help.
    #[prop(optional)]
    mono: bool,
    /// Gets the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let id = unique_id("field");
    let help = format!("{id}-help");
    view! {
        <Field id=id.clone() label hint error>
            <input
                id=id.clone()
                class="input"
                class:mono=mono
                type=kind
                required=required
                autofocus=autofocus
                spellcheck=mono.then_some("false")
                autocomplete="off"
                aria-describedby=help.clone()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </Field>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] mono: bool,
) -> impl IntoView {
    let id = unique_id("field");
    let help = format!("{id}-help");
    view! {
        <Field id=id.clone() label hint error>
            <textarea
                id=id.clone()
                class="input"
                class:mono=mono
                rows=rows
                aria-describedby=help.clone()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </Field>
    }
}

/// One of a few values.
#[component]
pub fn SelectField(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    /// Value and words of each choice.
    #[prop(into)]
    options: Live<Vec<(String, String)>>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id("field");
    let help = format!("{id}-help");
    view! {
        <Field id=id.clone() label hint error>
            <select
                id=id.clone()
                class="input"
                aria-describedby=help.clone()
                on:change:target=move |event| value.set(event.target().value())
            >
                {move || {
                    let choice = |(key, words): (String, String)| {
                        let own = key.clone();
                        view! {
                            <option value=key prop:selected=move || value.get() == own>{words}</option>
                        }
                    };
                    options.get().into_iter().map(choice).collect_view()
                }}
            </select>
        </Field>
    }
}

/// One of a few values, all in sight.
#[component]
pub fn Radios(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    /// Value and words of each choice.
    options: Vec<(String, String)>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let name = unique_id("radio");
    let choice = move |(key, words): (String, String)| {
        let own = key.clone();
        view! {
            <label>
                <input
                    type="radio"
                    class="radio"
                    name=name.clone()
                    disabled=disabled
                    prop:checked=move || value.with(|value| *value == own)
                    on:change=move |_| value.set(key.clone())
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="fieldset">
            <legend>{label}</legend>
            <div class="tick">{options.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
}

/// A box to tick, with its words beside it.
#[component]
pub fn Checkbox(
    #[prop(into)] label: Signal<String>,
    checked: RwSignal<bool>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! { <Tick label checked hint disabled switch=false /> }
}

/// A switch, for what takes effect as a setting: "Clear charge token list before importing".
#[component]
pub fn Switch(
    #[prop(into)] label: Signal<String>,
    checked: RwSignal<bool>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! { <Tick label checked hint disabled switch=true /> }
}

#[component]
fn Tick(
    label: Signal<String>,
    checked: RwSignal<bool>,
    hint: Signal<String>,
    disabled: Signal<bool>,
    switch: bool,
) -> impl IntoView {
    let help = unique_id("tick-help");
    view! {
        <div class="tick">
            <label>
                <input
                    type="checkbox"
                    class=if switch { "switch" } else { "checkbox" }
                    role=switch.then_some("switch")
                    disabled=disabled
                    aria-describedby=help.clone()
                    prop:checked=checked
                    on:change:target=move |event| checked.set(event.target().checked())
                />
                <span>{label}</span>
            </label>
            <p class="field-help" id=help>{hint}</p>
        </div>
    }
}

/// Takes the focus to the first field of the open dialog that is wrong.
pub fn focus_wrong() {
    request_animation_frame(|| {
        let field = document()
            .query_selector("dialog[open] :is([aria-invalid], [data-invalid] .checkbox)")
            .ok()
            .flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}
