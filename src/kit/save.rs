//! Files that the app hands over.

use std::time::Duration;

use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, Url};

use crate::prelude::*;

/// Lets the browser save a file.
pub fn save(blob: &Blob, name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // Not before the browser has taken it.
    set_timeout(
        move || drop(Url::revoke_object_url(&url)),
        Duration::from_secs(60),
    );
}
