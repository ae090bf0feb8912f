//! The reader of token files in the browser.

use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../fixtures/token-files/mod.rs"]
mod token_files;

#[wasm_bindgen_test]
fn each_file_comes_out_as_it_must() {
    for slice in [7, 1 << 20] {
        let differences = token_files::differences(slice);
        assert!(
            differences.is_empty(),
            "in slices of {slice}:\n{}",
            differences.join("\n")
        );
    }
}
