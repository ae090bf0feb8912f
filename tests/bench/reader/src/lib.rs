//! The token file reader alone, for the benchmark's page.

use domain::identifiers::IdKind;
use domain::token_file::{Options, Refusal, TokenFile, sample};
use wasm_bindgen::prelude::*;

/// A file of so many Auth IDs.
#[wasm_bindgen(js_name = sample)]
pub fn sample_file(rows: usize) -> Vec<u8> {
    sample::auth_ids(rows)
}

/// A file that is being read.
#[wasm_bindgen]
pub struct Reader(TokenFile);

#[wasm_bindgen]
impl Reader {
    /// Looks at the beginning of a file.
    pub fn open(bytes: Vec<u8>) -> Result<Reader, String> {
        TokenFile::open(bytes, Options::new(IdKind::AuthId))
            .map(Reader)
            .map_err(words)
    }

    /// Reads on by about so many bytes; answers whether all is read.
    pub fn step(&mut self, bytes: usize) -> bool {
        self.0.step(bytes).done
    }

    /// How many ids were accepted.
    pub fn finish(self) -> Result<usize, String> {
        self.0
            .finish()
            .map(|report| report.accepted_count())
            .map_err(words)
    }
}

fn words(refusal: Refusal) -> String {
    refusal.code.to_string()
}
