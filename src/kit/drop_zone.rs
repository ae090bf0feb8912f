//! A file by drop or by browsing.

use leptos::leptos_dom::helpers::WindowListenerHandle;
use web_sys::{DragEvent, File, FileList};

use super::button::{Button, Look};
use super::icon::{Icon, Symbol};
use crate::prelude::*;

/// Where one file is dropped, with a button that browses for it.
#[component]
pub fn DropZone(
    /// Shown in it: "Drop a CSV file here".
    words: &'static str,
    /// What the file is, for readers.
    label: &'static str,
    /// Endings and media types that are offered when browsing.
    accept: &'static str,
    #[prop(into)] on_file: Callback<File>,
) -> impl IntoView {
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let over = RwSignal::new(false);
    let take = move |files: Option<FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            on_file.run(file);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    // A file dropped beside the zone would otherwise take the place of the page.
    let beside = [
        window_event_listener(leptos::ev::dragover, |event| event.prevent_default()),
        window_event_listener(leptos::ev::drop, |event| event.prevent_default()),
    ];
    on_cleanup(move || beside.into_iter().for_each(WindowListenerHandle::remove));
    view! {
        <div
            class="drop"
            data-over=move || over.get().then_some("true")
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <Icon symbol=Symbol::File />
            <p>{words}</p>
            <Button
                look=Look::Primary
                on_press=move |()| {
                    if let Some(input) = input.get_untracked() {
                        input.click();
                    }
                }
            >
                "Browse files"
            </Button>
            <input
                type="file"
                class="visually-hidden"
                node_ref=input
                tabindex="-1"
                aria-label=label
                accept=accept
                on:change=move |_| take(input.get_untracked().and_then(|input| input.files()))
            />
        </div>
    }
}
