//! Any bytes, read as a message of any call: no panic, and what is written of them is read the same. In this crate's folder:
//!
//! ```text
//! cargo +nightly fuzz run decode -- -dict=fuzz/decode.dict
//! cargo +nightly fuzz cmin decode
//! ```
//!
//! The corpus is kept, and `tests/it/hostile/corpus.rs` replays it.

#![no_main]

use chargepoint::table::wire_form;
use libfuzzer_sys::fuzz_target;

/// Elements that hold nothing are dropped when they are read, a level at a time.
const LEVELS: usize = 12;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut form) = wire_form(bytes) else { return };
    for _ in 0..LEVELS {
        let again = wire_form(message(&form).as_bytes()).expect("what is written can be read");
        if again == form {
            return;
        }
        assert!(again.len() < form.len(), "{form}\n{again}");
        form = again;
    }
    panic!("{form}");
});

fn message(form: &str) -> String {
    format!(
        r#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{form}</e:Body></e:Envelope>"#
    )
}
