//! Keeps the names of functions out of the released app: they would be half of its bytes. (Cargo's
//! `strip` would take the section with the target features too, by which wasm-bindgen goes.)

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=--strip-all");
        println!("cargo::rustc-link-arg-bins=--keep-section=target_features");
        println!("cargo::rustc-link-arg-bins=--keep-section=__wasm_bindgen_unstable");
    }
}
