//! Reading a token file in the browser: in pieces from the disk, in slices through the reader.

use domain::identifiers::Code;
use domain::token_file::{MAX_BYTES, Options, Preview, Refusal, Report, TokenFile};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::turn::{Clock, SLICE_MS, Turns};

/// Bytes that are fetched from the disk at once.
const PIECE: usize = 4 << 20;
/// Bytes between two looks at the clock.
const GLANCE: usize = 256 << 10;

/// Where the ids come from.
#[derive(Clone, Debug)]
pub enum Source {
    File(File),
    /// Pasted text.
    Text(String),
}

impl Source {
    /// The name under which the import is kept.
    pub fn name(&self) -> String {
        match self {
            Self::File(file) => file.name(),
            Self::Text(_) => "Pasted ids".into(),
        }
    }

    /// Its size in bytes.
    pub fn size(&self) -> usize {
        match self {
            Self::File(file) => file.size() as usize,
            Self::Text(text) => text.len(),
        }
    }
}

/// Why there is no report.
#[derive(Debug)]
pub enum Unread {
    /// The file is refused as a whole.
    Refused {
        code: Code,
        line: Option<u32>,
        preview: Option<Box<Preview>>,
    },
    /// The browser could not read it, for example because it changed since it was picked.
    Lost,
}

impl From<Refusal> for Unread {
    fn from(refusal: Refusal) -> Self {
        Self::Refused {
            code: refusal.code,
            line: refusal.line,
            preview: refusal.preview,
        }
    }
}

impl From<JsValue> for Unread {
    fn from(_: JsValue) -> Self {
        Self::Lost
    }
}

/// Reads a source whole; `said` hears how many bytes and rows are read. Dropping the future cancels it.
pub async fn read(source: Source, options: Options, said: &dyn Fn(u64, u64)) -> Result<Report, Unread> {
    let clock = Clock::new();
    clock.mark("import:read:start");
    if source.size() > MAX_BYTES {
        return Err(Unread::Refused {
            code: Code::FTooLarge,
            line: None,
            preview: None,
        });
    }
    let turns = Turns::new()?;
    let bytes = match source {
        Source::File(file) => fetch(&file).await?,
        Source::Text(text) => text.into_bytes(),
    };
    // The page shows what it begins with.
    turns.next().await?;
    let mut reader = TokenFile::open(bytes, options)?;
    loop {
        turns.next().await?;
        let start = clock.now();
        let progress = loop {
            let progress = reader.step(GLANCE);
            if progress.done || clock.now() - start >= SLICE_MS {
                break progress;
            }
        };
        said(progress.bytes_done as u64, progress.rows as u64);
        if progress.done {
            break;
        }
    }
    let report = reader.finish()?;
    clock.mark("import:read:end");
    Ok(report)
}

/// The bytes of a file, piece by piece into one memory.
async fn fetch(file: &File) -> Result<Vec<u8>, JsValue> {
    let size = file.size() as usize;
    let mut bytes = vec![0; size];
    for (at, into) in bytes.chunks_mut(PIECE).enumerate() {
        let start = (at * PIECE) as f64;
        let piece = file.slice_with_f64_and_f64(start, start + into.len() as f64)?;
        let buffer = JsFuture::from(piece.array_buffer())
            .await?
            .dyn_into::<ArrayBuffer>()?;
        let piece = Uint8Array::new(&buffer);
        if piece.length() as usize != into.len() {
            return Err(JsValue::from_str("the file has changed"));
        }
        piece.copy_to(into);
    }
    Ok(bytes)
}
