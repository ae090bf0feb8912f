//! A connection's logo: shown, put and taken away.

use web_sys::File;

use super::PATH;
use crate::api::transport::Call;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{Button, ProblemLine};
use crate::prelude::*;

/// The largest file, in bytes.
const MOST: f64 = 512.0 * 1024.0;
const KINDS: &str = "image/png,image/jpeg,image/gif";

#[component]
pub fn Logo(connection: Record, record: Loaded<Record>) -> impl IntoView {
    let path = records::path(PATH, &connection.text("id"), "/logo");
    let version = connection.count("version");
    let has = connection.flag("hasLogo");
    let edits = connection.can("edit");
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let write = Write::new();
    let wrong = RwSignal::new(None::<String>);
    // What was chosen is seen beside what is wrong with it.
    let src = RwSignal::new(match has {
        true => format!("/api/v1{path}?v={version}"),
        false => String::new(),
    });
    let remove = {
        let path = path.clone();
        move |()| write.run(records::delete(&path, version), move |()| record.reload())
    };
    let put = move |file: File| {
        write.clear();
        wrong.set(check(&file));
        if let Ok(url) = web_sys::Url::create_object_url_with_blob(&file) {
            src.set(url);
        }
        if wrong.with_untracked(Option::is_none) {
            let change = Call::put(&path).if_match(version).send_file::<Record>(&file);
            write.run(change, move |saved| record.set(saved));
        }
    };
    // Another version came meanwhile: choosing again means that one.
    effect(move || {
        if write.stale().get() {
            record.reload();
        }
    });
    on_cleanup(move || {
        let _ = web_sys::Url::revoke_object_url(&src.get_untracked());
    });
    let said = move || wrong.get().or_else(|| write.field("logo").get());
    view! {
        <div class="logo">
            <Show when=move || !src.with(String::is_empty)>
                <img class="logo-picture" src=src alt="Logo" />
            </Show>
            {edits
                .then(|| {
                    view! {
                        <Button small=true busy=write.pending() on_press=move |()| {
                            if let Some(input) = input.get_untracked() {
                                // The same file again is a choice too.
                                input.set_value("");
                                input.click();
                            }
                        }>{if has { "Replace" } else { "Upload logo" }}</Button>
                    }
                })}
            {(edits && has)
                .then(|| view! { <Button small=true busy=write.pending() on_press=remove>"Remove logo"</Button> })}
            {(!edits && !has).then_some("None")}
            <input
                type="file"
                class="visually-hidden"
                node_ref=input
                tabindex="-1"
                aria-label="Logo file"
                accept=KINDS
                on:change=move |_| {
                    if let Some(file) = input.get_untracked().and_then(|input| input.files()?.get(0)) {
                        put(file);
                    }
                }
            />
        </div>
        <p class="logo-words" role="status" data-wrong=move || said().is_some().then_some("true")>
            {move || said().or_else(|| edits.then(|| "PNG, JPEG or GIF, at most 60 × 30 px and 512 KB".into()))}
        </p>
        <Show when=move || write.field("logo").get().is_none()>
            <ProblemLine problem=write.problem() />
        </Show>
    }
}

/// What is wrong with a file before it is sent. Its size in pixels is measured by the server.
fn check(file: &File) -> Option<String> {
    if !KINDS.split(',').any(|kind| kind == file.type_()) {
        Some("A logo is a PNG, JPEG or GIF. Choose another file.".into())
    } else if file.size() > MOST {
        Some("The file is larger than 512 KB. Choose a smaller one.".into())
    } else {
        None
    }
}
