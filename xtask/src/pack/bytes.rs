//! Reading and writing what WebAssembly is made of.

pub type Read<T> = Result<T, String>;

/// Bytes still to be read.
#[derive(Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> Read<u8> {
        Ok(self.take(1)?[0])
    }

    pub fn take(&mut self, count: usize) -> Read<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or("The app's wasm ends too early.")?;
        self.0 = rest;
        Ok(taken)
    }

    /// A number in LEB128, without sign.
    pub fn number(&mut self) -> Read<u32> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value
                    .try_into()
                    .map_err(|_| "A number in the app's wasm is too large.".into());
            }
            if shift > 28 + 7 {
                return Err("A number in the app's wasm is too long.".into());
            }
        }
    }

    /// Goes past a number in LEB128 of any size.
    pub fn skip(&mut self) -> Read<()> {
        while self.byte()? >= 0x80 {}
        Ok(())
    }

    /// Bytes with their number before them.
    pub fn sized(&mut self) -> Read<Self> {
        let count = self.number()?;
        self.take(count as usize).map(Self)
    }

    /// Things with their number before them.
    pub fn list<T>(mut self, mut each: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| each(&mut self)).collect()
    }

    /// What was read of `before` until now.
    pub fn since(self, before: &'a [u8]) -> &'a [u8] {
        &before[..before.len() - self.0.len()]
    }
}

pub fn number(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub fn sized(content: &[u8], out: &mut Vec<u8>) {
    number(content.len() as u32, out);
    out.extend(content);
}
