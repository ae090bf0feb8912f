//! What the fuzzer found worth keeping (`fuzz/fuzz_targets/decode.rs`), read again.

use std::path::Path;
use std::time::Duration;

use chargepoint::table::wire_form;

use super::within;
use crate::fake;

#[test]
fn the_kept_corpus_is_read_without_harm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/decode");
    let (mut files, mut read) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        files += 1;
        let Ok(mut form) = within(Duration::from_secs(2), || wire_form(&bytes)) else {
            continue;
        };
        read += 1;
        // Elements that hold nothing are dropped when they are read, a level at a time.
        for _ in 0..12 {
            let message = fake::envelope("~").replace('~', &form);
            let again = wire_form(message.as_bytes()).unwrap();
            if again == form {
                break;
            }
            assert!(again.len() < form.len(), "{}", path.display());
            form = again;
        }
        let message = fake::envelope("~").replace('~', &form);
        assert_eq!(wire_form(message.as_bytes()), Ok(form), "{}", path.display());
    }
    assert!(
        files >= 300 && read >= 52,
        "{files} files, {read} of them messages"
    );
}
